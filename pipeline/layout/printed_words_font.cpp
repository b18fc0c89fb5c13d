#include "pipeline/layout/printed_words_font.h"

#include "pipeline/layout/printed_words.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace dengji::layout {
namespace {

struct Label {
    std::string text;
    cv::Rect ink; ///< half-size pixels
};

/// A label without its mark for required fields.
std::string without_stars(std::string text) {
    for (const std::string star : {"＊", "*"}) {
        for (size_t at = 0; (at = text.find(star)) != std::string::npos;) {
            text.erase(at, star.size());
        }
    }
    return text;
}

size_t characters(const std::string& text) {
    return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

cv::Rect halved(const cv::Rect2d& r, double inset, const cv::Size& limits) {
    const cv::Point a(cvRound((r.x + inset) / 2), cvRound((r.y + inset) / 2));
    const cv::Point b(cvRound((r.br().x - inset) / 2), cvRound((r.br().y - inset) / 2));
    if (b.x <= a.x || b.y <= a.y) {
        return {};
    }
    return cv::Rect(a, b) & cv::Rect({}, limits);
}

/// The label cells whose text is short enough to stand on one line, with where their ink is.
std::vector<Label> short_labels(const Sheet& sheet, const cv::Mat& half) {
    constexpr size_t enough = 8;
    std::vector<Label> labels;
    for (const PlacedCell& placed : sheet.cells) {
        if (placed.cell == nullptr || placed.cell->kind != templates::CellKind::label || placed.doubtful) {
            continue;
        }
        const std::string text = without_stars(placed.cell->text);
        const size_t length = characters(text);
        if (length < 2 || length > 6) {
            continue;
        }
        const cv::Rect cell = halved(placed.rect, 6, half.size());
        if (cell.empty()) {
            continue;
        }
        cv::Rect ink = cv::boundingRect(half(cell) > 50);
        if (ink.width < static_cast<int>(length) * 4 || ink.height < 5) {
            continue;
        }
        ink =
            cv::Rect(ink.x + cell.x - 3, ink.y + cell.y - 3, ink.width + 6, ink.height + 6) & cv::Rect({}, half.size());
        labels.push_back({text, ink});
        if (labels.size() == enough) {
            break;
        }
    }
    return labels;
}

double label_score(const std::vector<WordSearch>& searches, const std::vector<Label>& labels, size_t used, int font,
                   double size) {
    double sum = 0;
    for (size_t i = 0; i < used; ++i) {
        const auto picture = draw_word(labels[i].text, font, size);
        const cv::Mat response = picture ? searches[i].response(*picture) : cv::Mat();
        double best = 0;
        if (!response.empty()) {
            cv::minMaxLoc(response, nullptr, &best);
        }
        sum += std::max(0.0, best);
    }
    return used == 0 ? 0 : sum / static_cast<double>(used);
}

/// Of ascending sizes the one with the best score. Labels fit the worse the further a size is from theirs: sizes are
/// tried from the one nearest to `from` on, as long as they get better.
template <class Sizes, class Score>
std::pair<double, double> best_size(const Sizes& sizes, double from, Score score) {
    const auto* best = std::min_element(sizes.begin(), sizes.end(),
                                        [&](double a, double b) { return std::abs(a - from) < std::abs(b - from); });
    double most = score(*best);
    const auto climb = [&](auto step, const double* end) {
        while (best != end) {
            const double next = score(best[step]);
            if (next <= most) {
                return;
            }
            most = next;
            best += step;
        }
    };
    const auto* const begun = best;
    climb(1, &sizes.back());
    if (best == begun) {
        climb(-1, &sizes.front());
    }
    return {*best, most};
}

} // namespace

std::vector<Printing> find_printings(const Sheet& sheet, const cv::Mat& half, const std::vector<int>& fonts,
                                     double em) {
    constexpr size_t refined = 3;
    constexpr size_t first_look = 3; // labels of the first, rough comparison
    constexpr std::array rough_sizes = {0.93, 1.0, 1.07};
    constexpr std::array fine_sizes = {0.88, 0.92, 0.96, 1.0, 1.04, 1.08, 1.12};
    const std::vector<Label> labels = short_labels(sheet, half);
    std::vector<WordSearch> searches;
    for (const Label& label : labels) {
        searches.emplace_back(half(label.ink));
    }
    std::vector<Printing> printings;
    for (const int font : fonts) {
        Printing printing{font, em, 0};
        for (const double size : rough_sizes) {
            const double score =
                label_score(searches, labels, std::min(first_look, labels.size()), font, size * em / 2);
            if (score > printing.score) {
                printing = {font, size * em, score};
            }
        }
        printings.push_back(printing);
    }
    if (labels.empty()) {
        return printings;
    }
    const auto better = [](const Printing& a, const Printing& b) { return a.score > b.score; };
    std::stable_sort(printings.begin(), printings.end(), better);
    for (size_t i = 0; i < printings.size(); ++i) {
        Printing& printing = printings[i];
        if (i >= refined) {
            printing.em = printings[0].em;
            continue;
        }
        const auto [size, score] = best_size(fine_sizes, printing.em / em, [&](double tried) {
            return label_score(searches, labels, labels.size(), printing.font, tried * em / 2);
        });
        printing.score = score;
        printing.em = size * em;
    }
    std::stable_sort(printings.begin(), printings.begin() + static_cast<long>(std::min(refined, printings.size())),
                     better);
    return printings;
}

cv::Mat half_darkness(const Table& table) {
    cv::Mat half;
    cv::resize(table.norm, half, {}, 0.5, 0.5, cv::INTER_AREA);
    cv::subtract(255, half, half);
    return half;
}

double character_size(const Sheet& sheet) {
    if (sheet.em > 0) {
        return sheet.em;
    }
    std::vector<double> heights;
    for (const PlacedCell& placed : sheet.cells) {
        if (placed.cell == nullptr || placed.cell->kind != templates::CellKind::label ||
            characters(placed.cell->text) > 5) {
            continue;
        }
        const cv::Rect cell = cv::Rect(cvRound(placed.rect.x) + 5, cvRound(placed.rect.y) + 5,
                                       cvRound(placed.rect.width) - 10, cvRound(placed.rect.height) - 10) &
                              cv::Rect({}, sheet.table.norm.size());
        if (!cell.empty()) {
            const int height = cv::boundingRect(sheet.table.print_ink(cell)).height;
            if (height > 8) {
                heights.push_back(height);
            }
        }
    }
    if (heights.size() < 3) {
        return std::max(12.0, sheet.table.width / 55.0);
    }
    std::nth_element(heights.begin(), heights.begin() + static_cast<long>(heights.size() / 2), heights.end());
    return 1.08 * heights[heights.size() / 2];
}

} // namespace dengji::layout
