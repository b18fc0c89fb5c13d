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

    /// The response of the places (of the word's upper left corner) in `window` alone; empty when the word fits nowhere
    /// there.
    cv::Mat response(const WordPicture& word, const cv::Rect& window) const;

    /// As large as the whole response, but only places in the windows are looked at; all others have `not_looked_at`.
    cv::Mat response(const WordPicture& word, const std::vector<cv::Rect>& windows) const;
    static constexpr float not_looked_at = -1;

    cv::Size size() const { return size_; }

private:
    /// The places where the word fits.
    cv::Rect places(const WordPicture& word) const;

    cv::Size size_;
    // All with some columns to spare on the right, so that whole vectors can be loaded.
    cv::Mat pairs_;          ///< CV_32SC1: each pixel with its right neighbour, 16 bits each
    cv::Mat sums_, squares_; ///< CV_32SC1, one larger than the picture: running sums, which may wrap around
};

/// The best value of a response and where it stands.
struct Strongest {
    float value = -2; ///< below any correlation
    cv::Point at;
};
Strongest strongest(const cv::Mat& response);

/// Strongest places of a response, `apart` from each other, the best first; at most `count`.
std::vector<cv::Point> strongest(const cv::Mat& response, size_t count, const cv::Size& apart);

/// Where a printed word was found.
struct FoundWord {
    cv::Rect2d place;  ///< around its ink
    double middle = 0; ///< its characters' middle line
    double score = 0;  ///< normalised correlation
    double rival = 0;  ///< the best score elsewhere between its neighbours
};

using WordPictures = std::vector<std::shared_ptr<const WordPicture>>;

/// The most likely places of words that stand in this order, on one line or wrapped to more. `size` is their em in
/// pixels of the search. Empty when a word does not fit into the picture.
std::vector<FoundWord> find_in_order(const WordSearch& search, const WordPictures& words, double size);

/// The same with the words' responses, for a picture of size `searched`.
std::vector<FoundWord> find_in_order(const std::vector<cv::Mat>& responses, const cv::Size& searched,
                                     const WordPictures& words, double size);

/// The spellings a word is printed in: as it stands, and with narrow parentheses and slash.
std::vector<std::string> spellings(const std::string& word);

} // namespace dengji::layout
