#include "pipeline/layout/presence.h"

#include "pipeline/layout/fields.h"
#include "pipeline/layout/fields_cell.h"
#include "pipeline/layout/median.h"
#include "pipeline/layout/printed_words_font.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace dengji::layout {
namespace {

// All in ems. A handwritten stroke is seldom shorter than a third of a printed character.
constexpr double speck = 0.2;
constexpr double written_sum = 0.45;
constexpr double written_longest = 0.3;
constexpr double doubtful_sum = 0.25;

cv::Rect pixels_of(const cv::Rect2d& area, const cv::Size& limits) {
    return cv::Rect(cv::Point(static_cast<int>(std::ceil(area.x)), static_cast<int>(std::ceil(area.y))),
                    cv::Point(static_cast<int>(std::floor(area.br().x)), static_cast<int>(std::floor(area.br().y)))) &
           cv::Rect({}, limits);
}

/// On which sides a ruling line bounds the field, and how far to look beyond it there.
cv::Vec4i sides_with_rules(const Sheet& sheet, const PlacedField& field, double em) {
    constexpr double near = 11;
    const cv::Point2d middle = (field.area.tl() + field.area.br()) / 2;
    const int beyond = cvRound(em);
    for (const PlacedCell& placed : sheet.cells) {
        if (placed.rect.contains(middle)) {
            const cv::Rect2d& cell = placed.rect;
            return {field.area.x - cell.x < near ? beyond : 0, field.area.y - cell.y < near ? beyond : 0,
                    cell.br().x - field.area.br().x < near ? beyond : 0,
                    cell.br().y - field.area.br().y < near ? beyond : 0};
        }
    }
    return {0, 0, 0, 0};
}

/// A page's fields judged one by one, with what they share.
class Judge {
public:
    explicit Judge(Sheet& sheet)
        : sheet_(sheet), em_(character_size(sheet)), ink_(without_rules(sheet.table, sheet.cells)),
          seals_(find_seals(ink_, em_, sheet.table.width)) {}

    void run() {
        std::vector<cv::Rect> areas;
        std::vector<InkAmount> amounts;
        std::vector<double> specks;
        for (PlacedField& field : sheet_.fields) {
            const cv::Rect area = pixels_of(field.area, ink_.size());
            InkAmount amount;
            if (!area.empty() && cv::countNonZero(ink_(area)) > 0) {
                amount = measure_ink(ink_, area, sides_with_rules(sheet_, field, em_), em_);
            }
            field.presence = judge(amount);
            field.ink_ems = amount.sure + amount.unsure;
            field.under_seal =
                field.presence != Presence::empty &&
                std::any_of(seals_.begin(), seals_.end(), [&](const Seal& seal) { return seal.touches(field.area); });
            areas.push_back(area);
            specks.push_back(area.empty() ? 0 : amount.specks * em_ * em_ / area.area());
            amounts.push_back(amount);
        }
        if (!seals_.empty()) {
            learn_tones(areas);
        }
        const double usual = median(specks);
        for (size_t i = 0; i < amounts.size(); ++i) {
            PlacedField& field = sheet_.fields[i];
            if (field.certainty <= 0 || areas[i].width < 4 || areas[i].height < 4) {
                field.presence = Presence::doubtful;
            } else if (field.under_seal) {
                field.presence =
                    told_apart_by_tone() ? below_pale_seal(field, areas[i], amounts[i]) : beside_seal(field, areas[i]);
            } else if (field.presence == Presence::empty && crumbs(amounts[i], specks[i], usual)) {
                field.presence = Presence::doubtful;
            }
            if (field.presence == Presence::doubtful) {
                add_doubt(field);
            }
        }
        doubt_faint_strokes(areas);
        sheet_.seals = seals_;
        constexpr double a_little = 20; // enough for whole strokes, whose darkest parts tell
        if (!seals_.empty() && sheet_.table.tonal && pen_tone_ > 0 && pen_tone_ + a_little < seal_tone_) {
            sheet_.pens_below = static_cast<int>(told_apart_by_tone() ? pens_below() : (pen_tone_ + seal_tone_) / 2);
        }
    }

private:
    void add_doubt(PlacedField& field) const {
        if (field.under_seal) {
            field.reasons.push_back({"ink-under-seal", "此栏被印章遮盖，是否填写不能确定",
                                     "a seal covers the field: whether anything is written is not certain"});
        } else {
            field.reasons.push_back({"ink-unsure", "此栏有少量墨迹，是否填写不能确定",
                                     "there is a little ink in the field: whether anything is written is not certain"});
        }
    }

    /// How dark the seal's ring is, and how dark what is written elsewhere on the page.
    void learn_tones(const std::vector<cv::Rect>& areas) {
        std::vector<double> ring;
        for (const Seal& seal : seals_) {
            for (int degree = 0; degree < 360; ++degree) {
                const int darkest = darkest_across(seal, degree * CV_PI / 180);
                if (darkest < 255) {
                    ring.push_back(darkest);
                }
            }
        }
        seal_tone_ = median(ring);
        std::vector<double> pens;
        for (size_t i = 0; i < areas.size(); ++i) {
            const PlacedField& field = sheet_.fields[i];
            if (field.presence == Presence::written && !field.under_seal) {
                pens.push_back(core_tone(areas[i]));
            }
        }
        pen_tone_ = median(pens);
    }

    /// Of the ring and its surroundings, in one direction from the centre.
    int darkest_across(const Seal& seal, double turn) const {
        int darkest = 255;
        for (double r = seal.radius - 0.3 * em_; r <= seal.radius + 0.3 * em_; r += 1) {
            const cv::Point p(cvRound(seal.centre.x + r * std::cos(turn)), cvRound(seal.centre.y + r * std::sin(turn)));
            if (cv::Rect({}, ink_.size()).contains(p)) {
                darkest = std::min(darkest, static_cast<int>(sheet_.table.norm.at<uchar>(p)));
            }
        }
        return darkest;
    }

    /// How dark strokes are in their cores: the darkest fifth of their pixels.
    double core_tone(const cv::Rect& area) const {
        std::vector<uchar> tones;
        for (int y = area.y; y < area.br().y; ++y) {
            const uchar* ink = ink_.ptr<uchar>(y);
            const uchar* norm = sheet_.table.norm.ptr<uchar>(y);
            for (int x = area.x; x < area.br().x; ++x) {
                if (ink[x] != 0) {
                    tones.push_back(norm[x]);
                }
            }
        }
        if (tones.empty()) {
            return 255;
        }
        const auto fifth = tones.begin() + static_cast<long>(tones.size() / 5);
        std::nth_element(tones.begin(), fifth, tones.end());
        return *fifth;
    }

    /// Pens must be clearly darker than the seal. On a page without other writing nothing is known of the pen.
    bool told_apart_by_tone() const {
        constexpr double clearly = 40;
        return sheet_.table.tonal && pen_tone_ > 0 && pen_tone_ + clearly < seal_tone_;
    }

    double pens_below() const { return std::min(seal_tone_ - 25, (pen_tone_ + seal_tone_) / 2); }

    /// Only what is darker than the seal counts, and must agree with the whole.
    Presence below_pale_seal(const PlacedField& field, const cv::Rect& area, const InkAmount& all) const {
        const cv::Mat dark_ink = sheet_.table.norm(area) < pens_below();
        const InkAmount amount = measure_ink(dark_ink / 255, cv::Rect({}, area.size()), {0, 0, 0, 0}, em_);
        const Presence presence = judge(amount);
        if (presence == Presence::empty) {
            return ink_outside_seal(field, area) >= doubtful_sum ? Presence::doubtful : Presence::empty;
        }
        const bool mostly_pale = amount.sure + amount.unsure < 0.5 * (all.sure + all.unsure);
        return mostly_pale && amount.sure < 1.0 ? Presence::doubtful : presence;
    }

    /// Where seal and pen look the same, only what lies clear of the ring is sure.
    Presence beside_seal(const PlacedField& field, const cv::Rect& area) const {
        return ink_outside_seal(field, area) >= written_sum ? Presence::written : Presence::doubtful;
    }

    double ink_outside_seal(const PlacedField& field, const cv::Rect& area) const {
        cv::Mat outside = ink_(area).clone();
        for (const Seal& seal : seals_) {
            cv::circle(outside, seal.centre - cv::Point2d(area.tl()), cvRound(1.12 * seal.radius), cv::Scalar(0),
                       cv::FILLED);
        }
        return measure_ink(outside, cv::Rect({}, area.size()), sides_with_rules(sheet_, field, em_), em_).sure;
    }

    /// Thin strokes fall to crumbs on black-and-white scans: many more specks than elsewhere on the page.
    bool crumbs(const InkAmount& amount, double own, double usual) const {
        constexpr int few = 4;
        constexpr double times = 4;
        constexpr double least = 0.02; // square ems
        return !sheet_.table.tonal && amount.speck_count >= few && amount.specks >= least && own > times * usual;
    }

    /// Empty fields with strokes paler than ink. When most fields are written in plain ink, faint marks in several of
    /// the others are stains, or show through from the back.
    void doubt_faint_strokes(const std::vector<cv::Rect>& areas) {
        constexpr size_t several = 3;
        std::vector<PlacedField*> faint;
        size_t written = 0;
        for (size_t i = 0; i < areas.size(); ++i) {
            PlacedField& field = sheet_.fields[i];
            written += field.presence == Presence::written ? 1 : 0;
            if (field.presence == Presence::empty && !field.under_seal && faint_strokes(field, areas[i])) {
                faint.push_back(&field);
            }
        }
        if (faint.size() >= several && 2 * written > areas.size()) {
            return;
        }
        for (PlacedField* field : faint) {
            field->presence = Presence::doubtful;
            field->reasons.push_back(
                {"ink-faint", "此栏有很淡的笔迹，请核对", "there are very faint strokes in the field"});
        }
    }

    /// The soft edges of ruling lines, on the sides that have one, look like faint strokes; around a corner they are
    /// one long piece.
    static void clear_edges(cv::Mat& marks, const cv::Vec4i& sides) {
        constexpr int edge = 2;
        if (sides[0] > 0) marks.colRange(0, edge) = 0;
        if (sides[1] > 0) marks.rowRange(0, edge) = 0;
        if (sides[2] > 0) marks.colRange(marks.cols - edge, marks.cols) = 0;
        if (sides[3] > 0) marks.rowRange(marks.rows - edge, marks.rows) = 0;
    }

    /// Pencil paler than the threshold for ink: long pieces in the smoothed picture, when the paper is clean enough to
    /// tell.
    bool faint_strokes(const PlacedField& field, const cv::Rect& area) const {
        constexpr int faint = 236;
        constexpr double long_enough = 0.6;
        if (!sheet_.table.tonal || area.width < 8 || area.height < 8) {
            return false;
        }
        cv::Mat smooth;
        constexpr double softness = 2;
        cv::blur(sheet_.table.norm(area), smooth, {3, 3});
        cv::Mat marks = (smooth < faint) / 255;
        const cv::Vec4i around = sides_with_rules(sheet_, field, em_);
        clear_edges(marks, around);
        const int pixels = cv::countNonZero(marks);
        if (pixels < long_enough * em_ || pixels > 0.2 * area.area()) {
            return false; // nothing, or shade and grain rather than strokes
        }
        const InkAmount amount = measure_ink(marks, cv::Rect({}, area.size()), around, em_, softness);
        return amount.sure >= long_enough && amount.longest >= written_longest &&
               amount.sure > 2 * amount.speck_count * speck;
    }

    Sheet& sheet_;
    double em_;
    cv::Mat ink_;
    std::vector<Seal> seals_;
    double seal_tone_ = 0; ///< grey levels of the table's picture
    double pen_tone_ = 0;
};

} // namespace

Presence judge(const InkAmount& amount) {
    if (amount.sure >= written_sum && amount.longest >= written_longest) {
        return Presence::written;
    }
    return amount.sure + amount.unsure > doubtful_sum ? Presence::doubtful : Presence::empty;
}

void judge_presence(Sheet& sheet) {
    Judge(sheet).run();
}

} // namespace dengji::layout
