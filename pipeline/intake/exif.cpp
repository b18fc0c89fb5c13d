#include "pipeline/intake/exif.h"

#include <cstring>

namespace dengji::intake {

int exif_orientation(Bytes exif) {
    if (exif.size() >= 6 && std::memcmp(exif.data(), "Exif\0\0", 6) == 0) exif = exif.subspan(6);
    if (exif.size() < 8) return 1;
    const bool little = exif[0] == 'I' && exif[1] == 'I';
    if (!little && !(exif[0] == 'M' && exif[1] == 'M')) return 1;
    const auto number16 = [&](std::size_t at) { return little ? little16(exif, at) : big16(exif, at); };
    const auto number32 = [&](std::size_t at) { return little ? little32(exif, at) : big32(exif, at); };

    constexpr std::uint16_t orientation_tag = 0x0112;
    constexpr std::uint16_t type_short = 3;
    const std::size_t directory = number32(4);
    if (directory + 2 > exif.size()) return 1;
    const std::size_t entries = number16(directory);
    for (std::size_t i = 0; i < entries; ++i) {
        const std::size_t entry = directory + 2 + i * 12;
        if (entry + 12 > exif.size()) return 1;
        if (number16(entry) != orientation_tag) continue;
        const int value = number16(entry + 8);
        return number16(entry + 2) == type_short && value >= 1 && value <= 8 ? value : 1;
    }
    return 1;
}

} // namespace dengji::intake
