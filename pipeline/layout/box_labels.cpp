#include "pipeline/layout/box_labels.h"

#include "pipeline/layout/median.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace dengji::layout {
namespace {

constexpr double kImpossible = -1e9;
constexpr double kMissing = -0.35;       ///< worth of leaving an option without an outline; a marked box is worth more
constexpr double kLabelTooShort = 0.8;   ///< characters
constexpr double kLabelTooLong = 2.5;    ///< a tick that begins left of the next box prolongs a word
constexpr double kLeastBeforeWrap = 1.5; ///< characters of a label before it goes on in the next line
constexpr double kStrokesBefore = 1.4;   ///< characters: a tick or the end of a ring left of a box
constexpr int kLeastOfAGrid = 4;         ///< clean boxes
constexpr double kWithinWord = 0.5;      ///< share of ink left of a glyph in the middle of its word
constexpr double kFreeLeft = 0.1, kWholeOutline = 0.8; ///< of a box that can be no glyph
constexpr std::size_t kMostOutlines = 80;              ///< of a cell; the best of them

/// An outline in reading order.
struct Place {
    int outline; ///< index into the caller's list
    int row;
    cv::Rect box;
    double worth;
    bool in_column; ///< with a clean outline
    bool sure;      ///< clean and in a column: no glyph
};

/// Sorts outlines into rows, top to bottom, left to right within each.
std::vector<Place> in_reading_order(const std::vector<Outline>& outlines, double height) {
    std::vector<int> order(outlines.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int>(i);
    const auto box = [&](int i) -> const cv::Rect& { return outlines[static_cast<std::size_t>(i)].rect; };
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return box(a).y < box(b).y; });
    std::vector<Place> places;
    double row_sum = 0;
    int row = -1, row_count = 0;
    for (int i : order) {
        if (row < 0 || box(i).y - row_sum / row_count >= 0.55 * height) {
            ++row;
            row_sum = 0;
            row_count = 0;
        }
        row_sum += box(i).y;
        ++row_count;
        places.push_back({i, row, box(i), 0, false, false});
    }
    std::stable_sort(places.begin(), places.end(),
                     [](const Place& a, const Place& b) { return a.row != b.row ? a.row < b.row : a.box.x < b.box.x; });
    return places;
}

/// Boxes of a cell stand in columns, glyphs do not.
void judge(std::vector<Place>& places, const std::vector<Outline>& outlines, const OutlineSize& size) {
    const auto source = [&](const Place& p) -> const Outline& { return outlines[static_cast<std::size_t>(p.outline)]; };
    for (Place& place : places)
        place.in_column = std::any_of(places.begin(), places.end(), [&](const Place& other) {
            return &other != &place && source(other).clean && std::abs(other.box.x - place.box.x) <= 0.3 * size.width;
        });
    // Where all clean boxes stand in columns, the cell is printed as a grid, and nothing beside them is a box.
    const auto clean = [&](const Place& p) { return source(p).clean; };
    const bool grid =
        std::count_if(places.begin(), places.end(), clean) >= kLeastOfAGrid &&
        std::all_of(places.begin(), places.end(), [&](const Place& p) { return !clean(p) || p.in_column; });
    for (Place& place : places) {
        const Outline& outline = source(place);
        // Left of a glyph stands its word; left of a clean box there may be the end of a ring.
        place.worth = outline.score - 0.55 + (outline.clean ? 0.5 : 0) - (outline.clean ? 0.4 : 0.8) * outline.left_ink;
        place.sure = place.in_column && outline.clean;
        if (place.in_column) place.worth += 0.35 + 0.8 * std::max(0.0, outline.left_ink - 0.2);
        if (grid && !place.in_column) place.worth -= 1;
    }
}

/// What it costs that the printed word right of a place has not the length of the option's label.
class LabelFit {
public:
    LabelFit(const cv::Mat& ink, const cv::Rect& cell, const std::vector<std::string>& options,
             const std::vector<Place>& places, const std::optional<LabelPitch>& pitch)
        : places_(places), pitch_(pitch), right_edge_(cell.x + cell.width) {
        // 其他 is followed by a colon and a blank to fill.
        for (const std::string& option : options)
            options_.push_back({label_length(option), option.rfind("其他", 0) == 0});
        if (!pitch_) return;
        for (const Place& place : places) {
            labels_.emplace_back(ink, place.box, right_edge_, 1.35 * pitch_->pitch);
            inked_before_.push_back(place.sure ? std::vector<int>() : inked_columns(ink, cell.x, place.box));
        }
        left_edge_ = cell.x;
    }

    /// Printed length of an option's label.
    double length(int option) const { return options_[static_cast<std::size_t>(option)].length; }

    /// Characters that the printed word is longer than the option's label (shorter: below 0); 0 when it cannot be told.
    /// `next`: the place of the next option, or -1. Only one in the same row bounds the word.
    double misfit(int option, int at, int next) const {
        if (!pitch_) return 0;
        const Place& place = places_[at];
        const bool bounded = next >= 0 && places_[next].row == place.row;
        const int limit = bounded ? places_[next].box.x - 3 : right_edge_ - 3;
        const int end = labels_[at].end(limit);
        const double expected = pitch_->gap + length(option) * pitch_->pitch;
        const double longer = (end - place.box.br().x - expected) / pitch_->pitch;
        const bool begun = end - place.box.br().x > pitch_->gap + kLeastBeforeWrap * pitch_->pitch;
        const bool wraps = longer < 0 && !bounded && begun && end > right_edge_ - 2.6 * pitch_->pitch;
        const bool blank = longer > 0 && options_[static_cast<std::size_t>(option)].blank_follows;
        return wraps || blank ? 0 : longer;
    }

    /// What a misfit costs an assignment.
    double cost(int option, int at, int next) const { return cost_of(misfit(option, at, next), places_[at].sure); }

    /// The same where the next option has no place: its words may follow at once.
    double cost_before_missing(int option, int at) const {
        return cost_of(std::min(0.0, misfit(option, at, -1)), places_[at].sure);
    }

    /// What it costs that print stands left of a place where there should be paper: after the label of the option
    /// before, or from the cell's edge on. `before`: the place of the option before in the same row, or -1.
    double cost_of_words_before(int option, int at, int before) const {
        if (!pitch_ || places_[at].sure) return 0;
        double from = left_edge_;
        if (before >= 0) {
            const Option& own = options_[static_cast<std::size_t>(option - 1)];
            if (own.blank_follows) return 0;
            from = places_[before].box.br().x + pitch_->gap + (own.length + 0.5) * pitch_->pitch;
        }
        const auto& inked = inked_before_[static_cast<std::size_t>(at)];
        const int first = std::clamp(cvRound(from) - left_edge_, 0, static_cast<int>(inked.size()) - 1);
        const double words = (inked.back() - inked[static_cast<std::size_t>(first)]) / pitch_->pitch;
        return std::min(1.2, 0.5 * std::max(0.0, words - kStrokesBefore));
    }

private:
    struct Option {
        double length;
        bool blank_follows;
    };

    /// Strokes prolong words, but a word that hardly begins is no label: what stands before it is a glyph.
    static double cost_of(double misfit, bool sure) {
        return std::min(misfit < 0 && !sure ? 1.5 : 0.9, 0.25 * std::max(0.0, std::abs(misfit) - 0.4));
    }

    /// How many columns of a box's row carry ink from `left` to each column before the box's own outline.
    static std::vector<int> inked_columns(const cv::Mat& ink, int left, const cv::Rect& box) {
        const cv::Rect before =
            cv::Rect(left, box.y, std::max(0, box.x - box.width / 3 - left), box.height) & cv::Rect({}, ink.size());
        std::vector<int> inked{0};
        if (before.empty()) return inked;
        cv::Mat columns;
        cv::reduce(ink(before), columns, 0, cv::REDUCE_MAX);
        for (int x = 0; x < columns.cols; ++x) inked.push_back(inked.back() + (columns.at<uchar>(x) != 0));
        return inked;
    }

    std::vector<Option> options_;
    std::vector<std::vector<int>> inked_before_; ///< of each place that is not sure; see inked_columns()
    int left_edge_ = 0;
    const std::vector<Place>& places_;
    std::optional<LabelPitch> pitch_;
    int right_edge_;
    std::vector<LabelInk> labels_;
};

} // namespace

double label_length(const std::string& label) {
    double length = 0;
    for (const char c : label) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80)
            length += 0.5;
        else if (byte >= 0xC0)
            length += 1; // first byte of a character
    }
    return length;
}

LabelInk::LabelInk(const cv::Mat& ink, const cv::Rect& box, int right_edge, double gap) {
    start_ = box.x + box.width + 2;
    free_end_ = start_;
    const int stop = std::min(right_edge - 3, ink.cols);
    const int top = std::max(0, box.y - 2), bottom = std::min(ink.rows, box.y + box.height + 3);
    std::vector<uchar> inked(static_cast<std::size_t>(std::max(0, stop - start_)), 0);
    for (int y = top; y < bottom; ++y) {
        const uchar* row = ink.ptr<uchar>(y) + start_;
        for (std::size_t i = 0; i < inked.size(); ++i) inked[i] |= row[i];
    }
    int last = start_;
    bool ended = false;
    last_ink_.reserve(inked.size());
    for (int x = start_; x < stop; ++x) {
        if (inked[x - start_]) {
            last = x;
            if (!ended) free_end_ = x;
        } else if (x - last > gap)
            ended = true;
        last_ink_.push_back(last);
    }
}

int LabelInk::end(int limit) const {
    const int index = std::min(limit - start_, static_cast<int>(last_ink_.size())) - 1;
    if (index < 0) return start_;
    return std::min(free_end_, last_ink_[static_cast<std::size_t>(index)]);
}

Assignment assign_options(const cv::Mat& ink, const cv::Rect& cell, const std::vector<std::string>& labels,
                          const std::vector<Outline>& outlines, const OutlineSize& size,
                          const std::optional<LabelPitch>& pitch) {
    std::vector<Outline> best_first(
        outlines.begin(), outlines.begin() + static_cast<std::ptrdiff_t>(std::min(outlines.size(), kMostOutlines)));
    std::vector<Place> places = in_reading_order(best_first, size.height);
    judge(places, best_first, size);
    const LabelFit fit(ink, cell, labels, places, pitch);
    const int n = static_cast<int>(labels.size()), m = static_cast<int>(places.size());
    const double pitch_guess = pitch ? 0.93 * pitch->pitch : 0.85 * size.width;

    // placed[i][j]: best total with option i on place j. missing[i][j]: option i has none, the last one used is j - 1.
    const auto table = [&] { return std::vector<std::vector<double>>(n, std::vector<double>(m + 1, kImpossible)); };
    const auto trace = [&] { return std::vector<std::vector<int>>(n, std::vector<int>(m + 1, -1)); };
    auto placed = table(), missing = table();
    auto placed_from = trace();  // index of the place before, or -1; where that option is missing: -2 - index
    auto missing_from = trace(); // 1: the option before was placed there, 0: missing as well
    for (int i = 0; i < n; ++i) {
        for (int j = 0; j < m; ++j) {
            const Place& place = places[static_cast<std::size_t>(j)];
            // Nothing was placed before.
            double best = i == 0 ? -fit.cost_of_words_before(i, j, -1) : i * kMissing;
            int from = i == 0 ? -1 : -2;
            for (int k = 0; k < j && i > 0; ++k) {
                const Place& before = places[static_cast<std::size_t>(k)];
                double step = placed[i - 1][k];
                if (step > kImpossible / 2) {
                    step -= fit.cost(i - 1, k, j);
                    step -= fit.cost_of_words_before(i, j, before.row == place.row ? k : -1);
                    if (before.row == place.row) {
                        const double need = size.width + pitch_guess * fit.length(i - 1);
                        const double got = place.box.x - before.box.x;
                        if (got < need) step -= 0.25 + (need - got) / need;
                    }
                    if (step > best) best = step, from = k;
                }
                if (missing[i - 1][k + 1] > best) best = missing[i - 1][k + 1], from = -2 - (k + 1);
            }
            placed[i][j] = best + place.worth;
            placed_from[i][j] = from;
        }
        missing[i][0] = (i + 1) * kMissing;
        for (int j = 1; j <= m; ++j) {
            if (i == 0) continue;
            const double after_placed = placed[i - 1][j - 1] - fit.cost_before_missing(i - 1, j - 1);
            missing[i][j] = kMissing + std::max(after_placed, missing[i - 1][j]);
            missing_from[i][j] = after_placed >= missing[i - 1][j];
        }
    }

    Assignment result;
    result.outline.assign(static_cast<std::size_t>(n), -1);
    int at = 0;
    bool on_place = false;
    for (int j = 0; j <= m; ++j) {
        if (missing[n - 1][j] > result.total) result.total = missing[n - 1][j], at = j, on_place = false;
        if (j == m) break;
        const double total = placed[n - 1][j] - fit.cost(n - 1, j, -1);
        if (total > result.total) result.total = total, at = j, on_place = true;
    }
    for (int i = n - 1; i >= 0; --i) {
        if (on_place) {
            result.outline[static_cast<std::size_t>(i)] = places[static_cast<std::size_t>(at)].outline;
            const int from = placed_from[i][at];
            on_place = from >= 0;
            at = from >= 0 ? from : -2 - from;
            if (from == -1 || at < 0) break;
        } else {
            if (at == 0) break;
            if (missing_from[i][at] == 1) on_place = true, --at;
        }
    }
    for (const Place& place : places) {
        const Outline& outline = best_first[static_cast<std::size_t>(place.outline)];
        const bool used =
            std::find(result.outline.begin(), result.outline.end(), place.outline) != result.outline.end();
        result.spare +=
            !used && place.in_column && outline.clean && outline.left_ink < kFreeLeft && outline.score > kWholeOutline;
    }
    result.certain.assign(result.outline.size(), false);
    for (int i = 0, next = -1; i < n; ++i) {
        const int outline = result.outline[n - 1 - i];
        if (outline < 0) continue;
        const auto place =
            std::find_if(places.begin(), places.end(), [&](const Place& p) { return p.outline == outline; });
        const auto index = static_cast<int>(place - places.begin());
        // A glyph taken for its own label's box leaves at least its own character missing from the word.
        const double longer = fit.misfit(n - 1 - i, index, next);
        const bool fits = longer > -kLabelTooShort && longer < kLabelTooLong;
        const bool within_word = best_first[outline].left_ink > kWithinWord && !place->in_column;
        result.certain[n - 1 - i] = best_first[outline].clean || (fits && !within_word);
        next = index;
    }
    return result;
}

std::optional<LabelPitch> measure_pitch(const cv::Mat& ink, const std::vector<LabelledBox>& boxes,
                                        const OutlineSize& size) {
    struct Sample {
        double length, pixels;
    };
    std::vector<Sample> samples;
    std::vector<double> pitches;
    for (const LabelledBox& box : boxes) {
        if (box.label.rfind("其他", 0) == 0) continue;
        const int end = LabelInk(ink, box.box, box.right_edge, size.width).end(box.limit);
        const Sample sample{label_length(box.label), double(end - box.box.x - box.box.width)};
        const double pitch = sample.pixels / sample.length;
        if (pitch < 0.6 * size.width || pitch > 2.7 * size.width) continue;
        samples.push_back(sample);
        pitches.push_back(pitch);
    }
    if (samples.size() < 4) return std::nullopt;
    // Labels that wrap or are run into are outliers: the median over pairs of labels of different length bears them.
    std::vector<double> slopes;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const double difference = samples[i].length - samples[j].length;
            if (std::abs(difference) >= 2) slopes.push_back((samples[i].pixels - samples[j].pixels) / difference);
        }
    }
    const double plain = median(pitches);
    LabelPitch result{plain, 0};
    if (slopes.size() >= 6) result.pitch = std::clamp(median(slopes), 0.7 * plain, 1.05 * plain);
    std::vector<double> gaps;
    for (const Sample& sample : samples) gaps.push_back(sample.pixels - result.pitch * sample.length);
    result.gap = std::clamp(median(gaps), 0.0, 1.5 * plain);
    return result;
}

} // namespace dengji::layout
