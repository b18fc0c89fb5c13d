#pragma once
#include "pipeline/layout/glyphs.h"

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

/// The spellings a word is printed in: as it stands, and with narrow parentheses and slash.
std::vector<std::string> spellings(const std::string& word);

} // namespace dengji::layout
