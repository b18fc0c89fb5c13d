#pragma once
#include "pipeline/layout/printed_words_line.h"

namespace dengji::layout {

/// Signature and date of the declaration cells: right of the printed word ("申请人（签字）"), and before 年 月 日 on
/// the same line or below.
std::vector<PlacedField> find_declaration(const Sheet& sheet, const PagePrint& print);

} // namespace dengji::layout
