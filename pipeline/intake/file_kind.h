#pragma once
#include "pipeline/intake/bytes.h"

namespace dengji::intake {

enum class FileKind {
    pdf,
    tiff,
    jpeg,
    png,
    webp, // can be opened
    heif,
    gif,
    bmp,
    jpeg2000,
    djvu,
    zip,
    office,
    text,
    unknown
};

/// What a file is, from its first bytes (1024 are enough); never from its name.
FileKind detect_kind(Bytes head);

/// Throws Error(input) that names the kind and says what to deliver instead.
[[noreturn]] void refuse_kind(FileKind kind);

} // namespace dengji::intake
