#include "pipeline/review/truth_export.h"

#include "pipeline/base/error.h"
#include "pipeline/base/files.h"
#include "pipeline/base/text.h"

#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>

namespace dengji::review {
namespace {

using Json = nlohmann::ordered_json;

/// "2020-06" -> year 2020, month 6, as the truth of a page has them.
void add_date(Json& values, const std::string& key, const std::string& text) {
    static const char* const parts[] = {".year", ".month", ".day"};
    if (text.empty()) return;
    const auto numbers = split(text, "-");
    for (std::size_t i = 0; i < numbers.size() && i < std::size(parts); ++i) {
        const auto first = numbers[i].find_first_not_of('0');
        values[key + parts[i]] = first == std::string::npos ? numbers[i] : numbers[i].substr(first);
    }
}

void add_value(Json& truth, const templates::Field& field, const reading::Value& value) {
    if (const auto* list = std::get_if<std::vector<std::string>>(&value)) {
        truth["choices"][field.key] = *list;
    } else if (const auto* there = std::get_if<bool>(&value)) {
        truth["values"][field.key] = *there ? "有" : "";
    } else if (field.kind == templates::FieldKind::date) {
        add_date(truth["values"], field.key, std::get<std::string>(value));
    } else {
        truth["values"][field.key] = std::get<std::string>(value);
    }
}

Json quad(const std::array<cv::Point2f, 4>& box) {
    Json corners = Json::array();
    for (const auto& corner : box) corners.push_back({std::round(corner.x), std::round(corner.y)});
    return corners;
}

Json truth_of(const ledger::ReviewSheet& sheet, const templates::Form& form,
              const std::vector<std::string>& corrected) {
    Json truth = {{"image", sheet.registration + ".png"},
                  {"kind", form.kind},
                  {"orientation", sheet.page.orientation},
                  {"values", Json::object()},
                  {"choices", Json::object()},
                  {"corrected", corrected},
                  {"fields", Json::object()}};
    for (const auto& field : sheet.fields) {
        if (const auto* known = form.field(field.value.key)) add_value(truth, *known, field.value.value);
        if (field.read) truth["fields"][field.value.key] = quad(field.box);
    }
    return truth;
}

} // namespace

ExportedTruth export_truth(ledger::Reviews& reviews, const templates::Form& form, const intake::Limits& limits,
                           const std::filesystem::path& folder) {
    ExportedTruth exported;
    make_folder(folder / "truth");
    for (const auto& [registration, corrected] : reviews.settled()) {
        const auto sheet = reviews.sheet(registration);
        std::vector<unsigned char> picture;
        try {
            const auto document = intake::open_document(sheet.page.original, limits);
            cv::imencode(".png", document->page(sheet.page.page).image, picture);
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::input) throw;
            exported.left_out.push_back(registration);
            continue;
        }
        write_file(folder / (registration + ".png"), {reinterpret_cast<const char*>(picture.data()), picture.size()});
        write_file(folder / "truth" / (registration + ".json"),
                   truth_of(sheet, form, corrected).dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
        ++exported.sheets;
        exported.corrected_fields += static_cast<int>(corrected.size());
    }
    return exported;
}

} // namespace dengji::review
