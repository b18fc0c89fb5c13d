#pragma once
#include "pipeline/layout/glyphs.h"

#include <opencv2/imgproc.hpp>
#include <string>

namespace dengji::reading {

/// A field's image (CV_8UC1) with a line of print in one of the installed fonts, `size` pixels to the em, on paper of
/// this shade.
inline cv::Mat drawn_field(const std::string& text, int font = 0, double size = 40, int paper = 240, int ink = 40) {
    const auto picture = layout::draw_word(text, font, size);
    if (!picture) return {};
    const cv::Mat& darkness = picture->darkness;
    const int around = static_cast<int>(size / 2);
    cv::Mat field(darkness.rows + 2 * around, darkness.cols + 4 * around, CV_8UC1, cv::Scalar(paper));
    for (int y = 0; y < darkness.rows; ++y)
        for (int x = 0; x < darkness.cols; ++x)
            field.at<uchar>(y + around, x + around) =
                static_cast<uchar>(paper - (paper - ink) * darkness.at<uchar>(y, x) / 255);
    return field;
}

/// As a 1-bit scan delivers it: thin strokes partly gone, grain at the edges. The same for the same seed.
inline cv::Mat as_fax(const cv::Mat& field, int seed = 1) {
    cv::RNG random(static_cast<uint64_t>(seed));
    cv::Mat noise(field.size(), CV_32FC1), grey;
    random.fill(noise, cv::RNG::NORMAL, 0, 18);
    field.convertTo(grey, CV_32F);
    cv::Mat bits = (grey + noise) > 120;
    return bits;
}

} // namespace dengji::reading
