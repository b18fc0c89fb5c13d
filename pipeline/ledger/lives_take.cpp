#include "pipeline/base/error.h"
#include "pipeline/ledger/certificate_numbers.h"
#include "pipeline/ledger/field_changes.h"
#include "pipeline/ledger/life_details.h"
#include "pipeline/ledger/life_gates.h"
#include "pipeline/ledger/life_laws.h"
#include "pipeline/ledger/lives_work.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace dengji::ledger {
namespace {

const Step& step_of(const Act& act) {
    if (const Step* step = step_named(act.step)) return *step;
    std::string names;
    for (const Step& step : all_steps()) names += (names.empty() ? "" : ", ") + std::string(step.name);
    throw Error(ErrorKind::usage, "there is no step '" + act.step + "'", "The steps are: " + names + ".");
}

/// Steps that change what the row of a registration holds, even where its state stays.
bool changes_row(const Step& step, State state) {
    static const std::vector<std::string_view> steps = {"receipt",       "register",       "feedback",
                                                        "cancel-notify", "credit-propose", "credit-approve",
                                                        "credit-reject", "withdraw"};
    return (step.to && *step.to != state) || std::find(steps.begin(), steps.end(), step.name) != steps.end();
}

/// The cancelled registration that a new one of the same person follows; "" when there is none.
std::string predecessor(Situation& situation) {
    std::string latest;
    for (const auto& other : situation.others())
        if (state_named(other.state) == State::cancelled) latest = other.registration;
    return latest;
}

nlohmann::ordered_json as_json(const rules::Findings& findings) {
    auto list = nlohmann::ordered_json::array();
    for (const auto& finding : findings)
        list.push_back({{"rule", finding.rule}, {"action", std::string(rules::name_of(finding.action))}});
    return list;
}

} // namespace

/// Writes an act that nothing speaks against: its event, and what follows from it.
class Lives::Writer {
public:
    Writer(Situation& situation, const Step& step, const Act& act, const Entry& entry)
        : situation_(situation), database_(situation.database()), step_(step), act_(act), entry_(entry),
          details_(details_of(act)) {}

    Taken write() {
        Taken taken;
        if (step_.name == "check") {
            taken.findings = findings_of(situation_, act_);
            details_["findings"] = as_json(taken.findings);
        }
        if (step_.name == "change" || step_.name == "correct") change();
        if (step_.name == "confirm") confirm();
        if (step_.name == "undo") undo();
        if (step_.name == "register") follow();
        if (step_.name == "office") move();

        LifeEvent event{0, act_.step, act_.on, entry_.day, act_.by, act_.way, act_.paper, outcome_of(act_), ""};
        if (step_.name == "receipt") event.outcome = name_of(situation_.row().channel);
        if (step_.name == "office") event.outcome = details_["after"];
        if (!details_.empty()) event.details = details_.dump();
        taken.state = situation_.row().state;
        if (!changes_row(step_, taken.state)) {
            taken.event = insert(event, std::nullopt);
        } else {
            taken.event = write_with_row(event, taken.state);
        }
        if (step_.name == "certificate-issue")
            note_issued_number(database_, event.outcome, situation_.registration(), taken.event, entry_.at, act_.by);
        if (replaces_identity_) relink();
        return taken;
    }

private:
    long long insert(LifeEvent& event, std::optional<State> state) {
        if (event.details.empty()) event.details = "{}";
        return add_life_event(database_, situation_.registration(), event, entry_.at, state);
    }

    long long write_with_row(LifeEvent& event, State& state) {
        auto events = situation_.events();
        events.push_back(event);
        const auto life = fold_life(events);
        const bool changes = life->state != state || step_.name == "receipt";
        state = life->state;
        const long long id = insert(event, changes ? std::optional(state) : std::nullopt);
        store_life(database_, situation_.registration(), *life, settled_on(*life, situation_.book().settings));
        return id;
    }

    void change() {
        const auto& key = act_.particulars.at("key");
        const auto value = act_.particulars.find("value");
        if (step_.name == "correct") note_mark(key);
        const auto before = change_field(database_, situation_.registration(), situation_.book().form, key,
                                         value == act_.particulars.end() ? "" : value->second,
                                         step_.name == "change" ? "person" : "clerk");
        details_["before"] = before ? nlohmann::ordered_json(*before) : nlohmann::ordered_json();
        replaces_identity_ = true;
    }

    /// What the value was, so that an undo can bring it back to the letter.
    void note_mark(const std::string& key) {
        const auto mark = field_mark(database_, situation_.registration(), key);
        details_["mark"] = {{"review", mark.review}, {"origin", mark.origin}};
    }

    void confirm() {
        const auto& key = act_.particulars.at("key");
        note_mark(key);
        confirm_field(database_, situation_.registration(), key, "clerk");
        replaces_identity_ = true;
    }

    void undo() {
        const auto& key = act_.particulars.at("key");
        const auto& events = situation_.events();
        const auto undone = std::find_if(events.begin(), events.end(), [&](const LifeEvent& event) {
            return std::to_string(event.id) == act_.particulars.at("event");
        });
        const auto was = nlohmann::json::parse(undone->details, nullptr, false);
        if (undone->step == "correct") {
            const auto before = was.find("before");
            const bool stood = before != was.end() && before->is_string();
            const auto now = change_field(database_, situation_.registration(), situation_.book().form, key,
                                          stood ? before->get<std::string>() : std::string(), "clerk");
            details_["before"] = now ? nlohmann::ordered_json(*now) : nlohmann::ordered_json();
        }
        const auto mark = was.value("mark", nlohmann::json::object());
        set_field_mark(database_, situation_.registration(), key,
                       {mark.value("review", true), mark.value("origin", std::string("reading"))});
        replaces_identity_ = true;
    }

    void follow() {
        const auto before = predecessor(situation_);
        if (before.empty()) return;
        details_["follows"] = before;
        database_.execute("update lives set follows = :before where registration_id = :id",
                          {before, situation_.registration()});
    }

    void move() {
        const auto* office = situation_.offices().named(act_.particulars.at("town"));
        details_["before"] = situation_.row().office;
        details_["after"] = office->code;
        database_.execute("update lives set office = :office where registration_id = :id",
                          {office->code, situation_.registration()});
    }

    void relink() {
        Situation afterwards(database_, situation_.book(), situation_.offices(),
                             *life_row(database_, situation_.registration()));
        place_life(afterwards);
    }

    Situation& situation_;
    Database& database_;
    const Step& step_;
    const Act& act_;
    const Entry& entry_;
    nlohmann::ordered_json details_;
    bool replaces_identity_ = false;
};

Taken Lives::take(const Act& act, std::optional<Date> entered_on) {
    const Step& step = step_of(act);
    expect_particulars(step, act);
    Work work(*this);
    const Entry entry = entered_on ? entry_on(*entered_on) : entry_now();
    auto row = life_row(work.database, act.registration);
    if (!row)
        throw Error(ErrorKind::input, "there is no registration of this number", "Look for it with 'dengji find'.");
    if (!row->person) {
        Situation newcomer(work.database, book_, offices_, *row);
        place_life(newcomer);
        row = life_row(work.database, act.registration);
    }
    Situation situation(work.database, book_, offices_, *row);
    auto why = order_broken(step, act, situation.row(), entry.day);
    if (!why && has_law(act.step)) why = law_broken(situation, act);
    rules::Findings against;
    if (!why) against = findings_against(situation, step, act);
    if (why || !against.empty()) {
        Taken taken;
        taken.state = row->state;
        taken.refusal = Refusal{why.value_or(""), std::move(against), steps_from(row->state)};
        return taken;
    }
    Taken taken = Writer(situation, step, act, entry).write();
    work.commit();
    return taken;
}

} // namespace dengji::ledger
