#include "pipeline/layout/working_image.h"

#include "pipeline/layout/flat_field.h"
#include "pipeline/layout/ink_sums.h"
#include "pipeline/layout/linear_rows.h"
#include "pipeline/layout/paper.h"
#include "pipeline/layout/resample.h"
#include "pipeline/layout/runs.h"

#include <opencv2/core/hal/intrin.hpp>
#include <opencv2/imgproc.hpp>

namespace dengji::layout {
namespace {

/// Of colours the red channel.
int channel_of(const cv::Mat& image) {
    return image.channels() == 1 ? 0 : 2;
}

cv::Mat grey_of(const cv::Mat& image) {
    if (image.channels() == 1) return image;
    cv::Mat grey;
    cv::extractChannel(image, grey, channel_of(image));
    return grey;
}

/// Whole factors first (fast, and nothing thin is lost), the rest by linear interpolation.
cv::Mat at_working_size(const cv::Mat& image, double scale) {
    const cv::Size size(std::max(1, static_cast<int>(std::lround(image.cols * scale))),
                        std::max(1, static_cast<int>(std::lround(image.rows * scale))));
    cv::Mat reduced = image;
    const int factor = static_cast<int>(1 / scale);
    if (factor >= 2) cv::resize(grey_of(image), reduced, image.size() / factor, 0, 0, cv::INTER_AREA);
    if (reduced.size() == size) return grey_of(reduced);
    cv::Mat out(size, CV_8U);
    LinearRows rows(reduced, channel_of(reduced), size);
    for (int y = 0; y < size.height; ++y) rows.row(y, out.ptr(y));
    return out;
}

bool has_greys(const cv::Mat& image) {
    std::array<int, 256> histogram{};
    int total = 0;
    const int channels = image.channels(), channel = channel_of(image);
    for (int y = 0; y < image.rows; y += 9) {
        const auto* row = image.ptr(y) + channel;
        for (int x = 0; x < image.cols; x += 9) ++histogram[row[x * channels]], ++total;
    }
    int levels = 0;
    for (int n : histogram) levels += n > 0;
    return total > 0 && levels > 4;
}

/// Pixels of a row of 0/1 that are 1.
int inked(const cv::Mat& ink, int y) {
    constexpr int lanes = cv::v_uint8x16::nlanes, most = 255;
    const auto* row = ink.ptr(y);
    int x = 0, sum = 0;
    while (x + lanes <= ink.cols) {
        cv::v_uint8x16 few = cv::v_setzero_u8();
        for (int n = 0; n < most && x + lanes <= ink.cols; ++n, x += lanes) few = few + cv::v_load(row + x);
        sum += static_cast<int>(cv::v_reduce_sum(few));
    }
    for (; x < ink.cols; ++x) sum += row[x];
    return sum;
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
    std::vector<int> sums(static_cast<std::size_t>(work.ink.rows));
    for (std::size_t y = 0; y < sums.size(); ++y) sums[y] = inked(work.ink, static_cast<int>(y));
    bool suspicious = false;
    for (std::size_t y = 1; y + 1 < sums.size() && !suspicious; ++y) {
        const int covered = std::max({sums[y - 1], sums[y], sums[y + 1]});
        suspicious = covered > work.ink.cols * 6 / 10 &&
                     cv::countNonZero(work.ink.row(static_cast<int>(y)).colRange(4, edge)) > edge / 3;
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
    const double scale = static_cast<double>(working_long_side) / std::max(image.cols, image.rows);
    const cv::Mat sized = at_working_size(image, scale);
    WorkingImage work;
    work.tonal = has_greys(image);
    FlatField field = flat_field(sized, work.threshold);
    whiten_around_paper(sized, field);
    work.norm = field.norm;
    work.ink = field.ink;
    const double sx = static_cast<double>(image.cols) / sized.cols, sy = static_cast<double>(image.rows) / sized.rows;
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
    const auto step_x = static_cast<float>(inverse(0, 0)), step_y = static_cast<float>(inverse(1, 0));
    for (int y = 0; y < from.norm.rows; ++y) {
        const auto x0 = static_cast<float>(inverse(0, 1) * y + inverse(0, 2));
        const auto y0 = static_cast<float>(inverse(1, 1) * y + inverse(1, 2));
        const auto place = [&](int x) {
            return cv::Point2f(x0 + step_x * static_cast<float>(x), y0 + step_y * static_cast<float>(x));
        };
        resample_row(from.norm, place, from.norm.cols, to.norm.ptr(y));
    }
    cv::threshold(to.norm, to.ink, to.threshold - 1, 1, cv::THRESH_BINARY_INV);
    to.to_page = compose(from.to_page, inverse);
    return to;
}

WorkingImage levelled(const WorkingImage& from, const Fan& fan) {
    WorkingImage to = from;
    to.fan = fan;
    to.norm = cv::Mat(from.norm.size(), CV_8U);
    to.ink = cv::Mat();
    for (int y = 0; y < from.norm.rows; ++y) {
        const auto place = [&](int x) { return cv::Point2f(fan.before(cv::Point2d(x, y))); };
        resample_row(from.norm, place, from.norm.cols, to.norm.ptr(y));
    }
    cv::threshold(to.norm, to.ink, to.threshold - 1, 1, cv::THRESH_BINARY_INV);
    return to;
}

} // namespace dengji::layout
