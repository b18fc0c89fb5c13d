#include "pipeline/layout/sub_blanks.h"

#include "pipeline/layout/fields_cell.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace dengji::layout {
namespace {

constexpr double good = 0.62; ///< mean score of a line of words that needs no other font or spelling

using Words = std::vector<std::string>;
using Pictures = std::vector<std::shared_ptr<const WordPicture>>;

Pictures draw(const Words& words, int font, double size) {
    Pictures pictures;
    for (const std::string& word : words) {
        pictures.push_back(draw_word(word, font, size));
    }
    return pictures;
}

/// How well the words fit anywhere in the picture, each for itself: cheaper than the ordered search, to choose a size.
double fit(const WordSearch& search, const Pictures& pictures) {
    double sum = 0;
    for (const auto& picture : pictures) {
        const cv::Mat response = picture ? search.response(*picture) : cv::Mat();
        if (response.empty()) {
            return -1;
        }
        double best = 0;
        cv::minMaxLoc(response, nullptr, &best);
        sum += best;
    }
    return sum;
}

/// The size that fits best: every other one, then the neighbours of the best.
double best_size(const WordSearch& search, const Words& words, const Printing& printing,
                 const std::vector<double>& sizes) {
    if (sizes.size() == 1) {
        return sizes[0];
    }
    std::vector<double> fits(sizes.size(), -2);
    const auto at = [&](size_t i) {
        if (i < sizes.size() && fits[i] < -1.5) {
            fits[i] = fit(search, draw(words, printing.font, sizes[i] * printing.em / 2));
        }
    };
    for (size_t i = 0; i < sizes.size(); i += 2) {
        at(i);
    }
    const auto best = static_cast<size_t>(std::max_element(fits.begin(), fits.end()) - fits.begin());
    at(best + 1);
    at(best - 1); // wraps around for 0 and is then ignored
    return sizes[static_cast<size_t>(std::max_element(fits.begin(), fits.end()) - fits.begin())];
}

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

/// A row of the table with the same words as others above or below it.
struct Line {
    const PlacedCell* cell = nullptr;
    cv::Rect2d inside; ///< table pixels
    cv::Rect half;     ///< `inside`, in half-size pixels
    cv::Point shift{}; ///< of its print against that of the group's first line, half-size pixels
};

using Group = std::vector<Line>;

Words words_of(const templates::Cell& cell) {
    Words words;
    for (const templates::Blank& blank : cell.blanks) {
        words.push_back(blank.word);
    }
    return words;
}

std::vector<Group> groups_of(const Sheet& sheet, const cv::Size& limits) {
    constexpr double same_column = 8;
    std::vector<Group> groups;
    for (const PlacedCell& placed : sheet.cells) {
        if (placed.cell == nullptr || placed.cell->kind != templates::CellKind::blanks || placed.cell->blanks.empty()) {
            continue;
        }
        Line line{&placed, inside_rules(sheet.table, placed.rect), {}, {}};
        line.half = cv::Rect(cvRound(line.inside.x / 2), cvRound(line.inside.y / 2), cvRound(line.inside.width / 2),
                             cvRound(line.inside.height / 2)) &
                    cv::Rect({}, limits);
        const auto group = std::find_if(groups.begin(), groups.end(), [&](const Group& g) {
            return words_of(*g[0].cell->cell) == words_of(*placed.cell) &&
                   std::abs(g[0].inside.x - line.inside.x) < same_column &&
                   std::abs(g[0].inside.br().x - line.inside.br().x) < same_column &&
                   std::abs(g[0].half.height - line.half.height) < 6;
        });
        if (group == groups.end()) {
            groups.push_back({line});
        } else {
            group->push_back(line);
        }
    }
    return groups;
}

cv::Mat shifted(const cv::Mat& picture, const cv::Point& shift, const cv::Size& size) {
    cv::Mat moved = cv::Mat::zeros(size, picture.type());
    const cv::Rect wanted(shift.x, shift.y, size.width, size.height);
    const cv::Rect have = wanted & cv::Rect({}, picture.size());
    if (!have.empty()) {
        picture(have).copyTo(moved(cv::Rect(have.tl() - shift, have.size())));
    }
    return moved;
}

/// What all lines of a group have in common: the darkness that is in every one of them. Sets the lines' shifts.
cv::Mat common_print(const cv::Mat& half, Group& group) {
    cv::Mat common = half(group[0].half).clone();
    for (size_t i = 1; i < group.size(); ++i) {
        const cv::Mat own = half(group[i].half);
        double best = -1;
        cv::Mat best_common;
        for (int dy = -3; dy <= 3; ++dy) {
            for (int dx = -2; dx <= 2; ++dx) {
                cv::Mat both;
                cv::min(common, shifted(own, {dx, dy}, common.size()), both);
                const double mass = cv::sum(both)[0];
                if (mass > best) {
                    best = mass;
                    best_common = both;
                    group[i].shift = {dx, dy};
                }
            }
        }
        common = best_common;
    }
    return common;
}

/// Sizes of the words that close blanks, in ems of the labels.
const std::vector<double>& word_sizes(const Words& words) {
    static const std::vector<double> short_words = {0.86, 1.0, 1.12};
    static const std::vector<double> long_words = {0.60, 0.64, 0.68, 0.73, 0.78, 0.83, 0.89, 0.95, 1.0, 1.06, 1.13};
    const bool longer =
        std::any_of(words.begin(), words.end(), [](const std::string& word) { return word.size() > 3; });
    return longer ? long_words : short_words;
}

/// Top and bottom of the band in which the line of a word is written, when the words stand on several lines.
std::pair<double, double> band(const std::vector<PlacedWord>& words, size_t i, const cv::Rect2d& inside, double size) {
    double top = inside.y;
    double bottom = inside.br().y;
    for (const PlacedWord& other : words) {
        if (other.middle < words[i].middle - 0.8 * size) {
            top = std::max(top, (other.middle + words[i].middle) / 2);
        } else if (other.middle > words[i].middle + 0.8 * size) {
            bottom = std::min(bottom, (other.middle + words[i].middle) / 2);
        }
    }
    return {top, bottom};
}

Reason wrapped_blank(const std::string& word) {
    return {"blank-wraps", "“" + word + "”之前的填写内容可能跨两行",
            "the blank before the printed word '" + word + "' seems to begin on the line above"};
}

std::vector<PlacedField> fields_between(const Sheet& sheet, const Line& line, const std::vector<PlacedWord>& words,
                                        double size) {
    const templates::Cell& cell = *line.cell->cell;
    const double pad = 0.12 * size;
    std::vector<PlacedField> fields;
    for (size_t i = 0; i < words.size(); ++i) {
        PlacedField field;
        field.key = cell.key + "." + cell.blanks[i].part;
        field.certainty = words[i].certainty;
        double left = line.inside.x;
        if (i > 0 && std::abs(words[i - 1].middle - words[i].middle) < 0.8 * size) {
            left = words[i - 1].place.br().x + pad;
            field.certainty = std::min(field.certainty, words[i - 1].certainty);
            if (words[i - 1].certainty < sure_enough) {
                field.reasons.push_back(unsure_place(cell.blanks[i - 1].word));
            }
        } else if (i > 0) {
            const auto [top, bottom] = band(words, i - 1, line.inside, size);
            const double end = words[i - 1].place.br().x + pad;
            const cv::Rect rest =
                cv::Rect(cvRound(end), cvRound(top), cvRound(line.inside.br().x - end), cvRound(bottom - top)) &
                cv::Rect({}, sheet.table.ink.size());
            if (!rest.empty() && cv::countNonZero(sheet.table.ink(rest)) > 0.5 * size * 2) {
                field.reasons.push_back(wrapped_blank(cell.blanks[i].word));
                field.certainty = std::min(field.certainty, sure_enough - 0.1);
            }
        }
        if (words[i].certainty < sure_enough) {
            field.reasons.push_back(unsure_place(cell.blanks[i].word));
        }
        const double right = words[i].place.x - pad;
        const auto [top, bottom] = band(words, i, line.inside, size);
        field.area = {left, top, std::max(1.0, right - left), bottom - top};
        fields.push_back(std::move(field));
    }
    return fields;
}

/// Nothing was found: each field is the whole cell, and nobody may trust it.
std::vector<PlacedField> unplaced(const Line& line) {
    std::vector<PlacedField> fields;
    for (const templates::Blank& blank : line.cell->cell->blanks) {
        PlacedField field;
        field.key = line.cell->cell->key + "." + blank.part;
        field.area = line.inside;
        field.certainty = 0;
        field.reasons = {unsure_place(blank.word)};
        fields.push_back(std::move(field));
    }
    return fields;
}

} // namespace

double WordLine::score() const {
    double sum = 0;
    for (const FoundWord& word : words) {
        sum += word.score;
    }
    return words.empty() ? -1 : sum / static_cast<double>(words.size());
}

WordLine find_words(const PagePrint& print, const cv::Mat& darkness, const Words& words,
                    const std::vector<double>& sizes) {
    WordLine best;
    if (darkness.empty()) {
        return best;
    }
    const WordSearch search(darkness);
    for (const Words& spelled : all_spellings(words)) {
        for (const Printing& printing : print.printings) {
            // One word tells the size when the page is clean; otherwise all of them together.
            for (const Words& sized : {longest(spelled), spelled}) {
                const double size = best_size(search, sized, printing, sizes) * printing.em;
                if (size == best.size && printing.font == best.font && spelled == best.spelled) {
                    continue;
                }
                WordLine line{find_in_order(search, draw(spelled, printing.font, size / 2), size / 2), spelled,
                              printing.font, size};
                if (line.score() > best.score()) {
                    best = std::move(line);
                }
                if (best.score() > good) {
                    return best;
                }
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
    placed.certainty = std::clamp(placed.certainty, 0.0, 1.0);
    if (found.rival > rival_share * found.score) {
        placed.certainty = std::min(placed.certainty, sure_enough - 0.05);
    }
    return placed;
}

Reason unsure_place(const std::string& word) {
    return {"place-unsure", "印刷字“" + word + "”未能准确定位，请核对此栏",
            "the printed word '" + word + "' that bounds this blank was not found clearly"};
}

std::vector<PlacedField> find_sub_blanks(const Sheet& sheet, const PagePrint& print) {
    std::vector<PlacedField> fields;
    for (Group& group : groups_of(sheet, print.half.size())) {
        const Words words = words_of(*group[0].cell->cell);
        const std::vector<double>& sizes = word_sizes(words);
        const WordLine together =
            group[0].half.empty() ? WordLine() : find_words(print, common_print(print.half, group), words, sizes);
        for (const Line& line : group) {
            WordLine own = together;
            cv::Point2d origin = line.half.tl() + line.shift;
            if (group.size() > 1 && together.score() < good && !line.half.empty()) {
                WordLine alone = find_words(print, print.half(line.half), words, sizes);
                if (alone.score() > own.score()) {
                    own = std::move(alone);
                    origin = line.half.tl();
                }
            }
            std::vector<PlacedWord> placed;
            for (size_t i = 0; i < own.words.size(); ++i) {
                placed.push_back(placed_word(sheet.table, own, i, origin));
            }
            const auto found = placed.empty() ? unplaced(line) : fields_between(sheet, line, placed, own.size);
            fields.insert(fields.end(), found.begin(), found.end());
        }
    }
    return fields;
}

} // namespace dengji::layout
