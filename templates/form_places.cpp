#include "templates/form_places.h"

#include <algorithm>

namespace dengji::templates {
namespace {

std::string kind_name(FieldKind kind) {
    switch (kind) {
    case FieldKind::text: return "text";
    case FieldKind::date: return "date";
    case FieldKind::number: return "number";
    case FieldKind::choice: return "choice";
    case FieldKind::choices: return "choices";
    case FieldKind::presence: return "presence";
    }
    return "unknown";
}

std::string kind_names(const std::vector<FieldKind>& kinds) {
    std::string names;
    for (const auto kind : kinds) {
        names += (names.empty() ? "" : " or ") + kind_name(kind);
    }
    return names;
}

} // namespace

void FormPlaces::declare(const YamlNode& node, const Field& field) {
    if (find(field.key) != nullptr) {
        node.fail("the field '" + field.key + "' is declared twice");
    }
    declared_.push_back({node, field});
}

FormPlaces::Declared* FormPlaces::find(const std::string& key) {
    const auto found = std::find_if(declared_.begin(), declared_.end(),
                                    [&](const Declared& declared) { return declared.field.key == key; });
    return found == declared_.end() ? nullptr : &*found;
}

FormPlaces::Declared& FormPlaces::declared(const YamlNode& node, const std::string& key,
                                           const std::vector<FieldKind>& kinds) {
    auto* found = find(key);
    if (found == nullptr) {
        node.fail("the field '" + key + "' is not declared under fields");
    }
    if (std::find(kinds.begin(), kinds.end(), found->field.kind) == kinds.end()) {
        node.fail("the field '" + key + "' is of kind " + kind_name(found->field.kind) + "; expected " +
                  kind_names(kinds) + " here");
    }
    return *found;
}

void FormPlaces::place(const YamlNode& node, const std::string& key, const std::vector<FieldKind>& kinds) {
    auto& field = declared(node, key, kinds);
    if (field.placed) {
        node.fail("the field '" + key + "' has a place already");
    }
    field.placed = true;
}

void FormPlaces::whole_cell(const YamlNode& node, const std::string& key) {
    place(node, key, {FieldKind::text, FieldKind::number, FieldKind::date, FieldKind::presence});
}

void FormPlaces::text(const YamlNode& node, const std::string& key) {
    place(node, key, {FieldKind::text});
}

void FormPlaces::presence(const YamlNode& node, const std::string& key) {
    place(node, key, {FieldKind::presence});
}

void FormPlaces::options(const YamlNode& node, Cell& cell) {
    auto& group = declared(node, cell.key, {FieldKind::choice, FieldKind::choices});
    const auto& all = group.field.options;
    if (cell.options.empty()) {
        cell.options = all;
    }
    for (const auto& option : cell.options) {
        if (std::find(all.begin(), all.end(), option) == all.end()) {
            node.fail("'" + option + "' is not among the options of '" + cell.key + "'");
        }
        if (group.options_printed == all.size() || all[group.options_printed] != option) {
            node.fail("the option '" + option + "' of '" + cell.key +
                      "' stands out of order or a second time; expected " +
                      (group.options_printed == all.size() ? std::string("no more options")
                                                           : "'" + all[group.options_printed] + "'"));
        }
        ++group.options_printed;
    }
    group.placed = group.options_printed == all.size();
}

void FormPlaces::blanks(const YamlNode& node, const std::string& key, const std::vector<Blank>& blanks) {
    if (find(key) == nullptr) {
        for (const auto& blank : blanks) {
            place(node, key + "." + blank.part, {FieldKind::text, FieldKind::number});
        }
        return;
    }
    place(node, key, {FieldKind::date});
    std::vector<std::string> parts;
    for (const auto& blank : blanks) {
        parts.push_back(blank.part);
    }
    std::vector<std::string> expected = {"year", "month"};
    if (find(key)->field.content == "year-month-day") {
        expected.emplace_back("day");
    }
    if (parts != expected) {
        node.fail("the date '" + key + "' is of content " + find(key)->field.content +
                  "; expected the parts year, month" + (expected.size() == 3 ? ", day" : ""));
    }
}

void FormPlaces::expect_all_placed() const {
    for (const auto& declared : declared_) {
        if (!declared.placed) {
            const bool some = declared.options_printed > 0;
            declared.node.fail(
                "the field '" + declared.field.key + "' has no place on any page" +
                (some ? ": option '" + declared.field.options[declared.options_printed] + "' is not printed"
                      : std::string()));
        }
    }
}

} // namespace dengji::templates
