#pragma once
#include "pipeline/layout/sheet.h"

#include <opencv2/core.hpp>

#include <vector>

namespace dengji::layout {

/// A font, and the size it is printed in.
struct Printing {
    int font = 0;
    double em = 0;    ///< pixels of the table
    double score = 0; ///< mean correlation of the label words, 0..1
};

/// The fonts, those first that fit the page's short label cells best. Without usable labels all have score 0.
std::vector<Printing> find_printings(const Sheet& sheet, const cv::Mat& half_darkness, const std::vector<int>& fonts,
                                     double em);

/// The table's darkness (0 = paper) at half its size; words are looked for there first.
cv::Mat half_darkness(const Table& table);

/// Size of the printed characters: the sheet's, or judged from its label cells.
double character_size(const Sheet& sheet);

} // namespace dengji::layout
