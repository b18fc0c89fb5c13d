#pragma once
#include <opencv2/core.hpp>
#include <optional>
#include <string>
#include <vector>

namespace dengji::reading {

/// A line of printed digits, read by the digits' pictures.
struct DigitMatch {
    std::string text;
    double score = 0;  ///< mean likeness of the characters, 0..1
    double margin = 0; ///< smallest lead of a character over the next one in its place
};

/// Reads printed numbers whose hairlines are gone, where a line reader finds no characters. Digits of one font are
/// equally wide in what offices print with: the line is divided into equal cells, and each compared with the digits'
/// pictures in every font. Useless on handwriting: the score says so. One for each worker.
class PrintedDigitMatcher {
public:
    /// `alphabet`: ASCII characters that may occur; `least`..`most` of them. nullopt when the line's shape fits none of
    /// these lengths.
    std::optional<DigitMatch> match(const cv::Mat& flat, const cv::Rect& extent, const std::string& alphabet, int least,
                                    int most);

private:
    struct Font {
        double advance = 0; ///< width of a cell, pixels at digit_height
        double eight = 0;   ///< width of the ink of an 8
        cv::Size cell;
        std::string characters;
        cv::Mat pictures; ///< CV_32FC1, a row for each character: its cell, mean 0, length 1
    };
    const std::vector<Font>& fonts();
    static DigitMatch read_cells(const cv::Mat& line, const Font& font, const std::string& alphabet, int count,
                                 double pitch, double start);

    std::vector<Font> fonts_;
};

} // namespace dengji::reading
