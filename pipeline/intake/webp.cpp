#include "pipeline/intake/exif.h"
#include "pipeline/intake/picture.h"
#include "pipeline/intake/pixels.h"
#include "pipeline/intake/refusal.h"

#include <string_view>

#include <webp/decode.h>

namespace dengji::intake {
namespace {

WebPBitstreamFeatures read_features(Bytes file) {
    WebPBitstreamFeatures features;
    if (WebPGetFeatures(file.data(), file.size(), &features) != VP8_STATUS_OK) {
        refuse_damaged("the WebP picture is damaged or ends too early");
    }
    if (features.has_animation) refuse("the WebP file is an animation", "Deliver each page as a picture of its own.");
    return features;
}

/// The orientation in the file's EXIF chunk (the container is RIFF: kind, length, content padded to an even length).
int find_orientation(Bytes file) {
    constexpr std::size_t first_chunk = 12;
    for (std::size_t at = first_chunk; at + 8 <= file.size();) {
        const std::string_view kind(reinterpret_cast<const char*>(file.data()) + at, 4);
        const std::size_t length = little32(file, at + 4);
        if (length > file.size() - at - 8) return 1;
        if (kind == "EXIF") return exif_orientation(file.subspan(at + 8, length));
        at += 8 + length + length % 2;
    }
    return 1;
}

PictureHeader read_webp_header(Bytes file) {
    const auto features = read_features(file);
    PictureHeader header;
    header.width = features.width;
    header.height = features.height;
    header.orientation = find_orientation(file);
    return header;
}

cv::Mat decode_webp(Bytes file) {
    const auto features = read_features(file);
    cv::Mat image(features.height, features.width, features.has_alpha ? CV_8UC4 : CV_8UC3);
    const std::size_t room = image.total() * image.elemSize();
    const auto decode = features.has_alpha ? WebPDecodeBGRAInto : WebPDecodeBGRInto;
    if (decode(file.data(), file.size(), image.data, room, static_cast<int>(image.step)) == nullptr) {
        refuse_damaged("the WebP picture is damaged or ends too early");
    }
    return features.has_alpha ? over_white(image) : image;
}

} // namespace

const PictureFormat webp_format{read_webp_header, decode_webp};

} // namespace dengji::intake
