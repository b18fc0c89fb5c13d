// What monthly reports count, in one pass over the registrations that matter for their periods.
#include "pipeline/base/error.h"
#include "pipeline/ledger/lives_work.h"
#include "pipeline/ledger/report_certificates.h"
#include "pipeline/ledger/report_life.h"
#include "pipeline/ledger/report_traits.h"

#include <nlohmann/json.hpp>

namespace dengji::ledger {
namespace {

using templates::ReportWords;
using templates::Trait;

/// What can't be settled before the first period: open and pending registrations, those that changed since, those with
/// events that count later than they took effect, and all with a certificate.
constexpr auto that_matter =
    "(l.state in ('received', 'checked', 'in-survey', 'registered', 'followed-up') or l.changed_on >= :since "
    "or l.registration_id in (select subject from events where action = 'certificate-issue') "
    "or l.registration_id in (select subject from events where id > :closed and effective_on < :since2))";

/// Came in by then: with those that came later there is nothing to look up. (Who handed in again came in earlier than
/// the row says.)
constexpr auto that_came_in = "(l.received_on <= :until or exists (select 1 from events b where b.subject = "
                              "l.registration_id and b.effective_on <= :until2))";

constexpr auto steps_that_count =
    "e.effective_on <= :until and (e.action in ('received', 'receipt', 'resubmit', 'survey-open', 'survey-close', "
    "'register', 'refuse', 'return', 'cancel', 'restore', 'hardship', 'verify-category', 'withdraw') "
    "or (e.action in ('contact', 'first-contact') and (e.effective_on >= :since3 or e.id > :closed2))) ";

class Reader {
public:
    Reader(Database& database, const ReportQuestion& question, const rules::RuleBook& book,
           const templates::Offices& offices)
        : database_(database), question_(question), book_(book), offices_(offices),
          since_(format(question.periods.front().from)), until_(format(question.periods.back().until)),
          closed_(closed_before()) {
        load_changes();
        load_certificates();
    }

    void read(const std::function<void(const Counted&)>& use) {
        const std::string matter = that_matter;
        Cursor event = database_.select({"l.id", "e.id", "e.action", "e.effective_on", "e.outcome"},
                                        "from lives l join events e on e.subject = l.registration_id where " + matter +
                                            " and " + steps_that_count + "order by l.id, e.id",
                                        {since_, closed_, since_, until_, since_, closed_});
        bool more = event.next();
        Cursor row = registrations();
        while (row.next()) {
            const long long life = row.number(0);
            while (more && event.number(0) < life) more = event.next();
            std::vector<ReportEvent> events;
            for (; more && event.number(0) == life; more = event.next()) add(events, event);
            count(row, std::move(events), use);
        }
    }

private:
    /// The last event of the last period that was closed before the first of the question.
    long long closed_before() const {
        long long last = std::numeric_limits<long long>::max();
        for (const auto& period : question_.closed)
            if (period.until < question_.periods.front().from) last = std::min(last, period.last_event);
        return last;
    }

    int period_of_event(Date effective, long long id) const {
        const Date on = counted_on(effective, id, question_.closed);
        if (on < question_.periods.front().from) return -1;
        int index = 0;
        for (const auto& period : question_.periods) {
            if (on <= period.until) return index;
            ++index;
        }
        return index;
    }

    void add(std::vector<ReportEvent>& events, const Cursor& row) const {
        ReportEvent event;
        event.id = row.number(1);
        event.step = row.text(2);
        event.on = stored_day(row.text(3));
        event.outcome = row.text(4);
        event.period = period_of_event(event.on, event.id);
        if (event.period >= static_cast<int>(question_.periods.size())) return;
        event.late = event.period >= 0 && event.on < question_.periods[static_cast<std::size_t>(event.period)].from;
        events.push_back(std::move(event));
    }

    void load_changes() {
        Cursor row = database_.select({"subject", "id", "action", "effective_on", "outcome", "details"},
                                      "from events where action in ('change', 'correct', 'undo', 'office') "
                                      "and effective_on is not null order by id");
        while (row.next()) {
            const bool moves = row.text(2) == "office";
            if (!moves && !report_field(row.text(4))) continue;
            const auto details = nlohmann::json::parse(row.text(5), nullptr, false);
            Before before;
            before.event = row.number(1);
            before.period = period_of_event(stored_day(row.text(3)), before.event);
            before.key = moves ? "office" : row.text(4);
            if (details.is_object() && details.contains("before") && details["before"].is_string())
                before.value = details["before"].get<std::string>();
            if (moves) before.after = row.text(4);
            changes_[row.text(0)].push_back(std::move(before));
        }
    }

    void load_certificates() {
        std::string reasons;
        for (const auto& reason : question_.report.void_certificate)
            reasons += (reasons.empty() ? "'" : ", '") + reason + "'";
        Cursor row = database_.select(
            {"l.person_id", "e.subject", "e.id", "e.effective_on", "e.action"},
            "from events e join lives l on l.registration_id = e.subject where e.effective_on is not null and "
            "l.person_id is not null and (e.action in ('certificate-issue', 'restore') or (e.action = 'cancel' and "
            "e.outcome in (" +
                reasons + "))) order by e.id");
        while (row.next()) {
            const long long person = row.number(0), id = row.number(2);
            const int period = period_of_event(stored_day(row.text(3)), id);
            if (row.text(4) == "certificate-issue")
                certificates_.issue(person, row.text(1), id, period);
            else if (row.text(4) == "cancel")
                certificates_.end(person, row.text(1), id, period);
            else
                certificates_.restore(person, row.text(1), id, period);
        }
    }

    Cursor registrations() {
        // One row a registration, its values side by side; types follow from the fields.
        std::string values;
        for (std::size_t i = 0; i < report_field_count; ++i)
            values += ", (select v.type || ':' || v.value from registration_values v where v.registration_id = "
                      "l.registration_id and v.key = '" +
                      std::string(key_of(static_cast<ReportField>(i))) + "') v" + std::to_string(i);
        const std::string inner = "from (select l.id, l.registration_id, l.person_id, l.office, l.follows, l.channel, "
                                  "p.born" +
                                  values + " from lives l left join persons p on p.id = l.person_id where " +
                                  that_matter + " and " + that_came_in + " order by l.id) r order by r.id";
        return database_.select({"r.id",        "r.registration_id",
                                 "r.person_id", "r.office",
                                 "r.follows",   "r.channel",
                                 "r.born",      "v0",
                                 "v1",          "v2",
                                 "v3",          "v4",
                                 "v5",          "v6",
                                 "v7",          "v8",
                                 "v9",          "v10",
                                 "v11",         "v12",
                                 "v13",         "v14",
                                 "v15"},
                                inner, {since_, closed_, since_, until_, until_});
    }

    struct Row {
        std::string office, born, channel;
        bool again = false;
        ReportValues values;
        const std::vector<Before>* changes = nullptr;
        mutable std::optional<Traits> said;
        mutable std::optional<Beginnings> beginnings;
    };

    Row row_in(const Cursor& cursor) const {
        static const std::vector<Before> none;
        Row row;
        row.office = cursor.text(3);
        row.again = !cursor.text(4).empty();
        row.channel = cursor.text(5);
        row.born = cursor.text(6);
        for (std::size_t i = 0; i < report_field_count; ++i) {
            const auto& stored = cursor.text(7 + i);
            const auto colon = stored.find(':');
            if (colon != std::string::npos)
                row.values.values[i] = report_value(stored.substr(0, colon), stored.substr(colon + 1));
        }
        const auto found = changes_.find(cursor.text(1));
        row.changes = found == changes_.end() ? &none : &found->second;
        return row;
    }

    std::uint64_t town(const std::string& office) const {
        const auto bit = question_.words.bit(Trait::town, office);
        return bit != 0 ? bit : question_.words.bit(Trait::town, ReportWords::other_town);
    }

    Traits traits_at(const Row& row, const ReportLife& life, long long person, std::size_t boundary) const {
        const auto& words = question_.words;
        const Date on = boundary == 0 ? Date(std::chrono::sys_days(question_.periods[0].from) - std::chrono::days(1))
                                      : question_.periods[boundary - 1].until;
        // Most registrations never change: what their values say is worked out once, but for ages and times.
        const bool changes = !row.changes->empty();
        const auto values = changes ? values_at(row.values, *row.changes, boundary) : ReportValues{};
        if (!changes && !row.said) row.said = traits_of(row.values, row.born, on, question_);
        Traits traits = changes ? traits_of(values, row.born, on, question_) : *row.said;
        if (!changes) {
            if (!row.beginnings) row.beginnings = beginnings_of(row.values, row.born);
            set_times(traits, *row.beginnings, on);
        }
        const auto yes_no = [&](Trait trait, bool yes) {
            traits.words[templates::index_of(trait)] = words.bit(trait, yes ? "是" : "否");
        };
        yes_no(Trait::certificate, certificates_.valid_at(person, boundary));
        yes_no(Trait::hardship, life.hardship_at(boundary));
        yes_no(Trait::again, row.again);
        traits.words[templates::index_of(Trait::verified_category)] = life.verified_at(boundary);
        traits.words[templates::index_of(Trait::channel)] = words.bit(Trait::channel, row.channel);
        traits.words[templates::index_of(Trait::town)] =
            town(changes ? office_at(row.office, values, *row.changes, boundary, offices_) : row.office);
        return traits;
    }

    /// A certificate stays with the town in which its registration began, so that each town's stock adds up.
    std::uint64_t first_town(const Row& row) const {
        for (const auto& change : *row.changes)
            if (change.key == "office") return town(change.value);
        return town(row.office);
    }

    void count(const Cursor& cursor, std::vector<ReportEvent> events, const std::function<void(const Counted&)>& use) {
        const auto channel = channel_named(cursor.text(5)).value_or(rules::Channel::counter);
        const ReportLife life(std::move(events), question_, book_, channel);
        const auto& id = cursor.text(1);
        Counted counted;
        counted.person = cursor.number(2);
        counted.spans.resize(question_.spans.size());
        std::optional<Row> row;
        std::vector<std::optional<Traits>> known(question_.periods.size() + 1);
        const auto traits = [&](std::size_t boundary) -> const Traits& {
            if (!row) row = row_in(cursor);
            if (!known[boundary]) known[boundary] = traits_at(*row, life, counted.person, boundary);
            return *known[boundary];
        };
        for (std::size_t i = 0; i < question_.spans.size(); ++i) {
            const auto [first, last] = question_.spans[i];
            auto certificate = certificates_.tallies(counted.person, id, first, last);
            if (certificate.empty() && !life.anything(first, last)) continue;
            auto& span = counted.spans[i];
            span.before = traits(first);
            span.after = traits(last + 1);
            span.late = life.late(first, last);
            span.tallies = life.tallies(first, last);
            if (life.open_at(first) && span.before != span.after) {
                span.tallies.push_back({templates::Measure::corrections, 1, false, 0, 0, 0});
                span.tallies.push_back({templates::Measure::corrections, -1, true, 0, 0, 0});
            }
            for (auto& tally : certificate) {
                tally.town = first_town(*row);
                span.tallies.push_back(tally);
            }
        }
        if (!row) return; // nothing to count
        counted.registration = id;
        counted.name = row->values.text(ReportField::name);
        counted.number = row->values.text(ReportField::id_number);
        use(counted);
    }

    Database& database_;
    const ReportQuestion& question_;
    const rules::RuleBook& book_;
    const templates::Offices& offices_;
    const std::string since_, until_;
    const long long closed_;
    std::unordered_map<std::string, std::vector<Before>> changes_;
    ReportCertificates certificates_;
};

} // namespace

void Lives::count_for_report(const ReportQuestion& question, const std::function<void(const Counted&)>& use) {
    Work work(*this, Transaction::For::reading);
    Reader(work.database, question, book_, offices_).read(use);
}

std::vector<ClosedPeriod> Lives::closed_periods() {
    Work work(*this, Transaction::For::reading);
    Cursor row =
        work.database.select({"month", "from_day", "until_day", "last_event", "definition", "closed_at", "closed_by"},
                             "from closed_periods order by month");
    std::vector<ClosedPeriod> found;
    while (row.next()) {
        const auto month = parse_month(row.text(0));
        if (!month)
            throw Error(ErrorKind::data, "the register holds a closed period that is no month",
                        "Restore it from a backup.");
        found.push_back({*month, stored_day(row.text(1)), stored_day(row.text(2)), row.number(3), row.text(4),
                         row.text(5), row.text(6)});
    }
    return found;
}

long long Lives::last_event() {
    Work work(*this, Transaction::For::reading);
    return work.database.number("max(id)", "from events").value_or(0);
}

void Lives::close_period(const ClosedPeriod& period, const std::map<std::string, std::string>& figures,
                         const std::map<std::string, std::string>& definition_files) {
    Work work(*this);
    auto& database = work.database;
    if (database.number("1", "from closed_periods where month >= :month", {format(period.month)}))
        throw Error(ErrorKind::usage, "the period " + format(period.month) + " or a later one is closed already",
                    "Periods are closed once, one after the other.");
    if (database.number("max(id)", "from events").value_or(0) != period.last_event)
        throw Error(ErrorKind::database, "the register changed while the period was being closed", "Try again.");
    database.execute("insert into closed_periods (month, from_day, until_day, last_event, definition, closed_at, "
                     "closed_by) values (:month, :from, :until, :event, :definition, :at, :by)",
                     {format(period.month), format(period.from), format(period.until), period.last_event,
                      period.definition, period.closed_at, period.closed_by});
    for (const auto& [scope, text] : figures)
        database.execute("insert into closed_figures (month, scope, figures) values (:month, :scope, :figures)",
                         {format(period.month), scope, text});
    for (const auto& [name, content] : definition_files)
        database.execute("insert into closed_definitions (version, file, content) values (:version, :file, :content) "
                         "on conflict (version, file) do nothing",
                         {period.definition, name, content});
    note_event(database, "period-closed", {"period", format(period.month)}, std::nullopt,
               nlohmann::ordered_json{{"by", period.closed_by}, {"definition", period.definition}}.dump());
    work.commit();
}

std::map<std::string, std::string> Lives::closed_definition(const std::string& version) {
    Work work(*this, Transaction::For::reading);
    std::map<std::string, std::string> files;
    Cursor row =
        work.database.select({"file", "content"}, "from closed_definitions where version = :version", {version});
    while (row.next()) files[row.text(0)] = row.text(1);
    return files;
}

std::optional<std::string> Lives::closed_figures(Month month, const std::string& scope) {
    Work work(*this, Transaction::For::reading);
    return work.database.text("figures", "from closed_figures where month = :month and scope = :scope",
                              {format(month), scope});
}

} // namespace dengji::ledger
