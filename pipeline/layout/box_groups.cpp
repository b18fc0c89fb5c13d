#include "pipeline/layout/boxes.h"

namespace dengji::layout {
namespace {

Reason none_marked() {
    return {"choice-none", "没有勾选任何选项", "no option is marked"};
}
Reason several_marked() {
    return {"choice-several", "只能选一项，却勾选了多项", "several options are marked where one is expected"};
}

} // namespace

std::map<std::string, GroupChoice> choose_options(const Sheet& sheet) {
    std::map<std::string, GroupChoice> groups;
    for (const PlacedBox& box : sheet.boxes) {
        GroupChoice& group = groups[box.group];
        if (box.likely_marked) group.options.push_back(box.option);
        if (box.state != BoxState::doubtful) continue;
        group.doubtful = true;
        for (Reason reason : box.reasons) {
            reason.zh = box.option + "：" + reason.zh;
            reason.en = box.option + ": " + reason.en;
            group.reasons.push_back(std::move(reason));
        }
    }
    for (auto& [key, group] : groups) {
        if (const auto reasons = sheet.group_reasons.find(key); reasons != sheet.group_reasons.end()) {
            group.doubtful = true;
            group.reasons.insert(group.reasons.end(), reasons->second.begin(), reasons->second.end());
        }
        if (!takes_one(sheet, key) || group.options.size() == 1) continue;
        group.doubtful = true;
        group.reasons.push_back(group.options.empty() ? none_marked() : several_marked());
    }
    return groups;
}

} // namespace dengji::layout
