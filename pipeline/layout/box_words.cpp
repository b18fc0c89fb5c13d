#include "pipeline/layout/box_words.h"

#include "pipeline/layout/glyphs.h"

#include <numeric>

namespace dengji::layout {
namespace {

constexpr std::size_t kMostCharacters = 5;  ///< of a word: long ones go on in the next line
constexpr double kClearerThanChance = 0.55; ///< certainty of a word that is believed

/// The first characters of UTF-8 text.
std::string beginning(const std::string& text) {
    std::size_t characters = 0, end = 0;
    for (; end < text.size(); ++end) {
        const bool begins = (static_cast<unsigned char>(text[end]) & 0xC0) != 0x80;
        if (begins && characters++ == kMostCharacters) break;
    }
    return text.substr(0, end);
}

} // namespace

void OptionWords::learn_print() {
    std::vector<int> fonts(static_cast<std::size_t>(font_count()));
    std::iota(fonts.begin(), fonts.end(), 0);
    print_.emplace();
    print_->half = half_darkness(sheet_.table);
    double best = -1;
    for (const double em : ems_) {
        const auto printings = find_printings(sheet_, print_->half, fonts, em);
        if (printings.front().score <= best) continue;
        best = printings.front().score;
        print_->em = em;
        print_->printings = printings;
    }
}

std::vector<std::optional<PlacedWord>> OptionWords::find(const cv::Rect& cell,
                                                         const std::vector<std::string>& options) {
    if (!print_) learn_print();
    std::vector<std::optional<PlacedWord>> found(options.size());
    const cv::Rect half =
        cv::Rect(cell.x / 2, cell.y / 2, cell.width / 2, cell.height / 2) & cv::Rect({}, print_->half.size());
    if (half.empty()) return found;
    std::vector<std::string> words;
    for (const std::string& option : options) words.push_back(beginning(option));
    const WordLine line = find_words(*print_, print_->half(half), words, {0.8, 0.87, 0.93, 1.0, 1.07});
    if (line.words.empty()) return found;
    print_->prefer(line.font);
    for (std::size_t i = 0; i < options.size(); ++i) {
        const PlacedWord word = placed_word(sheet_.table, line, i, half.tl());
        if (word.certainty >= kClearerThanChance) found[i] = word;
    }
    return found;
}

} // namespace dengji::layout
