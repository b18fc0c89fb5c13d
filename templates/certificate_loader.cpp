#include "templates/certificate.h"
#include "templates/yaml_node.h"

#include <algorithm>
#include <map>
#include <regex>

namespace dengji::templates {
namespace {

constexpr double longest = 1000; ///< mm
constexpr double rounding = 1e-6;

std::string one_of(const YamlNode& node, const std::string& what, const std::vector<std::string>& allowed) {
    auto value = node.words(what);
    if (std::find(allowed.begin(), allowed.end(), value) != allowed.end()) return value;
    std::string list;
    for (const auto& word : allowed) list += (list.empty() ? "" : ", ") + word;
    node.fail("unknown " + what + " '" + value + "'; expected one of " + list);
}

std::string name_of(const YamlNode& node, const std::string& what) {
    auto value = node.words(what);
    if (!std::regex_match(value, std::regex("[a-z0-9]+(-[a-z0-9]+)*")))
        node.fail(what + " must be small letters, digits and hyphens; found '" + value + "'");
    return value;
}

/// Reads the items of one booklet and keeps them on its pages.
class Loader {
public:
    explicit Loader(Certificate& booklet) : booklet_(booklet) {}

    void page(const YamlNode& node) {
        node.expect_keys("a page", {"name", "items"}, {"name"});
        CertificatePage page;
        page.name = name_of(node.at("name"), "the name of a page");
        for (const auto& other : booklet_.pages)
            if (other.name == page.name) node.fail("the page '" + page.name + "' stands there twice");
        if (node.has("items"))
            for (const auto& item : node.at("items").items("the items of a page")) add(item, page);
        booklet_.pages.push_back(std::move(page));
    }

    PrintedText text(const YamlNode& node) {
        node.expect_keys("a text", with_writing({"text", "paragraph", "grey"}), {"text", "in"});
        PrintedText text;
        text.words = node.at("text").words("the words of a text");
        text.writing = writing(node);
        text.writing.in = rectangle(node.at("in"), "the place of a text");
        text.paragraph = node.has("paragraph") && node.at("paragraph").yes_or_no("paragraph");
        if (node.has("grey")) text.grey = node.at("grey").number("grey", 0, 1);
        return text;
    }

private:
    void add(const YamlNode& node, CertificatePage& page) {
        if (node.has("text")) {
            page.texts.push_back(text(node));
        } else if (node.has("field")) {
            page.fields.push_back(field(node));
        } else if (node.has("line")) {
            page.lines.push_back(line(node));
        } else if (node.has("table")) {
            page.tables.push_back(table(node));
        } else if (node.has("seal")) {
            page.seals.push_back(seal(node));
        } else if (node.has("box")) {
            node.expect_keys("a box", {"box"}, {});
            page.boxes.push_back(rectangle(node.at("box"), "a box"));
        } else if (node.has("photo")) {
            node.expect_keys("a photo", {"photo"}, {});
            page.photos.push_back(rectangle(node.at("photo"), "the place of a photo"));
        } else if (node.has("code")) {
            node.expect_keys("a code", {"code"}, {});
            page.codes.push_back(rectangle(node.at("code"), "the place of a code"));
        } else {
            node.fail("expected an item: a mapping with one of text, field, line, box, table, photo, code, seal");
        }
    }

    static std::vector<std::string> with_writing(std::vector<std::string> keys) {
        for (const auto* key : {"in", "font", "align", "size", "smallest", "lines"}) keys.emplace_back(key);
        return keys;
    }

    Writing writing(const YamlNode& node) const {
        static const std::map<std::string, Lettering> letterings = {
            {"song", Lettering::song}, {"hei", Lettering::hei}, {"kai", Lettering::kai}};
        static const std::map<std::string, Align> aligns = {
            {"left", Align::left}, {"centre", Align::centre}, {"right", Align::right}};
        Writing writing;
        if (node.has("font"))
            writing.lettering = letterings.at(one_of(node.at("font"), "font", {"song", "hei", "kai"}));
        if (node.has("align"))
            writing.align = aligns.at(one_of(node.at("align"), "alignment", {"left", "centre", "right"}));
        if (node.has("size")) writing.size = node.at("size").number("the size of letters", 4, 72);
        writing.smallest = std::min(writing.smallest, writing.size);
        if (node.has("smallest"))
            writing.smallest = node.at("smallest").number("the smallest size of letters", 4, writing.size);
        if (node.has("lines")) writing.lines = node.at("lines").whole_number("lines", 1, 2);
        return writing;
    }

    Rectangle rectangle(const YamlNode& node, const std::string& what) const {
        const auto four = node.numbers(what + " [left, top, width, height]", 4, 0, longest);
        expect_on_page(node, what, four[0], four[1], four[0] + four[2], four[1] + four[3]);
        if (four[2] <= 0 || four[3] <= 0) node.fail(what + " must have a width and a height");
        return {four[0], four[1], four[2], four[3]};
    }

    void expect_on_page(const YamlNode& node, const std::string& what, double left, double top, double right,
                        double bottom) const {
        if (left < -rounding || top < -rounding || right > booklet_.width + rounding ||
            bottom > booklet_.height + rounding)
            node.fail(what + " reaches over the edge of the page");
    }

    FilledField field(const YamlNode& node) const {
        node.expect_keys("a field", with_writing({"field", "label"}), {"field", "label", "in"});
        FilledField field;
        field.key = one_of(node.at("field"), "field", certificate_keys());
        field.label = node.at("label").words("the label of a field");
        field.writing = writing(node);
        field.writing.in = rectangle(node.at("in"), "the place of a field");
        return field;
    }

    RuledLine line(const YamlNode& node) const {
        node.expect_keys("a line", {"line", "thick"}, {});
        const auto ends = node.at("line").numbers("a line [from left, from top, to left, to top]", 4, 0, longest);
        expect_on_page(node, "a line", std::min(ends[0], ends[2]), std::min(ends[1], ends[3]),
                       std::max(ends[0], ends[2]), std::max(ends[1], ends[3]));
        RuledLine line{ends[0], ends[1], ends[2], ends[3]};
        if (node.has("thick")) line.thick = node.at("thick").number("the thickness of a line", 0.05, 5);
        return line;
    }

    SealRing seal(const YamlNode& node) const {
        node.expect_keys("a seal", {"seal", "diameter", "words"}, {"diameter"});
        const auto centre = node.at("seal").numbers("the middle of a seal [left, top]", 2, 0, longest);
        SealRing seal{centre[0], centre[1], node.at("diameter").number("the diameter of a seal", 10, 60), ""};
        if (node.has("words")) seal.words = node.at("words").words("the words in a seal");
        const double radius = seal.diameter / 2;
        expect_on_page(node, "a seal", seal.x - radius, seal.y - radius, seal.x + radius, seal.y + radius);
        return seal;
    }

    EventTable table(const YamlNode& node) {
        node.expect_keys("a table", {"table", "at", "head_height", "row_height", "rows", "columns"},
                         {"table", "at", "row_height", "rows", "columns"});
        EventTable table;
        table.kind = one_of(node.at("table"), "table", certificate_table_kinds());
        const auto at = node.at("at").numbers("the corner of a table [left, top]", 2, 0, longest);
        table.x = at[0];
        table.y = at[1];
        if (node.has("head_height"))
            table.head_height = node.at("head_height").number("the height of the head", 3, longest);
        table.row_height = node.at("row_height").number("the height of a row", 3, longest);
        table.rows = node.at("rows").whole_number("the rows of a table", 1, 100);
        table.first_row = table.kind == "blank" ? 1 : rows_[table.kind] + 1;
        rows_[table.kind] += table.rows;
        for (const auto& item : node.at("columns").items("the columns of a table"))
            table.columns.push_back(column(item, table.kind));
        expect_on_page(node, "a table", table.x, table.y, table.x + table.width(),
                       table.y + table.head_height + table.row_height * table.rows);
        return table;
    }

    TableColumn column(const YamlNode& node, const std::string& kind) const {
        auto allowed = with_writing({"key", "title", "width"});
        std::erase(allowed, "in");
        node.expect_keys("a column", allowed, {"key", "title", "width"});
        const auto& keys = *certificate_table_keys(kind);
        auto known = keys.at_once;
        known.insert(known.end(), keys.later.begin(), keys.later.end());
        TableColumn column;
        column.key = one_of(node.at("key"), "key of a column", known);
        column.later = std::find(keys.later.begin(), keys.later.end(), column.key) != keys.later.end();
        column.title = node.at("title").words("the title of a column");
        column.width = node.at("width").number("the width of a column", 3, longest);
        column.writing = writing(node);
        return column;
    }

    Certificate& booklet_;
    std::map<std::string, int> rows_; ///< of the tables so far
};

} // namespace

Certificate load_certificate(const std::filesystem::path& file) {
    const auto root = YamlNode::load(file);
    root.expect_keys("a certificate", {"id", "title", "page", "marking", "pages"},
                     {"id", "title", "page", "marking", "pages"});
    Certificate booklet;
    booklet.id = name_of(root.at("id"), "the id of a certificate");
    booklet.title = root.at("title").words("the title of a certificate");
    const auto page = root.at("page");
    page.expect_keys("the size of a page", {"width", "height"}, {"width", "height"});
    booklet.width = page.at("width").number("the width of a page", 30, 420);
    booklet.height = page.at("height").number("the height of a page", 30, 420);
    Loader loader(booklet);
    for (const auto& item : root.at("marking").items("the marking")) booklet.marking.push_back(loader.text(item));
    for (const auto& item : root.at("pages").items("the pages")) loader.page(item);
    return booklet;
}

} // namespace dengji::templates
