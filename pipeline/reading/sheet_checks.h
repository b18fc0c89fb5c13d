#pragma once
#include "pipeline/reading/result.h"
#include "templates/form.h"

#include <vector>

namespace dengji::reading {

/// Checks that need more than one field: fields that contradict each other are marked for review, each with the reason.
/// Which field is which is told by its content in the definition. Changes no value.
void check_between_fields(std::vector<Reading>& readings, const std::vector<templates::Field>& fields);

} // namespace dengji::reading
