#include "pipeline/reading/picture_correlation.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <opencv2/imgproc.hpp>

namespace dengji::reading {
namespace {

constexpr int lanes = 16; ///< whole vectors: the inner loop has no remainder

/// With zeros behind each row, so that the loop may run over its end.
cv::Mat widened(const cv::Mat& picture) {
    cv::Mat wide(picture.rows, picture.cols + lanes, CV_16SC1, cv::Scalar(0));
    picture.convertTo(wide.colRange(0, picture.cols), CV_16S);
    return wide;
}

int dot(const short* a, const short* b, int count) {
    int sum = 0;
    for (int i = 0; i < count; ++i) sum += a[i] * b[i];
    return sum;
}

/// The sum over a rectangle, from running sums.
template <typename T>
double window(const cv::Mat& sums, int x, int y, const cv::Size& size) {
    const T *above = sums.ptr<T>(y) + x, *below = sums.ptr<T>(y + size.height) + x;
    return static_cast<double>(below[size.width] - below[0] - above[size.width] + above[0]);
}

} // namespace

Correlation best_place(const cv::Mat& picture, const cv::Mat& within) {
    CV_Assert(picture.type() == CV_8UC1 && within.type() == CV_8UC1);
    const auto area = static_cast<double>(picture.total());
    const double mean = cv::sum(picture)[0] / area;
    const double contrast = std::max(0.0, picture.dot(picture) - area * mean * mean);
    if (contrast < 1e-6 * area) return {1, {}};
    cv::Mat sums, squares;
    cv::integral(within, sums, squares, CV_32S, CV_64F);
    const cv::Mat pattern = widened(picture), places = widened(within);
    const int count = (picture.cols + lanes - 1) / lanes * lanes;
    Correlation best;
    for (int y = 0; y + picture.rows <= within.rows; ++y)
        for (int x = 0; x + picture.cols <= within.cols; ++x) {
            std::int64_t product = 0;
            for (int row = 0; row < picture.rows; ++row)
                product += dot(pattern.ptr<short>(row), places.ptr<short>(y + row) + x, count);
            const double sum = window<int>(sums, x, y, picture.size());
            const double spread = window<double>(squares, x, y, picture.size()) - sum * sum / area;
            // The sums are whole numbers: below a half there is no contrast but rounding.
            const double score =
                spread < 0.5 ? 0 : (static_cast<double>(product) - sum * mean) / std::sqrt(spread * contrast);
            if (score > best.score) best = {std::min(score, 1.0), {x, y}};
        }
    return best;
}

} // namespace dengji::reading
