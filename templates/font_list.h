#pragma once
#include "templates/certificate.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace dengji::templates {

/// A font on this computer.
struct FontFile {
    std::filesystem::path file;
    int face = 0;        ///< of a collection
    std::string package; ///< that brings it
};

/// Which fonts stand for which lettering; the first that has a character writes it.
struct FontList {
    std::map<Lettering, std::vector<FontFile>> of; ///< every lettering has at least one
    std::vector<FontFile> rare;                    ///< for what those lack
};

/// Loads templates/fonts/*.yaml. Throws Error(data) that names file, line and what was expected there.
FontList load_font_list(const std::filesystem::path& file);

} // namespace dengji::templates
