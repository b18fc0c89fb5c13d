#include "exporters/certificate/holder.h"

#include "pipeline/ledger/field_changes.h"
#include "templates/citizen_number.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace dengji::certificate {
namespace {

using ledger::LifeEvent;
using ledger::Overview;

std::string two_digits(unsigned number) {
    return std::to_string(100 + number).substr(1);
}

std::string value_of(const Overview& overview, const std::string& key) {
    for (const auto& value : overview.values)
        if (value.key == key) return ledger::field_text(value.value);
    return "";
}

/// "2024-02" as 2024年02月; what is no month stays as it was written.
std::string month_in_booklet(const std::string& text) {
    const auto month = parse_month(text);
    return month ? text.substr(0, 4) + "年" + text.substr(5, 2) + "月" : text;
}

std::string particular(const LifeEvent& event, const std::string& key) {
    const auto details = nlohmann::json::parse(event.details, nullptr, false);
    if (!details.is_object()) return "";
    const auto particulars = details.value("particulars", nlohmann::json::object());
    const auto found = particulars.find(key);
    return found != particulars.end() && found->is_string() ? found->get<std::string>() : "";
}

std::string address_of(const Overview& overview, const std::string& which) {
    std::string address;
    for (const auto* part : {".province", ".city", ".county", ".detail"}) address += value_of(overview, which + part);
    return address;
}

std::string born(const Overview& overview, const std::string& id_number) {
    for (auto event = overview.events.rbegin(); event != overview.events.rend(); ++event)
        if (const auto day = parse_date(particular(*event, "born_on"))) return day_in_booklet(*day);
    const auto day = templates::birth_date_of(templates::normal_number(id_number), today());
    return day ? day_in_booklet(*day) : "";
}

/// Turns the life of one registration into rows.
class Rows {
public:
    Rows(Contents& contents, const rules::RuleBook& book, const templates::Offices& offices)
        : contents_(contents), book_(book), offices_(offices) {}

    void add(const Overview& overview) {
        const auto* office = offices_.with_code(overview.row.office);
        office_ = office == nullptr ? std::string() : office->town;
        first_registration_ = table("registrations").size();
        first_assistance_ = table("assistance").size();
        for (const auto& event : overview.events)
            if (!overview.withdrawn.contains(event.id)) add(event, overview);
    }

private:
    std::vector<TableRow>& table(const char* kind) { return contents_.tables[kind]; }

    void add(const LifeEvent& event, const Overview& overview) {
        const auto day = day_in_booklet(event.on);
        if (event.step == "register") {
            table("registrations")
                .push_back({event.id,
                            {{"unemployed_since", month_in_booklet(value_of(overview, "unemployed_since"))},
                             {"registered_on", day},
                             {"reason", value_of(overview, "unemployment_reason")},
                             {"office", office_}},
                            0,
                            {}});
        } else if (event.step == "cancel") {
            end(event, day);
        } else if (event.step == "restore") {
            take_back_end();
        } else if (event.step == "change") {
            const auto key = particular(event, "key");
            const auto* field = book_.form.field(key);
            table("changes").push_back({event.id,
                                        {{"item", field == nullptr ? key : field->label},
                                         {"content", particular(event, "value")},
                                         {"changed_on", day},
                                         {"office", office_}},
                                        0,
                                        {}});
        } else if (event.step == "hardship" && ledger::has_word(event.outcome, "recognised")) {
            table("assistance")
                .push_back(
                    {event.id,
                     {{"recognised_on", day}, {"category", value_of(overview, "categories")}, {"office", office_}},
                     0,
                     {}});
        } else if (event.step == "service" && event.outcome == "policy") {
            table("policies")
                .push_back({event.id,
                            {{"policy", "就业扶持政策"},
                             {"granted_on", day},
                             {"result", particular(event, "result")},
                             {"office", office_}},
                            0,
                            {}});
        }
    }

    void end(const LifeEvent& event, const std::string& day) {
        const auto* reason = book_.settings.cancellation(event.outcome);
        const auto words = reason == nullptr ? event.outcome : reason->name;
        if (table("registrations").size() > first_registration_) {
            auto& row = table("registrations").back();
            row.later_event = event.id;
            row.later = {{"cancelled_on", day}, {"cancel_reason", words}};
        }
        table("cancellations")
            .push_back({event.id, {{"cancelled_on", day}, {"cancel_reason", words}, {"office", office_}}, 0, {}});
        for (auto i = first_assistance_; i < table("assistance").size(); ++i) {
            table("assistance")[i].later_event = event.id;
            table("assistance")[i].later = {{"left_on", day}, {"left_reason", words}};
        }
    }

    void take_back_end() {
        const auto forget = [](TableRow& row) {
            row.later_event = 0;
            row.later.clear();
        };
        if (table("registrations").size() > first_registration_) forget(table("registrations").back());
        if (!table("cancellations").empty()) table("cancellations").pop_back();
        for (auto i = first_assistance_; i < table("assistance").size(); ++i) forget(table("assistance")[i]);
    }

    Contents& contents_;
    const rules::RuleBook& book_;
    const templates::Offices& offices_;
    std::string office_;
    std::size_t first_registration_ = 0, first_assistance_ = 0;
};

} // namespace

std::string day_in_booklet(Date day) {
    return std::to_string(static_cast<int>(day.year())) + "年" + two_digits(static_cast<unsigned>(day.month())) + "月" +
           two_digits(static_cast<unsigned>(day.day())) + "日";
}

Contents contents_of(ledger::Lives& lives, const rules::RuleBook& book, const templates::Offices& offices,
                     const std::string& registration, const std::string& number, Date issued_on) {
    const auto overview = lives.show(registration);
    Contents contents;
    contents.number = number;
    for (const auto* key :
         {"name", "sex", "ethnicity", "political_status", "health", "id_type", "id_number", "hukou_type", "education",
          "mobile", "qualification.1.name", "qualification.1.level", "qualification.2.name", "qualification.2.level",
          "qualification.3.name", "qualification.3.level"})
        contents.fields[key] = value_of(overview, key);
    const auto* office = offices.with_code(overview.row.office);
    contents.fields["number"] = number;
    contents.fields["born"] = born(overview, contents.fields["id_number"]);
    contents.fields["hukou_address"] = address_of(overview, "hukou_address");
    contents.fields["residence_address"] = address_of(overview, "residence_address");
    contents.fields["office"] = office == nullptr ? std::string() : office->name;
    contents.fields["issued_on"] = day_in_booklet(issued_on);

    std::vector<std::string> all = {registration};
    for (const auto& other : overview.others) all.push_back(other.registration);
    std::vector<Overview> lifes;
    for (const auto& one : all) lifes.push_back(one == registration ? overview : lives.show(one));
    std::stable_sort(lifes.begin(), lifes.end(), [](const Overview& one, const Overview& other) {
        return one.row.received_on < other.row.received_on;
    });
    Rows rows(contents, book, offices);
    for (const auto& life : lifes) rows.add(life);
    std::erase_if(contents.tables, [](const auto& table) { return table.second.empty(); });
    return contents;
}

} // namespace dengji::certificate
