#include "pipeline/intake/exif.h"
#include "pipeline/intake/picture.h"
#include "pipeline/intake/refusal.h"

#include <cstring>
#include <optional>
#include <string_view>

#include <png.h>

namespace dengji::intake {
namespace {

constexpr std::size_t signature_size = 8;

/// The content of the first chunk of this kind ahead of the pixels.
std::optional<Bytes> find_chunk(Bytes file, std::string_view kind) {
    for (std::size_t at = signature_size; at + 12 <= file.size();) {
        const std::size_t length = big32(file, at);
        if (length > file.size() - at - 12) return std::nullopt;
        const std::string_view name(reinterpret_cast<const char*>(file.data()) + at + 4, 4);
        if (name == kind) return file.subspan(at + 8, length);
        if (name == "IDAT" || name == "IEND") return std::nullopt;
        at += length + 12;
    }
    return std::nullopt;
}

/// libpng's simplified reader; frees itself.
class Reader {
public:
    explicit Reader(Bytes file) {
        image_.version = PNG_IMAGE_VERSION;
        if (png_image_begin_read_from_memory(&image_, file.data(), file.size()) == 0) refuse_broken();
    }
    ~Reader() { png_image_free(&image_); }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    int width() const { return static_cast<int>(image_.width); }
    int height() const { return static_cast<int>(image_.height); }

    cv::Mat pixels() {
        const bool colour = (image_.format & PNG_FORMAT_FLAG_COLOR) != 0;
        image_.format = colour ? PNG_FORMAT_BGR : PNG_FORMAT_GRAY;
        // Sixteen bits in a file are sRGB here, as everywhere but in libpng's default, which takes them as linear
        // light.
        image_.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
        cv::Mat pixels(height(), width(), colour ? CV_8UC3 : CV_8UC1);
        const png_color white{255, 255, 255};
        if (png_image_finish_read(&image_, &white, pixels.data, static_cast<png_int_32>(pixels.step), nullptr) == 0)
            refuse_broken();
        return pixels;
    }

private:
    [[noreturn]] void refuse_broken() {
        const std::string detail = image_.message;
        png_image_free(&image_); // a constructor that throws runs no destructor; twice does no harm
        refuse_damaged("the PNG picture is damaged or ends too early", detail);
    }

    png_image image_{};
};

PictureHeader read_png_header(Bytes file) {
    const auto ihdr = find_chunk(file, "IHDR");
    if (!ihdr || ihdr->size() < 13) refuse_damaged("the PNG picture has no header");
    PictureHeader header;
    // Larger than int can hold is beyond any limit as well.
    header.width = static_cast<int>(std::min<std::uint32_t>(big32(*ihdr, 0), INT32_MAX));
    header.height = static_cast<int>(std::min<std::uint32_t>(big32(*ihdr, 4), INT32_MAX));
    if (const auto phys = find_chunk(file, "pHYs"); phys && phys->size() == 9 && (*phys)[8] == 1) {
        constexpr double metres_per_inch = 0.0254;
        header.dpi = big32(*phys, 0) * metres_per_inch;
    }
    if (const auto exif = find_chunk(file, "eXIf")) header.orientation = exif_orientation(*exif);
    return header;
}

cv::Mat decode_png(Bytes file) {
    return Reader(file).pixels();
}

} // namespace

const PictureFormat png_format{read_png_header, decode_png};

} // namespace dengji::intake
