#pragma once
#include "pipeline/intake/page.h"

#include <filesystem>

namespace dengji::intake {

/// A decoded picture with its provenance and measured quality.
Page finish_page(const std::filesystem::path& file, int number, cv::Mat image, double tagged_dpi);

/// Throws Error(internal) when `number` is not a page of a document of `count` pages.
void check_number(int number, int count);

} // namespace dengji::intake
