#pragma once
#include <map>
#include <opencv2/core.hpp>
#include <optional>
#include <string>
#include <vector>

namespace dengji::reading {

/// The word of a list whose printed picture is most like a line.
struct WordMatch {
    std::string word;
    double score = 0;  ///< correlation of the pictures, 0..1
    double margin = 0; ///< how much better than the best other word
};

/// How like a line is to the printed picture of a text.
struct PrintLikeness {
    double whole = 0;   ///< correlation of line and picture, 0..1
    double weakest = 0; ///< the least correlation of a piece one character wide
};

/// Compares a line with the words of a list as they look in the fonts that offices print with. Blind to what a
/// character means, so it reads print whose hairlines were lost on a 1-bit scan, where a line reader sees fragments.
/// Useless on handwriting: the score says so. Keeps the pictures it has drawn: one for each worker.
class PrintedWordMatcher {
public:
    /// `flat`: a flattened field; `extent`: its line. nullopt when no word of the list has the line's shape.
    /// `usual`: words that win when others are hardly better.
    std::optional<WordMatch> match(const cv::Mat& flat, const cv::Rect& extent, const std::vector<std::string>& words,
                                   const std::vector<std::string>& usual = {});

    /// Draws what was read in every font and compares: does the line look like this text in print? A wrong character
    /// shows in `weakest`, handwriting in both. Zeros when no font has all of its characters.
    static PrintLikeness likeness(const cv::Mat& flat, const cv::Rect& extent, const std::string& text);

private:
    /// A word in one font.
    struct Picture {
        double aspect = 0; ///< width / height of its ink
        cv::Mat coarse;    ///< CV_32FC1, one row: small picture, mean 0, length 1
        cv::Mat fine;      ///< CV_8UC1 darkness
    };
    const std::vector<Picture>& pictures(const std::string& word);

    std::map<std::string, std::vector<Picture>> pictures_;
};

} // namespace dengji::reading
