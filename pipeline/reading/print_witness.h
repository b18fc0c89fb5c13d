#pragma once
#include "pipeline/reading/line_image.h"

#include <string>
#include <vector>

namespace dengji::reading {

/// What the picture of a line says of a text.
struct PrintStatement {
    double likeness = 0; ///< correlation of the line with the text as it was printed, 0..1
    /// By how much the line is more like the first text than like this one, where the two differ, -1..1.
    double behind = 0;
};

/// Compares the lines of a sheet that a printer filled with texts that compete for them: what was read and what else it
/// may be. Texts are drawn in the font and the size that the sheet was filled in, learnt from lines that are clear, so
/// that a character too many or too few shows as much as a wrong one, and as worn as the scan. Blind to meaning and
/// independent of any line reader: it tells characters apart that line readers take for each other, and sees text where
/// 1-bit scans lost the thin strokes. On handwriting all likenesses are low. One for each sheet.
class PrintWitness {
public:
    struct ClearLine {
        WideLine line;
        std::string text; ///< what it surely says
    };
    /// Learns the printing. A few lines do; those that are like no print teach nothing.
    explicit PrintWitness(const std::vector<ClearLine>& lines);

    /// Whether a printer filled the sheet. If not, neat handwriting can still be told from other by the most similar
    /// font.
    bool is_print() const { return is_print_; }

    /// Whether the scan lost thin strokes.
    bool is_worn() const { return is_print_ && wear_ > 0; }

    /// One statement for each text, the first's `behind` is 0; zeros for texts that the font cannot write, and for all
    /// where nothing was learnt.
    std::vector<PrintStatement> compare(const WideLine& line, const std::vector<std::string>& texts) const;

private:
    int font_ = 0, wear_ = 0;
    double em_ = 0; ///< pixels of the sheet; 0: nothing was learnt
    bool is_print_ = false;
};

} // namespace dengji::reading
