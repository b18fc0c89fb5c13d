#pragma once
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace dengji::reading {

/// How usual an area code (the first six digits of an identity number) is at this office. Codes once given stay for
/// life, so old ones count like those of today, and none is impossible.
class NearAreas {
public:
    /// Of `folder` (templates): areas/near.csv (code, near: office or region), and codes/area.csv (code), the codes of
    /// the whole country, where it is there. Throws Error(data) when areas/near.csv is missing or broken.
    static NearAreas load(const std::filesystem::path& folder);

    /// Natural logarithm; 0 for the office's own area.
    double log_weight(std::string_view six_digits) const;

private:
    std::map<std::string, double, std::less<>> near_;
    std::set<std::string, std::less<>> everywhere_;
};

} // namespace dengji::reading
