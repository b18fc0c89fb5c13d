#pragma once
#include "pipeline/layout/sheet.h"
#include "pipeline/reading/acceptance.h"
#include "pipeline/reading/field_reader.h"
#include "pipeline/reading/result.h"

#include <opencv2/core.hpp>
#include <vector>

namespace dengji::reading {

/// Reads the fields of one laid-out sheet, in the order of its form; those of the sheet's page only when the form has
/// several. `image`: the page as delivered.
std::vector<Reading> read_sheet(const cv::Mat& image, const layout::Sheet& sheet, FieldReader& fields,
                                const Acceptance& acceptance);

} // namespace dengji::reading
