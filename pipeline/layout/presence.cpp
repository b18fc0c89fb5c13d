#include "pipeline/layout/presence.h"

#include "pipeline/layout/fields.h"
#include "pipeline/layout/fields_cell.h"
#include "pipeline/layout/printed_words_font.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace dengji::layout {
namespace {

// All in ems. A handwritten stroke is seldom shorter than a third of a printed character.
constexpr double speck = 0.2;
constexpr double small_blot = 0.36;
constexpr double blot = 0.55;
constexpr double written_sum = 0.45;
constexpr double written_longest = 0.3;
constexpr double doubtful_sum = 0.25;

/// Takes out the rows of a horizontal rule, but keeps the columns where ink goes on above and below: strokes across it.
/// For vertical rules `ink` is given transposed by the accessors.
template <typename At>
void take_out(At at, int from, int to, int start, int end, int along_limit, int across_limit) {
    if (start < 2 || end + 2 >= across_limit) {
        for (int i = std::max(0, from); i < std::min(to, along_limit); ++i) {
            for (int j = std::max(0, start); j <= std::min(end, across_limit - 1); ++j) {
                at(i, j) = 0;
            }
        }
        return;
    }
    for (int i = std::max(1, from); i < std::min(to, along_limit - 1); ++i) {
        const auto inked = [&](int j) { return at(i - 1, j) != 0 || at(i, j) != 0 || at(i + 1, j) != 0; };
        const bool crossed = inked(start - 1) && inked(start - 2) && inked(end + 1) && inked(end + 2);
        for (int j = start; j <= end; ++j) {
            at(i, j) = crossed ? 1 : 0;
        }
    }
}

struct Piece {
    int inside = 0; ///< pixels within the area
    int left = 1 << 20, top = 1 << 20, right = -1, bottom = -1;
};

bool round_blot(int width, int height, int pixels) {
    return pixels > 0.55 * width * height && std::max(width, height) < 1.8 * std::min(width, height);
}

/// Thin leftovers of a rule or of a printed word along the area's edge.
bool leftover(const Piece& p, const cv::Size& area, double em) {
    const int width = p.right - p.left + 1;
    const int height = p.bottom - p.top + 1;
    const bool beside = p.left <= 1 || p.right >= area.width - 2;
    const bool above = p.top <= 1 || p.bottom >= area.height - 2;
    return (above && height <= 0.17 * em) || (beside && width <= 0.16 * em);
}

void count_piece(const Piece& piece, int pixels, const cv::Size& area, double em, InkAmount& amount) {
    if (piece.inside == 0) {
        return;
    }
    const int width = piece.right - piece.left + 1;
    const int height = piece.bottom - piece.top + 1;
    const double extent = std::max(width, height) / em;
    if (leftover(piece, area, em)) {
        return;
    }
    if (extent < speck || (extent < small_blot && round_blot(width, height, piece.inside))) {
        amount.specks += piece.inside / (em * em);
        ++amount.speck_count;
        return;
    }
    const double share = piece.inside / static_cast<double>(pixels);
    if (share < 0.35) {
        return; // a neighbour's
    }
    if (share < 0.6 || (extent < blot && round_blot(width, height, piece.inside))) {
        amount.unsure += extent;
        return;
    }
    amount.sure += extent;
    amount.longest = std::max(amount.longest, extent);
}

/// Extent of a piece along and across a side of the area, and how far it lies from that side.
struct AlongSide {
    int from = 0, to = 0; ///< along the side
    int thick = 0;
    int distance = 0; ///< of its middle
};

AlongSide along(const Piece& p, int side, const cv::Size& area) {
    const bool upright = side == 0 || side == 2; // left, right
    const int middle = upright ? (p.left + p.right) / 2 : (p.top + p.bottom) / 2;
    const int far = upright ? area.width : area.height;
    return {upright ? p.top : p.left, upright ? p.bottom : p.right,
            upright ? p.right - p.left + 1 : p.bottom - p.top + 1, side < 2 ? middle : far - 1 - middle};
}

/// A leaning, dashed or second ruling line just inside a side of the area: thin pieces in one line that together reach
/// along most of the side. They are emptied.
void drop_rule_remains(std::vector<Piece>& pieces, const cv::Size& area, const cv::Vec4i& around, double em) {
    constexpr double near = 0.6; // ems from the side
    constexpr double thin = 0.2;
    constexpr double one_line = 0.3;   // spread of the pieces' distances
    constexpr double one_piece = 0.85; // of the side, when it is a single piece
    constexpr double dashes = 0.45;    // of the side, when there are several
    for (int side = 0; side < 4; ++side) {
        if (around[side] == 0) {
            continue;
        }
        const int length = side == 0 || side == 2 ? area.height : area.width;
        std::vector<size_t> line;
        int total = 0;
        int longest = 0;
        int nearest = 1 << 20;
        int farthest = 0;
        for (size_t i = 1; i < pieces.size(); ++i) {
            if (pieces[i].inside == 0) {
                continue;
            }
            const AlongSide piece = along(pieces[i], side, area);
            if (piece.thick <= thin * em && piece.distance <= near * em && piece.to - piece.from + 1 >= piece.thick) {
                line.push_back(i);
                total += piece.to - piece.from + 1;
                longest = std::max(longest, piece.to - piece.from + 1);
                nearest = std::min(nearest, piece.distance);
                farthest = std::max(farthest, piece.distance);
            }
        }
        const bool rule = longest >= one_piece * length ||
                          (line.size() > 1 && total >= dashes * length && farthest - nearest <= one_line * em);
        for (const size_t i : rule ? line : std::vector<size_t>{}) {
            pieces[i].inside = 0;
        }
    }
}

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

double median(std::vector<double> values) {
    if (values.empty()) {
        return 0;
    }
    const auto middle = values.begin() + static_cast<long>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// A page's fields judged one by one, with what they share.
class Judge {
public:
    explicit Judge(Sheet& sheet)
        : sheet_(sheet), em_(character_size(sheet)), ink_(without_rules(sheet.table, sheet.cells)),
          seal_(find_seal(ink_, em_, sheet.table.width)) {}

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
            field.under_seal = seal_ && field.presence != Presence::empty && seal_->touches(field.area);
            areas.push_back(area);
            specks.push_back(area.empty() ? 0 : amount.specks * em_ * em_ / area.area());
            amounts.push_back(amount);
        }
        if (seal_) {
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
        for (int degree = 0; degree < 360; ++degree) {
            const double turn = degree * CV_PI / 180;
            int darkest = 255;
            for (double r = seal_->radius - 0.3 * em_; r <= seal_->radius + 0.3 * em_; r += 1) {
                const cv::Point p(cvRound(seal_->centre.x + r * std::cos(turn)),
                                  cvRound(seal_->centre.y + r * std::sin(turn)));
                if (cv::Rect({}, ink_.size()).contains(p)) {
                    darkest = std::min(darkest, static_cast<int>(sheet_.table.norm.at<uchar>(p)));
                }
            }
            if (darkest < 255) {
                ring.push_back(darkest);
            }
        }
        seal_tone_ = median(ring);
        std::vector<double> pens;
        for (size_t i = 0; i < areas.size(); ++i) {
            const PlacedField& field = sheet_.fields[i];
            if (field.presence == Presence::written && !field.under_seal) {
                cv::Mat pen;
                sheet_.table.norm(areas[i]).copyTo(pen, ink_(areas[i]));
                pens.push_back(cv::sum(pen)[0] / std::max(1, cv::countNonZero(ink_(areas[i]))));
            }
        }
        pen_tone_ = median(pens);
    }

    /// Pens must be clearly darker than the seal; strokes are blurred, so that their mean is paler than their core.
    bool told_apart_by_tone() const {
        constexpr double clearly = 25;
        return sheet_.table.tonal && pen_tone_ + clearly < seal_tone_ + blur;
    }

    /// Only what is darker than the seal counts, and must agree with the whole.
    Presence below_pale_seal(const PlacedField& field, const cv::Rect& area, const InkAmount& all) const {
        const double dark = std::min(118.0, seal_tone_ - 25);
        const cv::Mat dark_ink = sheet_.table.norm(area) < dark;
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
        const cv::Point2d centre = seal_->centre - cv::Point2d(area.tl());
        cv::circle(outside, centre, cvRound(1.12 * seal_->radius), cv::Scalar(0), cv::FILLED);
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

    /// Pencil paler than the threshold for ink: long pieces in the smoothed picture, when the paper is clean enough to
    /// tell.
    bool faint_strokes(const PlacedField& field, const cv::Rect& area) const {
        constexpr int faint = 236;
        constexpr double long_enough = 0.6;
        if (!sheet_.table.tonal || area.width < 8 || area.height < 8) {
            return false;
        }
        cv::Mat smooth;
        cv::blur(sheet_.table.norm(area), smooth, {3, 3});
        const cv::Mat marks = (smooth < faint) / 255;
        const int pixels = cv::countNonZero(marks);
        if (pixels < long_enough * em_ || pixels > 0.2 * area.area()) {
            return false; // nothing, or shade and grain rather than strokes
        }
        const InkAmount amount =
            measure_ink(marks, cv::Rect({}, area.size()), sides_with_rules(sheet_, field, em_), em_);
        return amount.sure >= long_enough && amount.longest >= written_longest &&
               amount.sure > 2 * amount.speck_count * speck;
    }

    static constexpr double blur = 40; ///< how much paler the mean of a stroke is than its core

    Sheet& sheet_;
    double em_;
    cv::Mat ink_;
    std::optional<Seal> seal_;
    double seal_tone_ = 0; ///< grey levels of the table's picture
    double pen_tone_ = 0;
};

} // namespace

cv::Mat without_rules(const Table& table, const std::vector<PlacedCell>& cells) {
    cv::Mat ink = table.ink.clone();
    const auto across = [&](int along, int at) -> uchar& { return ink.at<uchar>(at, along); };
    const auto upright = [&](int along, int at) -> uchar& { return ink.at<uchar>(along, at); };
    for (const PlacedCell& placed : cells) {
        const cv::Rect2d& r = placed.rect;
        for (const double y : {r.y, r.br().y}) {
            const RuleReach reach = horizontal_rule(table, y, r.x, r.br().x);
            take_out(across, cvRound(r.x), cvRound(r.br().x), cvRound(y) - reach.before, cvRound(y) + reach.after,
                     ink.cols, ink.rows);
        }
        for (const double x : {r.x, r.br().x}) {
            const RuleReach reach = vertical_rule(table, x, r.y, r.br().y);
            take_out(upright, cvRound(r.y), cvRound(r.br().y), cvRound(x) - reach.before, cvRound(x) + reach.after,
                     ink.rows, ink.cols);
        }
    }
    return ink;
}

InkAmount measure_ink(const cv::Mat& ink, const cv::Rect& area, const cv::Vec4i& around, double em) {
    const cv::Rect window = cv::Rect(cv::Point(area.x - around[0], area.y - around[1]),
                                     cv::Point(area.br().x + around[2], area.br().y + around[3])) &
                            cv::Rect({}, ink.size());
    cv::Mat labels, stats, centres;
    const int count = cv::connectedComponentsWithStats(ink(window), labels, stats, centres, 8, CV_32S);
    std::vector<Piece> pieces(static_cast<size_t>(count));
    const cv::Point origin = area.tl() - window.tl();
    for (int y = 0; y < area.height; ++y) {
        const int* row = labels.ptr<int>(y + origin.y) + origin.x;
        for (int x = 0; x < area.width; ++x) {
            if (row[x] != 0) {
                Piece& p = pieces[static_cast<size_t>(row[x])];
                ++p.inside;
                p.left = std::min(p.left, x);
                p.right = std::max(p.right, x);
                p.top = std::min(p.top, y);
                p.bottom = std::max(p.bottom, y);
            }
        }
    }
    const cv::Size size = area.size();
    drop_rule_remains(pieces, size, around, em);
    InkAmount amount;
    for (int i = 1; i < count; ++i) {
        count_piece(pieces[static_cast<size_t>(i)], stats.at<int>(i, cv::CC_STAT_AREA), size, em, amount);
    }
    return amount;
}

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
