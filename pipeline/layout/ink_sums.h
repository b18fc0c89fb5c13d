#pragma once
#include "pipeline/layout/bit_rows.h"

#include <opencv2/core.hpp>
#include <vector>

namespace dengji::layout {

/// Share of rows [y0, y1) of a 0/1 image with ink, for each column of [x0, x1). `thick`: ink in the column to the left
/// or right counts too. The area must lie inside the image.
std::vector<float> column_shares(const cv::Mat& ink, int x0, int x1, int y0, int y1, bool thick);

/// The share of ink in columns and rows of any area of a 0/1 image.
class InkSums {
public:
    /// `ink` is shared, not copied: it must not be changed afterwards.
    explicit InkSums(const cv::Mat& ink);
    /// With the grey too: faint and broken lines can be looked for.
    InkSums(const cv::Mat& ink, const cv::Mat& grey);

    int width() const { return ink_.cols; }
    int height() const { return ink_.rows; }

    /// `thick`: ink within one pixel sideways of the line counts too (for lines that are not quite straight).
    /// Share of rows [y0, y1) with ink, for each column of [x0, x1). The area must lie inside the image.
    std::vector<float> columns(int x0, int x1, int y0, int y1, bool thick) const;
    /// Share of columns [x0, x1) with ink, for each row of [y0, y1).
    std::vector<float> rows(int x0, int x1, int y0, int y1, bool thick) const;

    bool knows_grey() const { return !grey_.empty(); }
    /// Mean darkness (0 paper .. 255) of rows [y0, y1), for each column of [x0, x1).
    std::vector<float> dark_columns(int x0, int x1, int y0, int y1) const;
    /// Mean darkness of columns [x0, x1), for each row of [y0, y1).
    std::vector<float> dark_rows(int x0, int x1, int y0, int y1) const;

private:
    cv::Mat ink_;
    BitRows bits_;
    cv::Mat grey_; ///< CV_32S running sums of the darkness, one larger than the image
};

} // namespace dengji::layout
