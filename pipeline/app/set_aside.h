#pragma once
#include "pipeline/app/page_stream.h"
#include "pipeline/reading/result.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace dengji::app {

/// A file or page that gave no sheet, and why.
struct SetAside {
    std::string source;
    int page = 0; ///< 0: the whole file
    std::string reason;
    std::string next_step;

    bool operator==(const SetAside&) const = default;
};

/// Why `result` is set aside, or nothing for a sheet, a blank page, or an identity card's copy that goes with a sheet.
std::optional<SetAside> set_aside_of(const reading::PageResult& result);
SetAside set_aside_of(const intake::Delivered& file, const FileProblem& problem);

/// "'scan 1.pdf', page 3: reason"
std::string describe(const SetAside& item);

/// The reasons in English, one after the other.
std::string english(const Reasons& reasons);

/// The closing summary for standard error; empty when there is nothing.
std::string summary(const std::vector<SetAside>& items);

} // namespace dengji::app
