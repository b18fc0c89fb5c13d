#pragma once
#include <opencv2/core.hpp>

#include <vector>

namespace dengji::layout {

/// A connected piece of ink, and how much of it lies in an area of interest.
struct InkPiece {
    int pixels = 0; ///< of the whole piece
    int inside = 0; ///< within the area
    /// Of what lies within the area, counted from its corner; meaningless when nothing does.
    int left = 1 << 20, top = 1 << 20, right = -1, bottom = -1;
};

/// The pieces (neighbours in all eight directions) of a 0/1 picture, in the order of their topmost rows. `area` must
/// lie in the picture.
std::vector<InkPiece> ink_pieces(const cv::Mat& ink, const cv::Rect& area);

} // namespace dengji::layout
