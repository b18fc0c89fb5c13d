#include "pipeline/layout/boxes.h"

#include "pipeline/layout/box_measure.h"
#include "pipeline/layout/box_states.h"

namespace dengji::layout {

void find_boxes(Sheet& sheet) {
    std::map<std::string, std::vector<MeasuredBox>> groups;
    for (const MeasuredBox& measured : measure_boxes(sheet))
        groups[sheet.boxes[measured.index].group].push_back(measured);
    for (const auto& [key, group] : groups) {
        const templates::Field* field = sheet.form ? sheet.form->field(key) : nullptr;
        decide_states(sheet.boxes, group, field == nullptr || field->kind == templates::FieldKind::choice);
    }
}

} // namespace dengji::layout
