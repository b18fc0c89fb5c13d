#include "pipeline/layout/ruling_lines.h"

#include "pipeline/layout/bit_rows.h"
#include "pipeline/layout/polynomial.h"

#include <bit>
#include <numeric>

namespace dengji::layout {
namespace {

/// Of the three rows 6..8 pixels away, in ink pixels (at most 96).
constexpr int flank_limit_light = 33, flank_limit_dark = 72;
/// Covered pixels of 32 that make a peak; dotted rules reach only the second, on clean paper.
constexpr int cover_limit = 18, cover_limit_dotted = 11, flank_limit_dotted = 5;

double slope_of_tail(const Track& track, bool at_front, double& mean_strip, double& mean_height) {
    const std::size_t n = std::min<std::size_t>(track.strips.size(), 8);
    const std::size_t from = at_front ? 0 : track.strips.size() - n;
    mean_strip = mean_height = 0;
    for (std::size_t i = from; i < from + n; ++i) mean_strip += track.strips[i], mean_height += track.heights[i];
    mean_strip /= static_cast<double>(n);
    mean_height /= static_cast<double>(n);
    double num = 0, den = 0;
    for (std::size_t i = from; i < from + n; ++i) {
        const double d = track.strips[i] - mean_strip;
        num += d * (track.heights[i] - mean_height);
        den += d * d;
    }
    return den > 0 ? num / den : 0;
}

/// Height that the track's end (or front) leads one to expect in a strip.
double predicted(const Track& track, int strip, bool from_front) {
    if (track.strips.size() < 3) return from_front ? track.heights.front() : track.heights.back();
    double mean_strip, mean_height;
    const double slope = slope_of_tail(track, from_front, mean_strip, mean_height);
    return mean_height + slope * (strip - mean_strip);
}

std::vector<Track> chain(const std::vector<std::vector<double>>& peaks) {
    constexpr int longest_gap = 5;
    constexpr double steepest = .13;
    std::vector<Track> active, done;
    for (int strip = 0; strip < static_cast<int>(peaks.size()); ++strip) {
        const auto& heights = peaks[static_cast<std::size_t>(strip)];
        std::vector<bool> used(heights.size());
        std::stable_sort(active.begin(), active.end(),
                         [](const Track& a, const Track& b) { return a.strips.size() > b.strips.size(); });
        std::vector<Track> still;
        for (auto& track : active) {
            const int gap = strip - track.strips.back();
            const bool is_short = track.strips.size() < 3;
            if (gap > longest_gap || (is_short && gap > 2)) {
                done.push_back(std::move(track));
                continue;
            }
            const double expected = predicted(track, strip, false);
            const double tolerance = is_short ? steepest * strip_width * gap : 2 + .7 * gap;
            const auto after = std::lower_bound(heights.begin(), heights.end(), expected);
            auto nearest = after;
            if (after == heights.end() || (after != heights.begin() && expected - *(after - 1) < *after - expected))
                nearest = after == heights.begin() ? heights.end() : after - 1;
            if (nearest != heights.end()) {
                const auto i = static_cast<std::size_t>(nearest - heights.begin());
                if (std::abs(*nearest - expected) <= tolerance && !used[i]) {
                    used[i] = true;
                    track.strips.push_back(strip);
                    track.heights.push_back(*nearest);
                }
            }
            still.push_back(std::move(track));
        }
        active = std::move(still);
        for (std::size_t i = 0; i < heights.size(); ++i)
            if (!used[i]) active.push_back({{strip}, {heights[i]}});
    }
    for (auto& track : active) done.push_back(std::move(track));
    std::erase_if(done, [](const Track& t) {
        return t.strips.size() < 3 || static_cast<double>(t.strips.size()) / t.span() < .5;
    });
    return done;
}

/// How badly two pieces of a line miss each other across the gap, in pixels.
double mismatch(const Track& left, const Track& right) {
    const double forwards = std::abs(predicted(left, right.strips.front(), false) - right.heights.front());
    const double backwards = std::abs(predicted(right, left.strips.back(), true) - left.heights.back());
    if (std::min(left.strips.size(), right.strips.size()) >= 4) return std::max(forwards, backwards);
    return left.strips.size() >= right.strips.size() ? forwards : backwards;
}

void append(Track& left, const Track& right) {
    for (std::size_t i = 0; i < right.strips.size(); ++i) {
        if (right.strips[i] <= left.strips.back()) continue;
        left.strips.push_back(right.strips[i]);
        left.heights.push_back(right.heights[i]);
    }
}

void join_collinear(std::vector<Track>& tracks) {
    std::sort(tracks.begin(), tracks.end(),
              [](const Track& a, const Track& b) { return a.strips.front() < b.strips.front(); });
    for (std::size_t i = 0; i < tracks.size(); ++i) {
        for (;;) {
            int best_gap = 1 << 20;
            std::size_t best = tracks.size();
            for (std::size_t j = 0; j < tracks.size(); ++j) {
                const Track &left = tracks[i], &right = tracks[j];
                if (j == i || right.strips.front() <= left.strips.back() - 1) continue;
                const int gap = right.strips.front() - left.strips.back();
                if (gap > 24 || gap > 1.5 * static_cast<double>(std::max(left.strips.size(), right.strips.size())))
                    continue;
                if (mismatch(left, right) <= 2.5 + .35 * gap && gap < best_gap) best_gap = gap, best = j;
            }
            if (best == tracks.size()) break;
            append(tracks[i], tracks[best]);
            tracks.erase(tracks.begin() + static_cast<long>(best));
            if (best < i) --i;
        }
    }
}

} // namespace

std::vector<std::vector<double>> strip_peaks(const cv::Mat& ink) {
    const BitRows bits(ink);
    const int n = ink.cols / strip_width, height = ink.rows;
    std::vector<std::uint8_t> own(static_cast<std::size_t>(height) * n), thick(own.size());
    for (int y = 0; y < height; ++y) {
        const int up = std::max(0, y - 1), down = std::min(height - 1, y + 1);
        for (int s = 0; s < n; ++s) {
            const auto at = static_cast<std::size_t>(y) * n + s;
            own[at] = static_cast<std::uint8_t>(std::popcount(bits.strip(y, s)));
            thick[at] =
                static_cast<std::uint8_t>(std::popcount(bits.strip(y, s) | bits.strip(up, s) | bits.strip(down, s)));
        }
    }
    const auto count = [&](int y, int s) { return static_cast<int>(own[static_cast<std::size_t>(y) * n + s]); };
    std::vector<std::vector<double>> peaks(static_cast<std::size_t>(n));
    for (int y = 9; y < height - 9; ++y) {
        for (int s = 0; s < n; ++s) {
            const int cover = thick[static_cast<std::size_t>(y) * n + s];
            if (cover < cover_limit_dotted) continue;
            bool highest = true;
            for (int k = 1; k <= 3 && highest; ++k)
                highest = thick[static_cast<std::size_t>(y - k) * n + s] <= cover &&
                          thick[static_cast<std::size_t>(y + k) * n + s] <= cover;
            if (!highest) continue;
            const int above = count(y - 8, s) + count(y - 7, s) + count(y - 6, s);
            const int below = count(y + 8, s) + count(y + 7, s) + count(y + 6, s);
            const bool isolated =
                std::min(above, below) <= flank_limit_light && std::max(above, below) <= flank_limit_dark;
            const bool dotted = std::max(above, below) <= flank_limit_dotted;
            if (cover >= cover_limit ? !isolated : !dotted) continue;
            int weighted = 0, total = 0;
            for (int k = -3; k <= 3; ++k) weighted += k * count(y + k, s), total += count(y + k, s);
            const double middle = y + static_cast<double>(weighted) / std::max(1, total);
            auto& found = peaks[static_cast<std::size_t>(s)];
            if (!found.empty() && middle - found.back() < 3)
                found.back() = (found.back() + middle) / 2;
            else
                found.push_back(middle);
        }
    }
    return peaks;
}

std::vector<Track> link_peaks(const std::vector<std::vector<double>>& peaks) {
    auto tracks = chain(peaks);
    join_collinear(tracks);
    return tracks;
}

double common_slope(const std::vector<Track>& tracks) {
    std::vector<std::pair<double, std::size_t>> slopes; // slope, weight
    std::size_t total = 0;
    for (const auto& track : tracks) {
        if (track.strips.size() < 6) continue;
        slopes.emplace_back(track.slope(), track.strips.size());
        total += track.strips.size();
    }
    if (total < 60) return 0;
    std::sort(slopes.begin(), slopes.end());
    std::size_t passed = 0;
    for (const auto& [slope, weight] : slopes) {
        passed += weight;
        if (2 * passed >= total) return slope;
    }
    return 0;
}

double common_convergence(const std::vector<Track>& tracks, int height) {
    constexpr std::size_t long_enough = 10, enough = 6;
    constexpr double spread = .4; // share of the page's height
    std::vector<double> ys, slopes, weights;
    for (const auto& track : tracks) {
        if (track.strips.size() < long_enough) continue;
        ys.push_back(track.middle());
        slopes.push_back(track.slope());
        weights.push_back(static_cast<double>(track.strips.size()));
    }
    if (ys.size() < enough) return 0;
    const auto [top, bottom] = std::minmax_element(ys.begin(), ys.end());
    if (*bottom - *top < spread * height) return 0;
    const auto fit = fit_robustly(ys, slopes, 1, .004, 8, 2, weights);
    return (fit(*bottom) - fit(*top)) / (*bottom - *top);
}

Curve::Curve(std::vector<double> x, std::vector<double> y) : x_(std::move(x)), y_(std::move(y)) {
    fit_ends();
}

Curve::Curve(const Track& track) {
    for (std::size_t i = 0; i < track.strips.size(); ++i) {
        x_.push_back(track.strips[i] * strip_width + (strip_width - 1) / 2.0);
        y_.push_back(track.heights[i]);
    }
    if (x_.size() >= 5) {
        // Peaks that a robust fit does not explain are text or stains.
        const auto fit = fit_robustly(x_, y_, x_.size() >= 12 ? 3 : 1, 1.5, 3, 1);
        std::vector<double> x, y;
        for (std::size_t i = 0; i < x_.size(); ++i)
            if (std::abs(y_[i] - fit(x_[i])) <= 3) x.push_back(x_[i]), y.push_back(y_[i]);
        if (x.size() >= 4) x_ = std::move(x), y_ = std::move(y);
        if (y_.size() >= 5) {
            const auto old = y_;
            const std::size_t n = old.size();
            for (std::size_t i = 0; i < n; ++i) {
                const double before = i == 0 ? 2 * old[0] - old[1] : old[i - 1];
                const double after = i + 1 == n ? 2 * old[n - 1] - old[n - 2] : old[i + 1];
                y_[i] = (before + 2 * old[i] + after) / 4;
            }
        }
    }
    fit_ends();
}

void Curve::fit_ends() {
    const std::size_t n = std::min<std::size_t>(x_.size(), 8);
    const auto left = fit_polynomial({x_.begin(), x_.begin() + static_cast<long>(n)},
                                     {y_.begin(), y_.begin() + static_cast<long>(n)}, {}, 1);
    const auto right =
        fit_polynomial({x_.end() - static_cast<long>(n), x_.end()}, {y_.end() - static_cast<long>(n), y_.end()}, {}, 1);
    left_slope_ = left(x_.front() + 1) - left(x_.front());
    right_slope_ = right(x_.back() + 1) - right(x_.back());
    left_y_ = y_.front();
    right_y_ = y_.back();
}

double Curve::operator()(double x) const {
    if (x <= x_.front()) return left_y_ + left_slope_ * (x - x_.front());
    if (x >= x_.back()) return right_y_ + right_slope_ * (x - x_.back());
    const auto after = std::upper_bound(x_.begin(), x_.end(), x);
    const auto i = static_cast<std::size_t>(after - x_.begin());
    const double t = (x - x_[i - 1]) / (x_[i] - x_[i - 1]);
    return y_[i - 1] + t * (y_[i] - y_[i - 1]);
}

namespace {

/// Ink on the line and beside it at one column. Heights at which the flanks would leave the image are not looked at.
struct Sample {
    bool on;
    double above, below;
};

Sample sample(const cv::Mat& ink, int x, int y) {
    const auto at = [&](int dy) { return static_cast<int>(ink.ptr(y + dy)[x]); };
    return {(at(-1) | at(0) | at(1)) != 0, (at(-5) + at(-6) + at(-7)) / 3.0, (at(5) + at(6) + at(7)) / 3.0};
}

int walk_to_end(const cv::Mat& ink, const Curve& line, int start, int step) {
    constexpr int window = 24, longest_miss = 60;
    std::vector<Sample> samples;
    for (int x = start; x >= 0 && x < ink.cols; x += step) {
        const int y = static_cast<int>(std::lround(line(x)));
        if (y < 9 || y >= ink.rows - 9) break;
        samples.push_back(sample(ink, x, y));
    }
    if (samples.empty()) return start;
    const int n = static_cast<int>(samples.size());
    int last = 0, missed = 0;
    for (int i = 0; i < n; i += window) {
        const int end = std::min(n, i + window), length = end - i;
        double on = 0, above = 0, below = 0;
        for (int k = i; k < end; ++k) {
            const auto& s = samples[static_cast<std::size_t>(k)];
            on += s.on, above += s.above, below += s.below;
        }
        on /= length;
        const double lighter = std::min(above, below) / length;
        const bool bold = on >= .98 && lighter <= .7;
        if (bold || (on >= .55 && lighter <= .3)) {
            missed = 0;
            for (int k = i; k < end; ++k)
                if (samples[static_cast<std::size_t>(k)].on) last = k;
        } else {
            if (on < .4 && i > 0 && missed == 0) {
                // The last window: ink that still hangs on to the line.
                int k = i;
                while (k < end && k <= i + 7 && !samples[static_cast<std::size_t>(k)].on) ++k;
                if (k <= i + 7)
                    while (k < end && samples[static_cast<std::size_t>(k)].on) last = k++;
            }
            missed += length;
        }
        if (missed > longest_miss) break;
    }
    return start + step * last;
}

} // namespace

LineQuality line_quality(const cv::Mat& ink, const Curve& line, double x0, double x1) {
    const int from = std::max(0, static_cast<int>(x0)), to = std::min(ink.cols - 1, static_cast<int>(x1));
    if (to < from || ink.rows < 20) return {};
    double on = 0, above = 0, below = 0;
    for (int x = from; x <= to; ++x) {
        const int y = std::clamp(static_cast<int>(std::lround(line(x))), 9, ink.rows - 10);
        const auto s = sample(ink, x, y);
        on += s.on, above += s.above, below += s.below;
    }
    const double n = to - from + 1;
    return {on / n, std::min(above, below) / n, std::max(above, below) / n};
}

std::pair<int, int> line_ends(const cv::Mat& ink, const Curve& line) {
    return {walk_to_end(ink, line, static_cast<int>(line.first_x() + 8), -1),
            walk_to_end(ink, line, static_cast<int>(line.last_x() - 8), 1)};
}

} // namespace dengji::layout
