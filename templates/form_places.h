#pragma once
#include "templates/form.h"
#include "templates/yaml_node.h"

#include <string>
#include <vector>

namespace dengji::templates {

/// Holds fields and cells of one definition against each other while it is read: every cell names a declared field of a
/// fitting kind, every field has exactly one place. Each call throws Error(data) at the node's line.
class FormPlaces {
public:
    void declare(const YamlNode& node, const Field& field);

    /// A cell that is one field: text, number, date or presence.
    void whole_cell(const YamlNode& node, const std::string& key);
    void text(const YamlNode& node, const std::string& key);
    void presence(const YamlNode& node, const std::string& key);
    /// A cell with some or, when it lists none, all of a group's options; these are then filled in.
    void options(const YamlNode& node, Cell& cell);
    /// Blanks that are the parts of one date, or a text field each.
    void blanks(const YamlNode& node, const std::string& key, const std::vector<Blank>& blanks);

    void expect_all_placed() const;

private:
    struct Declared {
        YamlNode node;
        Field field;
        bool placed = false;
        std::size_t options_printed = 0;
    };
    Declared* find(const std::string& key);
    Declared& declared(const YamlNode& node, const std::string& key, const std::vector<FieldKind>& kinds);
    void place(const YamlNode& node, const std::string& key, const std::vector<FieldKind>& kinds);

    std::vector<Declared> declared_;
};

} // namespace dengji::templates
