#include "templates/report.h"

#include "pipeline/base/error.h"
#include "pipeline/base/files.h"
#include "pipeline/base/sha256.h"
#include "templates/report_line.h"

#include <algorithm>

namespace dengji::templates {
namespace {

template <class Lines>
std::optional<std::size_t> index_in(const Lines& lines, std::string_view code) {
    const auto found = std::find_if(lines.begin(), lines.end(), [&](const auto& line) { return line.code == code; });
    if (found == lines.end()) return std::nullopt;
    return static_cast<std::size_t>(found - lines.begin());
}

std::vector<std::filesystem::path> definition_files(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code problem;
    for (const auto& entry : std::filesystem::directory_iterator(folder, problem))
        if (entry.path().extension() == ".yaml") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    if (files.empty() || problem)
        throw Error(ErrorKind::data, folder.string() + " holds no report definitions (report.yaml and its tables)",
                    "Name a folder that does.");
    return files;
}

std::vector<std::string> reasons_in(const YamlNode& root, const char* key, const ReportWords& words) {
    const auto reasons = root.at(key).distinct_words("the reasons");
    for (const auto& reason : reasons)
        if (words.bit(Trait::cancel_reason, reason) == 0)
            root.at(key).fail("there is no reason '" + reason + "' for cancelling");
    return reasons;
}

Report general(const YamlNode& root, const ReportWords& words) {
    const std::vector<std::string> keys = {"title",      "organisation",   "home",  "version",
                                           "period",     "suppress_below", "roles", "void_certificate",
                                           "correcting", "checks",         "charts"};
    root.expect_keys("the report", keys, keys);
    Report report;
    report.title = root.at("title").words("the title");
    report.organisation = root.at("organisation").words("the organisation");
    const auto home = root.at("home");
    home.expect_keys("the home", {"province", "county"}, {"province", "county"});
    report.home_province = home.at("province").words("the province");
    report.home_county = home.at("county").words("the county");
    report.version = root.at("version").words("the version");
    const auto period = root.at("period").words("the period");
    if (period != "natural_month" && period != "21st_to_20th")
        root.at("period").fail("expected natural_month or 21st_to_20th as period; found '" + period + "'");
    report.period = period == "natural_month" ? Report::Period::natural_month : Report::Period::from_21st_to_20th;
    report.suppress_below = root.at("suppress_below").whole_number("suppress_below", 0, 100);
    report.roles = root.at("roles").distinct_words("the roles");
    report.void_certificate = reasons_in(root, "void_certificate", words);
    report.correcting = reasons_in(root, "correcting", words);
    return report;
}

} // namespace

std::optional<std::size_t> ReportTable::row(std::string_view wanted) const {
    return index_in(rows, wanted);
}

std::optional<std::size_t> ReportTable::column(std::string_view wanted) const {
    return index_in(columns, wanted);
}

std::vector<std::size_t> ReportTable::group(std::string_view name) const {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (!rows[i].group.empty() && rows[i].group == name) found.push_back(i);
    return found;
}

std::vector<std::string> ReportTable::groups() const {
    std::vector<std::string> names;
    for (const auto& row : rows)
        if (!row.group.empty() && std::find(names.begin(), names.end(), row.group) == names.end())
            names.push_back(row.group);
    return names;
}

const ReportTable* Report::table(std::string_view code) const {
    const auto index = index_in(tables, code);
    return index ? &tables[*index] : nullptr;
}

Report load_report(const std::filesystem::path& folder, const ReportWords& words, const Offices& offices) {
    const auto files = definition_files(folder);
    const auto root = YamlNode::load(folder / "report.yaml");
    auto report = general(root, words);
    Sha256 content;
    for (const auto& file : files) {
        const auto& text = report.files[file.filename().string()] = read_file(file);
        content.add(text);
        if (file.filename() == "report.yaml") continue;
        const auto node = YamlNode::load(file);
        auto table = report_table(node, words, offices);
        if (report.table(table.code) != nullptr) node.fail("the table " + table.code + " is defined twice");
        report.tables.push_back(std::move(table));
    }
    if (report.tables.empty())
        throw Error(ErrorKind::data, folder.string() + " defines no table", "Add a file for each table.");
    std::sort(report.tables.begin(), report.tables.end(),
              [](const auto& one, const auto& other) { return one.code < other.code; });
    report.checks = report_checks(root.at("checks"), report);
    report.charts = report_charts(root.at("charts"), report);
    report.version += '/';
    report.version.append(content.hex(), 0, 12);
    return report;
}

} // namespace dengji::templates
