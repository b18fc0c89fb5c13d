#include "pipeline/intake/pixels.h"

#include <cmath>
#include <cstring>
#include <type_traits>

#include <opencv2/imgproc.hpp>

namespace dengji::intake {

cv::Mat turn_upright(const cv::Mat& image, int orientation) {
    cv::Mat turned;
    switch (orientation) {
    case 2: cv::flip(image, turned, 1); return turned;
    case 3: cv::rotate(image, turned, cv::ROTATE_180); return turned;
    case 4: cv::flip(image, turned, 0); return turned;
    case 5: cv::transpose(image, turned); return turned;
    case 6: cv::rotate(image, turned, cv::ROTATE_90_CLOCKWISE); return turned;
    case 7:
        cv::transpose(image, turned);
        cv::rotate(turned, turned, cv::ROTATE_180);
        return turned;
    case 8: cv::rotate(image, turned, cv::ROTATE_90_COUNTERCLOCKWISE); return turned;
    default: return image;
    }
}

cv::Mat turn_clockwise(const cv::Mat& image, int degrees) {
    switch (degrees) {
    case 90: return turn_upright(image, 6);
    case 180: return turn_upright(image, 3);
    case 270: return turn_upright(image, 8);
    default: return image;
    }
}

cv::Size square_size(cv::Size size, double dpi_x, double dpi_y) {
    if (!(dpi_x >= 10 && dpi_y >= 10)) return size;
    const double ratio = dpi_x / dpi_y;
    // A per cent is rounding in the tag; beyond threefold the tag is wrong, no scanner works so.
    if (std::abs(ratio - 1) < 0.01 || ratio > 3 || ratio < 1.0 / 3) return size;
    if (ratio > 1) return {size.width, static_cast<int>(std::lround(size.height * ratio))};
    return {static_cast<int>(std::lround(size.width / ratio)), size.height};
}

cv::Mat square_pixels(const cv::Mat& image, double dpi_x, double dpi_y) {
    const cv::Size size = square_size(image.size(), dpi_x, dpi_y);
    if (size == image.size()) return image;
    cv::Mat square;
    cv::resize(image, square, size, 0, 0, cv::INTER_LINEAR);
    return square;
}

Levels grey_levels(int bits, bool zero_is_white) {
    Levels levels{};
    const int most = (1 << bits) - 1;
    for (int value = 0; value <= most; ++value) {
        const int level = value * 255 / most;
        levels[static_cast<std::size_t>(value)] = static_cast<std::uint8_t>(zero_is_white ? 255 - level : level);
    }
    return levels;
}

cv::Mat unpack_grey(const cv::Mat& packed, int width, int bits, const Levels& levels) {
    if (bits == 8) {
        cv::Mat grey;
        cv::LUT(packed.colRange(0, width), cv::Mat(1, 256, CV_8UC1, const_cast<std::uint8_t*>(levels.data())), grey);
        return grey;
    }
    // What each packed byte unpacks to: one copy of a few bytes instead of a loop over bits.
    const int samples = 8 / bits;
    const int mask = (1 << bits) - 1;
    std::array<std::array<std::uint8_t, 8>, 256> unpacked{};
    for (int byte = 0; byte < 256; ++byte) {
        for (int i = 0; i < samples; ++i) {
            const int value = byte >> (8 - bits * (i + 1)) & mask;
            unpacked[static_cast<std::size_t>(byte)][static_cast<std::size_t>(i)] =
                levels[static_cast<std::size_t>(value)];
        }
    }
    cv::Mat grey(packed.rows, width, CV_8UC1);
    const int whole = width / samples;
    for (int y = 0; y < grey.rows; ++y) {
        const std::uint8_t* from = packed.ptr(y);
        std::uint8_t* to = grey.ptr(y);
        const auto unpack = [&](auto size) { // known to the compiler, which then copies in one step
            for (int i = 0; i < whole; ++i) std::memcpy(to + i * size, unpacked[from[i]].data(), size);
        };
        switch (samples) {
        case 8: unpack(std::integral_constant<std::size_t, 8>()); break;
        case 4: unpack(std::integral_constant<std::size_t, 4>()); break;
        default: unpack(std::integral_constant<std::size_t, 2>());
        }
        const int rest = width - whole * samples;
        if (rest > 0) std::memcpy(to + whole * samples, unpacked[from[whole]].data(), static_cast<std::size_t>(rest));
    }
    return grey;
}

cv::Mat over_white(const cv::Mat& bgra) {
    cv::Mat bgr(bgra.size(), CV_8UC3);
    for (int y = 0; y < bgra.rows; ++y) {
        const auto* from = bgra.ptr<cv::Vec4b>(y);
        auto* to = bgr.ptr<cv::Vec3b>(y);
        for (int x = 0; x < bgra.cols; ++x) {
            const int alpha = from[x][3];
            for (int c = 0; c < 3; ++c) {
                to[x][c] = static_cast<std::uint8_t>((from[x][c] * alpha + 255 * (255 - alpha) + 127) / 255);
            }
        }
    }
    return bgr;
}

cv::Mat cmyk_to_bgr(const cv::Mat& cmyk, bool inverted) {
    cv::Mat bgr(cmyk.size(), CV_8UC3);
    const int flip = inverted ? 0 : 255;
    for (int y = 0; y < cmyk.rows; ++y) {
        const auto* from = cmyk.ptr<cv::Vec4b>(y);
        auto* to = bgr.ptr<cv::Vec3b>(y);
        for (int x = 0; x < cmyk.cols; ++x) {
            const int black = from[x][3] ^ flip;
            for (int c = 0; c < 3; ++c) to[x][2 - c] = static_cast<std::uint8_t>((from[x][c] ^ flip) * black / 255);
        }
    }
    return bgr;
}

cv::Mat drop_absent_colour(const cv::Mat& image) {
    if (image.channels() != 3) return image;
    for (int y = 0; y < image.rows; ++y) {
        const std::uint8_t* p = image.ptr(y);
        unsigned difference = 0;
        for (int x = 0; x < image.cols; ++x, p += 3) {
            difference |= static_cast<unsigned>((p[0] ^ p[1]) | (p[1] ^ p[2]));
        }
        if (difference != 0) return image;
    }
    cv::Mat grey;
    cv::extractChannel(image, grey, 0);
    return grey;
}

} // namespace dengji::intake
