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
Reason all_marked() {
    return {"all-marked", "所有选项都像已勾选", "every option of the group looks marked"};
}

void doubt(PlacedBox& box, Reason reason) {
    box.state = BoxState::doubtful;
    box.reasons.push_back(std::move(reason));
}

double mark_strength(const AddedInk& added) {
    return added.inside;
}

} // namespace

void decide_states(std::vector<PlacedBox>& boxes, const std::vector<MeasuredBox>& group, bool single) {
    int marked = 0, found = 0;
    for (const MeasuredBox& measured : group) {
        PlacedBox& box = boxes[measured.index];
        if (!measured.found) {
            doubt(box, outline_missing());
            continue;
        }
        ++found;
        box.ink = mark_strength(measured.added);
        const bool line_through = measured.strike >= kStruck && measured.word > 1.0;
        if (box.ink > kMarked && line_through)
            box.state = BoxState::struck_out;
        else if (box.ink > kMarked)
            box.state = BoxState::marked;
        else
            box.state = BoxState::empty;
        box.likely_marked = box.state == BoxState::marked;
        if (box.ink > kSurelyEmpty && box.ink < kSurelyMarked && !line_through) doubt(box, mark_faint());
        if (box.outline < kWeakOutline) doubt(box, outline_weak());
        marked += box.state == BoxState::marked;
    }
    if (single && marked > 1) {
        for (const MeasuredBox& measured : group)
            if (boxes[measured.index].state == BoxState::marked && measured.added.core > kFilled) {
                boxes[measured.index].likely_marked = false;
                doubt(boxes[measured.index], filled_beside_mark());
            }
    }
    if (found >= 2 && marked == found) {
        for (const MeasuredBox& measured : group)
            if (measured.found) doubt(boxes[measured.index], all_marked());
    }
}

} // namespace dengji::layout
