#include "pipeline/review/group_counts.h"

namespace dengji::review {

std::vector<std::string> grouped_keys(const templates::Form& form) {
    static const std::set<std::string> closed = {"sex", "ethnicity", "political_status", "health", "id_type"};
    std::vector<std::string> keys;
    for (const auto& field : form.fields)
        if (field.kind != templates::FieldKind::text || closed.contains(field.content)) keys.push_back(field.key);
    return keys;
}

GroupCounts::GroupCounts(const templates::Form& form) : keys_(grouped_keys(form)) {
    for (std::size_t i = 0; i < keys_.size(); ++i) places_[keys_[i]] = i;
    for (const auto& field : form.fields)
        if (field.kind == templates::FieldKind::date) dates_.insert(field.key);
}

void GroupCounts::count(const ledger::GroupedSheet& sheet, int step) {
    for (const auto& entry : sheet.entries) {
        const Name name{places_.at(entry.key), dates_.contains(entry.key) ? "*" : entry.value};
        auto& group = groups_[name];
        group.key = entry.key;
        group.value = name.second;
        group.count += step;
        group.doubtful += entry.review ? step : 0;
        if (group.count == 0) groups_.erase(name);
    }
}

std::vector<ValueGroup> GroupCounts::up_to_date(ledger::Reviews& reviews) {
    const std::lock_guard lock(mutex_);
    last_event_ = reviews.grouped_since(last_event_, keys_, [&](ledger::GroupedSheet sheet) {
        if (const auto before = sheets_.find(sheet.registration); before != sheets_.end()) {
            count(before->second, -1);
            sheets_.erase(before);
        }
        if (sheet.entries.empty()) return;
        count(sheet, 1);
        auto name = sheet.registration;
        sheets_.emplace(std::move(name), std::move(sheet));
    });
    std::vector<ValueGroup> groups;
    for (const auto& [name, group] : groups_) groups.push_back(group);
    return groups;
}

} // namespace dengji::review
