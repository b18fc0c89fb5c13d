#include "pipeline/layout/cuts.h"

#include "pipeline/layout/runs.h"

namespace dengji::layout {
namespace {

/// Mean ink 5..7 pixels before and after each place.
struct Flanks {
    std::vector<float> before, after;
    explicit Flanks(const std::vector<float>& raw) : before(raw.size()), after(raw.size()) {
        const int n = static_cast<int>(raw.size());
        for (int i = 0; i < n; ++i)
            for (int k = 5; k <= 7; ++k) {
                if (i - k >= 0) before[static_cast<std::size_t>(i)] += raw[static_cast<std::size_t>(i - k)] / 3;
                if (i + k < n) after[static_cast<std::size_t>(i)] += raw[static_cast<std::size_t>(i + k)] / 3;
            }
    }
    float lighter(std::size_t i) const { return std::min(before[i], after[i]); }
    float darker(std::size_t i) const { return std::max(before[i], after[i]); }
};

/// Centre of a run of good places, weighted strongly by cover.
double centre_of(const Run& run, const std::vector<float>& cover) {
    double sum = 0, total = 0;
    for (int i = run.begin; i < run.end; ++i) {
        const double w = std::pow(cover[static_cast<std::size_t>(i)], 8);
        sum += w * i, total += w;
    }
    return total > 0 ? sum / total : (run.begin + run.end - 1) / 2.0;
}

float best_of(const Run& run, const std::vector<float>& cover) {
    return *std::max_element(cover.begin() + run.begin, cover.begin() + run.end);
}

/// Column cover where verticals may lean by a pixel or two: the best of a few shears, in eight blocks of rows.
std::vector<float> sheared_cover(const InkSums& ink, const cv::Rect& area) {
    constexpr int blocks = 8;
    std::array<std::vector<float>, blocks> parts;
    for (int b = 0; b < blocks; ++b)
        parts[static_cast<std::size_t>(b)] = ink.columns(area.x, area.x + area.width, area.y + area.height * b / blocks,
                                                         area.y + area.height * (b + 1) / blocks, true);
    std::vector<float> best(static_cast<std::size_t>(area.width)), sums(best.size());
    for (int shear = -3; shear <= 3; ++shear) {
        std::array<int, blocks> shift{};
        for (int b = 0; b < blocks; ++b)
            shift[static_cast<std::size_t>(b)] = static_cast<int>(std::lround(shear * ((b + .5) / blocks - .5)));
        std::fill(sums.begin(), sums.end(), 0.F);
        for (std::size_t b = 0; b < blocks; ++b) {
            const int from = std::max(0, -shift[b]), to = std::min(area.width, area.width - shift[b]);
            const float* part = parts[b].data() + shift[b];
            for (int x = from; x < to; ++x) sums[static_cast<std::size_t>(x)] += part[x];
        }
        for (std::size_t x = 0; x < sums.size(); ++x) best[x] = std::max(best[x], sums[x] / blocks);
    }
    return best;
}

/// Stretches along a line that are looked at one by one: about as long as the period of a dash, and at least four.
int stretches_in(int length) {
    return std::max(4, length / 16);
}

/// Where a faint or broken line runs through all of `stretches` (each the mean darkness along one stretch, for all
/// places across). Nearly every stretch is darker than the clean paper on both sides, and about as much as the others;
/// strokes of writing end, swell, or have others beside them. Gives the cover that a full line would have, 0 where
/// there is none.
std::vector<float> faint_line_cover(const std::vector<std::vector<float>>& stretches) {
    constexpr float least_contrast = 6, least_evenness = .35F, lopsided_limit = .12F;
    const std::size_t n = stretches.front().size(), count = stretches.size();
    const std::size_t tolerated = count / 6; // writing may lie on the line here and there
    std::vector<float> cover(n), contrasts(count);
    for (std::size_t i = 8; i + 8 < n; ++i) {
        float lopsided = 0;
        std::size_t bad = 0, seen = 0;
        for (const auto& d : stretches) {
            const float own = std::max({d[i - 1], d[i], d[i + 1]});
            const float before = (d[i - 5] + d[i - 6] + d[i - 7]) / 3, after = (d[i + 5] + d[i + 6] + d[i + 7]) / 3;
            const float contrast = own - std::max(before, after);
            if (contrast < least_contrast || std::max(before, after) > .2F * own + 6) {
                if (++bad > tolerated) break;
                continue;
            }
            contrasts[seen++] = contrast;
            lopsided += before - after;
        }
        if (bad > tolerated) continue;
        std::sort(contrasts.begin(), contrasts.begin() + static_cast<long>(seen));
        const float middle = contrasts[seen / 2];
        // The edge of a column of boxes has paper on one side and their tops and bottoms on the other.
        if (contrasts[0] >= least_evenness * middle &&
            std::abs(lopsided) / static_cast<float>(seen) <= lopsided_limit * middle + 1.5F)
            cover[i] = .94F;
    }
    return cover;
}

/// Marks the middles of faint lines as good places with nearly full cover.
void add_faint(const std::vector<std::vector<float>>& stretches, std::vector<float>& cover,
               std::vector<std::uint8_t>& good) {
    const auto faint = faint_line_cover(stretches);
    for (std::size_t i = 0; i < faint.size(); ++i)
        if (faint[i] > 0) {
            good[i] = 1;
            cover[i] = std::max(cover[i], faint[i]);
        }
}

cv::Rect clamped(const InkSums& ink, int x0, int x1, int y0, int y1) {
    return cv::Rect(x0, y0, std::max(0, x1 - x0), std::max(0, y1 - y0)) & cv::Rect(0, 0, ink.width(), ink.height());
}

/// Columns first or rows first, as deep as there are lines; leaves in reading order.
void split(const InkSums& ink, double x0, double x1, double y0, double y1, bool columns_first,
           std::vector<cv::Rect2d>& leaves) {
    const int ix0 = static_cast<int>(std::lround(x0)), ix1 = static_cast<int>(std::lround(x1));
    const int iy0 = static_cast<int>(std::lround(y0)), iy1 = static_cast<int>(std::lround(y1));
    for (const bool vertical : {columns_first, !columns_first}) {
        const auto cuts =
            vertical ? vertical_rules(ink, ix0, ix1, iy0, iy1) : horizontal_rules(ink, ix0, ix1, iy0, iy1);
        if (cuts.empty()) continue;
        double from = vertical ? x0 : y0;
        for (std::size_t i = 0; i <= cuts.size(); ++i) {
            const double to = i < cuts.size() ? cuts[i].at : vertical ? x1 : y1;
            if (vertical)
                split(ink, from, to, y0, y1, false, leaves);
            else
                split(ink, x0, x1, from, to, true, leaves);
            from = to;
        }
        return;
    }
    leaves.emplace_back(x0, y0, x1 - x0, y1 - y0);
}

} // namespace

std::vector<Cut> vertical_rules(const InkSums& ink, int x0, int x1, int y0, int y1, double threshold, int smallest) {
    const auto area = clamped(ink, x0 - 3, x1 + 4, y0 + 4, y1 - 3);
    if (area.height < 8 || area.width < 16) return {};
    const int right = area.x + area.width, bottom = area.y + area.height;
    auto cover = area.height < 90 ? ink.columns(area.x, right, area.y, bottom, true) : sheared_cover(ink, area);
    const Flanks flanks(ink.columns(area.x, right, area.y, bottom, false));
    std::vector<std::uint8_t> good(cover.size());
    for (std::size_t i = 0; i < cover.size(); ++i)
        good[i] = cover[i] >= static_cast<float>(threshold) && cover[i] - flanks.lighter(i) >= .5F &&
                  cover[i] - flanks.darker(i) >= .2F;
    if (ink.knows_grey() && area.height >= 24) {
        std::vector<std::vector<float>> stretches;
        const int count = stretches_in(area.height);
        for (int k = 0; k < count; ++k)
            stretches.push_back(ink.dark_columns(area.x, right, area.y + area.height * k / count,
                                                 area.y + area.height * (k + 1) / count));
        add_faint(stretches, cover, good);
    }
    std::vector<Cut> cuts;
    for (const auto& run : runs_of(good)) {
        const Cut cut{area.x + centre_of(run, cover), best_of(run, cover)};
        if (!cuts.empty() && cut.at - cuts.back().at < 8) {
            if (cut.cover > cuts.back().cover) cuts.back() = cut;
        } else
            cuts.push_back(cut);
    }
    std::erase_if(cuts, [&](const Cut& c) { return c.at < x0 + smallest || c.at > x1 - smallest; });
    return cuts;
}

std::vector<Cut> horizontal_rules(const InkSums& ink, int x0, int x1, int y0, int y1, double threshold, int smallest) {
    const auto area = clamped(ink, x0 + 4, x1 - 3, y0 - 8, y1 + 9);
    if (area.width < 24 || area.height < 16) return {};
    const int end = std::max(8, static_cast<int>(.12 * area.width));
    const int left_end = area.x + end, right = area.x + area.width, bottom = area.y + area.height;
    auto cover = ink.rows(area.x, right, area.y, bottom, true);
    const auto at_left = ink.rows(area.x, left_end, area.y, bottom, true),
               at_right = ink.rows(right - end, right, area.y, bottom, true);
    const Flanks flanks(ink.rows(area.x, right, area.y, bottom, false));
    std::vector<std::uint8_t> good(cover.size());
    for (std::size_t i = 0; i < cover.size(); ++i)
        good[i] = std::min(at_left[i], at_right[i]) >= .35F &&
                  ((cover[i] >= .85F && flanks.darker(i) <= .5F) ||
                   (cover[i] >= static_cast<float>(threshold) && flanks.darker(i) <= .2F));
    if (ink.knows_grey() && area.width >= 40) {
        std::vector<std::vector<float>> stretches;
        const int count = stretches_in(area.width);
        for (int k = 0; k < count; ++k)
            stretches.push_back(
                ink.dark_rows(area.x + area.width * k / count, area.x + area.width * (k + 1) / count, area.y, bottom));
        add_faint(stretches, cover, good);
    }
    std::vector<Cut> cuts;
    for (const auto& run : runs_of(good)) {
        const Cut cut{area.y + centre_of(run, cover), best_of(run, cover)};
        if (cuts.empty() || cut.at - cuts.back().at >= 8) cuts.push_back(cut);
    }
    std::erase_if(cuts, [&](const Cut& c) { return c.at < y0 + smallest || c.at > y1 - smallest; });
    return cuts;
}

double frame_side_near(const InkSums& ink, double x, int y0, int y1) {
    const auto area = clamped(ink, static_cast<int>(x) - 14, static_cast<int>(x) + 15, y0 + 4, y1 - 3);
    if (area.empty()) return x;
    const auto cover = ink.columns(area.x, area.x + area.width, area.y, area.y + area.height, true);
    const float best = *std::max_element(cover.begin(), cover.end());
    if (best < .75F) return x;
    double sum = 0;
    int count = 0;
    for (std::size_t i = 0; i < cover.size(); ++i)
        if (cover[i] >= best - .02F) sum += static_cast<double>(i), ++count;
    return area.x + sum / count;
}

BandCells cut_band(const InkSums& ink, double x0, double x1, double y0, double y1) {
    const auto cuts = vertical_rules(ink, static_cast<int>(std::lround(x0)), static_cast<int>(std::lround(x1)),
                                     static_cast<int>(std::lround(y0)), static_cast<int>(std::lround(y1)));
    BandCells columns;
    double from = x0;
    for (std::size_t i = 0; i <= cuts.size(); ++i) {
        const double to = i < cuts.size() ? cuts[i].at : x1;
        columns.emplace_back();
        split(ink, from, to, y0, y1, cuts.empty(), columns.back());
        from = to;
    }
    return columns;
}

} // namespace dengji::layout
