#include "pipeline/layout/sub_blanks.h"

#include "pipeline/layout/fields_cell.h"
#include "pipeline/layout/fields_underline.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace dengji::layout {
namespace {

using Words = std::vector<std::string>;

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

size_t longest(const Group& group) {
    size_t bytes = 0;
    for (const templates::Blank& blank : group[0].cell->cell->blanks) {
        bytes = std::max(bytes, blank.word.size());
    }
    return bytes;
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

/// Does a stroke of the blank go on into the word that closes it?
bool strokes_cross(const cv::Mat& ink, const cv::Rect2d& blank, const PlacedWord& word, double size) {
    const double reach = 1.2 * size, least = 0.25 * size;
    const cv::Rect window =
        cv::Rect(cvRound(word.place.x - reach), cvRound(blank.y), cvRound(2 * reach), cvRound(blank.height)) &
        cv::Rect({}, ink.size());
    if (window.empty()) return false;
    cv::Mat labels, stats, centroids;
    const int count = cv::connectedComponentsWithStats(ink(window), labels, stats, centroids, 8, CV_16U);
    for (int i = 1; i < count; ++i) {
        const int* s = stats.ptr<int>(i);
        const int left = window.x + s[cv::CC_STAT_LEFT], right = left + s[cv::CC_STAT_WIDTH];
        // Underlines are thin.
        if (s[cv::CC_STAT_HEIGHT] > 0.2 * size && left < word.place.x - least && right > word.place.x + least)
            return true;
    }
    return false;
}

/// A parenthesis has as much ink as the one that closes it, unless something is written over it.
bool is_written_over(const cv::Mat& ink, const std::string& word, const PlacedWord& place, double size) {
    const bool opens = word.rfind("（", 0) == 0 || word.rfind('(', 0) == 0;
    if (!opens) return false;
    const cv::Rect whole = cv::Rect(place.place) & cv::Rect({}, ink.size());
    const int width = std::min(whole.width / 2, cvRound(0.45 * size));
    if (whole.height < 4 || width < 4) return false;
    const int opening = cv::countNonZero(ink({whole.x, whole.y, width, whole.height}));
    const int closing = cv::countNonZero(ink({whole.br().x - width, whole.y, width, whole.height}));
    return opening > 1.5 * closing + 0.05 * width * whole.height;
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
        lift_above_underline(sheet.table, field.area, words[i].middle, size);
        field.runs_on = strokes_cross(sheet.table.print_ink, field.area, words[i], size) ||
                        is_written_over(sheet.table.print_ink, cell.blanks[i].word, words[i], size);
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

std::vector<PlacedField> find_sub_blanks(const Sheet& sheet, PagePrint& print) {
    std::vector<PlacedField> fields;
    auto groups = groups_of(sheet, print.half.size());
    // Long words tell the font best.
    std::stable_sort(groups.begin(), groups.end(),
                     [](const Group& a, const Group& b) { return longest(a) > longest(b); });
    for (Group& group : groups) {
        const Words words = words_of(*group[0].cell->cell);
        const std::vector<double>& sizes = word_sizes(words);
        const WordLine together =
            group[0].half.empty() ? WordLine() : find_words(print, common_print(print.half, group), words, sizes);
        if (together.good()) {
            print.prefer(together.font);
        }
        for (const Line& line : group) {
            WordLine own = together;
            cv::Point2d origin = line.half.tl() + line.shift;
            if (group.size() > 1 && !together.good() && !line.half.empty()) {
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
