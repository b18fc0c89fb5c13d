#include "pipeline/layout/box_states.h"

#include <algorithm>

namespace dengji::layout {
namespace {

constexpr double kMarked = 0.06; ///< added ink that makes a mark
constexpr double kSurelyEmpty = 0.03;
constexpr double kSurelyMarked = 0.08;
constexpr double kWeakOutline = 0.72;
constexpr double kStruck = 0.97;
constexpr double kFilled = 0.9;

Reason outline_missing() {
    return {"box-outline-missing", "没有找到这个选项的方框", "the printed outline of this option's box was not found"};
}
Reason outline_weak() {
    return {"box-outline-weak", "方框印得不清楚", "the printed outline of this box is not clear"};
}
Reason mark_faint() {
    return {"mark-faint", "勾选痕迹很淡或很小", "the mark in this box is faint or small"};
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

/// Filled, and run over on all sides: nobody ticks like that, people cancel so.
bool scribbled_over(const AddedInk& added) {
    return added.core > kFilled && added.left > 0.15 && added.above > 0.15 && added.below > 0.15;
}

} // namespace

void decide_states(std::vector<PlacedBox>& boxes, const std::vector<MeasuredBox>& group, bool single) {
    int likely = 0, found = 0;
    for (const MeasuredBox& measured : group) {
        PlacedBox& box = boxes[measured.index];
        if (!measured.found) {
            doubt(box, outline_missing());
            continue;
        }
        ++found;
        box.ink = measured.added.inside;
        const bool struck = box.ink > kSurelyEmpty && measured.strike >= kStruck && measured.word > 1.0;
        box.likely_marked = box.ink > kMarked && !struck;
        box.state = struck ? BoxState::struck_out : box.likely_marked ? BoxState::marked : BoxState::empty;
        if (!struck && box.ink > kSurelyEmpty && box.ink < kSurelyMarked) doubt(box, mark_faint());
        if (box.outline < kWeakOutline) doubt(box, outline_weak());
        likely += box.likely_marked;
    }
    for (const MeasuredBox& measured : group) {
        PlacedBox& box = boxes[measured.index];
        if (!box.likely_marked || !scribbled_over(measured.added)) continue;
        if (likely > 1) {
            box.likely_marked = false;
            doubt(box, scribbled_beside_mark());
        } else
            doubt(box, scribbled());
    }
    if (single && likely > 1) {
        for (const MeasuredBox& measured : group) {
            PlacedBox& box = boxes[measured.index];
            if (box.state == BoxState::marked && measured.added.core > kFilled) doubt(box, filled_beside_mark());
        }
    }
    if (found >= 2 && likely == found) {
        for (const MeasuredBox& measured : group)
            if (measured.found) doubt(boxes[measured.index], all_marked());
    }
}

} // namespace dengji::layout
