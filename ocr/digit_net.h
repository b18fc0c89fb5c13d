#pragma once
#include <filesystem>
#include <memory>
#include <opencv2/core.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace dengji::ocr {

/// What the net saw in a line.
struct DigitLine {
    /// The line in two slightly different framings: natural logarithms of probabilities, CV_32FC1, a row for each step
    /// from left to right, a column for each class: 0 is the CTC blank, class k is DigitNet::symbols[k - 1]. No views:
    /// nothing is written.
    std::vector<cv::Mat> views;
    /// The likeliest symbol of each step of the first view, repeats and blanks left out.
    std::string greedy;
    bool at_edge = false; ///< the writing touches the edge of the image: some of it may be cut off
};

/// Reads lines of digits, written by hand or printed: a small convolutional net of our own (training/digits), run by
/// OpenCV's dnn. Knows no numbers, only digits. Not thread-safe: one for each worker; holds about 5 MB.
class DigitNet {
public:
    static constexpr std::string_view symbols = "0123456789X-#";
    /// A glyph that is no digit: a Chinese character, a letter, a scribble, a struck-out digit; one for each.
    static constexpr char foreign = '#';

    /// `file`: the ONNX file. Throws Error(data) when it is missing, broken or speaks of other symbols.
    explicit DigitNet(const std::filesystem::path& file);
    ~DigitNet();
    DigitNet(DigitNet&&) noexcept;
    DigitNet& operator=(DigitNet&&) noexcept;

    /// `line`: CV_8UC1, dark writing on light paper, upright, one line with some paper around it; remains of ruling
    /// lines may be there. An empty image has nothing written.
    DigitLine read(const cv::Mat& line);

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace dengji::ocr
