#include "exporters/certificate/srgb_profile.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <vector>

namespace dengji::certificate {
namespace {

void add16(std::string& bytes, unsigned number) {
    bytes += static_cast<char>((number >> 8) & 255);
    bytes += static_cast<char>(number & 255);
}

void add32(std::string& bytes, std::uint32_t number) {
    add16(bytes, number >> 16);
    add16(bytes, number & 0xFFFF);
}

void add_fixed(std::string& bytes, double number) {
    add32(bytes, static_cast<std::uint32_t>(std::lround(number * 65536)));
}

std::string begun(const char* type) {
    return std::string(type, 4) + std::string(4, '\0');
}

std::string colour(const std::array<double, 3>& xyz) {
    auto bytes = begun("XYZ ");
    for (const double part : xyz) add_fixed(bytes, part);
    return bytes;
}

std::string curve() {
    constexpr int points = 256;
    auto bytes = begun("curv");
    add32(bytes, points);
    for (int i = 0; i < points; ++i) {
        const double value = i / double{points - 1};
        const double linear = value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
        add16(bytes, static_cast<unsigned>(std::lround(linear * 65535)));
    }
    return bytes;
}

std::string description(std::string_view words) {
    auto bytes = begun("desc");
    add32(bytes, static_cast<std::uint32_t>(words.size() + 1));
    bytes += words;
    return bytes + std::string(1 + 4 + 4 + 2 + 1 + 67, '\0'); // no words in other scripts
}

} // namespace

std::string srgb_profile() {
    struct Tag {
        const char* name;
        std::string bytes;
    };
    // The primaries as they are seen in the light of D50, which profiles count in.
    const std::vector<Tag> tags = {{"desc", description("sRGB")},
                                   {"cprt", begun("text") + "no copyright" + std::string(1, '\0')},
                                   {"wtpt", colour({0.9642, 1.0, 0.8249})},
                                   {"rXYZ", colour({0.43607, 0.22249, 0.01392})},
                                   {"gXYZ", colour({0.38515, 0.71687, 0.09708})},
                                   {"bXYZ", colour({0.14307, 0.06061, 0.71410})},
                                   {"rTRC", curve()},
                                   {"gTRC", ""},
                                   {"bTRC", ""}};
    const std::size_t table = 128 + 4 + 12 * tags.size();
    std::string list, data;
    add32(list, static_cast<std::uint32_t>(tags.size()));
    std::size_t place = 0, length = 0;
    for (const auto& tag : tags) {
        if (!tag.bytes.empty()) { // an empty one shares what stands before it
            place = table + data.size();
            length = tag.bytes.size();
            data += tag.bytes;
            data.append((4 - data.size() % 4) % 4, '\0');
        }
        list += tag.name;
        add32(list, static_cast<std::uint32_t>(place));
        add32(list, static_cast<std::uint32_t>(length));
    }
    std::string head;
    add32(head, static_cast<std::uint32_t>(table + data.size()));
    head += std::string(4, '\0');
    add32(head, 0x02100000);
    head += "mntrRGB XYZ ";
    for (const unsigned part : {2020u, 1u, 1u, 0u, 0u, 0u}) add16(head, part);
    head += "acsp";
    head += std::string(28, '\0');
    for (const double part : {0.9642, 1.0, 0.8249}) add_fixed(head, part);
    head.resize(128, '\0');
    return head + list + data;
}

} // namespace dengji::certificate
