#include "pipeline/ledger/said_traits.h"

namespace dengji::ledger {
namespace {

using templates::Trait;

constexpr std::size_t most_known = 20'000; // of a trait: what is typed freely may be anything

/// The fields that a trait follows from.
struct TraitFields {
    Trait trait;
    std::vector<ReportField> fields;
};

const std::vector<TraitFields>& shared_traits() {
    static const std::vector<TraitFields> traits = {
        {Trait::sex, {ReportField::sex}}, // when it says one; else the number says it
        {Trait::hukou, {ReportField::hukou_type}},
        {Trait::education, {ReportField::education}},
        {Trait::unemployment_reason, {ReportField::unemployment_reason}},
        {Trait::category, {ReportField::categories}},
        {Trait::hukou_place, {ReportField::id_type, ReportField::hukou_province, ReportField::hukou_county}},
        {Trait::health, {ReportField::health}},
        {Trait::benefit, {ReportField::claims_benefit}},
    };
    return traits;
}

const SaidValue& value_in(const SaidValues& said, ReportField field) {
    return said[static_cast<std::size_t>(field)];
}

} // namespace

ReportValues report_values(const SaidValues& said) {
    ReportValues values;
    for (std::size_t i = 0; i < said.size(); ++i)
        if (said[i].type != 0)
            values.values[i] = report_value(said[i].type == 'l' ? "list" : "text", std::string(said[i].stored));
    return values;
}

std::string text_of(const SaidValues& said, ReportField field) {
    const auto& value = value_in(said, field);
    if (value.type != 'l') return std::string(value.stored);
    const auto texts = report_value("list", std::string(value.stored));
    return texts.empty() ? std::string() : texts.front();
}

Traits SaidTraits::of(const SaidValues& said) {
    Traits traits;
    std::optional<Traits> afresh;
    const auto worked_out = [&](Trait trait) {
        if (!afresh) afresh = traits_of(report_values(said), "", question_.periods.back().until, question_);
        return afresh->of(trait);
    };
    for (const auto& [trait, fields] : shared_traits()) {
        auto& words = traits.words[templates::index_of(trait)];
        if (trait == Trait::sex) {
            const auto sex = value_in(said, ReportField::sex).stored;
            if (sex != "男" && sex != "女") {
                words = worked_out(trait);
                continue;
            }
        }
        std::string_view key = value_in(said, fields.front()).packed;
        if (fields.size() > 1) {
            key_.clear();
            for (const auto field : fields) key_.append(value_in(said, field).packed).push_back(';');
            key = key_;
        }
        auto& known = known_[templates::index_of(trait)];
        auto found = known.find(key);
        if (found == known.end()) {
            if (known.size() >= most_known) known.clear();
            found = known.emplace(std::string(key), worked_out(trait)).first;
        }
        words = found->second;
    }
    return traits;
}

} // namespace dengji::ledger
