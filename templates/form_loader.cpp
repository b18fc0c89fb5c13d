#include "templates/form.h"
#include "templates/form_places.h"
#include "templates/yaml_node.h"

#include <algorithm>
#include <map>
#include <regex>

namespace dengji::templates {
namespace {

const std::map<std::string, FieldKind> kinds = {{"text", FieldKind::text},       {"date", FieldKind::date},
                                                {"number", FieldKind::number},   {"choice", FieldKind::choice},
                                                {"choices", FieldKind::choices}, {"presence", FieldKind::presence}};

const std::vector<std::string> text_contents = {
    "name",   "sex",      "ethnicity", "political_status", "health",     "id_type",      "id_number", "id_number_like",
    "mobile", "landline", "email",     "place.province",   "place.city", "place.county", "address",   "occupation",
    "level",  "free"};
const std::vector<std::string> date_contents = {"year-month", "year-month-day"};

std::string matching(const YamlNode& node, const std::string& what, const char* pattern, const char* expected) {
    auto value = node.words(what);
    if (!std::regex_match(value, std::regex(pattern))) {
        node.fail(what + " must be " + expected + "; found '" + value + "'");
    }
    return value;
}

std::string name_of(const YamlNode& node, const std::string& what) {
    return matching(node, what, "[a-z0-9]+(-[a-z0-9]+)*", "small letters, digits and hyphens");
}

std::string key_of(const YamlNode& node, const std::string& what) {
    return matching(node, what, "[a-z][a-z0-9_]*(\\.[a-z0-9_]+)*",
                    "small letters, digits and underscores, in parts joined by dots");
}

std::string one_of(const YamlNode& node, const std::string& what, const std::vector<std::string>& allowed) {
    auto value = node.words(what);
    if (std::find(allowed.begin(), allowed.end(), value) == allowed.end()) {
        std::string list;
        for (const auto& word : allowed) {
            list += (list.empty() ? "" : ", ") + word;
        }
        node.fail("unknown " + what + " '" + value + "'; expected one of " + list);
    }
    return value;
}

Field field_of(const YamlNode& node) {
    node.expect_keys("a field", {"key", "label", "kind", "content", "required", "options"}, {"key", "label", "kind"});
    Field field;
    field.key = key_of(node.at("key"), "the key of a field");
    field.label = node.at("label").words("the label of a field");
    const auto kind =
        one_of(node.at("kind"), "kind of field", {"text", "date", "number", "choice", "choices", "presence"});
    field.kind = kinds.at(kind);
    field.required = node.has("required") && node.at("required").yes_or_no("required");

    const bool is_text = field.kind == FieldKind::text;
    const bool is_date = field.kind == FieldKind::date;
    const bool has_options = field.kind == FieldKind::choice || field.kind == FieldKind::choices;
    if ((is_text || is_date) != node.has("content")) {
        node.fail(is_text || is_date ? "the field '" + field.key + "' must say what content it has"
                                     : "a field of kind " + kind + " has no content");
    }
    if (has_options != node.has("options")) {
        node.fail(has_options ? "the field '" + field.key + "' must list its options"
                              : "a field of kind " + kind + " has no options");
    }
    if (node.has("content")) {
        field.content =
            one_of(node.at("content"), "content of a " + kind + " field", is_date ? date_contents : text_contents);
    }
    if (has_options) {
        field.options = node.at("options").distinct_words("the options of a field");
    }
    return field;
}

std::vector<Blank> blanks_of(const YamlNode& node) {
    std::vector<Blank> blanks;
    for (const auto& item : node.items("before")) {
        item.expect_keys("a blank", {"word", "part"}, {"word", "part"});
        Blank blank{item.at("word").words("the word after a blank"), key_of(item.at("part"), "the part of a blank")};
        if (std::any_of(blanks.begin(), blanks.end(), [&](const Blank& other) { return other.part == blank.part; })) {
            item.fail("the part '" + blank.part + "' stands there twice");
        }
        blanks.push_back(std::move(blank));
    }
    return blanks;
}

Cell options_cell(const YamlNode& node, FormPlaces& places) {
    node.expect_keys("an options cell", {"options", "printed", "other"}, {"options"});
    Cell cell;
    cell.kind = CellKind::options;
    cell.key = key_of(node.at("options"), "the group of an options cell");
    if (node.has("printed")) {
        cell.options = node.at("printed").distinct_words("the options printed in a cell");
    }
    places.options(node, cell);
    if (node.has("other")) {
        cell.other_key = key_of(node.at("other"), "the field behind the last option");
        places.text(node.at("other"), cell.other_key);
    }
    return cell;
}

Cell declaration_cell(const YamlNode& node, FormPlaces& places) {
    node.expect_keys("a declaration", {"signature", "word", "date", "before"}, {"signature", "word", "date", "before"});
    Cell cell;
    cell.kind = CellKind::declaration;
    cell.signature_key = key_of(node.at("signature"), "the field of the signature");
    cell.signature_word = node.at("word").words("the word before the signature");
    cell.date_key = key_of(node.at("date"), "the field of the date");
    cell.date_blanks = blanks_of(node.at("before"));
    places.presence(node.at("signature"), cell.signature_key);
    places.blanks(node.at("date"), cell.date_key, cell.date_blanks);
    return cell;
}

Cell cell_of(const YamlNode& node, FormPlaces& places) {
    Cell cell;
    if (node.has("label")) {
        node.expect_keys("a label cell", {"label"}, {});
        cell.text = node.at("label").text("the printed words of a cell");
    } else if (node.has("field")) {
        node.expect_keys("a field cell", {"field"}, {});
        cell.kind = CellKind::field;
        cell.key = key_of(node.at("field"), "the field of a cell");
        places.whole_cell(node, cell.key);
    } else if (node.has("options")) {
        cell = options_cell(node, places);
    } else if (node.has("blanks")) {
        node.expect_keys("a cell with blanks", {"blanks", "before"}, {"before"});
        cell.kind = CellKind::blanks;
        cell.key = key_of(node.at("blanks"), "the key of a cell with blanks");
        cell.blanks = blanks_of(node.at("before"));
        places.blanks(node, cell.key, cell.blanks);
    } else if (node.has("declaration")) {
        node.expect_keys("a declaration cell", {"declaration"}, {});
        cell = declaration_cell(node.at("declaration"), places);
    } else {
        node.fail("expected a cell: a mapping with one of label, field, options, blanks, declaration");
    }
    return cell;
}

Row row_of(const YamlNode& node, FormPlaces& places) {
    Row row;
    for (const auto& column : node.items("a row")) {
        Column cells;
        if (column.is_list()) {
            for (const auto& cell : column.items("a column")) {
                cells.push_back(cell_of(cell, places));
            }
        } else {
            cells.push_back(cell_of(column, places));
        }
        row.push_back(std::move(cells));
    }
    return row;
}

} // namespace

Form load_form(const std::filesystem::path& file) {
    const auto root = YamlNode::load(file);
    root.expect_keys("a form definition", {"id", "kind", "titles", "fields", "pages"},
                     {"id", "kind", "titles", "fields", "pages"});
    Form form;
    form.id = name_of(root.at("id"), "the id of a form");
    form.kind = name_of(root.at("kind"), "the kind of a form");
    if (form.kind == "blank" || form.kind == "other") {
        root.at("kind").fail("the kind '" + form.kind +
                             "' is what pages are called that are no form; expected another word");
    }
    form.titles = root.at("titles").distinct_words("the titles of a form");

    FormPlaces places;
    for (const auto& item : root.at("fields").items("fields")) {
        form.fields.push_back(field_of(item));
        places.declare(item, form.fields.back());
    }
    for (const auto& page : root.at("pages").items("pages")) {
        page.expect_keys("a page", {"rows"}, {"rows"});
        FormPage made;
        for (const auto& row : page.at("rows").items("rows")) {
            made.rows.push_back(row_of(row, places));
        }
        form.pages.push_back(std::move(made));
    }
    places.expect_all_placed();
    return form;
}

} // namespace dengji::templates
