#pragma once
#include "templates/form.h"

#include <map>
#include <string>
#include <vector>

namespace dengji::review {

/// What the fields of a form may say, by their content ("ethnicity"): the words first, then the other spellings that
/// people write, each in the order of its table under templates/codes. Contents without a table are left out. Throws
/// Error(data).
std::map<std::string, std::vector<std::string>> word_lists(const templates::Form& form);

} // namespace dengji::review
