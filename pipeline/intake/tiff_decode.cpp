#include "pipeline/intake/tiff_decode.h"

#include "pipeline/intake/pixels.h"
#include "pipeline/intake/refusal.h"

#include <opencv2/imgproc.hpp>

namespace dengji::intake {
namespace {

struct SampleLayout {
    std::uint16_t bits = 1;
    std::uint16_t samples = 1;
    std::uint16_t photometric = PHOTOMETRIC_MINISWHITE;
    std::uint16_t compression = COMPRESSION_NONE;
    std::uint16_t planes = PLANARCONFIG_CONTIG;
    std::uint16_t format = SAMPLEFORMAT_UINT;
};

SampleLayout read_sample_layout(TIFF* tiff) {
    SampleLayout layout;
    TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &layout.bits);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &layout.samples);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_COMPRESSION, &layout.compression);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_PLANARCONFIG, &layout.planes);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLEFORMAT, &layout.format);
    if (TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &layout.photometric) == 0 && layout.samples >= 3)
        layout.photometric = PHOTOMETRIC_RGB;
    return layout;
}

[[noreturn]] void refuse_broken(TiffFile& file) {
    if (file.messages().truncated) refuse_damaged("the TIFF page ends too early: part of it is missing");
    refuse_damaged("the TIFF page is damaged or part of it is missing", file.messages().error);
}

bool is_fax(std::uint16_t compression) {
    return compression == COMPRESSION_CCITTRLE || compression == COMPRESSION_CCITTFAX3 ||
           compression == COMPRESSION_CCITTFAX4;
}

/// A fax sent over a bad line has some bad rows and is still a page; a stored G4 picture has none, each row building on
/// the last.
void check_messages(TiffFile& file, const SampleLayout& layout, std::int64_t rows) {
    const TiffMessages& messages = file.messages();
    if (messages.truncated || messages.corrupt || !messages.error.empty()) refuse_broken(file);
    const std::int64_t allowed = layout.compression == COMPRESSION_CCITTFAX4 ? 0 : rows / 20;
    if (messages.bad_rows > allowed) refuse_damaged("the TIFF page is damaged: many of its rows cannot be decoded");
}

/// The samples as stored, one row of bytes a row.
cv::Mat read_strips(TiffFile& file, const TiffHeader& header, const SampleLayout& layout) {
    TIFF* tiff = file.get();
    const std::int64_t row_bytes = static_cast<std::int64_t>(TIFFScanlineSize64(tiff));
    const std::int64_t needed = (header.width * layout.samples * layout.bits + 7) / 8;
    if (row_bytes < needed || row_bytes > INT32_MAX) refuse_broken(file);
    cv::Mat raw(static_cast<int>(header.height), static_cast<int>(row_bytes), CV_8UC1);
    // A fax decoder that meets its end mark early leaves the rows below as they were: white.
    if (is_fax(layout.compression)) raw.setTo(layout.photometric == PHOTOMETRIC_MINISBLACK ? 255 : 0);

    std::uint32_t rows_per_strip = 0;
    TIFFGetFieldDefaulted(tiff, TIFFTAG_ROWSPERSTRIP, &rows_per_strip);
    if (rows_per_strip == 0) refuse_broken(file);
    const auto height = static_cast<std::uint32_t>(header.height);
    std::uint32_t strip = 0;
    for (std::uint32_t row = 0; row < height; ++strip) {
        const std::uint32_t rows = std::min(rows_per_strip, height - row);
        const auto wanted = static_cast<tmsize_t>(rows * row_bytes);
        if (TIFFReadEncodedStrip(tiff, strip, raw.ptr(static_cast<int>(row)), wanted) != wanted) refuse_broken(file);
        row += rows;
    }
    return raw;
}

cv::Mat high_bytes(const cv::Mat& raw, int samples_a_row) {
    cv::Mat high(raw.rows, samples_a_row, CV_8UC1);
    for (int y = 0; y < raw.rows; ++y) {
        const auto* from = raw.ptr<std::uint16_t>(y);
        std::uint8_t* to = high.ptr(y);
        for (int x = 0; x < samples_a_row; ++x) to[x] = static_cast<std::uint8_t>(from[x] >> 8);
    }
    return high;
}

cv::Mat decode_palette(TiffFile& file, const cv::Mat& raw, int width, int bits) {
    std::uint16_t* red = nullptr;
    std::uint16_t* green = nullptr;
    std::uint16_t* blue = nullptr;
    if (TIFFGetField(file.get(), TIFFTAG_COLORMAP, &red, &green, &blue) == 0) refuse_broken(file);
    const int colours = 1 << bits;
    // The standard says 16 bits; some old programs wrote 8.
    int shift = 0;
    for (int i = 0; i < colours; ++i) {
        if (red[i] > 255 || green[i] > 255 || blue[i] > 255) shift = 8;
    }
    cv::Mat palette(1, 256, CV_8UC3, cv::Scalar::all(255));
    for (int i = 0; i < colours; ++i) {
        palette.at<cv::Vec3b>(i) = {static_cast<std::uint8_t>(blue[i] >> shift),
                                    static_cast<std::uint8_t>(green[i] >> shift),
                                    static_cast<std::uint8_t>(red[i] >> shift)};
    }
    Levels indices{};
    for (std::size_t i = 0; i < indices.size(); ++i) indices[i] = static_cast<std::uint8_t>(i);
    cv::Mat index = unpack_grey(raw, width, bits, indices);
    cv::Mat image;
    cv::cvtColor(index, index, cv::COLOR_GRAY2BGR);
    cv::LUT(index, palette, image);
    return drop_absent_colour(image);
}

bool is_plain_grey(const SampleLayout& layout) {
    return layout.samples == 1 &&
           (layout.photometric == PHOTOMETRIC_MINISWHITE || layout.photometric == PHOTOMETRIC_MINISBLACK);
}

/// Strips of the common kinds, read straight into place. Empty when the kind is not among them.
cv::Mat decode_common(TiffFile& file, const TiffHeader& header, SampleLayout layout) {
    TIFF* tiff = file.get();
    const bool contiguous = layout.planes == PLANARCONFIG_CONTIG || layout.samples == 1;
    if (TIFFIsTiled(tiff) || !contiguous || layout.format != SAMPLEFORMAT_UINT) return {};
    const int width = static_cast<int>(header.width);
    const bool few_bits = layout.bits == 1 || layout.bits == 2 || layout.bits == 4 || layout.bits == 8;

    if (is_plain_grey(layout) && (few_bits || layout.bits == 16)) {
        cv::Mat raw = read_strips(file, header, layout);
        const bool zero_is_white = layout.photometric == PHOTOMETRIC_MINISWHITE;
        if (layout.bits == 16) raw = high_bytes(raw, width);
        const int bits = std::min<int>(layout.bits, 8);
        return bits == 8 && !zero_is_white ? raw : unpack_grey(raw, width, bits, grey_levels(bits, zero_is_white));
    }
    if (layout.samples == 1 && layout.photometric == PHOTOMETRIC_PALETTE && few_bits) {
        return decode_palette(file, read_strips(file, header, layout), width, layout.bits);
    }
    if (layout.compression == COMPRESSION_JPEG && layout.photometric == PHOTOMETRIC_YCBCR && layout.bits == 8) {
        TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
        layout.photometric = PHOTOMETRIC_RGB;
    }
    if (layout.photometric == PHOTOMETRIC_RGB && layout.samples == 3 && (layout.bits == 8 || layout.bits == 16)) {
        cv::Mat raw = read_strips(file, header, layout);
        if (layout.bits == 16) raw = high_bytes(raw, width * 3);
        cv::Mat image = raw.colRange(0, width * 3).reshape(3);
        cv::cvtColor(image, image, cv::COLOR_RGB2BGR);
        return image;
    }
    return {};
}

/// Everything else (tiles, separate planes, alpha, CMYK, Lab, old JPEG) the way libtiff's own viewer interface sees it.
cv::Mat decode_any(TiffFile& file, const TiffHeader& header) {
    TIFF* tiff = file.get();
    char reason[1024] = {};
    if (TIFFRGBAImageOK(tiff, reason) == 0) {
        refuse("the TIFF page is of a kind that cannot be read (" + std::string(reason) + ")",
               "Save it as an ordinary TIFF, JPEG or PDF and deliver it again.");
    }
    cv::Mat rgba(static_cast<int>(header.height), static_cast<int>(header.width), CV_8UC4);
    // Asking for the orientation that is stored makes libtiff turn nothing: turning is done once, for all formats.
    std::uint16_t stored = ORIENTATION_TOPLEFT;
    TIFFGetFieldDefaulted(tiff, TIFFTAG_ORIENTATION, &stored);
    if (TIFFReadRGBAImageOriented(tiff, static_cast<std::uint32_t>(header.width),
                                  static_cast<std::uint32_t>(header.height), rgba.ptr<std::uint32_t>(), stored,
                                  1) == 0) {
        refuse_broken(file);
    }
    // Colours come premultiplied: over white is colour + (255 - alpha).
    cv::Mat image(rgba.size(), CV_8UC3);
    for (int y = 0; y < rgba.rows; ++y) {
        const auto* from = rgba.ptr<std::uint32_t>(y);
        auto* to = image.ptr<cv::Vec3b>(y);
        for (int x = 0; x < rgba.cols; ++x) {
            const std::uint32_t paper = 255 - TIFFGetA(from[x]);
            const auto over = [paper](std::uint32_t c) { return static_cast<std::uint8_t>(std::min(255u, c + paper)); };
            to[x] = {over(TIFFGetB(from[x])), over(TIFFGetG(from[x])), over(TIFFGetR(from[x]))};
        }
    }
    return drop_absent_colour(image);
}

} // namespace

TiffHeader read_tiff_header(TIFF* tiff) {
    TiffHeader header;
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
    header.width = width;
    header.height = height;
    std::uint16_t orientation = 1;
    TIFFGetFieldDefaulted(tiff, TIFFTAG_ORIENTATION, &orientation);
    header.orientation = orientation;
    std::uint32_t subfile = 0;
    TIFFGetFieldDefaulted(tiff, TIFFTAG_SUBFILETYPE, &subfile);
    header.is_page = (subfile & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK)) == 0;
    float x = 0;
    float y = 0;
    std::uint16_t unit = RESUNIT_INCH;
    TIFFGetFieldDefaulted(tiff, TIFFTAG_RESOLUTIONUNIT, &unit);
    if (TIFFGetField(tiff, TIFFTAG_XRESOLUTION, &x) == 0 || TIFFGetField(tiff, TIFFTAG_YRESOLUTION, &y) == 0)
        return header;
    if (!std::isfinite(x) || !std::isfinite(y)) return header;
    const double per_inch = unit == RESUNIT_CENTIMETER ? 2.54 : 1;
    header.dpi_x = x * per_inch;
    header.dpi_y = y * per_inch;
    return header;
}

cv::Mat decode_tiff(TiffFile& file, const TiffHeader& header) {
    const SampleLayout layout = read_sample_layout(file.get());
    cv::Mat image = decode_common(file, header, layout);
    if (image.empty()) image = decode_any(file, header);
    check_messages(file, layout, header.height);
    return image;
}

} // namespace dengji::intake
