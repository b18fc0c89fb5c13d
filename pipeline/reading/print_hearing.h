#pragma once
#include "pipeline/reading/field_text.h"

#include <vector>

namespace dengji::reading {

/// Hears the pictures of a sheet's fields as a third voice, when line readers have read them all: what these take for
/// each other looks different in print. Values are confirmed, replaced by what the line looks like, or left as they
/// are. Says nothing of handwriting, nor on a sheet where no field shows how it was printed.
void hear_print(const std::vector<FieldText*>& fields);

} // namespace dengji::reading
