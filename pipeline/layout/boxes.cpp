#include "pipeline/layout/boxes.h"

#include "pipeline/layout/box_measure.h"
#include "pipeline/layout/box_states.h"

namespace dengji::layout {
namespace {

constexpr double kPenInBox = 0.06; ///< share of a box that a pen's mark covers

Reason mark_under_seal() {
    return {"mark-under-seal", "方框被印章遮盖，是否勾选不能确定",
            "a seal covers this box: whether it is marked is not certain"};
}

/// Between the star in the middle and the letters along the ring there is paper.
bool lies_under(const Seal& seal, const cv::Rect& box) {
    const double distance = cv::norm(cv::Point2d(box.x + box.width / 2.0, box.y + box.height / 2.0) - seal.centre);
    const double reach = 0.7 * box.width;
    return distance < 0.4 * seal.radius + reach ||
           (distance > 0.55 * seal.radius - reach && distance < 1.04 * seal.radius + reach);
}

bool has_pen_in(const Sheet& sheet, const cv::Rect& box) {
    if (!sheet.pens_below) return false;
    const cv::Rect inside = box & cv::Rect({}, sheet.table.norm.size());
    return !inside.empty() &&
           cv::countNonZero(sheet.table.norm(inside) < *sheet.pens_below) > kPenInBox * inside.area();
}

} // namespace

bool takes_one(const Sheet& sheet, const std::string& group) {
    const templates::Field* field = sheet.form ? sheet.form->field(group) : nullptr;
    return field == nullptr || field->kind == templates::FieldKind::choice;
}

void doubt_marks_under_seals(Sheet& sheet) {
    std::map<std::string, int> likely;
    for (const PlacedBox& box : sheet.boxes) likely[box.group] += box.likely_marked;
    for (PlacedBox& box : sheet.boxes) {
        if (!box.likely_marked && box.state != BoxState::marked) continue;
        const bool covered = std::any_of(sheet.seals.begin(), sheet.seals.end(),
                                         [&](const Seal& seal) { return lies_under(seal, box.rect); });
        if (!covered || has_pen_in(sheet, box.rect)) continue;
        box.likely_marked = takes_one(sheet, box.group) && likely[box.group] == 1;
        box.state = BoxState::doubtful;
        box.reasons.push_back(mark_under_seal());
    }
}

void find_boxes(Sheet& sheet) {
    std::map<std::string, std::vector<MeasuredBox>> groups;
    for (const MeasuredBox& measured : measure_boxes(sheet))
        groups[sheet.boxes[measured.index].group].push_back(measured);
    for (const auto& [key, group] : groups) decide_states(sheet.boxes, group, takes_one(sheet, key));
}

} // namespace dengji::layout
