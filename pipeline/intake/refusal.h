#pragma once
#include "pipeline/base/error.h"
#include "pipeline/intake/document.h"

#include <cstdint>

namespace dengji::intake {

/// The refusals that several readers share, so that the same fault is always told in the same words.
/// `next` says what the person can do.
[[noreturn]] void refuse(std::string what, std::string next);

/// A file that cannot be opened or read: gone, no permission, a fault of the disk (`error_number` as in errno).
[[noreturn]] void refuse_unreadable(int error_number);

/// A file or page whose content is broken; `detail` is added in brackets when there is any.
[[noreturn]] void refuse_damaged(const std::string& what, const std::string& detail = {});

/// Refuses pictures without pixels and those beyond the limits, before a pixel is decoded.
void check_size(std::int64_t width, std::int64_t height, const Limits& limits);

/// The most bytes that a file of a single picture within the limits can reasonably have.
std::uintmax_t most_picture_bytes(const Limits& limits);

} // namespace dengji::intake
