#include "pipeline/layout/printed_words_line.h"

#include "pipeline/layout/printed_words_sizes.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace dengji::layout {
namespace {

using Words = std::vector<std::string>;

/// The word whose size shows best.
Words longest(const Words& words) {
    return {*std::max_element(words.begin(), words.end(),
                              [](const auto& a, const auto& b) { return a.size() < b.size(); })};
}

/// The same words in all spellings: each word as it stands, each word narrow.
std::vector<Words> all_spellings(const Words& words) {
    std::vector<Words> all{words};
    Words narrow;
    for (const std::string& word : words) {
        narrow.push_back(spellings(word).back());
    }
    if (narrow != words) {
        all.push_back(narrow);
    }
    return all;
}

/// Fonts, spelling and size tried again where the words were found: cheap, and usually enough when the first font was
/// not the page's.
class Refit {
public:
    Refit(const cv::Mat& darkness, const WordLine& line) : line_(line) {
        constexpr int around = 6;
        for (const FoundWord& word : line.words) {
            const cv::Rect place(word.place);
            windows_.push_back(
                cv::Rect(place.x - around, place.y - around, place.width + 2 * around, place.height + 2 * around) &
                cv::Rect({}, darkness.size()));
            searches_.emplace_back(darkness(windows_.back()));
        }
    }

    WordLine with(const Words& spelled, int font, double size) const {
        WordLine refitted{{}, spelled, font, size};
        for (size_t i = 0; i < spelled.size(); ++i) {
            const auto picture = draw_word(spelled[i], font, size / 2);
            const cv::Mat response = picture ? searches_[i].response(*picture) : cv::Mat();
            if (response.empty()) {
                return {};
            }
            double score = 0;
            cv::Point at;
            cv::minMaxLoc(response, nullptr, &score, nullptr, &at);
            const cv::Point left_top = windows_[i].tl() + at;
            refitted.words.push_back({cv::Rect2d(left_top, picture->darkness.size()), left_top.y + picture->middle,
                                      score, line_.words[i].rival});
        }
        return refitted;
    }

private:
    const WordLine& line_;
    std::vector<cv::Rect> windows_;
    std::vector<WordSearch> searches_;
};

/// The line refitted with the best font; `printings` are put in the order in which they fit.
WordLine refitted(const cv::Mat& darkness, const WordLine& line, const Words& words, std::vector<Printing>& printings) {
    const Refit refit(darkness, line);
    WordLine best = line;
    std::vector<std::pair<double, Printing>> order;
    for (const Printing& printing : printings) {
        double score = -1;
        for (const Words& spelled : all_spellings(words)) {
            WordLine other = refit.with(spelled, printing.font, line.size);
            score = std::max(score, other.score());
            if (other.score() > best.score()) {
                best = std::move(other);
            }
        }
        order.emplace_back(score, printing);
    }
    for (const double tune : {0.9, 0.95, 1.05, 1.1}) {
        WordLine other = refit.with(best.spelled, best.font, tune * line.size);
        if (other.score() > best.score()) {
            best = std::move(other);
        }
    }
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    for (size_t i = 0; i < printings.size(); ++i) {
        printings[i] = order[i].second;
    }
    return best;
}

/// The line of the words, unless it cannot be better than `least`.
WordLine searched(const SizeSearch& search, const Words& spelled, const Words& sized, const Printing& printing,
                  const std::vector<double>& sizes, double least = -1) {
    const SizeSearch::Size found = search.best(sized, printing, sizes);
    if (found.bound <= least) {
        return {};
    }
    const double size = found.size * printing.em;
    return {search.in_order(spelled, printing.font, size), spelled, printing.font, size};
}

} // namespace

void PagePrint::prefer(int font) {
    const auto at = std::find_if(printings.begin(), printings.end(), [&](const Printing& p) { return p.font == font; });
    if (at != printings.end()) {
        std::rotate(printings.begin(), at, at + 1);
    }
}

double WordLine::score() const {
    double sum = 0;
    for (const FoundWord& word : words) {
        sum += word.score;
    }
    return words.empty() ? -1 : sum / static_cast<double>(words.size());
}

bool WordLine::good() const {
    // Single characters are met by chance more easily than words.
    const bool single =
        std::all_of(spelled.begin(), spelled.end(), [](const std::string& word) { return word.size() <= 3; });
    return score() > (single ? 0.8 : 0.68);
}

WordLine find_words(const PagePrint& print, const cv::Mat& darkness, const Words& words,
                    const std::vector<double>& sizes) {
    if (darkness.empty() || words.empty()) {
        return {};
    }
    constexpr size_t full_searches = 4;
    const SizeSearch search(darkness);
    WordLine best = searched(search, words, longest(words), print.printings[0], sizes);
    if (best.good()) {
        return best;
    }
    std::vector<Printing> printings = print.printings;
    if (!best.words.empty()) {
        best = refitted(darkness, best, words, printings);
    }
    for (size_t i = 0; i < std::min(full_searches, printings.size()) && !best.good(); ++i) {
        for (const Words& spelled : all_spellings(words)) {
            WordLine line = searched(search, spelled, spelled, printings[i], sizes, best.score());
            if (line.score() > best.score()) {
                best = std::move(line);
            }
        }
    }
    return best;
}

PlacedWord placed_word(const Table& table, const WordLine& line, size_t index, const cv::Point2d& half_origin) {
    constexpr double rival_share = 0.85; // a second place nearly as good makes the first a guess
    constexpr int search = 4;
    const FoundWord& found = line.words[index];
    const cv::Rect2d rough((found.place.x + half_origin.x) * 2, (found.place.y + half_origin.y) * 2,
                           found.place.width * 2, found.place.height * 2);
    PlacedWord placed{rough, (found.middle + half_origin.y) * 2 + 0.5, found.score};
    const auto picture = draw_word(line.spelled[index], line.font, line.size);
    const cv::Size size = picture ? picture->darkness.size() : cv::Size();
    const cv::Rect window = cv::Rect(cvRound(rough.x) - search, cvRound(rough.y) - search, size.width + 2 * search,
                                     size.height + 2 * search) &
                            cv::Rect({}, table.norm.size());
    const cv::Mat response =
        picture && !window.empty() ? WordSearch(255 - table.norm(window)).response(*picture) : cv::Mat();
    if (!response.empty()) {
        double best = 0;
        cv::Point at;
        cv::minMaxLoc(response, nullptr, &best, nullptr, &at);
        if (best > placed.certainty - 0.1) {
            placed.place = cv::Rect2d(window.x + at.x, window.y + at.y, size.width, size.height);
            placed.middle = window.y + at.y + picture->middle;
            placed.certainty = std::max(placed.certainty, best);
        }
    }
    // One word that fits a little better than its neighbours among scrawl is no find, and single characters are met by
    // chance more easily: scaled so that finds begin at `sure_enough`.
    const double chance = picture && picture->characters == 1 ? 0.62 : 0.53;
    const double together = std::min(placed.certainty, (placed.certainty + line.score()) / 2);
    placed.certainty = std::clamp(together * sure_enough / chance, 0.0, 1.0);
    if (found.rival > rival_share * found.score) {
        placed.certainty = std::min(placed.certainty, sure_enough - 0.05);
    }
    return placed;
}

Reason unsure_place(const std::string& word) {
    return {"place-unsure", "印刷字“" + word + "”未能准确定位，请核对此栏",
            "the printed word '" + word + "' that bounds this blank was not found clearly"};
}

} // namespace dengji::layout
