#pragma once
#include <opencv2/core.hpp>

#include <memory>
#include <string>

namespace dengji::layout {

/// A printed word as a picture, cut tight around its ink.
struct WordPicture {
    cv::Mat darkness;  ///< CV_8UC1: 0 paper, 255 ink
    double middle = 0; ///< row of the characters' middle line in `darkness`; may lie outside it
    int characters = 0;
};

/// How many of the known printing fonts (Song, Kai, Hei …) are installed. Throws Error(data) when there is none.
int font_count();

/// Draws UTF-8 text in an installed font, `size` pixels to the em (rounded to an eighth). Thread-safe, kept for the
/// life of the process. nullptr when the font lacks one of the characters or the text has no ink.
std::shared_ptr<const WordPicture> draw_word(const std::string& word, int font, double size);

/// The same for texts that hardly come again, as what was read in a field: not kept.
std::shared_ptr<const WordPicture> draw_once(const std::string& text, int font, double size);

} // namespace dengji::layout
