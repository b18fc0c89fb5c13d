#pragma once
#include "pipeline/app/page_stream.h"

namespace dengji::app {

/// Decodes and reads one page; adds the time of the decoding as "decode". A page that cannot be decoded or read comes
/// back as a failed result with the reason. Throws what is not about this page (a broken definition, no space).
reading::PageResult read_one_page(intake::Document& document, const std::string& source, int page,
                                  const ReadPage& read);

/// Does this exception speak of what was delivered, so that the rest can go on?
bool is_about_input(const std::exception& error);

/// Its texts for people.
FileProblem problem_of(const std::exception& error);

} // namespace dengji::app
