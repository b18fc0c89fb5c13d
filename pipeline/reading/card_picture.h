#pragma once
#include "pipeline/reading/digit_runs.h"

#include <array>
#include <opencv2/core.hpp>
#include <vector>

namespace dengji::reading {

/// Height of the number's digits in a CardPicture, pixels.
inline constexpr int card_digit_height = 32;

/// The surroundings of an identity card's number, cut from the page: level, upright, of a fixed size, the card's tinted
/// ground turned into paper (255).
struct CardPicture {
    cv::Mat norm;                ///< CV_8UC1
    cv::Rect number;             ///< the number's digits
    std::vector<cv::Rect> lines; ///< printed lines left of the photograph, top to bottom; the last holds the number
    cv::Matx23d to_page;         ///< pixel of `norm` -> pixel of the page
};

/// Cuts the picture around a run of digits that is given in pixels of the page. `turned`: the run is upside down.
/// `page`: CV_8UC1. Without `lines`: see find_card_lines.
CardPicture cut_card(const cv::Mat& page, const DigitRun& run, bool turned);

/// Finds the printed lines around the number.
void find_card_lines(CardPicture& card);

/// The corners of a part of the picture on the page: top left, top right, bottom right, bottom left as one reads.
std::array<cv::Point2f, 4> corners_on_page(const CardPicture& card, const cv::Rect& part);

} // namespace dengji::reading
