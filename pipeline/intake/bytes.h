#pragma once
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace dengji::intake {

using Bytes = std::span<const std::uint8_t>;

/// The first `count` bytes of a file, or all when it has fewer. Throws Error(input) when it cannot be read or is gone.
std::vector<std::uint8_t> read_head(const std::filesystem::path& file, std::size_t count);

/// The whole file. Throws Error(input) when it cannot be read, is gone, or has more than `most` bytes.
std::vector<std::uint8_t> read_whole(const std::filesystem::path& file, std::uintmax_t most);

/// Unsigned numbers of 2 and 4 bytes inside formats that say their byte order. The caller checks the bounds.
inline std::uint16_t big16(Bytes b, std::size_t at) {
    return static_cast<std::uint16_t>(b[at] << 8 | b[at + 1]);
}
inline std::uint16_t little16(Bytes b, std::size_t at) {
    return static_cast<std::uint16_t>(b[at + 1] << 8 | b[at]);
}
inline std::uint32_t big32(Bytes b, std::size_t at) {
    return static_cast<std::uint32_t>(big16(b, at)) << 16 | big16(b, at + 2);
}
inline std::uint32_t little32(Bytes b, std::size_t at) {
    return static_cast<std::uint32_t>(little16(b, at + 2)) << 16 | little16(b, at);
}

} // namespace dengji::intake
