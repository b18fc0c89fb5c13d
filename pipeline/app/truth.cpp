#include "pipeline/app/truth.h"

#include "pipeline/base/error.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

namespace dengji::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

[[noreturn]] void broken(const fs::path& file, const std::string& problem) {
    throw Error(ErrorKind::data, "the truth file '" + file.string() + "' " + problem,
                "Make the set again, or leave this file out.");
}

json load_json(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) broken(file, "cannot be read");
    auto parsed = json::parse(in, nullptr, false);
    if (parsed.is_discarded()) broken(file, "is not valid JSON");
    return parsed;
}

std::string text_at(const json& object, const std::string& key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// "2020", "6" -> "2020-06"; empty when a part is.
std::string date_of(const json& values, const templates::Field& field) {
    std::vector<std::pair<std::string, std::size_t>> parts{{"year", 4}, {"month", 2}};
    if (field.content == "year-month-day") parts.emplace_back("day", 2);
    std::string date;
    for (const auto& [part, digits] : parts) {
        auto text = text_at(values, field.key + "." + part);
        if (text.empty()) return {};
        if (text.size() < digits) text.insert(0, digits - text.size(), '0');
        date += (date.empty() ? "" : "-") + text;
    }
    return date;
}

TrueValue value_of(const templates::Field& field, const json& values, const json& choices) {
    using templates::FieldKind;
    switch (field.kind) {
    case FieldKind::date: return date_of(values, field);
    case FieldKind::presence: return !text_at(values, field.key).empty();
    case FieldKind::choice:
    case FieldKind::choices: {
        std::vector<std::string> options;
        if (const auto found = choices.find(field.key); found != choices.end())
            options = found->get<std::vector<std::string>>();
        std::sort(options.begin(), options.end());
        return options;
    }
    default: return text_at(values, field.key);
    }
}

TruePage page_of(const json& entry, const std::vector<templates::Form>& forms) {
    TruePage page;
    page.page = entry.value("page", 1);
    page.kind = entry.value("kind", "registration");
    for (const auto* trait : {"hand", "profile", "edition"})
        if (auto text = text_at(entry, trait); !text.empty()) page.traits[trait] = text;
    const auto form = std::find_if(forms.begin(), forms.end(), [&](const auto& f) { return f.kind == page.kind; });
    if (form != forms.end())
        for (const auto& field : form->fields)
            page.values[field.key] = value_of(field, entry.at("values"), entry.at("choices"));
    return page;
}

TruthSet folder_truth(const fs::path& folder, const std::vector<templates::Form>& forms) {
    TruthSet set;
    std::vector<fs::path> entries;
    for (const auto& entry : fs::directory_iterator(folder / "truth"))
        if (entry.path().extension() == ".json") entries.push_back(entry.path());
    std::sort(entries.begin(), entries.end());
    for (const auto& file : entries) {
        try {
            const auto entry = load_json(file);
            auto page = page_of(entry, forms);
            page.source = entry.at("image").get<std::string>();
            set.files.push_back(folder / page.source);
            set.pages.push_back(std::move(page));
        } catch (const json::exception&) {
            broken(file, "lacks something: image, values and choices are expected");
        }
    }
    return set;
}

/// Appends the pages of one stack.
void add_stack(TruthSet& set, const fs::path& stack, const fs::path& truth, const std::vector<templates::Form>& forms) {
    set.files.push_back(stack);
    try {
        for (const auto& entry : load_json(truth)) {
            set.pages.push_back(page_of(entry, forms));
            set.pages.back().source = stack.filename().string();
        }
    } catch (const json::exception&) {
        broken(truth, "lacks something: a list of pages with page, kind, values and choices is expected");
    }
}

/// NAME.truth.json beside the stack or in a folder truth beside the stack's folder; empty when there is none.
fs::path truth_of(const fs::path& stack) {
    const auto folder = fs::absolute(stack).parent_path();
    const auto name = stack.stem().string() + ".truth.json";
    for (const auto& place : {folder / name, folder.parent_path() / "truth" / name})
        if (fs::is_regular_file(place)) return place;
    return {};
}

std::vector<fs::path> sorted_files(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.is_regular_file()) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace

TruthSet load_truth(const fs::path& place, const std::vector<templates::Form>& forms) {
    TruthSet set;
    if (fs::is_directory(place / "truth")) {
        set = folder_truth(place, forms);
    } else {
        const bool folder = fs::is_directory(place);
        for (const auto& stack : folder ? sorted_files(place) : std::vector<fs::path>{place})
            if (const auto truth = truth_of(stack); !truth.empty()) add_stack(set, stack, truth, forms);
    }
    if (set.pages.empty())
        throw Error(ErrorKind::input, "there is no truth for '" + place.string() + "'",
                    "Give a folder that holds truth/*.json, or a stack with NAME.truth.json beside it.");
    set.name = place.string();
    return set;
}

} // namespace dengji::app
