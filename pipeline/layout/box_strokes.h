#pragma once
#include <opencv2/core.hpp>
#include <vector>

namespace dengji::layout {

/// An option of a cell: the inside of its box, and the column where its word ends as printed.
struct PrintedOption {
    cv::Rect box;
    int word_end = 0;
};

/// Marks of an option cell that leave their boxes empty: strokes where the print leaves paper, between one line and the
/// next and left of the boxes.
class StrokesBeside {
public:
    /// `ink`: of the table, 0/1. `cell`: without its ruling lines, as far as they are straight. `options`: those whose
    /// boxes were found. `em`: size of the printed characters, table pixels.
    StrokesBeside(const cv::Mat& ink, const cv::Rect& cell, std::vector<PrintedOption> options, double em)
        : ink_(ink), cell_(cell), options_(std::move(options)), em_(em) {}

    /// Width of the strokes that leave the line above a box or the begin of its word, in ems. `end`: of the word as it
    /// was seen.
    double tick(const cv::Rect& box, int end) const;

    /// Share of the option's width with strokes both above and below its line; half of it where only one side has room.
    double ring(const cv::Rect& box, int end) const;

    /// Larger extent of a stroke of its own left of a box, in box widths.
    double before(const cv::Rect& box) const;

private:
    /// Rows of paper between a box's line and those above and below; empty where the lines stand too close.
    struct Gaps {
        cv::Range above, below;
    };
    Gaps gaps_around(const cv::Rect& box) const;
    int free_from(const cv::Rect& box) const;

    const cv::Mat& ink_;
    cv::Rect cell_;
    std::vector<PrintedOption> options_;
    double em_;
};

} // namespace dengji::layout
