#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace dengji::reading {

/// A sign that the line reader puts for another: `share` of its probability counts for the other too.
struct Confusion {
    char32_t read = 0, meant = 0;
    double share = 0; ///< 0..1
};

/// Reads a table with the columns read, meant and share. Throws Error(data).
std::vector<Confusion> load_confusions(const std::filesystem::path& file);

/// What the classes of a line reader's output stand for.
class CharacterClasses {
public:
    static constexpr int nothing = 0, none = -1;

    struct Source {
        int class_id = 0;
        float share = 0;
    };

    /// `by_class`: the character of each class, UTF-8; class 0 is "nothing" (ocr::PpOcr::characters()). Confusions of
    /// characters that have no class are left out.
    CharacterClasses(const std::vector<std::string>& by_class, const std::vector<Confusion>& confusions);

    int count() const noexcept { return static_cast<int>(characters_.size()); }
    /// `none` for a character that the reader cannot write.
    int of(char32_t character) const noexcept;
    /// 0 for a class that stands for no single character.
    char32_t character(int class_id) const { return characters_[static_cast<std::size_t>(class_id)]; }
    /// commonness() of its character; 0 for digits, letters and signs.
    double commonness_of(int class_id) const { return commonness_[static_cast<std::size_t>(class_id)]; }
    /// The classes that are put for this one by mistake.
    const std::vector<Source>& mistaken_for(int class_id) const { return sources_[static_cast<std::size_t>(class_id)]; }
    /// The classes that this one is put for.
    const std::vector<int>& meant_by(int class_id) const { return targets_[static_cast<std::size_t>(class_id)]; }

private:
    std::vector<char32_t> characters_;
    std::vector<double> commonness_;
    std::vector<int> class_of_; ///< by character
    std::vector<std::vector<Source>> sources_;
    std::vector<std::vector<int>> targets_;
};

} // namespace dengji::reading
