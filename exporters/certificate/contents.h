#pragma once
#include <map>
#include <string>
#include <vector>

namespace dengji::certificate {

/// One row of a table, and the events that it comes from.
struct TableRow {
    long long event = 0;
    std::map<std::string, std::string> values; ///< by the keys of templates::certificate_table_keys()
    long long later_event = 0;                 ///< of what ended it; 0: nothing has
    std::map<std::string, std::string> later;
};

/// What one person's booklet says, as it is printed. Keys are those of templates::certificate_keys() and
/// certificate_table_kinds().
struct Contents {
    std::string number; ///< of the certificate
    std::string code;   ///< text of the QR code
    std::map<std::string, std::string> fields;
    std::map<std::string, std::vector<TableRow>> tables; ///< oldest first
    std::string photo;                                   ///< JPEG as prepare_photo() makes it; empty: none
};

/// A row, or what is added to it later, in its place in the booklet.
struct PlacedRow {
    std::string table;
    int row = 1; ///< of the whole table
    std::map<std::string, std::string> values;
};

/// Every row in its place, one after the other: what a full print shows.
std::vector<PlacedRow> all_rows(const Contents& contents);

} // namespace dengji::certificate
