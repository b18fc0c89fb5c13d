#include "pipeline/layout/layout.h"

#include "pipeline/layout/alignment.h"
#include "pipeline/layout/boxes.h"
#include "pipeline/layout/cells.h"
#include "pipeline/layout/faint_lines.h"
#include "pipeline/layout/fields.h"
#include "pipeline/layout/median.h"
#include "pipeline/layout/refusal.h"
#include "pipeline/layout/unroll.h"

#include <chrono>
#include <optional>

namespace dengji::layout {
namespace {

class Stopwatch {
public:
    explicit Stopwatch(std::map<std::string, double>& ms) : ms_(ms), last_(Clock::now()) {}
    void lap(const std::string& stage) {
        const auto now = Clock::now();
        ms_[stage] += std::chrono::duration<double, std::milli>(now - last_).count();
        last_ = now;
    }

private:
    using Clock = std::chrono::steady_clock;
    std::map<std::string, double>& ms_;
    Clock::time_point last_;
};

/// No paper is longer than this many times its width: strips and slips hold no form, and what is left of them at
/// working size is too narrow to look at.
constexpr int widest_ratio = 10;

/// Rows steeper than this are levelled before lines are linked: a strip must not be crossed by more than two pixels.
constexpr double steep = .03;

/// The same for the difference between the slopes of a page's top and bottom rows.
constexpr double converging = .04;

/// The rows' slope at a height of the page.
double slope_at(const std::vector<Track>& tracks, double y, double convergence) {
    std::vector<double> slopes;
    for (const auto& track : tracks)
        if (track.strips.size() >= 10) slopes.push_back(track.slope() - convergence * (track.middle() - y));
    return median(slopes);
}

std::optional<Unrolled> table_of(WorkingImage work, bool faint, double& slope) {
    const auto tracks_of = [&] {
        return link_peaks(strip_peaks(faint ? with_faint_level_lines(work.norm, work.ink) : work.ink));
    };
    auto tracks = tracks_of();
    slope = common_slope(tracks);
    // Faint lines are averaged along level rows: those of a photograph taken aslant must be made level each by itself.
    const double convergence = faint ? common_convergence(tracks, work.norm.rows) : 0;
    if (std::abs(convergence) * work.norm.rows > converging) {
        const cv::Point2d centre((work.norm.cols - 1) / 2.0, (work.norm.rows - 1) / 2.0);
        work = levelled(work, Fan{centre, slope_at(tracks, centre.y, convergence), convergence});
        tracks = tracks_of();
    } else if (std::abs(slope) > steep) {
        work = levelled(work, slope);
        tracks = tracks_of();
        slope += common_slope(tracks);
    }
    auto lines = full_width_lines(faint ? with_faint_level_lines(work.norm, work.ink) : work.ink, tracks);
    if (lines.size() < 3) return std::nullopt;
    return unroll(work, std::move(lines), faint);
}

/// The best form page for a table, in one of its two directions.
struct Match {
    Alignment alignment;
    const templates::Form* form = nullptr;
    int form_page = 0;
    bool upside_down = false;
};

/// So good that no other form, and not the same upside down, can be better (those begin at 0.44).
constexpr double surely = .05;

Match best_match(const BandSequence& bands, const std::vector<templates::Form>& forms) {
    Match best;
    for (const auto& form : forms)
        for (std::size_t page = 0; page < form.pages.size(); ++page)
            for (const bool upside_down : {false, true}) {
                auto alignment = bands.align(form.pages[page], upside_down);
                if (alignment.residual < best.alignment.residual)
                    best = {std::move(alignment), &form, static_cast<int>(page), upside_down};
                if (best.alignment.residual <= surely) return best;
            }
    return best;
}

/// A table with its best match; the table of a page lying on its side was looked for in the turned image.
struct Candidate {
    Unrolled unrolled;
    Match match;
    bool sideways = false;
    double slope = 0;
};

std::optional<Candidate> best_candidate(const WorkingImage& work, const std::vector<templates::Form>& forms) {
    std::optional<Candidate> best;
    const bool landscape = work.norm.cols > work.norm.rows;
    // Sheets with clear lines come first, being by far the most.
    for (const bool faint : {false, true})
        for (const bool sideways : {landscape, !landscape}) {
            double slope = 0;
            auto unrolled = table_of(sideways ? turned_clockwise(work) : work, faint, slope);
            if (!unrolled) continue;
            auto match = best_match(BandSequence(*unrolled), forms);
            if (!best || match.alignment.residual < best->match.alignment.residual)
                best = Candidate{std::move(*unrolled), std::move(match), sideways, slope};
            if (best->match.alignment.residual <= (faint ? accepted_residual : surely)) return best;
        }
    return best;
}

} // namespace

Sheet lay_out(const intake::Page& page, const std::vector<templates::Form>& forms) {
    Sheet sheet;
    sheet.quality = page.quality;
    if (page.quality.blank || page.image.empty()) {
        sheet.kind = PageKind::blank;
        return sheet;
    }
    const auto [shorter, longer] = std::minmax(page.image.cols, page.image.rows);
    if (shorter * widest_ratio < longer) {
        sheet.reasons = {no_table()};
        return sheet;
    }
    Stopwatch watch(sheet.ms);
    const auto work = make_working_image(page.image);
    sheet.quality.streaks = work.streaks;
    watch.lap("working image");
    auto found = best_candidate(work, forms);
    watch.lap("table");
    if (!found || found->match.alignment.residual > accepted_residual) {
        const auto fits = [&](const WorkingImage& part) {
            const auto candidate = best_candidate(part, forms);
            return candidate && candidate->match.alignment.residual <= accepted_residual;
        };
        if (found) sheet.residual = found->match.alignment.residual;
        sheet.reasons = why_no_form(work, found ? &found->match.alignment : nullptr,
                                    found ? found->match.form : nullptr, found ? found->match.form_page : 0, fits);
        watch.lap("refusal");
        return sheet;
    }
    auto& match = found->match;
    sheet.kind = PageKind::form;
    sheet.form = match.form;
    sheet.form_page = match.form_page;
    sheet.residual = match.alignment.residual;
    sheet.orientation = (found->sideways ? 90 : 0) + (match.upside_down ? 180 : 0);
    sheet.quality.skew_degrees = std::atan(found->slope) * 180 / CV_PI;
    if (match.upside_down) turn_upside_down(found->unrolled);
    sheet.table = std::move(found->unrolled.table);
    const auto& form_page = match.form->pages[static_cast<std::size_t>(match.form_page)];
    cut_cells(sheet, found->unrolled.sums, form_page, match.alignment);
    if (is_incomplete(sheet, form_page)) {
        sheet.kind = PageKind::other;
        sheet.form = nullptr;
        sheet.reasons.insert(sheet.reasons.begin(), incomplete_form());
        return sheet;
    }
    watch.lap("cells");
    find_boxes(sheet);
    watch.lap("boxes");
    find_fields(sheet);
    watch.lap("fields");
    judge_presence(sheet);
    doubt_marks_under_seals(sheet);
    watch.lap("presence");
    return sheet;
}

} // namespace dengji::layout
