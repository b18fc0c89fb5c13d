#include "pipeline/intake/document.h"

#include "pipeline/intake/bytes.h"
#include "pipeline/intake/file_kind.h"
#include "pipeline/intake/pdf.h"
#include "pipeline/intake/picture.h"
#include "pipeline/intake/refusal.h"
#include "pipeline/intake/tiff.h"

namespace dengji::intake {
namespace {

void check_file(const std::filesystem::path& file, const Limits& limits) {
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    if (error || !std::filesystem::exists(status)) refuse_unreadable(error ? error.value() : ENOENT);
    if (std::filesystem::is_directory(status)) refuse_unreadable(EISDIR);
    // Reading a pipe or device could wait for ever.
    if (!std::filesystem::is_regular_file(status))
        refuse("this is not an ordinary file", "Deliver a file with a scan in it.");
    const auto size = std::filesystem::file_size(file, error);
    if (error) refuse_unreadable(error.value());
    if (size == 0) refuse("the file is empty", "Copy it again from its source, or scan the page again.");
    if (size > limits.file_bytes) {
        refuse("the file is too large: " + std::to_string(size >> 20) + " MB, the limit is " +
                   std::to_string(limits.file_bytes >> 20) + " MB",
               "Deliver it in smaller files, or raise the limit of the file size in the settings.");
    }
}

} // namespace

std::unique_ptr<Document> open_document(const std::filesystem::path& file, const Limits& limits) {
    check_file(file, limits);
    constexpr std::size_t head_size = 1024;
    const FileKind kind = detect_kind(read_head(file, head_size));
    switch (kind) {
    case FileKind::pdf: return open_pdf(file, limits);
    case FileKind::tiff: return open_tiff(file, limits);
    case FileKind::jpeg: return open_picture(file, jpeg_format, limits);
    case FileKind::png: return open_picture(file, png_format, limits);
    case FileKind::webp: return open_picture(file, webp_format, limits);
    default: refuse_kind(kind);
    }
}

} // namespace dengji::intake
