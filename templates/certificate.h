#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace dengji::templates {

// Lengths are millimetres from the upper left corner of the page, as a ruler shows them; sizes of letters are points.

struct Rectangle {
    double x = 0, y = 0, width = 0, height = 0;
};

enum class Lettering { song, hei, kai };
enum class Align { left, centre, right };

/// How words stand in a rectangle: in the middle of its height.
struct Writing {
    Rectangle in;
    Lettering lettering = Lettering::song;
    Align align = Align::left;
    double size = 10.5;
    double smallest = 6; ///< what is too wide shrinks to this before it is refused
    int lines = 1;       ///< 2: what is too wide at the smallest size may take a second line
};

/// Words that belong to the page. They wrap at the width and begin at the top when they are a paragraph.
struct PrintedText {
    std::string words;
    Writing writing;
    bool paragraph = false;
    double grey = 0; ///< 0 black to 1 white
};

/// A value that the program fills in.
struct FilledField {
    std::string key; ///< "name"; the keys are those of certificate_keys()
    std::string label;
    Writing writing;
};

struct RuledLine {
    double x1 = 0, y1 = 0, x2 = 0, y2 = 0;
    double thick = 0.2;
};

/// A column of a table; the left edge follows from the widths before it.
struct TableColumn {
    std::string key, title;
    double width = 0;
    Writing writing;    ///< `in` is not used
    bool later = false; ///< filled when what the row began has ended (注销日期), perhaps years after the rest
};

/// A table with a row for each event of its kind. A table may go on over several pages: `first_row` is the number of
/// the uppermost row here.
struct EventTable {
    std::string kind; ///< "registrations"; the kinds are those of certificate_table_keys()
    double x = 0, y = 0;
    double head_height = 8, row_height = 10;
    int rows = 1, first_row = 1;
    std::vector<TableColumn> columns;

    double width() const;
    /// Where a cell is; `row` is a number of the whole table, 1-based.
    Rectangle cell(int row, std::size_t column) const;
};

/// The round seal that is pressed by hand: its place is left free.
struct SealRing {
    double x = 0, y = 0, diameter = 40;
    std::string words;
};

struct CertificatePage {
    std::string name; ///< small letters, digits and hyphens; differs from the others
    std::vector<PrintedText> texts;
    std::vector<RuledLine> lines;
    std::vector<Rectangle> boxes, photos, codes; ///< codes: squares for the QR code
    std::vector<SealRing> seals;
    std::vector<FilledField> fields;
    std::vector<EventTable> tables;
};

/// A booklet as data.
struct Certificate {
    std::string id, title;
    double width = 0, height = 0;     ///< of a page
    std::vector<PrintedText> marking; ///< on every page that is not the official blank
    std::vector<CertificatePage> pages;

    /// Rows that a table has on all pages together; 0 when there is none of this kind.
    int rows_of(const std::string& kind) const;
};

/// What fields may name.
const std::vector<std::string>& certificate_keys();
/// The kinds of tables.
std::vector<std::string> certificate_table_kinds();
/// What the columns of a table may name; the second list is what is filled later.
struct TableKeys {
    std::vector<std::string> at_once, later;
};
const TableKeys* certificate_table_keys(const std::string& kind);

/// Loads one definition. Throws Error(data) that names file, line and what was expected there; also for what lies
/// outside the page, and for tables whose rows do not follow each other.
Certificate load_certificate(const std::filesystem::path& file);

} // namespace dengji::templates
