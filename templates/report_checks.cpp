// Checks of a report: equations between its cells.
#include "pipeline/base/text.h"
#include "templates/report_line.h"

#include <algorithm>

namespace dengji::templates {
namespace {

std::string word_of(const YamlNode& node, std::string_view what, const std::vector<std::string>& known) {
    const auto word = node.words(what);
    if (std::find(known.begin(), known.end(), word) == known.end())
        node.fail("expected " + joined(known, ", ") + " as " + std::string(what) + "; found '" + word + "'");
    return word;
}

CellReference reference_in(const YamlNode& node, const std::string& text, const Report& report) {
    static const std::map<std::string, CellReference::Of> kinds = {{"last", CellReference::Of::last},
                                                                   {"year", CellReference::Of::year},
                                                                   {"months", CellReference::Of::months},
                                                                   {"january", CellReference::Of::january}};
    CellReference cell;
    std::string rest = text;
    if (const auto colon = text.find(':'); colon != std::string::npos) {
        const auto kind = kinds.find(text.substr(0, colon));
        if (kind == kinds.end()) node.fail("expected last:, year:, months: or january: in front of '" + text + "'");
        cell.of = kind->second;
        rest = text.substr(colon + 1);
    }
    const auto parts = split(rest, ".");
    if (parts.size() != 3) node.fail("expected a cell like T1.30.1; found '" + text + "'");
    cell.table = parts[0];
    cell.row = parts[1];
    cell.column = parts[2];
    const auto* table = report.table(cell.table);
    if (table == nullptr) node.fail("there is no table '" + cell.table + "'");
    const bool row =
        cell.row == "each" || cell.row == "groups" || table->row(cell.row) || !table->group(cell.row).empty();
    if (!row) node.fail("the table " + cell.table + " has no row or group '" + cell.row + "'");
    if (cell.column != "each" && !table->column(cell.column))
        node.fail("the table " + cell.table + " has no column '" + cell.column + "'");
    return cell;
}

bool runs(const CellReference& cell) {
    return cell.row == "each" || cell.row == "groups" || cell.column == "each";
}

CheckRule rule_in(const YamlNode& node, const Report& report) {
    CheckRule rule;
    rule.text = node.words("an equation");
    const auto words = split(rule.text, " ");
    const std::string expected = "expected an equation like T1.02.1 = T1.03.1 + T1.04.1; found '" + rule.text + "'";
    if (words.size() < 3 || words.size() % 2 == 0) node.fail(expected);
    // The relation is the first of =, <= and >=; what stands before it is moved to the right with its sign turned.
    static const std::map<std::string, CheckRule::Relation> relations = {
        {"=", CheckRule::Relation::equal}, {"<=", CheckRule::Relation::at_most}, {">=", CheckRule::Relation::at_least}};
    bool right = false, first = true;
    int sign = 1;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i % 2 == 0) {
            const auto cell = reference_in(node, words[i], report);
            if (first)
                rule.left = cell;
            else
                rule.right.push_back({right ? sign : -sign, cell});
            first = false;
            continue;
        }
        if (const auto relation = relations.find(words[i]); relation != relations.end() && !right) {
            rule.relation = relation->second;
            right = true;
            sign = 1;
        } else if (words[i] == "+" || words[i] == "-") {
            sign = words[i] == "+" ? 1 : -1;
        } else {
            node.fail(expected);
        }
    }
    if (!right) node.fail(expected);
    for (const auto& part : rule.right)
        if (runs(part.cell) && !runs(rule.left)) node.fail("'each' and 'groups' have to stand on the left, too");
    return rule;
}

} // namespace

std::vector<ReportCheck> report_checks(const YamlNode& list, const Report& report) {
    using Kind = ReportCheck::Kind;
    static const std::map<std::string, Kind> kinds = {{"numbers", Kind::numbers},
                                                      {"changes", Kind::changes},
                                                      {"persons", Kind::persons},
                                                      {"both_ways", Kind::both_ways},
                                                      {"recognised", Kind::recognised}};
    static const std::map<std::string, ReportCheck::Level> levels = {
        {"error", ReportCheck::Level::error}, {"warn", ReportCheck::Level::warn}, {"info", ReportCheck::Level::info}};
    std::vector<ReportCheck> checks;
    for (const auto& node : list.items("the checks")) {
        node.expect_keys("a check", {"id", "level", "text", "rules", "kind", "percent", "persons"},
                         {"id", "level", "text"});
        ReportCheck check;
        check.id = node.at("id").words("the id of a check");
        for (const auto& other : checks)
            if (other.id == check.id) node.fail("the check '" + check.id + "' stands there twice");
        check.text = node.at("text").words("the text of a check");
        check.level = levels.at(word_of(node.at("level"), "the level", {"error", "warn", "info"}));
        if (node.has("rules") == node.has("kind")) node.fail("a check has either rules or a kind");
        if (node.has("rules"))
            for (const auto& item : node.at("rules").items("the rules")) check.rules.push_back(rule_in(item, report));
        if (node.has("kind"))
            check.kind = kinds.at(
                word_of(node.at("kind"), "the kind", {"numbers", "changes", "persons", "both_ways", "recognised"}));
        if (node.has("percent")) check.percent = node.at("percent").whole_number("percent", 1, 1000);
        if (node.has("persons")) check.persons = node.at("persons").whole_number("persons", 0, 1'000'000);
        checks.push_back(std::move(check));
    }
    return checks;
}

std::vector<ReportChart> report_charts(const YamlNode& list, const Report& report) {
    using Kind = ReportChart::Kind;
    static const std::map<std::string, Kind> kinds = {
        {"line", Kind::line}, {"column", Kind::column}, {"bar", Kind::bar}};
    std::vector<ReportChart> charts;
    for (const auto& node : list.items("the charts")) {
        node.expect_keys("a chart", {"title", "kind", "over", "cells"}, {"title", "kind", "cells"});
        ReportChart chart;
        chart.title = node.at("title").words("the title of a chart");
        chart.kind = kinds.at(word_of(node.at("kind"), "the kind of chart", {"line", "column", "bar"}));
        if (node.has("over")) {
            word_of(node.at("over"), "over", {"months"});
            chart.over_months = true;
        }
        for (const auto& item : node.at("cells").items("the cells of a chart")) {
            const auto cell = reference_in(item, item.words("a cell"), report);
            if (cell.row == "each" || cell.row == "groups" || cell.column == "each" ||
                cell.of != CellReference::Of::period)
                item.fail("a chart names cells or groups of the period itself");
            chart.cells.push_back(cell);
        }
        if (chart.over_months && chart.cells.size() != 1) node.fail("a chart over months shows one cell");
        charts.push_back(std::move(chart));
    }
    return charts;
}

} // namespace dengji::templates
