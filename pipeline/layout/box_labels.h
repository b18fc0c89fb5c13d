#pragma once
#include "pipeline/layout/box_outline.h"

#include <optional>
#include <string>
#include <vector>

namespace dengji::layout {

/// How the words of a page's options are printed: a word of n characters ends about gap + n * pitch right of its box.
struct LabelPitch {
    double pitch = 0; ///< from one character to the next, table pixels
    double gap = 0;   ///< from the box's inner edge to the first character
};

/// Printed length of a label in characters; Latin letters and digits count half.
double label_length(const std::string& label);

/// The words printed right of an outline, followed until a gap.
class LabelInk {
public:
    /// `right_edge`: where the cell ends. `gap`: a longer stretch of paper ends the word.
    LabelInk(const cv::Mat& ink, const cv::Rect& box, int right_edge, double gap);

    /// Right end of the word, not looking beyond `limit` (where the next box begins).
    int end(int limit) const;

private:
    int start_ = 0;
    int free_end_ = 0;
    std::vector<int> last_ink_; ///< for each column from start_: the last inked column up to there
};

/// Options of a cell on outlines: for each option, in order, the index of its outline, or -1 where none was found.
struct Assignment {
    std::vector<int> outline;
    std::vector<bool>
        certain; ///< the outline can hardly be a glyph: it is clean, or a word as long as the label follows
    double total = -1e9;
    int spare = 0; ///< clean outlines, in a column with others, that no option was assigned to
};

/// Picks the outlines of the options of one cell in reading order. Glyphs such as 国 困 员 look like marked boxes: a
/// box is clean, stands in a column with others, has nothing on its left, and the word that follows it has the option's
/// length. Without `pitch` the lengths are not compared.
Assignment assign_options(const cv::Mat& ink, const cv::Rect& cell, const std::vector<std::string>& labels,
                          const std::vector<Outline>& outlines, const OutlineSize& size,
                          const std::optional<LabelPitch>& pitch);

/// An outline that an option was assigned to, with its label.
struct LabelledBox {
    cv::Rect box;
    std::string label;
    int limit = 0;      ///< column where the next box of the row, or the end of the cell, stops the label
    int right_edge = 0; ///< end of the cell
};

/// Pitch and gap of the printed characters, from the lengths of the labels found. Nothing with fewer than four labels.
std::optional<LabelPitch> measure_pitch(const cv::Mat& ink, const std::vector<LabelledBox>& boxes,
                                        const OutlineSize& size);

} // namespace dengji::layout
