#include "pipeline/layout/box_states.h"

#include "pipeline/layout/box_labels.h"

#include <algorithm>

namespace dengji::layout {
namespace {

constexpr double kMarked = 0.06; ///< added ink that makes a mark
constexpr double kSurelyEmpty = 0.03;
constexpr double kSurelyMarked = 0.08;
constexpr double kWeakOutline = 0.72;
constexpr double kStruck = 0.97;
constexpr double kMaybeStruck = 0.9;
constexpr double kWordToStrike = 1.8; ///< box widths: a shorter word is covered by the strokes of its own characters
constexpr double kWordToDoubt = 4;
constexpr double kMostBesideFaint = 0.5; ///< of the faint mark's ink, in any other box of its group
constexpr double kFilled = 0.9;
constexpr double kRunOver = 0.8;
constexpr double kRunOverBesideTick = 0.45;
constexpr double kPencil = 0.12;                  ///< share of faint ink
constexpr double kStray = 0.6, kStraySide = 0.25; ///< box widths; share of the band beside the box
constexpr double kTickBeside = 0.5;               ///< see beside()
constexpr double kTickBefore = 0.6;               ///< box widths
constexpr double kTickLeavesLine = 0.15;          ///< ems; see MeasuredBox::tick
constexpr double kTickReaches = 0.3;              ///< extent of its stroke at the outline, in box widths
constexpr double kRing = 0.35;                    ///< see MeasuredBox::ring

Reason outline_missing() {
    return {"box-outline-missing", "没有找到这个选项的方框", "the printed outline of this option's box was not found"};
}
Reason outline_weak() {
    return {"box-outline-weak", "方框印得不清楚", "the printed outline of this box is not clear"};
}
Reason mark_faint() {
    return {"mark-faint", "勾选痕迹很淡或很小", "the mark in this box is faint or small"};
}
Reason mark_astray() {
    return {"mark-astray", "勾选落在方框外面", "the mark lies beside this box, not in it"};
}
Reason strike_unclear() {
    return {"strike-unclear", "这个选项可能被划掉了", "this option may have been struck out"};
}
Reason filled_beside_mark() {
    return {"filled-beside-mark", "方框被涂满，可能是取消",
            "this box is filled while another one is marked; it may have been cancelled"};
}
Reason scribbled_beside_mark() {
    return {"scribbled-beside-mark", "方框被涂掉，另有勾选", "this box is scribbled over while another one is marked"};
}
Reason scribbled() {
    return {"scribbled", "方框被涂满，可能是取消", "this box is scribbled over; it may have been cancelled"};
}
Reason all_marked() {
    return {"all-marked", "所有选项都像已勾选", "every option of the group looks marked"};
}

void doubt(PlacedBox& box, Reason reason) {
    box.state = BoxState::doubtful;
    box.reasons.push_back(std::move(reason));
}

/// How far a filled box is run over, in shares of the bands around it; 0 unless it is so on several sides.
double run_over(const AddedInk& added) {
    const int sides = (added.left > 0.1) + (added.above > 0.1) + (added.below > 0.1);
    return added.core > kFilled && sides >= 2 ? added.left + added.above + added.below : 0;
}

/// A stroke that goes round the box, or round the box and its word.
bool ringed(const MeasuredBox& measured) {
    const AddedInk& added = measured.added;
    return measured.ring > kRing ||
           (added.astray > 0.9 && added.left > 0.2 && (added.above > 0.1 || added.below > 0.1));
}

/// How much there is of a tick that only touches the box: ink outside that reaches it, strokes that leave the line.
double beside(const MeasuredBox& measured) {
    return std::max(measured.added.astray + 3 * measured.tick, measured.before);
}

/// A single character may have a stroke as long as itself: 是.
bool is_one_character(const std::string& option) {
    return label_length(option) < 2;
}

bool is_line_through(const MeasuredBox& measured) {
    return measured.added.inside > kSurelyEmpty && measured.word > kWordToStrike && measured.strike >= kStruck;
}

/// Not surely struck out, but more likely than marked beside another mark.
bool maybe_struck(const MeasuredBox& measured, const std::string& option) {
    return (measured.strike >= kMaybeStruck && measured.word > kWordToDoubt) ||
           (is_one_character(option) && is_line_through(measured));
}

/// States of the boxes taken one by one, without their neighbours.
void decide_alone(PlacedBox& box, const MeasuredBox& measured) {
    const AddedInk& added = measured.added;
    box.ink = added.inside;
    const bool struck = is_line_through(measured) && !is_one_character(box.option);
    box.likely_marked = added.inside > kMarked && !struck;
    box.state = struck ? BoxState::struck_out : box.likely_marked ? BoxState::marked : BoxState::empty;
    if (struck) return;
    if (maybe_struck(measured, box.option)) doubt(box, strike_unclear());
    // Nothing but a round speck: a dirty copy has them everywhere, a person's dot is larger.
    const bool speck = box.likely_marked && added.extent == 0;
    if (speck) box.likely_marked = false;
    if (speck || (added.inside > kSurelyEmpty && added.inside < kSurelyMarked)) doubt(box, mark_faint());
    if (added.inside <= kSurelyEmpty && added.faint > kPencil) {
        box.likely_marked = added.faint > 2 * kPencil;
        doubt(box, mark_faint());
    }
    if (box.outline <= 0)
        doubt(box, outline_missing());
    else if (box.outline < kWeakOutline || !measured.certain)
        doubt(box, outline_weak());
}

class Group {
public:
    Group(std::vector<PlacedBox>& boxes, const std::vector<MeasuredBox>& measured)
        : boxes_(boxes), measured_(measured) {}

    int likely() const {
        return static_cast<int>(std::count_if(measured_.begin(), measured_.end(),
                                              [&](const MeasuredBox& m) { return boxes_[m.index].likely_marked; }));
    }

    /// A box scribbled over beside a mark was cancelled; alone, nobody can tell. People who fill boxes as their way of
    /// marking run over them a little.
    void judge_scribbles() {
        const bool ticked = std::any_of(measured_.begin(), measured_.end(), [&](const MeasuredBox& m) {
            return boxes_[m.index].state == BoxState::marked && m.added.core <= kFilled;
        });
        for (const MeasuredBox& m : measured_) {
            PlacedBox& box = boxes_[m.index];
            if (!box.likely_marked || run_over(m.added) < (ticked ? kRunOverBesideTick : kRunOver)) continue;
            if (ticked) box.likely_marked = false;
            doubt(box, ticked ? scribbled_beside_mark() : scribbled());
        }
    }

    /// Where one option is expected and another one is marked, a filled box may have been filled to cancel it, and one
    /// that is perhaps struck out was. Beside one clear mark, what is faint or stands in an unclear box is none: a
    /// seal, a shade, a fold.
    void judge_several() {
        if (likely() < 2) return;
        const auto clear = std::count_if(measured_.begin(), measured_.end(), [&](const MeasuredBox& m) {
            return boxes_[m.index].state == BoxState::marked;
        });
        for (const MeasuredBox& m : measured_) {
            PlacedBox& box = boxes_[m.index];
            const bool unclear = m.added.inside < kSurelyMarked || box.outline < kWeakOutline || !m.certain;
            if (clear == 1 && box.state == BoxState::doubtful && unclear) box.likely_marked = false;
        }
        for (const MeasuredBox& m : measured_) {
            PlacedBox& box = boxes_[m.index];
            if (box.likely_marked && maybe_struck(m, box.option) && likely() > 1) box.likely_marked = false;
            if (box.state == BoxState::marked && m.added.core > kFilled) doubt(box, filled_beside_mark());
        }
    }

    /// Rings are marks that leave the box empty. Where one option is expected, the clearest ring is it.
    void judge_rings(bool single) {
        std::vector<const MeasuredBox*> rings;
        for (const MeasuredBox& m : measured_) {
            const PlacedBox& box = boxes_[m.index];
            const bool unmarked =
                box.state == BoxState::empty || (box.state == BoxState::doubtful && !box.likely_marked);
            if (m.found && unmarked && ringed(m)) rings.push_back(&m);
        }
        std::stable_sort(rings.begin(), rings.end(),
                         [](const MeasuredBox* a, const MeasuredBox* b) { return beside(*a) > beside(*b); });
        for (const MeasuredBox* ring : rings) {
            PlacedBox& box = boxes_[ring->index];
            // Two rings round words are two, a stroke that passes by may be its neighbour's.
            box.likely_marked = !single || likely() == 0 ||
                                (ring != rings.front() && ring->ring > std::max(kRing, 0.75 * rings.front()->ring));
            doubt(box, mark_astray());
        }
    }

    /// Clear marks in no box: the faint or small one that stands out from the others.
    void look_for_faint() {
        if (likely() > 0) return;
        const MeasuredBox* best = nullptr;
        double second = 0;
        for (const MeasuredBox& m : measured_) {
            if (!m.found || boxes_[m.index].state == BoxState::struck_out) continue;
            if (best == nullptr || m.added.inside > best->added.inside) {
                second = best ? best->added.inside : 0;
                best = &m;
            } else
                second = std::max(second, m.added.inside);
        }
        if (best == nullptr || best->added.inside <= kSurelyEmpty || second > kMostBesideFaint * best->added.inside)
            return;
        PlacedBox& box = boxes_[best->index];
        box.likely_marked = true;
        if (box.state != BoxState::doubtful) doubt(box, mark_faint());
    }

    /// Where one option is asked and the only ink is what seems to strike one out, it may as well be a mark.
    void look_for_struck() {
        if (likely() > 0) return;
        PlacedBox* only = nullptr;
        for (const MeasuredBox& m : measured_) {
            PlacedBox& box = boxes_[m.index];
            if (box.state != BoxState::struck_out) continue;
            if (only != nullptr) return;
            only = &box;
        }
        if (only == nullptr) return;
        only->likely_marked = true;
        doubt(*only, strike_unclear());
    }

    /// No mark in any box: the one that ink touches from outside, if it stands out from the others.
    void look_beside() {
        if (likely() > 0) return;
        const MeasuredBox* best = nullptr;
        double second = 0;
        for (const MeasuredBox& m : measured_) {
            if (best == nullptr || beside(m) > beside(*best)) {
                second = best ? beside(*best) : 0;
                best = &m;
            } else
                second = std::max(second, beside(m));
        }
        if (best == nullptr || beside(*best) < kTickBeside || second > 0.6 * beside(*best)) return;
        PlacedBox& box = boxes_[best->index];
        if (box.state == BoxState::struck_out) return;
        box.likely_marked = true;
        doubt(box, mark_astray());
    }

    /// A tick that stands wholly left of its box: nothing is printed there.
    void look_before(bool single) {
        for (const MeasuredBox& m : measured_) {
            PlacedBox& box = boxes_[m.index];
            if (!m.found || box.state != BoxState::empty || m.before < kTickBefore) continue;
            box.likely_marked = !single || likely() == 0;
            doubt(box, mark_astray());
        }
    }

    /// Where several may be ticked, any box may have its tick beside it: a stroke from outside that reaches the outline
    /// and covers one of its sides. Not taken for a mark (it may be the next word's) unless it also leaves the line,
    /// but not passed over either.
    void doubt_strays() {
        for (const MeasuredBox& m : measured_) {
            PlacedBox& box = boxes_[m.index];
            const double side = std::max({m.added.left, m.added.above, m.added.below});
            if (box.state != BoxState::empty) continue;
            const bool leaves_line = m.tick > kTickLeavesLine && m.added.astray > kTickReaches;
            box.likely_marked = leaves_line;
            if (leaves_line || m.tick > 2 * kTickLeavesLine || (m.added.astray >= kStray && side > kStraySide))
                doubt(box, mark_astray());
        }
    }

    /// Nobody ticks everything: then something else than marks was measured.
    void judge_all() {
        const auto found =
            std::count_if(measured_.begin(), measured_.end(), [](const MeasuredBox& m) { return m.found; });
        if (found < 2 || likely() < found) return;
        for (const MeasuredBox& m : measured_)
            if (m.found) doubt(boxes_[m.index], all_marked());
    }

private:
    std::vector<PlacedBox>& boxes_;
    const std::vector<MeasuredBox>& measured_;
};

} // namespace

void decide_states(std::vector<PlacedBox>& boxes, const std::vector<MeasuredBox>& measured, bool single) {
    for (const MeasuredBox& one : measured) {
        PlacedBox& box = boxes[one.index];
        if (one.found)
            decide_alone(box, one);
        else
            doubt(box, outline_missing());
    }
    Group group(boxes, measured);
    group.judge_scribbles();
    group.judge_rings(single);
    group.look_before(single);
    if (single) {
        group.judge_several();
        group.look_for_faint();
        group.look_beside();
        group.look_for_struck();
    } else
        group.doubt_strays();
    group.judge_all();
}

} // namespace dengji::layout
