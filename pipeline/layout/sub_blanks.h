#pragma once
#include "pipeline/layout/printed_words.h"
#include "pipeline/layout/sheet.h"

#include <opencv2/core.hpp>

#include <vector>

namespace dengji::layout {

/// How this page is printed: what every search for its words needs.
struct PagePrint {
    cv::Mat half;                    ///< darkness of the table at half size
    std::vector<Printing> printings; ///< likely fonts, best first; never empty
    double em = 0;                   ///< size of the printed characters, table pixels
};

/// A printed word in table pixels.
struct PlacedWord {
    cv::Rect2d place;
    double middle = 0;
    double certainty = 0; ///< 0..1
};

/// Certainty below this makes a field doubtful.
constexpr double sure_enough = 0.5;

/// Words found together.
struct WordLine {
    std::vector<FoundWord> words; ///< half-size pixels of the picture searched; empty when they did not fit into it
    std::vector<std::string> spelled;
    int font = 0;
    double size = 0;      ///< em of the words, table pixels
    double score() const; ///< mean of the words' scores, -1 when empty
};

/// Looks for words in their order in `darkness` (half size) with every likely font and each of the `sizes` (in ems of
/// the page's print).
WordLine find_words(const PagePrint& print, const cv::Mat& darkness, const std::vector<std::string>& words,
                    const std::vector<double>& sizes);

/// A word of the line in table pixels, its place corrected at full size. `half_origin`: where the picture searched lies
/// in the half-size table.
PlacedWord placed_word(const Table& table, const WordLine& line, size_t index, const cv::Point2d& half_origin);

/// The reason that goes with a word not found clearly.
Reason unsure_place(const std::string& word);

/// Fields of the cells whose blanks are closed by printed words. Cells with the same words under each other vote
/// together: what is printed stands in all of them at the same place, what was written does not.
std::vector<PlacedField> find_sub_blanks(const Sheet& sheet, const PagePrint& print);

} // namespace dengji::layout
