#include "pipeline/ledger/field_changes.h"

#include "pipeline/base/dates.h"
#include "pipeline/base/text.h"
#include "pipeline/ledger/stored_values.h"

#include <algorithm>

namespace dengji::ledger {
namespace {

using templates::Field;
using templates::FieldKind;

/// How long the mark is that splits options at this place; 0 when there is none.
std::size_t separator_at(std::string_view text) {
    for (const std::string_view separator : {"、", ",", "，"})
        if (text.starts_with(separator)) return separator.size();
    return 0;
}

/// The longest printed option that the text begins with and that ends there, or before a separator.
std::string_view option_at(const Field& field, std::string_view text) {
    std::string_view longest;
    for (const auto& option : field.options) {
        if (option.size() <= longest.size() || !text.starts_with(option)) continue;
        const auto rest = text.substr(option.size());
        if (trimmed(rest).empty() || separator_at(trimmed(rest)) > 0) longest = option;
    }
    return longest;
}

/// Options have the marks that split them in themselves: "年满16周岁，从各类学校毕业、肄业" is one.
std::vector<std::string> options_in(const Field& field, const std::string& text) {
    std::vector<std::string> options;
    std::string_view rest = trimmed(text);
    while (!rest.empty()) {
        if (const auto separator = separator_at(rest)) {
            rest = trimmed(rest.substr(separator));
            continue;
        }
        std::string_view option = option_at(field, rest);
        if (option.empty()) {
            std::size_t end = 0;
            while (end < rest.size() && separator_at(rest.substr(end)) == 0) ++end;
            option = rest.substr(0, end);
        }
        options.emplace_back(trimmed(option));
        rest = trimmed(rest.substr(option.size()));
    }
    return options;
}

bool is_printed(const Field& field, const std::string& option) {
    return std::find(field.options.begin(), field.options.end(), option) != field.options.end();
}

} // namespace

std::optional<std::string> field_change_broken(const templates::Form& form, const std::string& key,
                                               const std::string& text) {
    const Field* field = form.field(key);
    if (field == nullptr) return "登记表没有这个项目；项目的名称见登记表定义，例如mobile";
    switch (field->kind) {
    case FieldKind::date:
        if (text.empty() || parse_date(text) || parse_month(text)) return std::nullopt;
        return "“" + field->label + "”应写成2020-04或者2020-04-15";
    case FieldKind::presence:
        if (text == "是" || text == "否") return std::nullopt;
        return "“" + field->label + "”应写“是”或者“否”";
    case FieldKind::choice:
    case FieldKind::choices:
        for (const auto& option : options_in(*field, text))
            if (!is_printed(*field, option))
                return "“" + field->label + "”没有这个选项；可选：" + joined(field->options, "、");
        return std::nullopt;
    case FieldKind::text:
    case FieldKind::number: return std::nullopt;
    }
    return std::nullopt;
}

reading::Value field_value(const templates::Form& form, const std::string& key, const std::string& text) {
    switch (form.field(key)->kind) {
    case FieldKind::choice:
    case FieldKind::choices: return options_in(*form.field(key), text);
    case FieldKind::presence: return text == "是";
    case FieldKind::text:
    case FieldKind::date:
    case FieldKind::number: break;
    }
    return std::string(trimmed(text));
}

std::string field_text(const reading::Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* list = std::get_if<std::vector<std::string>>(&value)) return joined(*list, "、");
    return std::get<bool>(value) ? "是" : "否";
}

std::optional<std::string> change_field(Database& database, const std::string& registration,
                                        const templates::Form& form, const std::string& key, const std::string& text,
                                        const std::string& origin) {
    std::optional<std::string> before;
    {
        Cursor row =
            database.select({"type", "value"}, "from registration_values where registration_id = :id and key = :key",
                            {registration, key});
        if (row.next()) before = field_text(value_of(row.text(0), row.text(1)));
    }
    const StoredValue value = stored(field_value(form, key, text));
    if (before) {
        database.execute("update registration_values set type = :type, value = :value, review = 0, origin = :origin "
                         "where registration_id = :id and key = :key",
                         {value.type, value.text, origin, registration, key});
    } else {
        const auto place =
            std::find_if(form.fields.begin(), form.fields.end(), [&](const Field& field) { return field.key == key; });
        database.execute(
            "insert into registration_values (registration_id, key, position, type, value, review, "
            "origin) values (:id, :key, :position, :type, :value, 0, :origin)",
            {registration, key, static_cast<long long>(place - form.fields.begin()), value.type, value.text, origin});
    }
    return before;
}

FieldMark field_mark(Database& database, const std::string& registration, const std::string& key) {
    Cursor row =
        database.select({"review", "origin"}, "from registration_values where registration_id = :id and key = :key",
                        {registration, key});
    return row.next() ? FieldMark{row.truth(0), row.text(1)} : FieldMark{};
}

void set_field_mark(Database& database, const std::string& registration, const std::string& key,
                    const FieldMark& mark) {
    database.execute("update registration_values set review = :review, origin = :origin "
                     "where registration_id = :id and key = :key",
                     {static_cast<long long>(mark.review), mark.origin, registration, key});
}

void confirm_field(Database& database, const std::string& registration, const std::string& key,
                   const std::string& origin) {
    set_field_mark(database, registration, key, {false, origin});
}

} // namespace dengji::ledger
