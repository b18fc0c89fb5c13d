#pragma once
#include "pipeline/base/error.h"
#include "pipeline/intake/document.h"

#include <opencv2/core.hpp>

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dengji::intake::test {

using Data = std::vector<std::uint8_t>;

Data bytes_of(std::string_view text);
Data operator+(Data left, const Data& right);

/// A folder of its own for each test, gone afterwards.
class TempFolder {
public:
    TempFolder();
    ~TempFolder();
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path write(const std::string& name, std::span<const std::uint8_t> data) const;
    std::filesystem::path write(const std::string& name, std::string_view text) const;

private:
    std::filesystem::path path_;
};

/// A small sheet of black shapes on white, different in every corner, so that any turn or mirroring shows. 8-bit grey.
cv::Mat sheet(int width = 210, int height = 297);

/// The same with a red seal and a blue stroke. BGR.
cv::Mat colour_sheet(int width = 210, int height = 297);

/// Mean difference of two pictures of the same size and type, in grey levels; 255 when size or type differ.
double difference(const cv::Mat& a, const cv::Mat& b);

/// What open_document or page() threw; fails the test when nothing was thrown.
Error refusal_of(const std::function<void()>& action);

/// The first page of a file.
Page first_page(const std::filesystem::path& file, const Limits& limits = {});

/// JPEG with any number of samples a pixel (1 grey, 3 BGR, 4 CMYK as given).
enum class JpegInks { plain_cmyk, adobe_cmyk, adobe_ycck };
Data jpeg(const cv::Mat& image, int quality = 95);
Data progressive_jpeg(const cv::Mat& image);
Data cmyk_jpeg(const cv::Mat& cmyk, JpegInks inks);

/// Puts an EXIF block with this orientation behind the first two bytes of a JPEG.
Data with_exif(const Data& jpeg, int orientation, bool little_endian = true);

Data encode(const std::string& extension, const cv::Mat& image, const std::vector<int>& options = {});

} // namespace dengji::intake::test
