// Tables of a report: rows and columns, what they count and what they add up.
#include "pipeline/base/text.h"
#include "templates/report_line.h"

#include <algorithm>
#include <charconv>
#include <climits>
#include <cstdio>

namespace dengji::templates {
namespace {

/// Words where one is enough: "a" is ["a"].
std::vector<std::string> one_or_more(const YamlNode& node, std::string_view what) {
    if (node.is_list()) return node.distinct_words(what);
    return {node.words(what)};
}

std::vector<Measure> measures_in(const YamlNode& node) {
    std::vector<Measure> measures;
    for (const auto& name : one_or_more(node, "what is counted")) {
        const auto measure = measure_named(name);
        if (!measure) {
            std::string known;
            for (std::size_t i = 0; i < measure_count; ++i)
                known += (i == 0 ? "" : ", ") + std::string(name_of(static_cast<Measure>(i)));
            node.fail("'" + name + "' cannot be counted; expected one of " + known);
        }
        measures.push_back(*measure);
    }
    return measures;
}

Trait trait_in(const YamlNode& node, const std::string& name) {
    const auto trait = trait_named(name);
    if (trait) return *trait;
    std::string known;
    for (std::size_t i = 0; i < trait_count; ++i)
        known += (i == 0 ? "" : ", ") + std::string(name_of(static_cast<Trait>(i)));
    node.fail("people cannot be counted by '" + name + "'; expected one of " + known);
}

/// "16-24", "55-" or 不明.
void read_bounds(const YamlNode& node, Condition& condition) {
    const auto text = node.words("a band of numbers");
    condition.least = condition.most = unknown_number;
    if (text == ReportWords::unknown) return;
    const auto dash = text.find('-');
    const auto number = [&](std::string_view digits) {
        int value = 0;
        const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (problem != std::errc() || end != digits.data() + digits.size() || value < 0)
            node.fail("expected a band like 25-34, 55- or 不明; found '" + text + "'");
        return value;
    };
    if (dash == std::string::npos) node.fail("expected a band like 25-34, 55- or 不明; found '" + text + "'");
    condition.least = number(std::string_view(text).substr(0, dash));
    condition.most = dash + 1 == text.size() ? INT_MAX : number(std::string_view(text).substr(dash + 1));
    if (condition.most < condition.least) node.fail("the band '" + text + "' holds nothing");
}

Condition condition_in(const YamlNode& node, Trait trait, const ReportWords& words) {
    Condition condition;
    condition.trait = trait;
    if (is_number(trait)) {
        read_bounds(node, condition);
        return condition;
    }
    for (const auto& word : one_or_more(node, "the words of a condition")) {
        const auto bit = words.bit(trait, word);
        if (bit == 0)
            node.fail("'" + word + "' is no word of " + std::string(name_of(trait)) + "; expected " +
                      joined(words.of(trait), ", "));
        condition.words |= bit;
    }
    return condition;
}

std::vector<Condition> conditions_in(const YamlNode& node, const ReportWords& words) {
    std::vector<Condition> conditions;
    for (const auto& key : node.keys("the condition"))
        conditions.push_back(condition_in(node.at(key), trait_in(node, key), words));
    return conditions;
}

/// The lines of a table while they are read: their sums name lines that may stand further down.
struct Reading {
    const ReportWords& words;
    const Offices& offices;
    std::vector<ReportLine> lines;
    std::vector<std::pair<std::size_t, YamlNode>> to_add_up; ///< line, and what it names
};

void expect_new_code(const Reading& reading, const YamlNode& node, const std::string& code) {
    const bool plain = std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!plain) node.fail("a code is a number; found '" + code + "'");
    for (const auto& line : reading.lines)
        if (line.code == code) node.fail("the code '" + code + "' stands there twice");
}

void read_line(Reading& reading, const YamlNode& node) {
    node.expect_keys("a row or column", {"code", "name", "group", "level", "count", "where", "sum", "rate", "instead"},
                     {"code", "name"});
    ReportLine line;
    line.code = node.at("code").words("the code");
    expect_new_code(reading, node, line.code);
    line.name = node.at("name").words("the name");
    if (node.has("group")) line.group = node.at("group").words("the group");
    if (node.has("level")) line.level = node.at("level").whole_number("the level", 0, 5);
    if (node.has("count")) line.measures = measures_in(node.at("count"));
    if (node.has("where")) line.where = conditions_in(node.at("where"), reading.words);
    if (node.has("instead"))
        for (const auto& key : node.at("instead").keys("instead"))
            line.instead[trait_in(node.at("instead"), key)] =
                trait_in(node.at("instead"), node.at("instead").at(key).words("a trait"));
    const bool sum = node.has("sum"), rate = node.has("rate");
    if (sum && rate) node.fail("a line is a sum or a rate, not both");
    if ((sum || rate) && (node.has("count") || node.has("where")))
        node.fail("a sum or a rate counts nobody itself: leave out count and where");
    if (sum) line.kind = ReportLine::Kind::sum;
    if (rate) line.kind = ReportLine::Kind::rate;
    if (sum || rate) reading.to_add_up.emplace_back(reading.lines.size(), node.at(sum ? "sum" : "rate"));
    reading.lines.push_back(std::move(line));
}

std::string shown_word(const Reading& reading, Trait trait, const std::string& word) {
    if (trait != Trait::town) return word;
    const auto* office = reading.offices.with_code(word);
    return office == nullptr ? "区本级/其他" : office->town;
}

/// A line for each word of a trait.
void read_each(Reading& reading, const YamlNode& node) {
    node.expect_keys("rows for each word", {"each", "as", "group", "from", "count"}, {"each", "group", "from"});
    const auto trait = trait_in(node, node.at("each").words("the trait"));
    const auto asked = node.has("as") ? trait_in(node, node.at("as").words("the trait")) : trait;
    if (is_number(trait)) node.fail("a number has no words: give its bands one by one");
    int order = node.at("from").whole_number("the first code", 1, 999);
    for (const auto& word : reading.words.of(trait)) {
        ReportLine line;
        char code[8];
        std::snprintf(code, sizeof code, "%02d", order++);
        line.code = code;
        expect_new_code(reading, node, line.code);
        line.name = shown_word(reading, trait, word);
        line.group = node.at("group").words("the group");
        if (node.has("count")) line.measures = measures_in(node.at("count"));
        line.where = {{asked, reading.words.bit(asked, word), 0, 0}};
        if (line.where[0].words == 0) node.fail("'" + word + "' is no word of " + std::string(name_of(asked)));
        reading.lines.push_back(std::move(line));
    }
}

void add_up(Reading& reading) {
    for (auto& [index, node] : reading.to_add_up) {
        auto& line = reading.lines[index];
        for (const auto& item : node.items("the lines to add up")) {
            const auto name = item.words("a code or group");
            const auto before = line.parts.size();
            for (std::size_t i = 0; i < reading.lines.size(); ++i)
                if (i != index && (reading.lines[i].code == name || reading.lines[i].group == name))
                    line.parts.push_back(i);
            if (line.parts.size() == before) item.fail("there is no line '" + name + "' to add up");
        }
        if (line.kind == ReportLine::Kind::rate && line.parts.size() != 2)
            node.fail("a rate names two lines: the part and the whole");
        if (line.kind == ReportLine::Kind::rate) continue;
        for (const auto part : line.parts) {
            const auto& other = reading.lines[part];
            if (other.kind == ReportLine::Kind::rate) node.fail("a rate cannot be added up");
            const bool back = std::find(other.parts.begin(), other.parts.end(), index) != other.parts.end();
            if (back) node.fail("the lines " + line.code + " and " + other.code + " add up each other");
        }
    }
}

std::vector<ReportLine> lines_in(const YamlNode& node, const char* what, const ReportWords& words,
                                 const Offices& offices) {
    Reading reading{words, offices, {}, {}};
    for (const auto& item : node.items(what)) item.has("each") ? read_each(reading, item) : read_line(reading, item);
    add_up(reading);
    return std::move(reading.lines);
}

/// Each cell is counted by its row, its column or its table: by one of them.
void expect_measures(const YamlNode& root, const ReportTable& table) {
    for (const auto& row : table.rows)
        for (const auto& column : table.columns) {
            if (row.kind != ReportLine::Kind::count || column.kind != ReportLine::Kind::count) continue;
            const auto place = "the cell of row " + row.code + " and column " + column.code;
            if (!row.measures.empty() && !column.measures.empty())
                root.fail(place + " is counted twice over: let either rows or columns say what is counted");
            if (row.measures.empty() && column.measures.empty() && table.measures.empty())
                root.fail(place + " counts nothing: say 'count' in the row, the column or the table");
        }
}

} // namespace

ReportTable report_table(const YamlNode& root, const ReportWords& words, const Offices& offices) {
    root.expect_keys("a table", {"table", "title", "unit", "note", "count", "columns", "rows"},
                     {"table", "title", "unit", "columns", "rows"});
    ReportTable table;
    table.code = root.at("table").words("the code of the table");
    const bool plain = std::all_of(table.code.begin(), table.code.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    });
    if (!plain || table.code.size() > 8) root.fail("a table's code is a letter and digits, like T7");
    table.title = root.at("title").words("the title");
    table.unit = root.at("unit").words("the unit");
    if (root.has("note")) table.note = root.at("note").words("the note");
    if (root.has("count")) table.measures = measures_in(root.at("count"));
    table.columns = lines_in(root.at("columns"), "the columns", words, offices);
    table.rows = lines_in(root.at("rows"), "the rows", words, offices);
    expect_measures(root, table);
    return table;
}

} // namespace dengji::templates
