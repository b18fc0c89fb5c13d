#include "pipeline/intake/refusal.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace dengji::intake {
namespace {

// JPEG's own bound, and near that of what the image library can shift about.
constexpr std::int64_t longest_side = 65'500;

} // namespace

void refuse(std::string what, std::string next) {
    throw Error(ErrorKind::input, std::move(what), std::move(next));
}

void refuse_unreadable(int error_number) {
    switch (error_number) {
    case ENOENT:
    case ENOTDIR: refuse("the file is not there (any more)", "Check the name, or deliver the file again.");
    case EACCES:
    case EPERM:
        refuse("the file cannot be read: no permission", "Allow the user who runs the program to read it (chmod u+r).");
    case EISDIR:
        refuse("this is a folder, not a file", "Deliver the folder itself; its files are found by the program.");
    default:
        refuse(std::string("the file cannot be read: ") + std::strerror(error_number),
               "Check the disk or network drive, then deliver the file again.");
    }
}

void refuse_damaged(const std::string& what, const std::string& detail) {
    refuse(detail.empty() ? what : what + " (" + detail + ")",
           "Copy the file again from its source, or scan the page again.");
}

void check_size(std::int64_t width, std::int64_t height, const Limits& limits) {
    if (width < 1 || height < 1) refuse_damaged("the picture has no pixels");
    const double megapixels = static_cast<double>(width) * static_cast<double>(height) / 1e6;
    if (megapixels <= limits.megapixels && width <= longest_side && height <= longest_side) return;
    refuse("the picture is too large: " + std::to_string(width) + " x " + std::to_string(height) + " pixels (" +
               std::to_string(static_cast<std::int64_t>(megapixels)) + " megapixels, the limit is " +
               std::to_string(static_cast<std::int64_t>(limits.megapixels)) + ")",
           "Scan the page at 300 dpi, or raise the limit of megapixels in the settings.");
}

std::uintmax_t most_picture_bytes(const Limits& limits) {
    constexpr double widest_pixel = 8; // four samples of 16 bits, uncompressed
    constexpr std::uintmax_t metadata = 32u << 20;
    return std::min(limits.file_bytes, static_cast<std::uintmax_t>(limits.megapixels * 1e6 * widest_pixel) + metadata);
}

} // namespace dengji::intake
