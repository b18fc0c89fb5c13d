#include "pipeline/ledger/schema_report_rows.h"

#include "pipeline/ledger/report_row.h"

#include <string>

namespace dengji::ledger {
namespace {

// A report looks at the values and events of every registration there is. Gathering them from their own tables costs
// more than all of its counting, so table report_rows keeps them packed, a row a registration, as report_row.h reads
// it. View report_rows_afresh says what each row has to be; triggers see to it in the transaction of the change.

/// A text of any content: its length in bytes goes before it.
std::string measured(const std::string& sql) {
    return "length(cast(" + sql + " as blob)) || ':' || " + sql;
}

std::string in_quotes(std::string_view word) {
    std::string text(1, '\'');
    text.append(word).push_back('\'');
    return text;
}

std::string report_keys() {
    std::string keys;
    for (std::size_t i = 0; i < report_field_count; ++i)
        keys += (i == 0 ? "" : ", ") + in_quotes(key_of(static_cast<ReportField>(i)));
    return keys;
}

std::string packed_value() {
    std::string letter = "case v.key";
    for (std::size_t i = 0; i < report_field_count; ++i)
        letter += " when " + in_quotes(key_of(static_cast<ReportField>(i))) + " then " +
                  in_quotes(std::string(1, letter_of(static_cast<ReportField>(i))));
    return letter + " end || substr(v.type, 1, 1) || " + measured("v.value");
}

std::string report_actions() {
    std::string actions;
    for (const auto& [step, name] : report_steps()) actions += (actions.empty() ? "" : ", ") + in_quotes(name);
    return actions;
}

/// `event`: the alias of its row.
std::string packed_event(const std::string& event) {
    std::string letter = "case " + event + ".action", changes;
    for (const auto& [step, name] : report_steps()) {
        letter += " when " + in_quotes(name) + " then " + in_quotes(std::string(1, static_cast<char>(step)));
        if (is_change(step)) changes += (changes.empty() ? "" : ", ") + in_quotes(name);
    }
    return letter + " end || " + event + ".id || ',' || " + event + ".effective_on || ',' || " +
           measured(event + ".outcome") + " || case when " + event + ".action in (" + changes + ") then " +
           measured(event + ".details") + " else '' end";
}

std::string counts(const std::string& event) {
    return event + ".effective_on is not null and " + event + ".action in (" + report_actions() + ")";
}

std::string value_trigger(const std::string& name, const std::string& when, const std::string& row) {
    return "create trigger " + name + " after " + when + " on registration_values when " + row + ".key in (" +
           report_keys() +
           ") begin update report_rows set said = (select a.said from report_rows_afresh a where a.id = "
           "report_rows.id) where id = (select l.id from lives l where l.registration_id = " +
           row + ".registration_id); end";
}

const std::vector<std::string>& statements() {
    static const std::vector<std::string> made = {
        R"sql(create table report_rows (
            id integer primary key,         -- of the row in lives
            said text not null,             -- current values of the fields that reports count by
            steps text not null             -- events that they count, in the order in which they were written down
        ))sql",
        "create view report_rows_afresh as select l.id, coalesce((select group_concat(" + packed_value() +
            ", '') from (select key, type, value from registration_values where registration_id = l.registration_id "
            "order by position) v where v.key in (" +
            report_keys() + ")), '') said, coalesce((select group_concat(packed, '') from (select " +
            packed_event("e") + " packed from events e where e.subject = l.registration_id and " + counts("e") +
            " order by e.id)), '') steps from lives l",
        "insert into report_rows (id, said, steps) select id, said, steps from report_rows_afresh",
        "create trigger report_rows_come after insert on lives begin insert into report_rows (id, said, steps) "
        "select id, said, steps from report_rows_afresh where id = new.id; end",
        "create trigger report_rows_go after delete on lives begin delete from report_rows where id = old.id; end",
        value_trigger("report_rows_gain_a_value", "insert", "new"),
        value_trigger("report_rows_change_a_value", "update of type, value", "new"),
        value_trigger("report_rows_lose_a_value", "delete", "old"),
        "create trigger report_rows_gain_a_step after insert on events when " + counts("new") +
            " begin update report_rows set steps = steps || " + packed_event("new") +
            " where id = (select l.id from lives l where l.registration_id = new.subject); end",
    };
    return made;
}

} // namespace

const std::vector<std::string_view>& report_rows_step() {
    static const std::vector<std::string_view> step(statements().begin(), statements().end());
    return step;
}

} // namespace dengji::ledger
