#include "pipeline/intake/upright.h"

namespace dengji::intake {

cv::Mat turned_upright(const cv::Mat& page, int orientation) {
    cv::Mat turned;
    switch (orientation) {
    case 90: cv::rotate(page, turned, cv::ROTATE_90_CLOCKWISE); break;
    case 180: cv::rotate(page, turned, cv::ROTATE_180); break;
    case 270: cv::rotate(page, turned, cv::ROTATE_90_COUNTERCLOCKWISE); break;
    default: turned = page; break;
    }
    return turned;
}

cv::Point2d upright_place(cv::Point2d place, cv::Size page, int orientation) {
    const double right = page.width - 1, bottom = page.height - 1;
    switch (orientation) {
    case 90: return {bottom - place.y, place.x};
    case 180: return {right - place.x, bottom - place.y};
    case 270: return {place.y, right - place.x};
    default: return place;
    }
}

} // namespace dengji::intake
