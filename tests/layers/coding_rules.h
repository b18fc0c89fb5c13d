#pragma once
#include "tests/layers/source_tree.h"

namespace dengji::layers {

/// A pattern that must not stand in the code, and why.
struct CodingRule {
    std::string pattern;                  ///< ECMAScript regular expression, searched line by line
    std::string reason;                   ///< what to do instead
    std::vector<std::string> where;       ///< folders it holds in
    std::vector<std::string> not_in = {}; ///< folders and files left out
    bool in_words = false;                ///< also searched in comments and between quotation marks
};

/// The rules that every file is held against.
const std::vector<CodingRule>& coding_rules();

std::vector<Violation> broken_rules(const std::vector<SourceFile>& files, const std::vector<CodingRule>& rules);

/// Headers that do not begin with #pragma once.
std::vector<Violation> unguarded_headers(const std::vector<SourceFile>& files);

/// Files with more lines than a reader keeps in mind.
std::vector<Violation> long_files(const std::vector<SourceFile>& files, int most_lines);

} // namespace dengji::layers
