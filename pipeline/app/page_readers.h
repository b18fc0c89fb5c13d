#pragma once
#include "pipeline/app/debug_folder.h"
#include "pipeline/app/page_stream.h"
#include "pipeline/reading/acceptance.h"
#include "templates/form.h"

#include <vector>

namespace dengji::app {

/// The page function of read, run and bench: layout and reading; with a folder, a picture of each page too.
/// `forms` and `debug` must outlive what is returned.
MakeReadPage page_readers(const std::vector<templates::Form>& forms, const reading::Acceptance& acceptance,
                          DebugFolder* debug);

} // namespace dengji::app
