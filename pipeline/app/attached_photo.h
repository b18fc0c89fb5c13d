#pragma once
#include "pipeline/app/open_lives.h"
#include "pipeline/base/reason.h"

#include <opencv2/core/mat.hpp>

namespace dengji::app {

/// A photo among the papers that were scanned with a sheet, or why there is none to take.
struct AttachedPhoto {
    cv::Mat picture; ///< upright as scanned, cut out of its page; empty when there is a problem
    std::optional<Reason> problem;
};

/// Looks for the one photo of 2寸 on the papers of a registration; `paper`: on that one of them alone, counted from 1
/// in the order of delivery; 0: on all. Which of several is meant is not guessed. A paper that cannot be opened holds
/// none.
AttachedPhoto attached_photo(OpenLives& open, const std::string& registration, int paper);

} // namespace dengji::app
