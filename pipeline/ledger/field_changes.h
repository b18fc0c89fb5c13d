#pragma once
#include "pipeline/ledger/database.h"
#include "pipeline/reading/result.h"
#include "templates/form.h"

#include <optional>
#include <string>

namespace dengji::ledger {

/// Why a field can't be given this value, in plain Chinese; nothing when it can. A text stands for itself, options are
/// split by "、" or a comma (which an option may have in itself), presence is 是 or 否, dates are YYYY-MM or
/// YYYY-MM-DD.
std::optional<std::string> field_change_broken(const templates::Form& form, const std::string& key,
                                               const std::string& text);

/// The value that a text stands for. Needs a change that is not broken.
reading::Value field_value(const templates::Form& form, const std::string& key, const std::string& text);

/// The text that a value is given by.
std::string field_text(const reading::Value& value);

/// Sets a value that a person vouches for; it waits for review no more. `origin`: who says so, "clerk" or "person".
/// Returns the text of the value before, nothing when there was none.
std::optional<std::string> change_field(Database& database, const std::string& registration,
                                        const templates::Form& form, const std::string& key, const std::string& text,
                                        const std::string& origin);

/// Whether a value waits for review, and who set it.
struct FieldMark {
    bool review = false;
    std::string origin = "reading";
};
/// Of a value that there is not: that of one which nobody has looked at.
FieldMark field_mark(Database& database, const std::string& registration, const std::string& key);
void set_field_mark(Database& database, const std::string& registration, const std::string& key, const FieldMark& mark);

/// A person vouches for the value as it stands; it waits for review no more.
void confirm_field(Database& database, const std::string& registration, const std::string& key,
                   const std::string& origin);

} // namespace dengji::ledger
