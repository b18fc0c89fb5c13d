#pragma once
#include "pipeline/layout/boxes.h"

#include <functional>
#include <string>
#include <vector>

namespace dengji::layout::testing {

/// How the made-up form of a test is printed.
struct Printing {
    int box = 22;         ///< inside of a box, pixels
    int stroke = 2;       ///< thickness of its outline
    int corner = 0;       ///< radius of its corners
    int em = 26;          ///< size of a character
    int gap = 6;          ///< from box to label
    int between = 40;     ///< from the end of a label to the next box
    int line = 40;        ///< from one line to the next
    int indent = 12;      ///< from the ruling line to the first box
    int print = 40;       ///< grey of the print
    int outline = 40;     ///< grey of the outlines
    double blur = 0;      ///< sigma, pixels
    bool bitonal = false; ///< scanned in black and white
};

/// One option cell: labels of pseudo glyphs (bars; 国 and 口 are drawn as the boxes that they look like), line by line.
struct DrawnCell {
    std::string key;
    templates::FieldKind kind = templates::FieldKind::choice;
    std::vector<std::vector<std::string>> lines; ///< options of each line
};

/// A sheet of option cells, as layout hands it to find_boxes.
class DrawnSheet {
public:
    DrawnSheet(const Printing& printing, const std::vector<DrawnCell>& cells);

    /// Draws on the page: `draw` gets the picture, the inside of the option's box and the extent of its label.
    using Pen = std::function<void(cv::Mat& page, cv::Rect box, cv::Rect label)>;
    DrawnSheet& mark(const std::string& option, const Pen& pen);

    /// Scans it and finds the boxes. Valid as long as this object.
    const Sheet& scan();

    /// Of the last scan.
    const PlacedBox& box(const std::string& option) const;
    BoxState state(const std::string& option) const { return box(option).state; }
    GroupChoice choice(const std::string& key) const;
    cv::Rect drawn_box(const std::string& option) const;

private:
    Printing printing_;
    templates::Form form_;
    std::vector<templates::Cell> cells_;
    std::vector<cv::Rect> areas_;
    std::map<std::string, std::pair<cv::Rect, cv::Rect>> places_; ///< option: box, label
    cv::Mat page_;
    Sheet sheet_;
};

namespace pens {
DrawnSheet::Pen tick(int grey = 30, int thickness = 3);
DrawnSheet::Pen cross();
DrawnSheet::Pen slash();
DrawnSheet::Pen dot();
DrawnSheet::Pen filled();
DrawnSheet::Pen long_tick(); ///< runs out of the box and over its word
DrawnSheet::Pen ring();      ///< round box and word
DrawnSheet::Pen beside();    ///< a tick wholly left of the box
DrawnSheet::Pen strike();    ///< a line through box and word
DrawnSheet::Pen scribble();  ///< a blot over the box
DrawnSheet::Pen white();     ///< the outline is gone
DrawnSheet::Pen speck();     ///< dust
DrawnSheet::Pen then(DrawnSheet::Pen first, DrawnSheet::Pen second);
} // namespace pens

} // namespace dengji::layout::testing
