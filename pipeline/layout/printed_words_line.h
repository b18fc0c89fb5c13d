#pragma once
#include "pipeline/layout/printed_words.h"
#include "pipeline/layout/printed_words_font.h"
#include "pipeline/layout/sheet.h"

#include <opencv2/core.hpp>

#include <string>
#include <vector>

namespace dengji::layout {

/// How this page is printed: what every search for its words needs.
struct PagePrint {
    cv::Mat half;                    ///< darkness of the table at half size
    std::vector<Printing> printings; ///< likely fonts, best first; never empty
    double em = 0;                   ///< size of the printed characters, table pixels

    /// Words of the page were found in this font: it is tried first from now on.
    void prefer(int font);
};

/// Words found together.
struct WordLine {
    std::vector<FoundWord> words; ///< half-size pixels of the picture searched; empty when they did not fit into it
    std::vector<std::string> spelled;
    int font = 0;
    double size = 0;      ///< em of the words, table pixels
    double score() const; ///< mean of the words' scores, -1 when empty
    bool good() const;    ///< clear enough that no other font or spelling needs to be tried
};

/// Looks for words in their order in `darkness` (half size), in the page's likely fonts and each of the `sizes` (in ems
/// of the page's print). What is found depends on this page alone, never on pages read before.
WordLine find_words(const PagePrint& print, const cv::Mat& darkness, const std::vector<std::string>& words,
                    const std::vector<double>& sizes);

/// A printed word in table pixels.
struct PlacedWord {
    cv::Rect2d place;
    double middle = 0;    ///< its characters' middle line
    double certainty = 0; ///< 0..1
};

/// Certainty below this makes a field doubtful.
constexpr double sure_enough = 0.5;

/// A word of the line in table pixels, its place corrected at full size. `half_origin`: where the picture searched lies
/// in the half-size table.
PlacedWord placed_word(const Table& table, const WordLine& line, size_t index, const cv::Point2d& half_origin);

/// The reason that goes with a word not found clearly.
Reason unsure_place(const std::string& word);

} // namespace dengji::layout
