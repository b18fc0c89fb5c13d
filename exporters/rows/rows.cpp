#include "exporters/rows/rows.h"

#include "exporters/rows/csv.h"
#include "exporters/rows/mask.h"
#include "pipeline/base/error.h"
#include "pipeline/base/files.h"
#include "pipeline/base/text.h"

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>
#include <set>
#include <string_view>

namespace dengji::rows {
namespace {

using ledger::FieldValue;
using ledger::Registration;
using templates::Field;
using Sink = std::function<void(std::string_view)>;

/// The fields of all forms that make registrations, each key once.
class Columns {
public:
    explicit Columns(const std::vector<templates::Form>& forms) {
        std::map<std::string, int> labels;
        for (const auto& form : forms) {
            if (form.kind != "registration") continue;
            for (const auto& field : form.fields) {
                if (!places_.emplace(field.key, fields_.size()).second) continue;
                fields_.push_back(&field);
                ++labels[field.label];
            }
        }
        for (const Field* field : fields_)
            headers_.push_back(labels[field->label] > 1 ? field->label + " (" + field->key + ")" : field->label);
    }
    std::size_t size() const { return fields_.size(); }
    const std::vector<std::string>& headers() const { return headers_; }
    /// size() when there is no such column.
    std::size_t place_of(const std::string& key) const {
        const auto found = places_.find(key);
        return found == places_.end() ? size() : found->second;
    }
    const Field* field(const std::string& key) const {
        const std::size_t place = place_of(key);
        return place == size() ? nullptr : fields_[place];
    }

private:
    std::vector<const Field*> fields_;
    std::vector<std::string> headers_;
    std::map<std::string, std::size_t> places_;
};

std::string masked_text(const std::string& text, const Field* field) {
    static const std::set<std::string> numbers = {"id_number", "id_number_like", "mobile", "landline"};
    return field && numbers.contains(field->content) ? masked_number(text) : masked_runs(text);
}

reading::Value shown(const FieldValue& value, const Columns& columns, bool mask) {
    if (!mask) return value.value;
    const Field* field = columns.field(value.key);
    reading::Value result = value.value;
    if (auto* text = std::get_if<std::string>(&result)) *text = masked_text(*text, field);
    if (auto* list = std::get_if<std::vector<std::string>>(&result))
        for (auto& entry : *list) entry = masked_text(entry, field);
    return result;
}

std::string as_text(const reading::Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* list = std::get_if<std::vector<std::string>>(&value)) return joined(*list, "、");
    return std::get<bool>(value) ? "是" : "否";
}

std::string csv_header(const Columns& columns) {
    std::vector<std::string> cells = {"登记编号", "来源文件", "页"};
    for (const auto& header : columns.headers()) cells.push_back(neutralised(header));
    cells.insert(cells.end(), {"待核字段数", "待核字段"});
    return "\xef\xbb\xbf" + csv_record(cells);
}

std::string csv_row(const Registration& row, const Columns& columns, bool mask) {
    constexpr std::size_t first = 3;
    std::vector<std::string> cells = {row.id, neutralised(row.source), std::to_string(row.page)};
    cells.resize(first + columns.size());
    std::vector<std::string> for_review;
    for (const auto& value : row.values) {
        const std::size_t place = columns.place_of(value.key);
        if (value.review) for_review.push_back(place < columns.size() ? columns.headers()[place] : value.key);
        if (place < columns.size()) cells[first + place] = neutralised(as_text(shown(value, columns, mask)));
    }
    cells.push_back(std::to_string(for_review.size()));
    cells.push_back(neutralised(joined(for_review, "、")));
    return csv_record(cells);
}

std::string json_row(const Registration& row, const Columns& columns, bool mask) {
    using nlohmann::ordered_json;
    ordered_json fields = ordered_json::object(), for_review = ordered_json::array();
    for (const auto& value : row.values) {
        ordered_json& entry = fields[value.key];
        std::visit([&](const auto& plain) { entry["value"] = plain; }, shown(value, columns, mask));
        entry["review"] = value.review;
        if (value.review) for_review.push_back(value.key);
    }
    const ordered_json line = {{"registration", row.id}, {"source", row.source}, {"page", row.page},
                               {"form", row.form},       {"fields", fields},     {"needs_review", for_review}};
    return line.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

long long write(ledger::Register& the_register, const std::vector<templates::Form>& forms, const Options& options,
                const Sink& sink) {
    const Columns columns(forms);
    const bool csv = options.format == Format::csv;
    if (csv) sink(csv_header(columns));
    long long count = 0;
    the_register.for_each_registration([&](const Registration& row) {
        sink(csv ? csv_row(row, columns, options.mask) : json_row(row, columns, options.mask));
        ++count;
    });
    return count;
}

} // namespace

long long write_rows(ledger::Register& the_register, const std::vector<templates::Form>& forms, const Options& options,
                     std::ostream& out) {
    const auto expect_written = [&] {
        if (!out)
            throw Error(ErrorKind::space, "the rows cannot be written: the disk is full or the output was closed",
                        "Make room, or write to another place.");
    };
    const long long count = write(the_register, forms, options, [&](std::string_view text) {
        out << text;
        expect_written();
    });
    out.flush();
    expect_written();
    return count;
}

long long write_rows_file(ledger::Register& the_register, const std::vector<templates::Form>& forms,
                          const Options& options, const std::filesystem::path& file) {
    constexpr std::size_t piece = 1 << 16;
    AtomicFile target(file);
    std::string waiting;
    const long long count = write(the_register, forms, options, [&](std::string_view text) {
        waiting += text;
        if (waiting.size() < piece) return;
        target.write(waiting);
        waiting.clear();
    });
    target.write(waiting);
    target.commit();
    return count;
}

} // namespace dengji::rows
