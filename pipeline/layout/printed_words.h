#pragma once
#include "pipeline/layout/glyphs.h"
#include "pipeline/layout/sheet.h"

#include <opencv2/core.hpp>

#include <memory>
#include <string>
#include <vector>

namespace dengji::layout {

/// A grey picture made ready for looking for printed words in it.
class WordSearch {
public:
    /// `darkness`: CV_8UC1, 0 = paper.
    explicit WordSearch(const cv::Mat& darkness);

    /// Normalised correlation (-1..1) of the word with every place, CV_32FC1; empty when the word is larger than the
    /// picture. Places with hardly any contrast score low, so that the grain of white paper is no match for anything.
    cv::Mat response(const WordPicture& word) const;
    cv::Size size() const { return darkness_.size(); }

private:
    cv::Mat darkness_; ///< CV_16SC1
    cv::Mat sums_, squares_;
};

/// Where a printed word was found.
struct FoundWord {
    cv::Rect2d place;  ///< around its ink
    double middle = 0; ///< its characters' middle line
    double score = 0;  ///< normalised correlation
    double rival = 0;  ///< the best score elsewhere between its neighbours
};

/// The most likely places of words that stand in this order, on one line or wrapped to more. `size` is their em in
/// pixels of the search. Empty when a word does not fit into the picture.
std::vector<FoundWord> find_in_order(const WordSearch& search,
                                     const std::vector<std::shared_ptr<const WordPicture>>& words, double size);

/// A font, and the size it is printed in.
struct Printing {
    int font = 0;
    double em = 0;    ///< pixels of the table
    double score = 0; ///< mean correlation of the label words, 0..1
};

/// The fonts that fit the page's short label cells, best first (at most three of `fonts`). Without usable labels every
/// font comes back with score 0.
std::vector<Printing> find_printings(const Sheet& sheet, const cv::Mat& half_darkness, const std::vector<int>& fonts,
                                     double em);

/// The table's darkness (0 = paper) at half its size; words are looked for there first.
cv::Mat half_darkness(const Table& table);

/// The spellings a word is printed in: as it stands, and with narrow parentheses and slash.
std::vector<std::string> spellings(const std::string& word);

/// Size of the printed characters: the sheet's, or judged from its label cells.
double character_size(const Sheet& sheet);

} // namespace dengji::layout
