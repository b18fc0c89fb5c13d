#include "pipeline/layout/declaration.h"

#include "pipeline/layout/fields_cell.h"
#include "pipeline/layout/fields_underline.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace dengji::layout {
namespace {

struct Declaration {
    const templates::Cell& cell;
    cv::Rect2d inside; ///< table pixels
    cv::Rect half;     ///< half-size pixels
};

struct SignatureWord {
    PlacedWord word;
    double size = 0;
};

/// The word with one font and spelling: found at a quarter of the size, where the whole cell is quickly looked through,
/// then judged at half.
WordLine find_with(const Declaration& at, const cv::Mat& half, const cv::Mat& quarter, const std::string& spelled,
                   const Printing& printing) {
    constexpr std::array sizes = {1.0, 0.94, 1.06, 0.88, 1.12, 0.82};
    constexpr double certain = 0.75; // other sizes need not be tried
    constexpr int around = 4;
    const WordSearch coarse(quarter);
    double best_coarse = -1;
    double size = printing.em;
    cv::Mat best_response;
    for (const double ratio : sizes) {
        const auto picture = draw_word(spelled, printing.font, ratio * printing.em / 4);
        const cv::Mat response = picture ? coarse.response(*picture) : cv::Mat();
        double value = -1;
        if (!response.empty()) {
            cv::minMaxLoc(response, nullptr, &value);
        }
        if (value > best_coarse) {
            best_coarse = value;
            size = ratio * printing.em;
            best_response = response;
        }
        if (best_coarse > certain) {
            break;
        }
    }
    WordLine line{{}, {spelled}, printing.font, size};
    if (best_response.empty()) {
        return line;
    }
    for (const cv::Point& peak : strongest(best_response, 3, cv::Size(cvRound(size), std::max(3, cvRound(size / 8))))) {
        for (const double tune : {0.97, 1.0, 1.03}) {
            const auto picture = draw_word(spelled, printing.font, tune * size / 2);
            if (!picture) {
                continue;
            }
            const cv::Rect window = cv::Rect(at.half.x + peak.x * 2 - around, at.half.y + peak.y * 2 - around,
                                             picture->darkness.cols + 2 * around, picture->darkness.rows + 2 * around) &
                                    at.half;
            const cv::Mat response = WordSearch(half(window)).response(*picture);
            if (response.empty()) {
                continue;
            }
            double score = 0;
            cv::Point best;
            cv::minMaxLoc(response, nullptr, &score, nullptr, &best);
            if (line.words.empty() || score > line.words[0].score) {
                const cv::Point left_top = window.tl() + best;
                line.words = {{cv::Rect2d(left_top, picture->darkness.size()), left_top.y + picture->middle, score, 0}};
                line.size = tune * size;
            }
        }
    }
    return line;
}

std::optional<SignatureWord> find_signature_word(const Sheet& sheet, const PagePrint& print, const Declaration& at) {
    constexpr double good = 0.65;
    cv::Mat quarter;
    cv::resize(print.half(at.half), quarter, {}, 0.5, 0.5, cv::INTER_AREA);
    WordLine best;
    for (const std::string& spelled : spellings(at.cell.signature_word)) {
        for (const Printing& printing : print.printings) {
            if (best.score() > good) {
                break;
            }
            WordLine line = find_with(at, print.half, quarter, spelled, printing);
            if (line.score() > best.score()) {
                best = std::move(line);
            }
        }
    }
    if (best.words.empty()) {
        return std::nullopt;
    }
    return SignatureWord{placed_word(sheet.table, best, 0, {0, 0}), best.size};
}

struct DateWords {
    std::vector<PlacedWord> words;
    double size = 0;
};

/// 年 月 日, from the signature's line downwards.
DateWords find_date_words(const Sheet& sheet, const PagePrint& print, const Declaration& at,
                          const std::optional<SignatureWord>& signature) {
    cv::Rect half = at.half;
    if (signature) {
        const int top =
            std::clamp(cvRound((signature->word.middle - 0.9 * signature->size) / 2), half.y, half.br().y - 1);
        half = cv::Rect(half.x, top, half.width, half.br().y - top);
    }
    cv::Mat darkness = print.half(half).clone();
    if (signature) {
        const cv::Rect word =
            cv::Rect(cvRound(signature->word.place.x / 2) - half.x, cvRound(signature->word.place.y / 2) - half.y,
                     cvRound(signature->word.place.width / 2), cvRound(signature->word.place.height / 2)) &
            cv::Rect({}, darkness.size());
        darkness(word).setTo(0);
    }
    std::vector<std::string> words;
    for (const templates::Blank& blank : at.cell.date_blanks) {
        words.push_back(blank.word);
    }
    DateWords date;
    const WordLine line = find_words(print, darkness, words, {1.0});
    for (size_t i = 0; i < line.words.size(); ++i) {
        date.words.push_back(placed_word(sheet.table, line, i, half.tl()));
    }
    date.size = line.size;
    return date;
}

/// Where the printed text above a line ends: seen left of the signature word, where nobody writes.
double end_of_text_above(const Table& table, const cv::Rect2d& inside, const SignatureWord& signature,
                         double fallback) {
    const double limit = signature.word.middle - 0.7 * signature.size;
    const cv::Rect text = cv::Rect(cv::Point(cvRound(inside.x), cvRound(inside.y)),
                                   cv::Point(cvRound(signature.word.place.x - 0.5 * signature.size), cvRound(limit))) &
                          cv::Rect({}, table.print_ink.size());
    if (text.width < 3 * signature.size || text.height < 3) {
        return fallback;
    }
    for (int y = text.height - 1; y >= 0; --y) {
        if (cv::countNonZero(table.print_ink(text).row(y)) > 0.5 * signature.size) {
            return std::max(fallback, text.y + y + 2.0);
        }
    }
    return fallback;
}

/// Between `from` and `to`, the middle of the widest stretch of columns without ink; `otherwise` when there is none.
double widest_gap(const Table& table, double from, double to, double top, double bottom, double otherwise) {
    const cv::Rect range = cv::Rect(cv::Point(cvRound(from), cvRound(top)), cv::Point(cvRound(to), cvRound(bottom))) &
                           cv::Rect({}, table.ink.size());
    double best = otherwise;
    int widest = 0;
    int start = 0;
    for (int x = 0; x <= range.width; ++x) {
        if (x == range.width || cv::countNonZero(table.ink(range).col(x)) > 1) {
            if (x - start > widest) {
                widest = x - start;
                best = range.x + (x + start) / 2.0;
            }
            start = x + 1;
        }
    }
    return best;
}

/// `start` moved to the left until it cuts through no writing: what lies under it is then a gap as wide as between
/// words, not between digits. Not beyond `limit`.
double clear_of_writing(const Table& table, double start, double limit, double top, double bottom, double size) {
    constexpr double least_gap = 0.4; // ems
    const cv::Rect range =
        cv::Rect(cv::Point(cvRound(limit), cvRound(top)), cv::Point(cvRound(start), cvRound(bottom))) &
        cv::Rect({}, table.ink.size());
    int blank = 0;
    for (int x = range.width - 1; x >= 0; --x) {
        blank = cv::countNonZero(table.ink(range).col(x)) > 1 ? 0 : blank + 1;
        if (blank >= least_gap * size) {
            return std::min(start, range.x + x + blank / 2.0);
        }
    }
    return std::min(start, limit);
}

/// The year has no word on its left. A printed line says where it begins; otherwise it may take more than four digits
/// need, up to the gap that separates it from what stands before it.
double start_of_year(const Table& table, const PlacedWord& year, double size, double from, double top, double bottom) {
    constexpr double most = 8; // ems
    constexpr double usual = 3.0;
    constexpr double least = 1.2;
    const double limit = std::max(from, year.place.x - most * size);
    const auto line = find_underline(
        table, {limit, year.middle + 0.3 * size, std::max(0.0, year.place.x - limit), 0.8 * size}, size, 1.5 * size);
    if (line && line->unbroken > size && year.place.x - line->right < 1.5 * size) {
        // A seal's arc or a stroke can look like a line that begins in the middle of the digits.
        return clear_of_writing(table, std::max(limit, line->left - 0.3 * size), limit, top, bottom, size);
    }
    if (limit > from) {
        return limit;
    }
    return std::max(from,
                    widest_gap(table, limit, year.place.x - least * size, top, bottom, year.place.x - usual * size));
}

class Assembly {
public:
    Assembly(const Sheet& sheet, const Declaration& at, std::optional<SignatureWord> signature, DateWords date)
        : table_(sheet.table), at_(at), signature_(std::move(signature)), date_(std::move(date)) {
        one_line_ = signature_ && !date_.words.empty() &&
                    std::abs(signature_->word.middle - date_.words[0].middle) < 0.8 * signature_->size;
        top_ = at_.inside.y;
        if (signature_) {
            const double reach = signature_->word.middle - 1.4 * signature_->size;
            top_ = end_of_text_above(table_, at_.inside, *signature_, std::max(at_.inside.y, reach));
        }
    }

    std::vector<PlacedField> fields() const {
        std::vector<PlacedField> fields;
        double year_start = at_.inside.x;
        for (size_t i = 0; i < at_.cell.date_blanks.size(); ++i) {
            fields.push_back(date_field(i));
            if (i == 0) {
                year_start = fields[0].area.x;
            }
        }
        if (!at_.cell.signature_key.empty()) {
            fields.insert(fields.begin(), signature_field(year_start));
        }
        return fields;
    }

private:
    PlacedField date_field(size_t i) const {
        PlacedField field;
        const templates::Blank& blank = at_.cell.date_blanks[i];
        field.key = at_.cell.date_key + "." + blank.part;
        if (i >= date_.words.size()) {
            field.area = at_.inside;
            field.certainty = 0;
            field.reasons = {unsure_place(blank.word)};
            return field;
        }
        const PlacedWord& word = date_.words[i];
        const double pad = 0.12 * date_.size;
        double top = std::max(at_.inside.y, word.middle - 1.05 * date_.size);
        if (one_line_) {
            top = std::max(top, top_);
        } else if (signature_) {
            top = std::max(top, signature_->word.place.br().y);
        }
        const double bottom = std::min(at_.inside.br().y, word.middle + 1.05 * date_.size);
        const bool continues = i > 0 && std::abs(date_.words[i - 1].middle - word.middle) < 0.8 * date_.size;
        field.certainty = word.certainty;
        double left = at_.inside.x;
        if (continues) {
            left = date_.words[i - 1].place.br().x + pad;
            field.certainty = std::min(field.certainty, date_.words[i - 1].certainty);
            if (date_.words[i - 1].certainty < sure_enough) {
                field.reasons.push_back(unsure_place(at_.cell.date_blanks[i - 1].word));
            }
        } else {
            const double from = one_line_ ? signature_->word.place.br().x + pad : at_.inside.x;
            left = start_of_year(table_, word, date_.size, from, top, bottom);
        }
        if (word.certainty < sure_enough) {
            field.reasons.push_back(unsure_place(blank.word));
        }
        field.area = {left, top, std::max(1.0, word.place.x - pad - left), std::max(1.0, bottom - top)};
        lift_above_underline(table_, field.area, word.middle, date_.size);
        return field;
    }

    PlacedField signature_field(double year_start) const {
        PlacedField field;
        field.key = at_.cell.signature_key;
        if (!signature_) {
            field.area = at_.inside;
            field.certainty = 0;
            field.reasons = {unsure_place(at_.cell.signature_word)};
            return field;
        }
        const double size = signature_->size;
        const double left = signature_->word.place.br().x + colon_width();
        double right = at_.inside.br().x;
        double bottom = std::min(at_.inside.br().y, signature_->word.middle + 1.3 * size);
        if (one_line_) {
            right = year_start;
        } else if (!date_.words.empty()) {
            bottom = std::min(bottom, (signature_->word.middle + date_.words[0].middle) / 2 + 0.15 * size);
        }
        field.area = {left, top_, std::max(1.0, right - left), std::max(1.0, bottom - top_)};
        lift_above_underline(table_, field.area, signature_->word.middle, size);
        field.certainty = signature_->word.certainty;
        if (field.certainty < sure_enough) {
            field.reasons.push_back(unsure_place(at_.cell.signature_word));
        }
        return field;
    }

    /// How far the colon after the word reaches, when there is one: small dots only, within one character.
    double colon_width() const {
        const double size = signature_->size;
        const double start = signature_->word.place.br().x;
        const cv::Rect near =
            cv::Rect(cvRound(start), cvRound(signature_->word.middle - 0.5 * size), cvRound(size), cvRound(size)) &
            cv::Rect({}, table_.print_ink.size());
        double end = 0.15 * size;
        if (near.empty()) {
            return end;
        }
        cv::Mat labels, stats, centres;
        const int count = cv::connectedComponentsWithStats(table_.print_ink(near), labels, stats, centres, 8, CV_32S);
        for (int i = 1; i < count; ++i) {
            const int* s = stats.ptr<int>(i);
            const bool dot =
                std::max(s[cv::CC_STAT_WIDTH], s[cv::CC_STAT_HEIGHT]) <= 0.28 * size && s[cv::CC_STAT_LEFT] > 0;
            if (dot && s[cv::CC_STAT_LEFT] + s[cv::CC_STAT_WIDTH] < near.width) {
                end = std::max(end, s[cv::CC_STAT_LEFT] + s[cv::CC_STAT_WIDTH] + 0.1 * size);
            }
        }
        return end;
    }

    const Table& table_;
    const Declaration& at_;
    std::optional<SignatureWord> signature_;
    DateWords date_;
    bool one_line_ = false;
    double top_ = 0;
};

} // namespace

std::vector<PlacedField> find_declaration(const Sheet& sheet, const PagePrint& print) {
    std::vector<PlacedField> fields;
    for (const PlacedCell& placed : sheet.cells) {
        if (placed.cell == nullptr || placed.cell->kind != templates::CellKind::declaration) {
            continue;
        }
        Declaration at{*placed.cell, inside_rules(sheet.table, placed.rect), {}};
        at.half = cv::Rect(cvRound(at.inside.x / 2), cvRound(at.inside.y / 2), cvRound(at.inside.width / 2),
                           cvRound(at.inside.height / 2)) &
                  cv::Rect({}, print.half.size());
        std::optional<SignatureWord> signature;
        DateWords date;
        if (!at.half.empty()) {
            if (!at.cell.signature_word.empty()) {
                signature = find_signature_word(sheet, print, at);
            }
            if (!at.cell.date_blanks.empty()) {
                // A word found badly must not decide where the date is looked for.
                const bool trusted = signature && signature->word.certainty >= sure_enough;
                date = find_date_words(sheet, print, at, trusted ? signature : std::nullopt);
            }
        }
        const auto found = Assembly(sheet, at, std::move(signature), std::move(date)).fields();
        fields.insert(fields.end(), found.begin(), found.end());
    }
    return fields;
}

} // namespace dengji::layout
