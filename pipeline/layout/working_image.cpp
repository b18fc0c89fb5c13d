#include "pipeline/layout/working_image.h"

#include "pipeline/layout/ink_sums.h"
#include "pipeline/layout/paper.h"
#include "pipeline/layout/resample.h"
#include "pipeline/layout/runs.h"

#include <opencv2/imgproc.hpp>

namespace dengji::layout {
namespace {

cv::Mat grey_without_red(const cv::Mat& image) {
    if (image.channels() == 1) return image;
    cv::Mat red;
    cv::extractChannel(image, red, 2);
    return red;
}

/// Whole factors first (fast, and nothing thin is lost), the rest by linear interpolation.
cv::Mat at_working_size(const cv::Mat& grey, double scale) {
    cv::Mat reduced = grey;
    const int factor = static_cast<int>(1 / scale);
    if (factor >= 2) cv::resize(grey, reduced, {grey.cols / factor, grey.rows / factor}, 0, 0, cv::INTER_AREA);
    const cv::Size size(std::max(1, static_cast<int>(std::lround(grey.cols * scale))),
                        std::max(1, static_cast<int>(std::lround(grey.rows * scale))));
    if (reduced.size() == size) return reduced;
    cv::Mat out;
    cv::resize(reduced, out, size, 0, 0, cv::INTER_LINEAR);
    return out;
}

/// Local paper level: the brighter part of the neighbourhood, smoothed.
cv::Mat flat_field(const cv::Mat& grey) {
    // Whole halves only: at exactly 2:1 the area filter has a fast path.
    const cv::Rect quarters(0, 0, grey.cols / 4 * 4, grey.rows / 4 * 4);
    cv::Mat half, quarter, level;
    cv::resize(grey(quarters), half, cv::Size(quarters.width / 2, quarters.height / 2), 0, 0, cv::INTER_AREA);
    cv::resize(half, quarter, cv::Size(quarters.width / 4, quarters.height / 4), 0, 0, cv::INTER_AREA);
    cv::dilate(quarter, quarter, cv::Mat::ones(7, 7, CV_8U));
    cv::blur(quarter, quarter, {15, 15});
    cv::resize(quarter, level, grey.size(), 0, 0, cv::INTER_LINEAR);
    cv::Mat norm;
    cv::divide(grey, level, norm, 255);
    return norm;
}

bool has_greys(const cv::Mat& grey) {
    std::array<int, 256> histogram{};
    int total = 0;
    for (int y = 0; y < grey.rows; y += 9) {
        const auto* row = grey.ptr(y);
        for (int x = 0; x < grey.cols; x += 9) ++histogram[row[x]], ++total;
    }
    int levels = 0;
    for (int n : histogram) levels += n > 0;
    return total > 0 && levels > 4;
}

float median_of_ends(const cv::Mat& norm, int x, int edge) {
    std::vector<std::uint8_t> values;
    for (int y = 4; y < edge; ++y) values.push_back(norm.at<std::uint8_t>(y, x));
    for (int y = norm.rows - edge; y < norm.rows - 4; ++y) values.push_back(norm.at<std::uint8_t>(y, x));
    std::nth_element(values.begin(), values.begin() + static_cast<long>(values.size() / 2), values.end());
    return values[values.size() / 2];
}

/// Streaks of scanner or copier: thin columns inked from one page edge to the other. Their own shade is divided out.
int remove_column_streaks(cv::Mat& norm, cv::Mat& ink, int threshold) {
    const int height = ink.rows, width = ink.cols, edge = std::max(20, height / 25);
    if (height < 4 * edge || width < 16) return 0;
    const auto whole = column_shares(ink, 0, width, 0, height, true);
    const auto head = column_shares(ink, 0, width, 4, edge, true);
    const auto foot = column_shares(ink, 0, width, height - edge, height - 4, true);
    std::vector<std::uint8_t> streaky(static_cast<std::size_t>(width));
    for (std::size_t x = 0; x < streaky.size(); ++x) streaky[x] = whole[x] > .85F && head[x] > .7F && foot[x] > .7F;
    int found = 0;
    for (const auto& run : runs_of(streaky)) {
        if (run.length() > 10 || run.begin < 2 || run.end > width - 3) continue;
        for (int x = run.begin - 1; x <= run.end; ++x) {
            const float gain = median_of_ends(norm, x, edge) / 255;
            if (gain >= .93F) continue;
            for (int y = 0; y < height; ++y) {
                auto& value = norm.at<std::uint8_t>(y, x);
                value = gain > .35F ? cv::saturate_cast<std::uint8_t>(static_cast<float>(value) / gain)
                                    : std::max(norm.at<std::uint8_t>(y, run.begin - 2),
                                               norm.at<std::uint8_t>(y, std::min(run.end + 1, width - 1)));
            }
        }
        for (int y = 0; y < height; ++y)
            for (int x = run.begin - 1; x <= run.end; ++x)
                ink.at<std::uint8_t>(y, x) = norm.at<std::uint8_t>(y, x) < threshold;
        ++found;
    }
    return found;
}

int remove_streaks(WorkingImage& work) {
    int found = remove_column_streaks(work.norm, work.ink, work.threshold);
    // Rows: the test is cheap on the image as it lies, the repair is rare.
    const int edge = std::max(20, work.ink.cols / 25);
    cv::Mat sums;
    cv::reduce(work.ink, sums, 1, cv::REDUCE_SUM, CV_32S);
    bool suspicious = false;
    for (int y = 1; y + 1 < work.ink.rows && !suspicious; ++y) {
        const int covered = std::max({sums.at<int>(y - 1), sums.at<int>(y), sums.at<int>(y + 1)});
        suspicious = covered > work.ink.cols * 6 / 10 && cv::countNonZero(work.ink.row(y).colRange(4, edge)) > edge / 3;
    }
    if (suspicious) {
        cv::Mat norm = work.norm.t(), ink = work.ink.t();
        if (const int rows = remove_column_streaks(norm, ink, work.threshold)) {
            work.norm = norm.t();
            work.ink = ink.t();
            found += rows;
        }
    }
    return found;
}

cv::Matx23d compose(const cv::Matx23d& outer, const cv::Matx23d& inner) {
    const cv::Matx33d a(outer(0, 0), outer(0, 1), outer(0, 2), outer(1, 0), outer(1, 1), outer(1, 2), 0, 0, 1);
    const cv::Matx33d b(inner(0, 0), inner(0, 1), inner(0, 2), inner(1, 0), inner(1, 1), inner(1, 2), 0, 0, 1);
    const cv::Matx33d c = a * b;
    return {c(0, 0), c(0, 1), c(0, 2), c(1, 0), c(1, 1), c(1, 2)};
}

} // namespace

WorkingImage make_working_image(const cv::Mat& image) {
    const cv::Mat grey = grey_without_red(image);
    const double scale = static_cast<double>(working_long_side) / std::max(grey.cols, grey.rows);
    const cv::Mat sized = at_working_size(grey, scale);
    WorkingImage work;
    work.tonal = has_greys(grey);
    work.norm = flat_field(sized);
    whiten_around_paper(sized, work.norm);
    cv::threshold(work.norm, work.ink, work.threshold - 1, 1, cv::THRESH_BINARY_INV);
    const double sx = static_cast<double>(grey.cols) / sized.cols, sy = static_cast<double>(grey.rows) / sized.rows;
    work.to_page = {sx, 0, .5 * sx - .5, 0, sy, .5 * sy - .5};
    work.streaks = remove_streaks(work);
    return work;
}

WorkingImage turned_clockwise(const WorkingImage& from) {
    WorkingImage to;
    cv::rotate(from.norm, to.norm, cv::ROTATE_90_CLOCKWISE);
    cv::rotate(from.ink, to.ink, cv::ROTATE_90_CLOCKWISE);
    to.threshold = from.threshold;
    to.streaks = from.streaks;
    to.tonal = from.tonal;
    // x' = height-1-y, y' = x
    to.to_page = compose(from.to_page, {0, 1, 0, -1, 0, static_cast<double>(from.norm.rows - 1)});
    return to;
}

WorkingImage levelled(const WorkingImage& from, double slope) {
    WorkingImage to = from;
    // Copies share their pixels: without pictures of its own, this would level the caller's image as well.
    to.norm = cv::Mat();
    to.ink = cv::Mat();
    const double angle = std::atan(slope), c = std::cos(angle), s = std::sin(angle);
    const double cx = (from.norm.cols - 1) / 2.0, cy = (from.norm.rows - 1) / 2.0;
    // A pixel of the levelled image comes from the page turned about its middle.
    const cv::Matx23d inverse(c, -s, cx - c * cx + s * cy, s, c, cy - s * cx - c * cy);
    to.norm.create(from.norm.size(), CV_8U);
    const auto columns = static_cast<std::size_t>(from.norm.cols);
    std::vector<float> xs(columns), ys(columns);
    const auto step_x = static_cast<float>(inverse(0, 0)), step_y = static_cast<float>(inverse(1, 0));
    for (int y = 0; y < from.norm.rows; ++y) {
        const auto x0 = static_cast<float>(inverse(0, 1) * y + inverse(0, 2));
        const auto y0 = static_cast<float>(inverse(1, 1) * y + inverse(1, 2));
        for (std::size_t x = 0; x < columns; ++x) xs[x] = x0 + step_x * static_cast<float>(static_cast<int>(x));
        for (std::size_t x = 0; x < columns; ++x) ys[x] = y0 + step_y * static_cast<float>(static_cast<int>(x));
        resample_row(from.norm, xs.data(), ys.data(), from.norm.cols, to.norm.ptr(y));
    }
    cv::threshold(to.norm, to.ink, to.threshold - 1, 1, cv::THRESH_BINARY_INV);
    to.to_page = compose(from.to_page, inverse);
    return to;
}

} // namespace dengji::layout
