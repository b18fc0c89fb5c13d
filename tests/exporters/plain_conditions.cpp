#include "tests/exporters/plain_conditions.h"

namespace dengji::monthly::test {

std::string state_on(const std::string& day) {
    return "(select e.state from events e where e.subject = l.registration_id and e.state is not null and "
           "e.effective_on <= '" +
           day + "' order by e.id desc limit 1)";
}

std::string open_on(const std::string& day) {
    return "coalesce(" + state_on(day) + " in ('registered', 'followed-up'), 0)";
}

std::string pending_on(const std::string& day) {
    return "coalesce(" + state_on(day) + " in ('received', 'checked', 'in-survey'), 0)";
}

std::string hard_on(const std::string& day) {
    return "coalesce((select e.outcome like 'recognised%' from events e where e.subject = l.registration_id and "
           "+e.action = 'hardship' and e.effective_on <= '" +
           day + "' order by e.id desc limit 1), 0)";
}

std::string value_on(const std::string& key, const std::string& day) {
    const std::string present =
        "coalesce((select case v.type when 'list' then (select group_concat(j.value, '、') from "
        "json_each(v.value) j) else v.value end from registration_values v where "
        "v.registration_id = l.registration_id and v.key = '" +
        key + "'), '')";
    const std::string changed_later = "from events e where e.subject = l.registration_id and +e.action in ('change', "
                                      "'correct') and e.outcome = '" +
                                      key + "' and e.effective_on > '" + day + "'";
    return "case when exists (select 1 " + changed_later +
           ") then (select coalesce(json_extract(e.details, '$.before'), '') " + changed_later +
           " order by e.id limit 1) else " + present + " end";
}

std::string office_on(const std::string& day) {
    const std::string moved = "from events e where e.subject = l.registration_id and +e.action = 'office' and "
                              "e.effective_on ";
    return "coalesce((select e.outcome " + moved + "<= '" + day +
           "' order by e.id desc limit 1), (select json_extract(e.details, '$.before') " + moved + "> '" + day +
           "' order by e.id limit 1), l.office)";
}

} // namespace dengji::monthly::test
