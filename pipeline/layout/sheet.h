#pragma once
#include "pipeline/base/reason.h"
#include "pipeline/intake/page.h"
#include "pipeline/layout/seal.h"
#include "pipeline/layout/table.h"
#include "templates/form.h"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace dengji::layout {

enum class PageKind { form, blank, other };

/// A cell of the definition, found on the page.
struct PlacedCell {
    const templates::Cell* cell = nullptr; ///< owned by the form
    int row = 0;                           ///< row of the definition
    cv::Rect2d rect;                       ///< between the middles of its ruling lines, table pixels
    bool doubtful = false;                 ///< cut by guess, or its row did not fit the definition exactly
};

enum class BoxState { empty, marked, struck_out, doubtful };

/// A check box of an option group.
struct PlacedBox {
    std::string group, option;
    cv::Rect rect; ///< between the inner edges of the printed outline, table pixels
    BoxState state = BoxState::doubtful;
    bool likely_marked = false; ///< the best guess behind a doubtful state; agrees with the state when it is sure
    double outline = 0;         ///< how well the printed outline was found, 0..1
    double ink = 0;             ///< added ink, share of the inside (with the surroundings' share for ticks astray)
    Reasons reasons;            ///< why doubtful
};

/// Is anything written? `doubtful` in between.
enum class Presence { empty, written, doubtful };

/// Where a text field (or the signature) stands.
struct PlacedField {
    std::string key; ///< "name", "hukou_address.city", "unemployed_since.year", "unemployment_reason.other",
                     ///< "signature", "signed_on.day"
    cv::Rect2d area; ///< table pixels, ruling lines and printed words left out
    double certainty =
        1; ///< of the place: 1 a cell between ruling lines; else how well the bounding printed words were found, 0..1
    Presence presence = Presence::doubtful;
    double ink_ems = 0; ///< sum of the extents of what is written, in ems
    bool under_seal = false;
    bool runs_on = false; ///< what is written seems to go on over the printed word behind it: its end is missing
    Reasons reasons;
};

/// A page laid out. Points into `form`: the forms must outlive it.
struct Sheet {
    PageKind kind = PageKind::other;
    const templates::Form* form = nullptr; ///< when kind is form
    int form_page = 0;                     ///< index into form->pages
    int orientation = 0;                   ///< 0, 90, 180, 270: degrees clockwise that turn the delivered page upright
    double residual = 9;                   ///< misfit per cell of the definition; accepted up to 0.25
    Reasons reasons;                       ///< why other; or what was doubtful about the whole table
    Table table;
    double em = 0; ///< size of the printed characters, table pixels
    std::vector<PlacedCell> cells;
    std::vector<PlacedBox> boxes;                 ///< in order of the definition
    std::map<std::string, Reasons> group_reasons; ///< what is doubtful about a whole option group, by its key
    std::vector<PlacedField> fields;
    std::vector<Seal> seals; ///< those that are ink: a red one on a colour page is not
    /// On a page where pens are clearly darker than the seals: grey level (paper 255) below which ink is a pen's.
    std::optional<int> pens_below;
    intake::Quality quality;
    std::map<std::string, double> ms; ///< time of each stage
};

} // namespace dengji::layout
