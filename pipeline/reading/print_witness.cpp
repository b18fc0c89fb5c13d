#include "pipeline/reading/print_witness.h"

#include "pipeline/layout/glyphs.h"
#include "pipeline/layout/median.h"
#include "pipeline/reading/picture_correlation.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace dengji::reading {
namespace {

constexpr double em_drawn = 32;                 // of texts, before they are fitted
constexpr double reduction = 0.65;              // of the line's image: enough to tell characters apart, and quick
constexpr double softness = 1.2;                // makes strokes out of broken strokes
constexpr int room_beside = 16, room_above = 5; // pixels
constexpr int lost_at_an_end = 12;              // of the ink: strokes of half a character
constexpr int slack = 3;                        // pixels that a character may be off its place
constexpr int narrowest_difference = 16;        // of a digit and a little: less says nothing by itself
constexpr int differs = 15;                     // levels between two drawn texts that is no mere blur
// Of 224 drawn and 56 development sheets no handwriting was that like print, in the median of its lines; neat one on a
// worn scan comes to 0.953, but its characters are of uneven size.
constexpr double surely_print = 0.965, worn_print = 0.935, even_sizes = 0.032;
constexpr double good_fit = 0.9, better_fit = 0.03;
constexpr double no_contrast = 4;           // levels
constexpr int wear_levels[] = {0, 60, 110}; // of 255: what a scan loses
constexpr std::size_t likely_fonts = 2, choosers = 3;
// Around what the width of the ink says; strokes may be lost at its ends.
constexpr double rough_sizes[] = {-0.05, -0.025, 0, 0.025, 0.05};
constexpr double fine_sizes[] = {-0.06, -0.045, -0.03, -0.015, 0, 0.015, 0.03, 0.045, 0.06};
constexpr double known_sizes[] = {-0.03, -0.015, 0, 0.015, 0.03};

/// What correlations need to know of a picture (CV_8UC1).
struct Sums {
    double count, sum, squares;
    explicit Sums(const cv::Mat& picture)
        : count(static_cast<double>(picture.total())), sum(cv::sum(picture)[0]), squares(picture.dot(picture)) {}
    double contrast() const { return std::max(0.0, squares - sum * sum / count); }
    bool blank() const { return contrast() < no_contrast * no_contrast * count; }
};

/// Correlation of two pictures as they lie. Where one is blank, they are only alike when the other one is.
double correlation(const cv::Mat& a, const Sums& of_a, const cv::Mat& b, const Sums& of_b) {
    if (of_a.blank() || of_b.blank()) return of_a.blank() && of_b.blank() ? 1 : 0;
    const double product = a.dot(b) - of_a.sum * of_b.sum / of_a.count;
    return std::max(0.0, product / std::sqrt(of_a.contrast() * of_b.contrast()));
}

/// A line's darkness with paper around it.
struct Line {
    cv::Mat darkness;
    double ink_from, ink_to, scale; ///< as of the WideLine, in pixels of `darkness`
    Sums sums;

    explicit Line(const WideLine& line)
        : darkness(padded(line.image)), ink_from(line.ink_from * reduction + room_beside),
          ink_to(line.ink_to * reduction + room_beside), scale(line.scale * reduction), sums(darkness) {}

    double ink_width() const { return std::max(1.0, ink_to - ink_from); }

    /// Where a text of this width may lie: over the ink, or the ink over it.
    cv::Range columns_for(int width) const {
        const int from = static_cast<int>(std::min(ink_from, ink_to - width)) - lost_at_an_end,
                  to = static_cast<int>(std::max(ink_to, ink_from + width)) + lost_at_an_end;
        return {std::max(0, from), std::min(darkness.cols, to)};
    }

    /// Lines are framed by their height: a text lies near the middle.
    cv::Range rows_for(int height) const {
        const int from = (darkness.rows - height) / 2 - room_above, to = from + height + 2 * room_above;
        return {std::max(0, from), std::min(darkness.rows, to)};
    }

private:
    static cv::Mat padded(const cv::Mat& image) {
        cv::Mat darkness;
        cv::resize(255 - image, darkness, {}, reduction, reduction, cv::INTER_AREA);
        cv::copyMakeBorder(darkness, darkness, room_above, room_above, room_beside, room_beside, cv::BORDER_CONSTANT,
                           cv::Scalar(0));
        cv::GaussianBlur(darkness, darkness, {}, softness);
        return darkness;
    }
};

/// A text drawn in a size where it fits the line best.
struct Fit {
    cv::Mat paper; ///< of the line's size
    double likeness = 0;
    double em = 0;
    cv::Point place;
};

/// Worn: a scan in two tones loses what is paler than a level, first the thin strokes.
cv::Mat worn(const layout::WordPicture& drawn, int level) {
    cv::Mat picture;
    cv::subtract(drawn.darkness, cv::Scalar(level), picture);
    picture.convertTo(picture, CV_8U, 255. / (255 - level));
    return picture;
}

cv::Mat in_size(const cv::Mat& drawn, double em) {
    const double scale = em / em_drawn;
    const cv::Size size(std::max(2, static_cast<int>(std::lround(drawn.cols * scale))),
                        std::max(2, static_cast<int>(std::lround(drawn.rows * scale))));
    // With paper around it: the ink ends where the text does, and what lies beyond speaks against it.
    constexpr int margin = 2;
    cv::Mat picture;
    cv::resize(drawn, picture, size, 0, 0, scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
    cv::copyMakeBorder(picture, picture, margin, margin, margin, margin, cv::BORDER_CONSTANT, cv::Scalar(0));
    cv::GaussianBlur(picture, picture, {}, softness);
    return picture;
}

/// The text on paper of the line's size, at a place.
Fit laid(const cv::Mat& picture, const cv::Point& place, double em, const Line& line) {
    Fit fit{cv::Mat(line.darkness.size(), CV_8UC1, cv::Scalar(0)), 0, em, place};
    picture.copyTo(fit.paper(cv::Rect(place, picture.size())));
    // Beside the text there must be nothing: a part of a longer text fits as well as the whole.
    fit.likeness = correlation(fit.paper, Sums(fit.paper), line.darkness, line.sums);
    return fit;
}

template <typename Sizes>
Fit fitted(const cv::Mat& drawn, const Line& line, double em, const Sizes& sizes) {
    Fit best;
    for (const double larger : sizes) {
        const double size = em * (1 + larger);
        cv::Mat picture = in_size(drawn, size);
        const cv::Range columns = line.columns_for(picture.cols);
        if (picture.rows > line.darkness.rows || picture.cols > columns.size()) continue;
        const cv::Range rows = line.rows_for(picture.rows);
        const cv::Point place = best_place(picture, line.darkness(rows, columns)).place;
        Fit fit = laid(picture, place + cv::Point(columns.start, rows.start), size, line);
        if (fit.likeness > best.likeness) best = std::move(fit);
    }
    return best;
}

/// The columns in which two drawn texts differ.
cv::Range difference(const cv::Mat& a, const cv::Mat& b) {
    cv::Mat columns, apart;
    cv::absdiff(a, b, apart);
    cv::reduce(apart, columns, 0, cv::REDUCE_MAX);
    int from = columns.cols, to = 0;
    for (int x = 0; x < columns.cols; ++x)
        if (columns.at<uchar>(x) > differs) from = std::min(from, x), to = x + 1;
    if (from >= to) return {0, 0};
    const int missing = std::max(0, narrowest_difference - (to - from));
    return {std::max(0, from - missing / 2), std::min(columns.cols, to + missing / 2)};
}

double likeness_within(const cv::Mat& paper, const cv::Mat& line, const cv::Range& columns) {
    const cv::Mat part = paper.colRange(columns);
    const Sums of_part(part);
    double best = 0;
    for (int x = std::max(-slack, -columns.start); x <= slack && columns.end + x <= line.cols; ++x) {
        const cv::Mat there = line.colRange(columns.start + x, columns.end + x);
        best = std::max(best, correlation(part, of_part, there, Sums(there)));
    }
    return best;
}

} // namespace

PrintWitness::PrintWitness(const std::vector<ClearLine>& lines) {
    struct Taught {
        Line line;
        std::string text;
    };
    std::vector<Taught> taught;
    for (const auto& [line, text] : lines)
        if (!line.image.empty() && !text.empty() && line.scale > 0) taught.push_back({Line(line), text});
    if (taught.empty()) return;
    const auto fit = [](const Taught& from, int font, int wear, const auto& sizes) {
        const auto drawn = layout::draw_once(from.text, font, em_drawn);
        if (drawn == nullptr) return Fit{};
        const double em = em_drawn * from.line.ink_width() / drawn->darkness.cols;
        return fitted(worn(*drawn, wear), from.line, em, sizes);
    };

    // Which fonts look like it at all, then which of these in what state.
    std::vector<std::pair<double, int>> fonts;
    for (int font = 0; font < layout::font_count(); ++font)
        fonts.emplace_back(fit(taught.front(), font, 0, rough_sizes).likeness, font);
    std::sort(fonts.rbegin(), fonts.rend());
    fonts.resize(std::min(likely_fonts, fonts.size()));
    double best = 0;
    for (const auto& [likeness, font] : fonts)
        for (const int wear : wear_levels) {
            double sum = 0;
            for (std::size_t i = 0; i < std::min(choosers, taught.size()); ++i)
                sum += fit(taught[i], font, wear, rough_sizes).likeness;
            if (sum <= best) continue;
            best = sum;
            font_ = font;
            wear_ = wear;
        }
    std::vector<double> likenesses, sizes;
    for (const Taught& from : taught) {
        const Fit its = fit(from, font_, wear_, fine_sizes);
        likenesses.push_back(its.likeness);
        if (its.likeness > 0) sizes.push_back(its.em / from.line.scale);
    }
    if (sizes.empty()) return;
    em_ = layout::median(sizes);
    const double likeness = layout::median(likenesses);
    for (double& size : sizes) size = std::abs(size / em_ - 1);
    const bool evenly_worn = wear_ > 0 && likeness >= worn_print && layout::median(sizes) <= even_sizes;
    is_print_ = likeness >= surely_print || evenly_worn;
}

std::vector<PrintStatement> PrintWitness::compare(const WideLine& line, const std::vector<std::string>& texts) const {
    std::vector<PrintStatement> statements(texts.size());
    if (texts.empty() || line.image.empty() || line.scale <= 0 || em_ <= 0) return statements;
    const Line seen(line);
    const double size = em_ * seen.scale;
    std::vector<cv::Mat> pictures;
    for (const std::string& text : texts) {
        const auto drawn = layout::draw_once(text, font_, em_drawn);
        pictures.push_back(drawn == nullptr ? cv::Mat() : worn(*drawn, wear_));
    }
    const auto fit_all = [&](bool own_size) {
        std::vector<Fit> fits;
        for (const cv::Mat& picture : pictures) {
            // Texts of one shape, as those that differ in a digit, lie in one place.
            if (!fits.empty() && !fits[0].paper.empty() && picture.size() == pictures[0].size())
                fits.push_back(laid(in_size(picture, fits[0].em), fits[0].place, fits[0].em, seen));
            else if (picture.empty())
                fits.emplace_back();
            else
                fits.push_back(
                    fitted(picture, seen, own_size ? em_drawn * seen.ink_width() / picture.cols : size, known_sizes));
        }
        return fits;
    };
    const auto best_of = [](const std::vector<Fit>& fits) {
        double best = 0;
        for (const Fit& fit : fits) best = std::max(best, fit.likeness);
        return best;
    };
    std::vector<Fit> fits = fit_all(!is_print_);
    // Long texts are printed smaller, to fit in.
    if (is_print_ && best_of(fits) < good_fit)
        if (std::vector<Fit> again = fit_all(true); best_of(again) > best_of(fits) + better_fit)
            fits = std::move(again);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        statements[i].likeness = fits[i].likeness;
        if (i == 0 || fits[0].paper.empty() || fits[i].paper.empty()) continue;
        cv::Range where = difference(fits[0].paper, fits[i].paper);
        if (where.start >= where.end) continue;
        // Where one of them shows nothing, as a worn 三, its neighbours say where it stands.
        for (int wider = 0;
             wider < 2 && (Sums(fits[0].paper.colRange(where)).blank() || Sums(fits[i].paper.colRange(where)).blank());
             ++wider)
            where = {std::max(0, where.start - narrowest_difference / 2),
                     std::min(seen.darkness.cols, where.end + narrowest_difference / 2)};
        statements[i].behind =
            likeness_within(fits[0].paper, seen.darkness, where) - likeness_within(fits[i].paper, seen.darkness, where);
    }
    return statements;
}

} // namespace dengji::reading
