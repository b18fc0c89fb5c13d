#pragma once
#include "tests/intake/fixtures.h"

#include <tiffio.h>

namespace dengji::intake::test {

/// How a page of a test TIFF is stored.
struct TiffPage {
    cv::Mat image; ///< CV_8UC1, CV_8UC3 (BGR), CV_16UC1 or CV_16UC3
    std::uint16_t compression = COMPRESSION_NONE;
    int bits = 0; ///< 1, 2 or 4 packs a grey image; 0 is the image's own depth
    bool zero_is_white = false;
    bool palette = false; ///< CV_8UC1 as indices of a palette that shows the same grey, tinted
    int orientation = 1;
    float dpi_x = 0;
    float dpi_y = 0;
    std::uint32_t rows_per_strip = 0; ///< 0: all in one
    std::uint32_t subfile = 0;
    bool tiled = false;
    int group3_options = 0;
};

/// A file of these pages, in this order.
std::filesystem::path write_tiff(const std::filesystem::path& file, const std::vector<TiffPage>& pages);

/// Fax-coded data alone, as PDF holds it.
Data fax_stream(const cv::Mat& black_and_white, std::uint16_t compression, int group3_options = 0);

Data read_file(const std::filesystem::path& file);

/// Finds its way in the bytes of a little-endian TIFF, to break it in a chosen place.
class Directories {
public:
    explicit Directories(Data& bytes) : bytes_(bytes) {}
    /// Where a directory (0-based) lies, where it names its successor, and where the entry of a tag begins.
    std::size_t place(std::size_t directory) const;
    std::size_t link(std::size_t directory) const;
    std::size_t entry(std::size_t directory, int tag) const;
    std::uint32_t number(std::size_t at) const;
    void set(std::size_t at, std::uint32_t value);

private:
    std::size_t count(std::size_t directory) const { return bytes_[place(directory)]; }
    Data& bytes_;
};

/// Packs a grey picture into rows of bits; a set bit is white.
Data pack_bits(const cv::Mat& grey, int bits = 1);

} // namespace dengji::intake::test
