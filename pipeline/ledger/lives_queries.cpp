#include "pipeline/base/error.h"
#include "pipeline/base/text.h"
#include "pipeline/ledger/life_gates.h"
#include "pipeline/ledger/lives_work.h"

namespace dengji::ledger {
namespace {

constexpr auto found_tables =
    "from lives l left join persons p on p.id = l.person_id "
    "left join registration_values n on n.registration_id = l.registration_id and n.key = 'name' "
    "left join registration_values i on i.registration_id = l.registration_id and i.key = 'id_number' ";

Cursor select_found(Database& database, const std::string& rest, Parameters parameters) {
    return database.select({"l.registration_id", "n.value", "i.value", "l.state", "l.changed_on", "l.received_on",
                            "l.channel", "l.office", "l.follows",
                            "(select count(*) from registration_values v where v.registration_id = l.registration_id "
                            "and v.review = 1)"},
                           found_tables + rest, std::move(parameters));
}

Found found_in(const Cursor& row) {
    Found found;
    found.registration = row.text(0);
    found.name = row.text(1);
    found.number = row.text(2);
    found.state = state_named(row.text(3)).value_or(State::received);
    found.changed_on = stored_day(row.text(4));
    found.received_on = stored_day(row.text(5));
    found.channel = channel_named(row.text(6)).value_or(rules::Channel::counter);
    found.office = row.text(7);
    found.follows = row.text(8);
    found.for_review = static_cast<int>(row.number(9));
    return found;
}

/// A pattern of "like" in which the text stands for itself.
std::string contains(const std::string& text) {
    std::string pattern(1, '%');
    for (const char character : text) {
        if (character == '%' || character == '_' || character == '\\') pattern += '\\';
        pattern += character;
    }
    pattern += '%';
    return pattern;
}

} // namespace

std::vector<Found> Lives::find(const Query& query, int most) {
    Work work(*this, Transaction::For::reading);
    std::string rest = "where true";
    Parameters parameters;
    if (!query.name.empty()) {
        rest += " and p.name like :name escape '\\'";
        parameters.push_back(contains(comparable(query.name)));
    }
    if (!query.number.empty()) {
        rest += " and p.number = :number";
        parameters.push_back(comparable_number(query.number));
    }
    if (!query.office.empty()) {
        rest += " and l.office = :office";
        parameters.push_back(query.office);
    }
    if (query.state) {
        rest += " and l.state = :state";
        parameters.push_back(std::string(name_of(*query.state)));
    }
    rest += " order by l.id desc limit " + std::to_string(most);
    Cursor row = select_found(work.database, rest, std::move(parameters));
    std::vector<Found> found;
    while (row.next()) found.push_back(found_in(row));
    return found;
}

Overview Lives::show(const std::string& registration) {
    Work work(*this, Transaction::For::reading);
    const auto life = life_row(work.database, registration);
    if (!life)
        throw Error(ErrorKind::input, "there is no registration of this number", "Look for it with 'dengji find'.");
    Situation situation(work.database, book_, offices_, *life);
    Overview overview;
    {
        Cursor row = select_found(work.database, "where l.registration_id = :id", {registration});
        row.next();
        overview.row = found_in(row);
    }
    overview.values = situation.values();
    overview.events = situation.events();
    overview.withdrawn = situation.life().withdrawn;
    overview.others = situation.others();
    overview.look_alikes = situation.look_alikes();
    if (is_pending(life->state)) {
        Act nobody;
        nobody.on = today();
        overview.findings = findings_of(situation, nobody);
        std::erase_if(overview.findings, [](const rules::Finding& finding) { return finding.rule == "H02"; });
    }
    return overview;
}

std::map<State, long long> Lives::states() {
    Work work(*this, Transaction::For::reading);
    std::map<State, long long> counts;
    Cursor row = work.database.select({"state", "count(*)"}, "from lives group by state");
    while (row.next()) counts[state_named(row.text(0)).value_or(State::received)] += row.number(1);
    return counts;
}

} // namespace dengji::ledger
