#include "tests/layout/drawn_form.h"

#include <opencv2/imgproc.hpp>

namespace dengji::layout {
namespace {

void draw_rule(cv::Mat& image, cv::Point from, cv::Point to, const Drawing& d) {
    const cv::Scalar colour(255 - d.darkness);
    const bool level = from.y == to.y;
    const int length = level ? to.x - from.x : to.y - from.y;
    const int step = d.dash > 0 ? d.dash + d.gap : length;
    for (int at = 0; at < length; at += step) {
        const int end = d.dash > 0 ? std::min(length, at + d.dash) : length;
        const cv::Rect stroke = level ? cv::Rect(from.x + at, from.y, end - at, d.thickness)
                                      : cv::Rect(from.x, from.y + at, d.thickness, end - at);
        image(stroke & cv::Rect({}, image.size())).setTo(colour);
    }
}

} // namespace

DrawnForm draw_form(const templates::FormPage& page, const Drawing& d) {
    DrawnForm drawn{cv::Mat(d.size, CV_8U, cv::Scalar(255)), {}};
    const int first = d.first_row, last = std::min(d.last_row, static_cast<int>(page.rows.size()));
    const int height = d.table.height / std::max(1, last - first);
    const int right = d.table.x + d.table.width;
    draw_rule(drawn.image, d.table.tl(), {right, d.table.y}, d);
    for (int r = first; r < last; ++r) {
        const auto& row = page.rows[static_cast<std::size_t>(r)];
        const int top = d.table.y + (r - first) * height, bottom = top + height;
        draw_rule(drawn.image, {d.table.x, bottom}, {right, bottom}, d);
        // Widths 2 : 3 : 4 : 2 : 3 …
        int total = 0, passed = 0;
        for (std::size_t c = 0; c < row.size(); ++c) total += 2 + static_cast<int>(c % 3);
        for (std::size_t c = 0; c < row.size(); ++c) {
            const int x0 = d.table.x + d.table.width * passed / total;
            passed += 2 + static_cast<int>(c % 3);
            const int x1 = d.table.x + d.table.width * passed / total;
            draw_rule(drawn.image, {x0, top}, {x0, bottom}, d);
            const int cells = static_cast<int>(row[c].size());
            for (int k = 0; k < cells; ++k) {
                const int y0 = top + height * k / cells, y1 = top + height * (k + 1) / cells;
                if (k > 0) draw_rule(drawn.image, {x0, y0}, {x1, y0}, d);
                drawn.cells.emplace_back(x0, y0, x1 - x0, y1 - y0);
            }
        }
        draw_rule(drawn.image, {right, top}, {right, bottom}, d);
    }
    if (d.grain > 0) {
        cv::Mat noise(d.size, CV_16S), grey;
        cv::RNG random(7);
        random.fill(noise, cv::RNG::NORMAL, 0, d.grain);
        drawn.image.convertTo(grey, CV_16S);
        grey += noise;
        grey.convertTo(drawn.image, CV_8U);
    }
    return drawn;
}

cv::Mat transformed(const cv::Mat& image, const cv::Matx23d& forward) {
    cv::Mat out;
    cv::warpAffine(image, out, forward, image.size(), cv::INTER_AREA, cv::BORDER_CONSTANT, cv::Scalar(255));
    return out;
}

} // namespace dengji::layout
