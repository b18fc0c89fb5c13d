#pragma once
#include "pipeline/reading/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace dengji::ledger {

/// A value as two columns: type "text", "list" (JSON array) or "truth" ("true", "false"), and the value as text.
struct StoredValue {
    std::string type;
    std::string text;
};

StoredValue stored(const reading::Value& value);
/// Throws Error(data) for what stored() can't have made.
reading::Value value_of(const std::string& type, const std::string& text);

/// Valid UTF-8 without NUL: what every database takes. Bytes that are no UTF-8 (file names) become U+FFFD.
std::string storable(std::string_view text);

std::string to_json(const Reasons& reasons);
Reasons reasons_of(const std::string& json);
std::string to_json(const std::vector<std::string>& texts);
std::vector<std::string> texts_of(const std::string& json);
std::string to_json(const intake::Quality& quality);
std::string to_json(const std::array<cv::Point2f, 4>& box);
/// The corners that to_json() wrote; throws Error(data) for others.
std::array<cv::Point2f, 4> box_of(const std::string& json);
std::string to_json(const std::map<std::string, double>& numbers);

} // namespace dengji::ledger
