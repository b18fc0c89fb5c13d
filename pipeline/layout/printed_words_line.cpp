#include "pipeline/layout/printed_words_line.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace dengji::layout {
namespace {

using Words = std::vector<std::string>;
using Pictures = std::vector<std::shared_ptr<const WordPicture>>;

Pictures draw(const Words& words, int font, double size) {
    Pictures pictures;
    for (const std::string& word : words) {
        pictures.push_back(draw_word(word, font, size));
    }
    return pictures;
}

/// Looks for the size in which words are printed, each word for itself: cheaper than the ordered search.
class SizeSearch {
public:
    explicit SizeSearch(const cv::Mat& darkness) : darkness_(darkness), search_(darkness) {
        cv::Mat reduced;
        cv::resize(darkness, reduced, {std::max(1, darkness.cols / 2), std::max(1, darkness.rows / 2)}, 0, 0,
                   cv::INTER_AREA);
        coarse_.emplace(reduced);
    }

    const WordSearch& search() const { return search_; }

    /// `sizes`: in ems of the printing.
    double best(const Words& words, const Printing& printing, const std::vector<double>& sizes) const {
        if (sizes.size() == 1) {
            return sizes[0];
        }
        constexpr size_t few = 3; // as few are looked for everywhere
        std::vector<double> fits;
        for (const double size : sizes) {
            const Pictures pictures = draw(words, printing.font, size * printing.em / 2);
            fits.push_back(sizes.size() <= few
                               ? fit(pictures)
                               : fit_near(pictures, draw(words, printing.font, size * printing.em / 4)));
        }
        return sizes[static_cast<size_t>(std::max_element(fits.begin(), fits.end()) - fits.begin())];
    }

private:
    /// How well the words fit anywhere.
    double fit(const Pictures& pictures) const {
        double sum = 0;
        for (const auto& picture : pictures) {
            const cv::Mat response = picture ? search_.response(*picture) : cv::Mat();
            if (response.empty()) {
                return -1;
            }
            double best = 0;
            cv::minMaxLoc(response, nullptr, &best);
            sum += best;
        }
        return sum;
    }

    /// How well the words fit at the few best places that half the resolution shows, for which they are drawn half as
    /// large.
    double fit_near(const Pictures& pictures, const Pictures& halved) const {
        constexpr size_t few_places = 3;
        constexpr int around = 5; // a word drawn half as large may be cut two pixels differently
        double sum = 0;
        for (size_t i = 0; i < pictures.size(); ++i) {
            const cv::Mat response = pictures[i] && halved[i] ? coarse_->response(*halved[i]) : cv::Mat();
            if (response.empty()) {
                return -1;
            }
            const cv::Size apart(std::max(3, halved[i]->darkness.rows / 2), std::max(3, halved[i]->darkness.rows / 4));
            double best = 0;
            for (const cv::Point& place : strongest(response, few_places, apart)) {
                const cv::Rect window = cv::Rect(2 * place - cv::Point(around, around),
                                                 pictures[i]->darkness.size() + cv::Size(2 * around, 2 * around)) &
                                        cv::Rect({}, darkness_.size());
                const cv::Mat near = WordSearch(darkness_(window)).response(*pictures[i]);
                double here = 0;
                if (!near.empty()) {
                    cv::minMaxLoc(near, nullptr, &here);
                }
                best = std::max(best, here);
            }
            sum += best;
        }
        return sum;
    }

    cv::Mat darkness_;
    WordSearch search_;
    std::optional<WordSearch> coarse_;
};

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

WordLine searched(const SizeSearch& search, const Words& spelled, const Words& sized, const Printing& printing,
                  const std::vector<double>& sizes) {
    const double size = search.best(sized, printing, sizes) * printing.em;
    return {find_in_order(search.search(), draw(spelled, printing.font, size / 2), size / 2), spelled, printing.font,
            size};
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
            WordLine line = searched(search, spelled, spelled, printings[i], sizes);
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
