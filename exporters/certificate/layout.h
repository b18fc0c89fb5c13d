#pragma once
#include "exporters/certificate/contents.h"
#include "exporters/certificate/text_fit.h"
#include "pipeline/base/reason.h"

#include <set>

namespace dengji::certificate {

/// A value where it will be printed.
struct SetValue {
    FittedText text;
    templates::Rectangle place;
    templates::Align align = templates::Align::left;
    std::string copied; ///< see PageContent::text
};

/// One page of a person's booklet, besides what is the same in all.
struct SetPage {
    std::size_t page = 0; ///< of the definition
    std::vector<SetValue> values;
    bool photo = false, code = false; ///< whether the page's places for them are filled
};

/// A person's booklet, set and ready to be written.
struct SetBooklet {
    std::string number, code, photo;
    std::vector<SetPage> pages;
    Reasons problems; ///< why it can't be printed; nothing of it is, then
};

/// What is printed.
enum class Printing {
    full,      ///< all pages with all that is on them, marked as a printout
    overprint, ///< values only, on pre-printed pages
};

/// What of a booklet is wanted.
struct Wanted {
    Printing printing = Printing::full;
    std::vector<PlacedRow> rows;
    /// Overprint: pages whose fields are printed, by name; pages without new fields and rows are left out.
    std::set<std::string> field_pages;
};

/// Finds out whether and how everything fits. A character that no font has, a value that is too long even at its
/// smallest, a row beyond the last one: each is a problem that names the field, and the character, for a clerk.
SetBooklet set_booklet(const templates::Certificate& booklet, const FontBook& fonts, const Contents& contents,
                       const Wanted& wanted);

} // namespace dengji::certificate
