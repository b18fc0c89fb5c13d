#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace dengji::templates {

/// A street or town, and the office that handles its people.
struct Office {
    std::string code; ///< nine digits, the first six of them the county's
    std::string town; ///< "几江街道"
    std::string name; ///< "几江街道劳动就业和社会保障服务所"
};

/// An address as far as it decides who handles a person; parts may be empty.
struct Address {
    std::string county, detail;
};

/// The offices of a county. Never changes while it is used.
class Offices {
public:
    Offices() = default;
    /// Reads a table of templates/offices (columns code, name, kind, office); `county` is what addresses call the
    /// county, with or without its last word. Throws Error(data) that names file and line.
    static Offices load(const std::filesystem::path& file, std::string_view county);

    const std::vector<Office>& all() const { return offices_; }
    const Office* with_code(std::string_view code) const; ///< nullptr when there is none
    /// By code, town (几江街道, 几江) or office, as people write it; nullptr when there is none.
    const Office* named(std::string_view text) const;
    /// The office of the town that an address in this county names; nullptr when it names none, or another county. An
    /// address without a county counts when its detail begins with the town.
    const Office* of(const Address& address) const;

private:
    std::string county_;
    std::vector<Office> offices_;
};

} // namespace dengji::templates
