#pragma once
#include "pipeline/layout/printed_words.h"
#include "pipeline/layout/printed_words_font.h"

#include <map>
#include <string>
#include <vector>

namespace dengji::layout {

/// The pictures of words, `size` pixels to the em.
WordPictures draw_words(const std::vector<std::string>& words, int font, double size);

/// Looks in one picture for words whose size is not known: at half the resolution first, then only at the places that
/// this does not rule out.
class SizeSearch {
public:
    /// `darkness`: half size.
    explicit SizeSearch(const cv::Mat& darkness);

    struct Size {
        double size = 0;  ///< in ems of the printing
        double bound = 1; ///< about how well words of this printing fit at most, on average
    };

    /// The one of `sizes` (in ems of the printing) in which the words fit best, each word for itself.
    Size best(const std::vector<std::string>& words, const Printing& printing, const std::vector<double>& sizes) const;

    /// The words in their order, drawn `size` pixels to the em of the table.
    std::vector<FoundWord> in_order(const std::vector<std::string>& words, int font, double size) const;

private:
    /// How well words fit at half the resolution, for which they are drawn half as large.
    struct Coarse {
        double sum = -1;
        std::vector<cv::Mat> responses; ///< empty when a word does not fit into the picture
    };

    const cv::Mat& everywhere(const WordPicture& picture) const;
    double fit(const WordPictures& pictures) const;
    Coarse coarse_fit(const WordPictures& halved) const;
    std::vector<double> fits_near(const std::vector<std::string>& words, const Printing& printing,
                                  const std::vector<double>& sizes) const;
    double fit_near(const WordPictures& pictures, const WordPictures& halved, const std::vector<cv::Mat>& coarse) const;
    std::vector<FoundWord> found_near(const WordPictures& pictures, const WordPictures& halved, double size) const;

    WordSearch search_, coarse_;
    mutable std::map<const WordPicture*, cv::Mat> everywhere_; ///< pictures live as long as the process
};

} // namespace dengji::layout
