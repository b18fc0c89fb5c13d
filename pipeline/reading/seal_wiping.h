#pragma once
#include <opencv2/core.hpp>
#include <optional>
#include <vector>

namespace dengji::reading {

/// A round seal as it lies over a field's picture.
struct SealDisc {
    cv::Point2d centre; ///< pixels of the picture; may lie outside
    double radius = 0;  ///< of the outer ring, pixels
};

/// A field's picture with the seals' ink turned into paper.
struct WipedField {
    cv::Mat grey;       ///< CV_8UC1, flat: paper 255
    bool clean = false; ///< the seals' ink could be told from writing; else `grey` is as it was
};

/// Takes the ink of seals out of `field` (grey or colour). Where pens are darker than seals (`pens_below`: grey level,
/// paper 255), what is paler goes. Where both look alike, everything inside a seal goes when the writing ends clearly
/// before it; a line that runs into a seal is left alone, and so is a field that only has ink inside one. `em`: size of
/// a printed character, pixels.
WipedField without_seals(const cv::Mat& field, const std::vector<SealDisc>& seals, std::optional<int> pens_below,
                         double em);

} // namespace dengji::reading
