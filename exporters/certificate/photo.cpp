#include "exporters/certificate/photo.h"

#include "pipeline/base/error.h"

#include <cmath>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace dengji::certificate {
namespace {

constexpr double shape = 35.0 / 49.0;
constexpr double most_deviation = 0.08; ///< covers 35 x 53 and 33 x 48, which are sold as 2寸 as well
constexpr double kept_above = 0.4;      ///< of what is cropped in height, so much is taken from above: heads are there
constexpr int jpeg_quality = 88;

PreparedPhoto refused(const char* code, std::string zh, std::string en) {
    return {"", Reason{code, std::move(zh), std::move(en)}};
}

cv::Rect crop_of(const cv::Size& size) {
    const double actual = size.width / static_cast<double>(size.height);
    if (actual > shape) {
        const int width = static_cast<int>(std::lround(size.height * shape));
        return {(size.width - width) / 2, 0, width, size.height};
    }
    const int height = static_cast<int>(std::lround(size.width / shape));
    return {0, static_cast<int>(std::lround((size.height - height) * kept_above)), size.width, height};
}

} // namespace

PreparedPhoto prepare_photo(const cv::Mat& picture) {
    if (picture.empty() || (picture.type() != CV_8UC1 && picture.type() != CV_8UC3))
        return refused("photo-broken", "照片无法打开", "the photo cannot be decoded");
    const double deviation = picture.cols / static_cast<double>(picture.rows) / shape - 1;
    if (std::abs(deviation) > most_deviation)
        return refused("photo-shape", "照片的宽高比不是2寸照片的35∶49，请裁好再交",
                       "the photo does not have the shape of 35 x 49 mm");
    const auto crop = crop_of(picture.size());
    // A pixel may be lost to rounding where somebody cropped it before.
    if (crop.width < photo_width - 1 || crop.height < photo_height - 1)
        return refused("photo-small",
                       "照片太小：2寸照片在300dpi下至少要" + std::to_string(photo_width) + "×" +
                           std::to_string(photo_height) + "像素",
                       "the photo has fewer than 300 pixels an inch at 35 x 49 mm");
    cv::Mat sized, colour;
    cv::resize(picture(crop), sized, {photo_width, photo_height}, 0, 0, cv::INTER_AREA);
    if (sized.channels() == 1) cv::cvtColor(sized, colour, cv::COLOR_GRAY2BGR);
    std::vector<unsigned char> bytes;
    if (!cv::imencode(".jpg", colour.empty() ? sized : colour, bytes, {cv::IMWRITE_JPEG_QUALITY, jpeg_quality}))
        throw Error(ErrorKind::internal, "a photo could not be written as JPEG");
    return {std::string(bytes.begin(), bytes.end()), std::nullopt};
}

cv::Mat photo_on_page(const cv::Mat& page) {
    if (page.empty()) return {};
    cv::Mat grey, ink;
    if (page.channels() == 3) {
        cv::cvtColor(page, grey, cv::COLOR_BGR2GRAY);
    } else {
        grey = page;
    }
    // Where a photo is white, its edge and what it shows hold it together; letters fall apart at this size.
    const double paper = cv::mean(grey)[0] > 200 ? 235 : 200;
    cv::threshold(grey, ink, paper, 255, cv::THRESH_BINARY_INV);
    const int reach = std::max(3, page.cols / 200);
    cv::morphologyEx(ink, ink, cv::MORPH_CLOSE, cv::Mat::ones(reach, reach, CV_8U));
    cv::morphologyEx(ink, ink, cv::MORPH_OPEN, cv::Mat::ones(2 * reach, 2 * reach, CV_8U));
    std::vector<std::vector<cv::Point>> outlines;
    cv::findContours(ink, outlines, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_SIMPLE);
    cv::Rect found;
    int photos = 0;
    for (const auto& outline : outlines) {
        const auto box = cv::boundingRect(outline);
        const bool fits = std::abs(box.width / static_cast<double>(box.height) / shape - 1) <= most_deviation;
        if (!fits || box.width < photo_width - 1 || cv::contourArea(outline) < 0.8 * box.area()) continue;
        ++photos;
        found = box;
    }
    return photos == 1 ? page(found).clone() : cv::Mat();
}

} // namespace dengji::certificate
