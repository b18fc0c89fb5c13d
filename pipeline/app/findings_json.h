#pragma once
#include "pipeline/rules/finding.h"

#include <nlohmann/json.hpp>

namespace dengji::app {

/// A finding as every command writes it.
nlohmann::ordered_json to_json(const rules::Finding& finding);
nlohmann::ordered_json to_json(const rules::Findings& findings);

} // namespace dengji::app
