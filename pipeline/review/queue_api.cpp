#include "pipeline/review/queue_api.h"

#include "pipeline/base/sha256.h"
#include "pipeline/review/sheet_json.h"

namespace dengji::review {
namespace {

ledger::Queue queue_named(const std::string& name) {
    if (name.empty() || name == "review") return ledger::Queue::review;
    if (name == "ready") return ledger::Queue::ready;
    if (name == "postponed") return ledger::Queue::postponed;
    if (name == "all") return ledger::Queue::all;
    throw ApiError(400, "bad-request", "没有这个队列");
}

FindingCounts::Counts counted(Desk& desk, const ledger::QueueItem& item) {
    if (const auto known = desk.findings.of(item.registration, item.revision)) return *known;
    FindingCounts::Counts counts;
    for (const auto& finding : desk.lives.show(item.registration).findings)
        ++counts[std::string(rules::name_of(finding.action))];
    desk.findings.keep(item.registration, item.revision, counts);
    return counts;
}

/// Chosen by what nobody can foresee who does not have the register: the same for each asking, different for each
/// sheet.
void draw_samples(Desk& desk) {
    desk.reviews.draw_samples([&](const std::string& registration, const std::string& key) {
        const auto digits = sha256_of("sample:" + registration + ":" + key).substr(0, 8);
        return static_cast<double>(std::stoul(digits, nullptr, 16)) < desk.settings.sample_share * 4294967296.0;
    });
}

/// Enter is the next key: it opens the first sheet that is free.
void expect_first(Desk& desk, const std::vector<ledger::QueueItem>& items) {
    const auto free = std::find_if(items.begin(), items.end(), [](const auto& item) { return !item.locked_by; });
    if (free != items.end()) expect_pictures(desk, desk.reviews.sheet(free->registration));
}

} // namespace

void prepare_queue(Desk& desk) {
    desk.lives.take_in();
    draw_samples(desk);
    desk.group_counts.up_to_date(desk.reviews);
}

HttpResponse tell_form(Desk& desk, const Call& call) {
    if (call.words.at(0) != desk.book.form.id) throw ApiError(404, "not-found", "没有这种表");
    Json fields = Json::array();
    for (const auto& field : desk.book.form.fields) {
        Json json = {{"key", field.key},
                     {"label", field.label},
                     {"kind", kind_of(field)},
                     {"content", field.content},
                     {"required", field.required}};
        if (!field.options.empty()) {
            json["multiple"] = takes_many(field);
            json["options"] = Json::array();
            for (const auto& option : field.options) json["options"].push_back({{"value", option}, {"label", option}});
        }
        fields.push_back(std::move(json));
    }
    return answer({{"id", desk.book.form.id},
                   {"title", desk.book.form.titles.front()},
                   {"fields", fields},
                   {"words", desk.words}});
}

HttpResponse list_queue(Desk& desk, const Call& call) {
    desk.lives.take_in();
    draw_samples(desk);
    const auto queue = queue_named(call.request.asked("state"));
    const auto most = static_cast<int>(call.asked_number("most", 1, 200, 50));
    const auto after = call.asked_number("after", 0, 9'000'000'000'000'000, 0);
    auto items = desk.reviews.list(queue, after, most + 1, call.user.id, desk.now());
    const bool more = items.size() > static_cast<std::size_t>(most);
    if (more) items.pop_back();
    const auto size = desk.reviews.size(queue);
    if (queue == ledger::Queue::review && after == 0) expect_first(desk, items);
    Json list = Json::array();
    for (const auto& item : items) {
        auto counts = counted(desk, item);
        list.push_back(
            {{"id", item.registration},
             {"page", item.page},
             {"source", std::filesystem::path(item.source).filename().string()},
             {"doubtful", item.doubtful},
             {"state", std::string(name_of(item.state))},
             {"stateLabel", std::string(label_of(item.state))},
             {"postponed", item.postponed},
             {"postponedWhy", item.postponed_why},
             {"lockedBy", item.locked_by ? Json(*item.locked_by) : Json()},
             {"second", item.second},
             {"findings", {{"reject", counts["reject"]}, {"hold", counts["hold"]}, {"warn", counts["warn"]}}}});
    }
    return answer({{"total", size.sheets},
                   {"doubtfulFields", size.doubtful_fields},
                   {"items", list},
                   {"next", more ? Json(std::to_string(items.back().place)) : Json()}});
}

HttpResponse tell_next(Desk& desk, const Call& call) {
    const auto next = desk.reviews.next(call.request.asked("after"), call.user.id, desk.now());
    return answer({{"id", next ? Json(*next) : Json()}});
}

} // namespace dengji::review
