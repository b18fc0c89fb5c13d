#include "pipeline/layout/box_outline_fit.h"

#include <algorithm>
#include <cmath>

namespace dengji::layout {

OutlineFit::Span::Span(int side_length) : length(side_length) {
    const int inset = length / 5, from = inset, to = length - inset;
    const Pixels below_to = to >= 64 ? ~Pixels{0} : (Pixels{1} << std::max(0, to)) - 1;
    judged = to > from ? below_to & (~Pixels{0} << from) : 0;
    for (std::size_t count = 0; count < shares.size(); ++count)
        shares[count] = to > from ? static_cast<double>(count) / (to - from) : 0;
}

OutlineFit::OutlineFit(const cv::Mat& area, const OutlineSize& size, double least_side, double least_score)
    : rows_(area), columns_(area.t()), width_(size.width), height_(size.height),
      play_(std::max(1, cvRound(0.06 * size.width))), flank_(cvRound(size.stroke) + 3), least_side_(least_side),
      least_score_(least_score), nominal_width_(cvRound(size.width)) {
    for (int more = -play_; more <= play_; ++more) {
        widths_.emplace_back(cvRound(width_) + more);
        heights_.emplace_back(cvRound(height_) + more);
    }
}

OutlineFit::Pixels OutlineFit::pixels(const BitRows& lines, int line, int from) {
    return line < 0 || line >= lines.height() ? 0 : lines.from(line, from);
}

OutlineFit::Side OutlineFit::Lines::side(int line, int from, int inwards) const {
    return {pixels(thick, line, from), pixels(own, line, from), pixels(own, line + 2 * inwards, from)};
}

Outline OutlineFit::best_at(cv::Point corner) const {
    Outline best;
    if (nominal_width_.share(pixels(rows_.thick, corner.y - 1, corner.x)) < least_side_) return best;
    for (const Span& tall : heights_) {
        if (nominal_width_.share(pixels(rows_.thick, corner.y + tall.length, corner.x)) < least_side_) continue;
        const Outline other = best_under(corner, tall, best.score);
        if (other.score > best.score) best = other;
    }
    return best;
}

/// The best box of one height, when it is better than `best_score`.
Outline OutlineFit::best_under(cv::Point corner, const Span& tall, double best_score) const {
    Outline best;
    best.score = best_score;
    const int x = corner.x, y = corner.y;
    const Side left = columns_.side(x - 1, y, 1);
    const double left_cover = tall.share(left.thick);
    // Even with all other sides whole, too little is left.
    if (0.6 * left_cover + 0.1 * (left_cover + 3) + 1e-9 < std::max(best_score, least_score_)) return best;
    const Side top = rows_.side(y - 1, x, 1), bottom = rows_.side(y + tall.length, x, -1);
    const Pixels beside = pixels(columns_.own, x - 1 - flank_, y), above = pixels(rows_.own, y - 1 - flank_, x),
                 below = pixels(rows_.own, y + tall.length + flank_, x);
    for (const Span& wide : widths_) {
        const double off_size = 0.01 * (std::abs(wide.length - width_) + std::abs(tall.length - height_));
        const double least = std::max(best.score, least_score_) + off_size;
        const double sides[] = {left_cover, tall.share(pixels(columns_.thick, x + wide.length, y)),
                                wide.share(top.thick), wide.share(bottom.thick)};
        const double weakest = *std::min_element(std::begin(sides), std::end(sides));
        double score = 0.6 * weakest + 0.1 * (sides[0] + sides[1] + sides[2] + sides[3]);
        if (score < least) continue; // all that follows only lowers it
        const Side right = columns_.side(x + wide.length, y, -1);
        score -= 0.25 * (tall.share(beside) + wide.share(above) + wide.share(below));
        // Within the tolerance of a pixel, settle on the place where the outline itself is, and no outline just inside.
        score +=
            0.05 * (tall.share(left.own) + tall.share(right.own) + wide.share(top.own) + wide.share(bottom.own) - 4);
        score -= 0.03 *
                 (tall.share(left.inner) + tall.share(right.inner) + wide.share(top.inner) + wide.share(bottom.inner));
        score -= off_size;
        if (score > best.score) best = {cv::Rect(x, y, wide.length, tall.length), score, false, 0};
    }
    return best;
}

} // namespace dengji::layout
