#include "exporters/certificate/contents.h"

namespace dengji::certificate {

std::vector<PlacedRow> all_rows(const Contents& contents) {
    std::vector<PlacedRow> rows;
    for (const auto& [table, entries] : contents.tables) {
        int row = 0;
        for (const auto& entry : entries) {
            rows.push_back({table, ++row, entry.values});
            if (entry.later_event != 0) rows.push_back({table, row, entry.later});
        }
    }
    return rows;
}

} // namespace dengji::certificate
