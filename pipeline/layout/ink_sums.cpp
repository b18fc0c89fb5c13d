#include "pipeline/layout/ink_sums.h"

#include <opencv2/imgproc.hpp>

namespace dengji::layout {

InkSums::InkSums(const cv::Mat& ink) : width_(ink.cols), height_(ink.rows) {
    cv::Mat thick;
    cv::integral(ink, plain_, CV_32S);
    cv::dilate(ink, thick, cv::Mat::ones(1, 3, CV_8U));
    cv::integral(thick, thick_columns_, CV_32S);
    cv::dilate(ink, thick, cv::Mat::ones(3, 1, CV_8U));
    cv::integral(thick, thick_rows_, CV_32S);
}

InkSums::InkSums(const cv::Mat& ink, const cv::Mat& grey) : InkSums(ink) {
    cv::integral(255 - grey, grey_, CV_32S);
}

namespace {

std::vector<float> column_shares(const cv::Mat& sums, int x0, int x1, int y0, int y1) {
    const int *top = sums.ptr<int>(y0), *bottom = sums.ptr<int>(y1);
    const float per_row = 1.F / static_cast<float>(std::max(1, y1 - y0));
    std::vector<float> shares(static_cast<std::size_t>(std::max(0, x1 - x0)));
    for (int x = x0; x < x1; ++x)
        shares[static_cast<std::size_t>(x - x0)] =
            per_row * static_cast<float>(bottom[x + 1] - bottom[x] - top[x + 1] + top[x]);
    return shares;
}

std::vector<float> row_shares(const cv::Mat& sums, int x0, int x1, int y0, int y1) {
    const float per_column = 1.F / static_cast<float>(std::max(1, x1 - x0));
    std::vector<float> shares(static_cast<std::size_t>(std::max(0, y1 - y0)));
    int above = y0 < y1 ? sums.at<int>(y0, x1) - sums.at<int>(y0, x0) : 0;
    for (int y = y0; y < y1; ++y) {
        const int below = sums.at<int>(y + 1, x1) - sums.at<int>(y + 1, x0);
        shares[static_cast<std::size_t>(y - y0)] = per_column * static_cast<float>(below - above);
        above = below;
    }
    return shares;
}

} // namespace

std::vector<float> InkSums::columns(int x0, int x1, int y0, int y1, bool thick) const {
    return column_shares(thick ? thick_columns_ : plain_, x0, x1, y0, y1);
}

std::vector<float> InkSums::rows(int x0, int x1, int y0, int y1, bool thick) const {
    return row_shares(thick ? thick_rows_ : plain_, x0, x1, y0, y1);
}

std::vector<float> InkSums::dark_columns(int x0, int x1, int y0, int y1) const {
    return column_shares(grey_, x0, x1, y0, y1);
}

std::vector<float> InkSums::dark_rows(int x0, int x1, int y0, int y1) const {
    return row_shares(grey_, x0, x1, y0, y1);
}

} // namespace dengji::layout
