#include "pipeline/ledger/clock.h"
#include "pipeline/ledger/field_changes.h"
#include "pipeline/ledger/reviews_work.h"
#include "pipeline/ledger/stored_values.h"

namespace dengji::ledger {
namespace {

struct SureField {
    std::string registration, key, text;
};

} // namespace

void Reviews::draw_samples(const std::function<bool(const std::string& registration, const std::string& key)>& drawn) {
    std::vector<std::string> sheets;
    std::vector<SureField> samples;
    {
        RegisterWork work(*register_.parts_, Transaction::For::reading);
        const std::string undrawn = std::string("from lives l where ") + waits_for_decision +
                                    " and not exists (select 1 from sampled_sheets s where s.registration_id = "
                                    "l.registration_id)";
        Cursor sheet = work.database.select({"l.registration_id"}, undrawn);
        while (sheet.next()) sheets.push_back(sheet.text(0));
        if (sheets.empty()) return;
        Cursor row = work.database.select(
            {"v.registration_id", "v.key", "v.type", "v.value", "r.page_id"},
            "from registrations r join registration_values v on v.registration_id = r.id where r.id in (select "
            "l.registration_id " +
                undrawn + ") and v.review = 0 and v.origin = 'reading'");
        while (row.next()) {
            if (!drawn(row.text(0), row.text(1))) continue;
            // Of a line of a file of applications there is nothing to look at.
            if (!work.database.number("1", "from readings where page_id = :page and key = :key",
                                      {row.number(4), row.text(1)}))
                continue;
            samples.push_back({row.text(0), row.text(1), field_text(value_of(row.text(2), row.text(3)))});
        }
    }
    RegisterWork work(*register_.parts_);
    for (const auto& registration : sheets)
        work.database.execute("insert or ignore into sampled_sheets (registration_id) values (:id)", {registration});
    for (const auto& sample : samples)
        work.database.execute("insert or ignore into samples (registration_id, key, text) values (:id, :key, :text)",
                              {sample.registration, sample.key, sample.text});
    work.commit();
}

bool Reviews::is_sample(const std::string& registration, const std::string& key) {
    RegisterWork work(*register_.parts_, Transaction::For::reading);
    return work.database
        .number("1", "from samples where registration_id = :id and key = :key and settled_at is null",
                {registration, key})
        .has_value();
}

void Reviews::settle_sample(const std::string& registration, const std::string& key, long long user,
                            const std::string& text) {
    RegisterWork work(*register_.parts_);
    work.database.execute("update samples set settled_by = :user, settled_text = :text, settled_at = :at where "
                          "registration_id = :id and key = :key and settled_at is null",
                          {user, storable(text), utc_now(), registration, key});
    work.commit();
}

void Reviews::reopen_sample(const std::string& registration, const std::string& key) {
    RegisterWork work(*register_.parts_);
    work.database.execute("update samples set settled_by = null, settled_text = null, settled_at = null where "
                          "registration_id = :id and key = :key",
                          {registration, key});
    work.commit();
}

std::vector<FieldQuality> Reviews::quality() {
    RegisterWork work(*register_.parts_, Transaction::For::reading);
    std::vector<FieldQuality> fields;
    Cursor row = work.database.select({"key", "count(*)", "sum(settled_text <> text)"},
                                      "from samples where settled_at is not null group by key order by key");
    while (row.next()) fields.push_back({row.text(0), row.number(1), row.number(2)});
    return fields;
}

} // namespace dengji::ledger
