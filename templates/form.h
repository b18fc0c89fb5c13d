#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace dengji::templates {

enum class FieldKind { text, date, number, choice, choices, presence };

/// A field of the register that a form carries.
struct Field {
    std::string key;   ///< as in the readings, e.g. "hukou_address.city"
    std::string label; ///< Chinese, for people
    FieldKind kind = FieldKind::text;
    bool required = false;
    std::string content; ///< what may stand there: "name", "sex", "ethnicity", "political_status", "health", "id_type",
                         ///< "id_number", "id_number_like", "mobile", "landline", "email", "place.province" …,
                         ///< "address", "occupation", "level", "free", "year-month", "year-month-day"
    std::vector<std::string> options; ///< choice, choices: the printed options in reading order
};

enum class CellKind { label, field, options, blanks, declaration };

/// A blank that is closed by a printed word: "____年" is {word "年", part "year"}.
struct Blank {
    std::string word; ///< printed text after the blank
    std::string part; ///< sub-key within the cell's key: "year", "province"
};

/// One cell of the printed table.
struct Cell {
    CellKind kind = CellKind::label;
    std::string text; ///< label: the printed words, required marks (＊) included; empty for a cell that is not read
    std::string key;  ///< field, options, blanks: field or group key
    std::vector<std::string> options; ///< options: those printed in this cell, in reading order
    std::string other_key;     ///< options: field of the underline behind the last option ("其他：____"), or empty
    std::vector<Blank> blanks; ///< blanks: left to right
    /// declaration: a full-width cell of running text that holds a signature and a date
    std::string signature_key, signature_word; ///< "signature", "申请人（签字）"
    std::string date_key;                      ///< "signed_on"
    std::vector<Blank> date_blanks;            ///< 年 月 日
};

/// A row of the table is a list of columns, a column a list of cells from top to bottom. Column widths and row heights
/// are not part of a form: every office prints it its own way.
using Column = std::vector<Cell>;
using Row = std::vector<Column>;

struct FormPage {
    std::vector<Row> rows;
};

/// A form as data: what is printed where in the structure, and which keys it carries.
struct Form {
    std::string id;                  ///< e.g. "registration-2020"
    std::string kind;                ///< what read prints as "kind": "registration"
    std::vector<std::string> titles; ///< the titles it is printed with
    std::vector<FormPage> pages;
    std::vector<Field> fields;                        ///< in the order of the register
    const Field* field(const std::string& key) const; ///< nullptr when there is none
};

/// Loads one definition. Throws Error(data) that names file, line and what was expected there.
Form load_form(const std::filesystem::path& file);
/// All definitions of a folder (*.yaml), sorted by file name; ids must differ.
std::vector<Form> load_forms(const std::filesystem::path& folder);

} // namespace dengji::templates
