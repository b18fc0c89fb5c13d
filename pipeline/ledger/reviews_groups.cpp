#include "pipeline/ledger/field_changes.h"
#include "pipeline/ledger/reviews_work.h"
#include "pipeline/ledger/stored_values.h"

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

long long Reviews::grouped_since(long long event, const std::vector<std::string>& keys,
                                 const std::function<void(GroupedSheet)>& use) {
    RegisterWork work(*register_.parts_, Transaction::For::reading);
    const long long last = work.database.number("max(id)", "from events").value_or(0);
    if (last == event) return last;
    std::string which = waits_for_decision;
    Parameters parameters;
    if (event > 0) {
        // Those that were touched come first, without entries; what waits of them follows.
        const std::string touched = "from events e where e.id > :event and e.subject_kind = 'registration'";
        Cursor row = work.database.select({"distinct e.subject"}, touched, {event});
        while (row.next()) use({row.text(0), {}});
        which += " and l.registration_id in (select e.subject " + touched + ")";
        parameters = {event};
    }
    Cursor row = work.database.select({"l.registration_id", "v.key", "v.type", "v.value", "v.review"},
                                      "from lives l join registration_values v on v.registration_id = "
                                      "l.registration_id where " +
                                          which + " and v.key in (" + quoted(keys) + ") order by l.id",
                                      std::move(parameters));
    GroupedSheet sheet;
    const auto hand_over = [&] {
        if (!sheet.registration.empty()) use(std::move(sheet));
    };
    while (row.next()) {
        if (row.text(0) != sheet.registration) {
            hand_over();
            sheet = {row.text(0), {}};
        }
        const auto value = value_of(row.text(2), row.text(3));
        const auto* list = std::get_if<std::vector<std::string>>(&value);
        if (list == nullptr || list->empty())
            sheet.entries.push_back({row.text(1), list == nullptr ? field_text(value) : "", row.truth(4)});
        else
            for (const auto& option : *list) sheet.entries.push_back({row.text(1), option, row.truth(4)});
    }
    hand_over();
    return last;
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
