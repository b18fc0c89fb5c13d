#pragma once
#include "pipeline/review/http.h"

#include <filesystem>

namespace dengji::review {

/// The files of the built page by the path that they are asked for, read once; links are left out. Empty when the page
/// was not built.
std::map<std::string, HttpResponse> page_files(const std::filesystem::path& folder);

/// The style of what is printed from here.
HttpResponse print_style();

} // namespace dengji::review
