#include "pipeline/intake/bytes.h"

#include "pipeline/intake/refusal.h"

#include <cerrno>
#include <cstdio>
#include <memory>

namespace dengji::intake {
namespace {

struct CloseFile {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};

std::unique_ptr<std::FILE, CloseFile> open_for_reading(const std::filesystem::path& file) {
    std::unique_ptr<std::FILE, CloseFile> opened(std::fopen(file.c_str(), "rbe"));
    if (!opened) refuse_unreadable(errno);
    return opened;
}

std::vector<std::uint8_t> read_up_to(std::FILE* file, std::size_t count) {
    std::vector<std::uint8_t> bytes(count);
    bytes.resize(std::fread(bytes.data(), 1, count, file));
    if (std::ferror(file)) refuse_unreadable(errno);
    return bytes;
}

} // namespace

std::vector<std::uint8_t> read_head(const std::filesystem::path& file, std::size_t count) {
    return read_up_to(open_for_reading(file).get(), count);
}

std::vector<std::uint8_t> read_whole(const std::filesystem::path& file, std::uintmax_t most) {
    auto opened = open_for_reading(file);
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    if (error) refuse_unreadable(error.value());
    if (size > most) {
        refuse("the picture file is larger (" + std::to_string(size >> 20) +
                   " MB) than any page within the limits could be",
               "Scan the page again, at 300 dpi.");
    }
    return read_up_to(opened.get(), size);
}

} // namespace dengji::intake
