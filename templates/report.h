#pragma once
#include "templates/report_words.h"

#include <filesystem>
#include <map>

namespace dengji::templates {

constexpr int unknown_number = -1; ///< an age or a time that is not known

/// Those of whom a trait is one of the words, or a number within bounds.
struct Condition {
    Trait trait = Trait::sex;
    std::uint64_t words = 0; ///< bits of ReportWords
    int least = 0, most = 0; ///< of numbers, both counted; both unknown_number for 不明
};

/// A row or a column of a table.
struct ReportLine {
    enum class Kind {
        count, ///< counts people
        sum,   ///< of other lines of the table
        rate,  ///< one line as a percentage of another, two decimals; nothing when that one is 0
    };
    std::string code; ///< "01": cells are called TABLE.ROW.COLUMN
    std::string name;
    std::string group; ///< heading that it stands under; ""
    int level = 0;     ///< how far it is moved in
    Kind kind = Kind::count;
    std::vector<Measure> measures; ///< empty: the other line of the cell, or the table, says what is counted
    std::vector<Condition> where;
    std::map<Trait, Trait> instead; ///< conditions of the other line on the first are about the second
    std::vector<std::size_t> parts; ///< sum: indexes of lines; rate: part and whole
};

struct ReportTable {
    std::string code; ///< "T1"
    std::string title, unit, note;
    std::vector<Measure> measures; ///< what is counted where neither row nor column says so
    std::vector<ReportLine> rows, columns;

    std::optional<std::size_t> row(std::string_view code) const;
    std::optional<std::size_t> column(std::string_view code) const;
    std::vector<std::size_t> group(std::string_view name) const; ///< its rows; empty when there is none
    std::vector<std::string> groups() const;
};

/// A cell, or several, named in a check: "last:T1.30.each".
struct CellReference {
    enum class Of {
        period,
        last,    ///< the period before
        year,    ///< from the beginning of the year to the end of the period, counted at once
        months,  ///< the same, as the sum of its months
        january, ///< the first month of the year
    };
    Of of = Of::period;
    std::string table;
    std::string row;    ///< code, group (the sum of its rows), "each", "groups"
    std::string column; ///< code, "each"
};

struct SignedReference {
    int sign = 1;
    CellReference cell;
};

/// left RELATION right, once or for each line or group.
struct CheckRule {
    std::string text; ///< as written
    CellReference left;
    enum class Relation { equal, at_most, at_least } relation = Relation::equal;
    std::vector<SignedReference> right;
};

struct ReportCheck {
    enum class Level { error, warn, info };
    enum class Kind {
        rules,
        numbers,    ///< whole, not negative but for corrections; rates from 0 to 100
        changes,    ///< against the period before: more than `percent` and more than `persons`
        persons,    ///< nobody is twice in the closing stock
        both_ways,  ///< who left and came again in one period
        recognised, ///< hardship counts those recognised, not those who ticked it
    };
    std::string id, text;
    Level level = Level::error;
    Kind kind = Kind::rules;
    std::vector<CheckRule> rules;
    int percent = 30, persons = 20;
};

/// A picture of some figures.
struct ReportChart {
    enum class Kind { line, column, bar };
    std::string title;
    Kind kind = Kind::column;
    bool over_months = false;         ///< the figures of the last twelve months, else those of the period side by side
    std::vector<CellReference> cells; ///< a group stands for its rows
};

/// A monthly report as data.
struct Report {
    enum class Period { natural_month, from_21st_to_20th };
    std::string title, organisation;
    std::string version;                      ///< the word of the definition and a mark of what its files say
    std::map<std::string, std::string> files; ///< what it was loaded from: name in its folder -> content
    std::string home_province, home_county;   ///< where the offices lie
    Period period = Period::natural_month;
    int suppress_below = 0;                    ///< copies that leave the office hide smaller figures but 0; 0: none
    std::vector<std::string> roles;            ///< people responsible, for the cover and the lines to sign on
    std::vector<std::string> void_certificate; ///< reasons for cancelling that end a certificate, too
    std::vector<std::string> correcting;       ///< reasons for cancelling that are corrections, not departures
    std::vector<ReportTable> tables;           ///< in the order of their codes
    std::vector<ReportCheck> checks;
    std::vector<ReportChart> charts;

    const ReportTable* table(std::string_view code) const;
};

/// Loads report.yaml of a folder and every other *.yaml in it as a table. Throws Error(data) that names file, line and
/// what was expected there: words that do not exist, lines that add up nothing, cells of checks that are not there.
Report load_report(const std::filesystem::path& folder, const ReportWords& words, const Offices& offices);

} // namespace dengji::templates
