#pragma once
#include "templates/form.h"

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace dengji::app {

/// What should have been read of a field: a text, the chosen options (sorted), or whether something is there.
using TrueValue = std::variant<std::string, std::vector<std::string>, bool>;

/// What is known of one page of an evaluation set.
struct TruePage {
    std::string source; ///< name of the file, without its folder
    int page = 1;
    std::string kind = "registration";
    std::map<std::string, TrueValue> values;   ///< in the keys of the readings: dates are composed
    std::map<std::string, std::string> traits; ///< "hand", "profile", "edition" if known
};

/// An evaluation set: the files to read, and what they say.
struct TruthSet {
    std::string name;
    std::vector<std::filesystem::path> files;
    std::vector<TruePage> pages;
};

/// `place`: a folder with truth/*.json and the images beside that folder; or a stack file, or a folder of such, with
/// NAME.truth.json beside it or in ../truth, NAME without its extension. Throws Error(input) when there is none,
/// Error(data) when it is broken.
TruthSet load_truth(const std::filesystem::path& place, const std::vector<templates::Form>& forms);

} // namespace dengji::app
