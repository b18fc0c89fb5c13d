#include "pipeline/ledger/field_changes.h"
#include "pipeline/ledger/reviews_work.h"
#include "pipeline/ledger/stored_values.h"

#include <map>

namespace dengji::ledger {
namespace {

std::string quoted(const std::vector<std::string>& keys) {
    std::string list;
    for (const auto& key : keys) list += (list.empty() ? "'" : ", '") + key + "'";
    return list;
}

/// A pattern of "like" for a JSON list that holds this option.
std::string holds(const std::string& option) {
    std::string pattern = "%";
    for (const char character : to_json(std::vector<std::string>{option})) {
        if (character == '[' || character == ']') continue;
        if (character == '%' || character == '_' || character == '!') pattern += '!';
        pattern += character;
    }
    return pattern + "%";
}

} // namespace

std::vector<ValueGroup> Reviews::groups(const std::vector<std::string>& keys, const std::set<std::string>& dates) {
    RegisterWork work(*register_.parts_, Transaction::For::reading);
    std::map<std::pair<std::string, std::string>, ValueGroup> found;
    Cursor row = work.database.select(
        {"v.key", "v.type", "v.value", "count(*)", "sum(v.review)"},
        std::string("from lives l join registration_values v on v.registration_id = l.registration_id where ") +
            waits_for_decision + " and v.key in (" + quoted(keys) + ") group by v.key, v.type, v.value");
    const auto add = [&](const std::string& value) {
        auto& group = found[{row.text(0), value}];
        group.key = row.text(0);
        group.value = value;
        group.count += row.number(3);
        group.doubtful += row.number(4);
    };
    while (row.next()) {
        if (dates.contains(row.text(0))) {
            add("*");
            continue;
        }
        const auto value = value_of(row.text(1), row.text(2));
        const auto* list = std::get_if<std::vector<std::string>>(&value);
        if (list == nullptr || list->empty())
            add(list == nullptr ? field_text(value) : std::string());
        else
            for (const auto& option : *list) add(option);
    }
    std::vector<ValueGroup> groups;
    for (const auto& key : keys)
        for (auto& [place, group] : found)
            if (place.first == key) groups.push_back(group);
    return groups;
}

std::vector<GroupItem> Reviews::group_items(const std::string& key, const std::string& value, long long place,
                                            int most) {
    RegisterWork work(*register_.parts_, Transaction::For::reading);
    std::string which;
    Parameters parameters = {key, place};
    if (value.empty()) {
        which = " and v.value in ('', '[]')";
    } else if (value != "*") {
        which =
            " and ((v.type = 'list' and v.value like :holds escape '!') or (v.type = 'text' and v.value = :text) or "
            "(v.type = 'truth' and v.value = :truth))";
        parameters.insert(parameters.end(), {holds(value), value, std::string(value == "是" ? "true" : "false")});
    }
    Cursor row = work.database.select(
        {"l.registration_id", "v.type", "v.value", "v.review", "l.id", last_event,
         "exists (select 1 from readings x where x.page_id = r.page_id and x.key = v.key)"},
        std::string("from lives l join registrations r on r.id = l.registration_id join registration_values v on "
                    "v.registration_id = l.registration_id and v.key = :key where ") +
            waits_for_decision + " and l.id > :place" + which + " order by l.id limit " + std::to_string(most),
        std::move(parameters));
    std::vector<GroupItem> items;
    while (row.next()) {
        GroupItem item;
        item.registration = row.text(0);
        item.text = field_text(value_of(row.text(1), row.text(2)));
        item.review = row.truth(3);
        item.place = row.number(4);
        item.revision = row.number(5);
        item.scanned = row.truth(6);
        items.push_back(std::move(item));
    }
    return items;
}

} // namespace dengji::ledger
