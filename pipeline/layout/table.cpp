#include "pipeline/layout/table.h"

#include <opencv2/imgproc.hpp>

namespace dengji::layout {
namespace {

double bilinear(const cv::Mat& map, double x, double y) {
    // Beyond the map its last two columns and rows are continued.
    const int x0 = std::clamp(static_cast<int>(std::floor(x)), 0, map.cols - 2);
    const int y0 = std::clamp(static_cast<int>(std::floor(y)), 0, map.rows - 2);
    const double a = x - x0, b = y - y0;
    const auto at = [&](int dy, int dx) { return static_cast<double>(map.at<float>(y0 + dy, x0 + dx)); };
    return (at(0, 0) * (1 - a) + at(0, 1) * a) * (1 - b) + (at(1, 0) * (1 - a) + at(1, 1) * a) * b;
}

} // namespace

cv::Point2d Table::to_page(cv::Point2d p) const {
    return {bilinear(map_x, p.x / map_step, p.y / map_step), bilinear(map_y, p.x / map_step, p.y / map_step)};
}

cv::Mat crop(const cv::Mat& page, const Table& table, const cv::Rect2d& area, int height) {
    if (area.width < 1 || area.height < 1 || page.empty()) return {};
    const cv::Point2d middle(area.x + area.width / 2, area.y + area.height / 2);
    const auto scale_along = [&](cv::Point2d half) {
        return cv::norm(table.to_page(middle + half) - table.to_page(middle - half)) / (2 * cv::norm(half));
    };
    const double along_x = scale_along({area.width / 2, 0}), along_y = scale_along({0, area.height / 2});
    const cv::Size size(std::max(1, static_cast<int>(std::lround(area.width * along_x))),
                        std::max(1, static_cast<int>(std::lround(area.height * along_y))));
    const double step_x = area.width / size.width, step_y = area.height / size.height;
    // Between the map's nodes places are interpolated along each row of the crop; rows are straight enough over one
    // node.
    cv::Mat map_x(size, CV_32F), map_y(size, CV_32F), cut;
    constexpr int stride = 16;
    for (int v = 0; v < size.height; ++v) {
        auto *mx = map_x.ptr<float>(v), *my = map_y.ptr<float>(v);
        const double y = area.y + (v + .5) * step_y - .5;
        cv::Point2d from = table.to_page({area.x + .5 * step_x - .5, y});
        for (int u = 0; u < size.width; u += stride) {
            const cv::Point2d to = table.to_page({area.x + (u + stride + .5) * step_x - .5, y});
            for (int k = 0; k < std::min(stride, size.width - u); ++k) {
                const double t = static_cast<double>(k) / stride;
                mx[u + k] = static_cast<float>(from.x + t * (to.x - from.x));
                my[u + k] = static_cast<float>(from.y + t * (to.y - from.y));
            }
            from = to;
        }
    }
    cv::remap(page, cut, map_x, map_y, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    if (height > 0 && height != cut.rows) {
        const double factor = static_cast<double>(height) / cut.rows;
        const cv::Size scaled(std::max(1, static_cast<int>(std::lround(cut.cols * factor))), height);
        cv::resize(cut, cut, scaled, 0, 0, factor < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
    }
    return cut;
}

} // namespace dengji::layout
