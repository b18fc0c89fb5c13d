#include "pipeline/layout/frame.h"

#include "pipeline/layout/polynomial.h"

namespace dengji::layout {
namespace {

/// Rows closer than this are one line printed double.
constexpr double smallest_row = 14;

/// Does the ink beside a line belong to it? Frames are printed double or bold: past the other line is paper again,
/// while the edge of something dark has only more of it.
bool is_double_or_bold(const cv::Mat& ink, const FullLine& line, const LineQuality& quality) {
    constexpr int nearest = 10, furthest = 13; // pixels from the line: past the other one
    if (quality.cover < (quality.lighter_side > .1 ? .95 : .85)) return false;
    const int from = std::max(0, static_cast<int>(line.left)),
              to = std::min(ink.cols - 1, static_cast<int>(line.right));
    double above = 0, below = 0;
    for (int x = from; x <= to; ++x) {
        const int y = std::clamp(static_cast<int>(std::lround(line.curve(x))), furthest, ink.rows - 1 - furthest);
        for (int k = nearest; k <= furthest; ++k) above += ink.ptr(y - k)[x], below += ink.ptr(y + k)[x];
    }
    return std::max(above, below) <= .3 * (furthest - nearest + 1) * (to - from + 1);
}

std::vector<FullLine> candidates(const cv::Mat& ink, const std::vector<Track>& tracks) {
    std::vector<FullLine> lines;
    for (const auto& track : tracks) {
        const double span = track.span();
        if (span * strip_width < .3 * ink.cols || static_cast<double>(track.strips.size()) / span < .55) continue;
        Curve curve(track);
        const auto [left, right] = line_ends(ink, curve);
        const auto quality = line_quality(ink, curve, left, right);
        if (quality.cover < .55 && !(quality.cover > .4 && quality.darker_side < .06)) continue;
        FullLine line{std::move(curve), static_cast<double>(left), static_cast<double>(right), quality.cover};
        const bool alone = quality.cover - quality.lighter_side >= .35 && quality.cover - quality.darker_side >= .2;
        if (!alone && !is_double_or_bold(ink, line, quality)) continue;
        lines.push_back(std::move(line));
    }
    return lines;
}

double length(const FullLine& line) {
    return line.right - line.left;
}

/// The usual length of the long lines.
double reference_length(const std::vector<FullLine>& lines) {
    double longest = 0;
    for (const auto& line : lines) longest = std::max(longest, length(line));
    std::vector<double> lengths;
    for (const auto& line : lines)
        if (length(line) > .6 * longest) lengths.push_back(length(line));
    std::sort(lengths.begin(), lengths.end());
    return lengths[static_cast<std::size_t>(.7 * static_cast<double>(lengths.size() - 1))];
}

/// Ends of lines this close to a common side lie on it, in pixels.
constexpr double end_tolerance = 8;

/// The largest set of line ends that lie on one straight side: 1 for those that do, 0 for the others.
std::vector<double> ends_together(const std::vector<double>& y, const std::vector<double>& x) {
    constexpr double steepest = .2; // dx/dy of a frame's side
    std::vector<double> best(x.size());
    long most = 0;
    for (std::size_t i = 0; i < x.size(); ++i)
        for (std::size_t j = i + 1; j < x.size(); ++j) {
            const double slope = (x[j] - x[i]) / (y[j] - y[i]);
            if (!(std::abs(slope) <= steepest)) continue;
            std::vector<double> on(x.size());
            for (std::size_t k = 0; k < x.size(); ++k)
                on[k] = std::abs(x[i] + slope * (y[k] - y[i]) - x[k]) <= end_tolerance;
            const auto count = std::count(on.begin(), on.end(), 1);
            if (count > most) most = count, best = std::move(on);
        }
    return best;
}

/// One side of the frame as x(y): smooth through the lines' ends, ends that stop short or run on are outvoted.
std::vector<double> frame_side(const std::vector<FullLine>& lines, bool right) {
    std::vector<double> x, y;
    for (const auto& line : lines) {
        x.push_back(right ? line.right : line.left);
        y.push_back(line.curve(x.back()));
    }
    const int degree = lines.size() >= 8 ? 2 : lines.size() >= 3 ? 1 : 0;
    const auto first = fit_polynomial(y, x, {}, std::min(degree, 1));
    std::vector<double> residuals;
    for (std::size_t i = 0; i < x.size(); ++i) residuals.push_back(x[i] - first(y[i]));
    auto sorted = residuals;
    std::nth_element(sorted.begin(), sorted.begin() + static_cast<long>(sorted.size() / 2), sorted.end());
    const double middle = sorted[sorted.size() / 2];
    std::vector<double> weights;
    for (double r : residuals) weights.push_back(1 / (1 + (r - middle) * (r - middle) / 36));
    auto fit = fit_robustly(y, x, degree, 4, 8, 2, weights);
    // Where most ends run on into a desk or a dark margin, those that end together know better than the mean.
    long near_fit = 0;
    for (std::size_t i = 0; i < x.size(); ++i) near_fit += std::abs(x[i] - fit(y[i])) <= end_tolerance;
    if (2 * near_fit < static_cast<long>(x.size())) {
        const auto together = ends_together(y, x);
        if (std::count(together.begin(), together.end(), 1) > near_fit + 1)
            fit = fit_polynomial(y, x, together, degree);
    }
    std::vector<double> side;
    for (double v : y) side.push_back(fit(v));
    return side;
}

/// Both ends must be there: a line over part of the width is not a full one.
bool reaches(const cv::Mat& ink, const Curve& curve, double from, double to) {
    from = std::max(0.0, from);
    to = std::min(ink.cols - 2.0, to);
    if (to - from < 10) return true;
    const auto q = line_quality(ink, curve, from, to);
    return (q.cover >= .5 && q.lighter_side <= .3) || (q.cover >= .28 && q.lighter_side <= .08);
}

} // namespace

std::vector<FullLine> full_width_lines(const cv::Mat& ink, const std::vector<Track>& tracks) {
    auto lines = candidates(ink, tracks);
    if (lines.size() < 2) return {};
    const double reference = reference_length(lines);
    std::erase_if(lines, [&](const FullLine& line) { return length(line) <= .88 * reference; });
    if (lines.size() < 2) return {};
    const auto left = frame_side(lines, false), right = frame_side(lines, true);
    std::vector<FullLine> full;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].left > left[i] + .25 * reference || lines[i].right < right[i] - .25 * reference) continue;
        const double end = .1 * (right[i] - left[i]);
        if (!reaches(ink, lines[i].curve, left[i] + 3, left[i] + end)) continue;
        if (!reaches(ink, lines[i].curve, right[i] - end, right[i] - 3)) continue;
        full.push_back({lines[i].curve, left[i], right[i], lines[i].cover});
    }
    std::sort(full.begin(), full.end(), [](const FullLine& a, const FullLine& b) {
        return a.curve((a.left + a.right) / 2) < b.curve((b.left + b.right) / 2);
    });
    for (std::size_t k = 1; k < full.size();) {
        const double from = std::max(full[k].left, full[k - 1].left), to = std::min(full[k].right, full[k - 1].right);
        std::vector<double> distances;
        for (int i = 0; i < 9; ++i) {
            const double x = from + (to - from) * i / 8;
            distances.push_back(full[k].curve(x) - full[k - 1].curve(x));
        }
        std::nth_element(distances.begin(), distances.begin() + 4, distances.end());
        if (distances[4] >= smallest_row) {
            ++k;
            continue;
        }
        // Of a double frame the inner line, which the columns' lines reach; else the better one.
        const bool outer_is_upper = k == 1, outer_is_lower = k + 1 == full.size();
        const bool drop_upper = outer_is_upper != outer_is_lower ? outer_is_upper : full[k].cover >= full[k - 1].cover;
        full.erase(full.begin() + static_cast<long>(drop_upper ? k - 1 : k));
    }
    return full;
}

} // namespace dengji::layout
