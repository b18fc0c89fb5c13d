#pragma once
#include <memory>
#include <opencv2/core.hpp>
#include <string>

namespace dengji::app {

/// Draws Chinese and Latin text on pictures. Not thread-safe: one for each worker.
class TextPainter {
public:
    /// Throws Error(data) when no Chinese font is installed.
    TextPainter();
    ~TextPainter();
    TextPainter(const TextPainter&) = delete;
    TextPainter& operator=(const TextPainter&) = delete;

    /// Draws one line of UTF-8 on `picture` (CV_8UC3). `left_base`: left end of the base line; `size`: of a Chinese
    /// character, pixels. What lies outside is cut off.
    void draw(cv::Mat& picture, cv::Point left_base, const std::string& text, int size, const cv::Scalar& colour);
    /// The width that it takes, pixels.
    int width(const std::string& text, int size);

private:
    struct Face;
    std::unique_ptr<Face> face_;
};

} // namespace dengji::app
