#include "tests/intake/tiff_fixtures.h"

#include <opencv2/imgproc.hpp>

#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>

namespace dengji::intake::test {
namespace {

void write_strips(TIFF* tiff, const TiffPage& page, const cv::Mat& rows) {
    const auto height = static_cast<std::uint32_t>(rows.rows);
    const std::uint32_t per_strip = page.rows_per_strip == 0 ? height : page.rows_per_strip;
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, per_strip);
    std::uint32_t strip = 0;
    for (std::uint32_t row = 0; row < height; row += per_strip, ++strip) {
        const auto count = std::min(per_strip, height - row);
        const cv::Mat part = rows.rowRange(static_cast<int>(row), static_cast<int>(row + count)).clone();
        TIFFWriteEncodedStrip(tiff, strip, part.data, static_cast<tmsize_t>(part.total() * part.elemSize()));
    }
}

void write_tiles(TIFF* tiff, const cv::Mat& rows) {
    constexpr int side = 64;
    TIFFSetField(tiff, TIFFTAG_TILEWIDTH, side);
    TIFFSetField(tiff, TIFFTAG_TILELENGTH, side);
    cv::Mat padded;
    cv::copyMakeBorder(rows, padded, 0, side, 0, side, cv::BORDER_REPLICATE);
    for (int y = 0; y < rows.rows; y += side) {
        for (int x = 0; x < rows.cols; x += side) {
            cv::Mat tile = padded(cv::Rect(x, y, side, side)).clone();
            TIFFWriteTile(tiff, tile.data, static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y), 0, 0);
        }
    }
}

void set_palette(TIFF* tiff) {
    std::vector<std::uint16_t> red(256);
    std::vector<std::uint16_t> dim(256);
    for (std::size_t i = 0; i < red.size(); ++i) {
        red[i] = static_cast<std::uint16_t>(i * 257);
        dim[i] = static_cast<std::uint16_t>(i / 2 * 257);
    }
    TIFFSetField(tiff, TIFFTAG_COLORMAP, red.data(), dim.data(), dim.data());
}

void write_page(TIFF* tiff, const TiffPage& page) {
    cv::Mat rows = page.image.clone();
    if (rows.channels() == 3) cv::cvtColor(rows, rows, cv::COLOR_BGR2RGB);
    if (page.zero_is_white) cv::bitwise_not(rows, rows);
    const int depth = rows.depth() == CV_16U ? 16 : 8;
    const int bits = page.bits == 0 ? depth : page.bits;
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, rows.cols);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, rows.rows);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, bits);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, rows.channels());
    TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, page.compression);
    TIFFSetField(tiff, TIFFTAG_ORIENTATION, page.orientation);
    TIFFSetField(tiff, TIFFTAG_SUBFILETYPE, page.subfile);
    int photometric = page.zero_is_white ? PHOTOMETRIC_MINISWHITE : PHOTOMETRIC_MINISBLACK;
    if (rows.channels() == 3) photometric = PHOTOMETRIC_RGB;
    if (page.palette) photometric = PHOTOMETRIC_PALETTE;
    if (page.compression == COMPRESSION_JPEG && rows.channels() == 3) {
        photometric = PHOTOMETRIC_YCBCR;
        TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
        TIFFSetField(tiff, TIFFTAG_JPEGQUALITY, 95);
    }
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, photometric);
    if (page.palette) set_palette(tiff);
    if (page.group3_options != 0) TIFFSetField(tiff, TIFFTAG_GROUP3OPTIONS, page.group3_options);
    if (page.dpi_x > 0) {
        TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
        TIFFSetField(tiff, TIFFTAG_XRESOLUTION, static_cast<double>(page.dpi_x));
        TIFFSetField(tiff, TIFFTAG_YRESOLUTION, static_cast<double>(page.dpi_y));
    }
    if (bits < 8) {
        Data packed = pack_bits(rows, bits);
        const int row_bytes = static_cast<int>(packed.size()) / rows.rows;
        write_strips(tiff, page, cv::Mat(rows.rows, row_bytes, CV_8UC1, packed.data()));
    } else if (page.tiled) {
        write_tiles(tiff, rows);
    } else {
        write_strips(tiff, page, rows);
    }
    TIFFWriteDirectory(tiff);
}

} // namespace

Data pack_bits(const cv::Mat& grey, int bits) {
    const int samples = 8 / bits;
    const int row_bytes = (grey.cols + samples - 1) / samples;
    Data packed(static_cast<std::size_t>(row_bytes * grey.rows));
    for (int y = 0; y < grey.rows; ++y) {
        for (int x = 0; x < grey.cols; ++x) {
            const int value = grey.at<std::uint8_t>(y, x) >> (8 - bits);
            packed[static_cast<std::size_t>(y * row_bytes + x / samples)] |=
                static_cast<std::uint8_t>(value << (8 - bits * (x % samples + 1)));
        }
    }
    return packed;
}

std::filesystem::path write_tiff(const std::filesystem::path& file, const std::vector<TiffPage>& pages) {
    const std::unique_ptr<TIFF, void (*)(TIFF*)> tiff(TIFFOpen(file.c_str(), "w"), TIFFClose);
    if (!tiff) throw std::runtime_error("cannot write " + file.string());
    for (const auto& page : pages) write_page(tiff.get(), page);
    return file;
}

Data read_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::size_t Directories::entry(std::size_t directory, int tag) const {
    for (std::size_t i = 0; i < count(directory); ++i) {
        const std::size_t at = place(directory) + 2 + 12 * i;
        if ((bytes_[at] | bytes_[at + 1] << 8) == tag) return at;
    }
    throw std::runtime_error("no such entry");
}

std::size_t Directories::link(std::size_t directory) const {
    return place(directory) + 2 + 12 * count(directory);
}

std::uint32_t Directories::number(std::size_t at) const {
    std::uint32_t value = 0;
    for (std::size_t i = 4; i-- > 0;) value = value << 8 | bytes_[at + i];
    return value;
}

void Directories::set(std::size_t at, std::uint32_t value) {
    for (std::size_t i = 0; i < 4; ++i) bytes_[at + i] = static_cast<std::uint8_t>(value >> (8 * i));
}

std::size_t Directories::place(std::size_t directory) const {
    std::size_t at = number(4);
    for (; directory > 0; --directory) at = number(at + 2 + 12 * static_cast<std::size_t>(bytes_[at]));
    return at;
}

Data fax_stream(const cv::Mat& black_and_white, std::uint16_t compression, int group3_options) {
    const TempFolder folder;
    TiffPage page{black_and_white, compression, 1};
    page.zero_is_white = true;
    page.group3_options = group3_options;
    const auto file = write_tiff(folder.path() / "fax.tif", {page});
    const std::unique_ptr<TIFF, void (*)(TIFF*)> tiff(TIFFOpen(file.c_str(), "r"), TIFFClose);
    Data stream(static_cast<std::size_t>(TIFFRawStripSize(tiff.get(), 0)));
    TIFFReadRawStrip(tiff.get(), 0, stream.data(), static_cast<tmsize_t>(stream.size()));
    return stream;
}

} // namespace dengji::intake::test
