#pragma once
#include "pipeline/base/reason.h"
#include "pipeline/intake/page.h"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace dengji::reading {

/// text; chosen options; is something there.
using Value = std::variant<std::string, std::vector<std::string>, bool>;

/// What one reader, or one way of decoding, made of a field before anything was decided.
struct Opinion {
    std::string reader;
    std::string text;
    double score = 0; ///< its own confidence, 0..1
};

/// What the program thinks a field says.
struct Reading {
    std::string key;       ///< as in the form definition: "name", "unemployed_since", "education"
    Value value;           ///< dates as YYYY-MM or YYYY-MM-DD; "" or {} for empty
    std::string raw;       ///< as the recogniser gave it, before any rule; options joined by "、"
    double confidence = 0; ///< 0..1
    bool review = true;    ///< a person has to look at it before it counts
    Reasons reasons;       ///< why
    std::array<cv::Point2f, 4>
        box{}; ///< pixels of the page as delivered: top left, top right, bottom right, bottom left of the upright field
    std::string recogniser; ///< who read it; "layout" for boxes and emptiness
    std::vector<std::string> alternatives;
    std::vector<Opinion> opinions; ///< in the order in which they were formed
};

/// A page of the delivery, by the name that its file was delivered under.
struct PageName {
    std::string source;
    int page = 1; ///< 1-based within the file

    bool operator==(const PageName&) const = default;
};

/// Everything that is known of one page after reading. Plain values: outlives the image.
struct PageResult {
    std::string source;
    int page = 1;
    std::string kind = "other";          ///< the form's kind ("registration"), "blank" or "other"
    std::string form;                    ///< the form's id, when it is one
    std::string paper;                   ///< what another paper is, when that is known: "id-card"; else empty
    std::optional<PageName> attached_to; ///< the sheet that another paper belongs to; see reading/attachments.h
    int form_page = 0;
    int orientation = 0; ///< 0, 90, 180, 270: degrees clockwise that turn the delivered page upright
    intake::Quality quality;
    std::vector<Reading> readings; ///< in the order of the form's fields; of an identity card's copy: "card.name" …
    Reasons reasons;               ///< why other, why set aside, or what is doubtful about the whole sheet
    bool failed = false;           ///< the page could not even be decoded; reasons say why
    std::map<std::string, double> ms;
};

} // namespace dengji::reading
