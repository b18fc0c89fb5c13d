#include "templates/certificate.h"

#include <map>
#include <numeric>

namespace dengji::templates {

double EventTable::width() const {
    return std::accumulate(columns.begin(), columns.end(), 0.0,
                           [](double sum, const TableColumn& column) { return sum + column.width; });
}

Rectangle EventTable::cell(int row, std::size_t column) const {
    Rectangle place{x, y + head_height + row_height * (row - first_row), columns[column].width, row_height};
    for (std::size_t i = 0; i < column; ++i) place.x += columns[i].width;
    return place;
}

int Certificate::rows_of(const std::string& kind) const {
    int rows = 0;
    for (const auto& page : pages)
        for (const auto& table : page.tables)
            if (table.kind == kind) rows += table.rows;
    return rows;
}

const std::vector<std::string>& certificate_keys() {
    static const std::vector<std::string> keys = {"number",
                                                  "name",
                                                  "sex",
                                                  "born",
                                                  "ethnicity",
                                                  "political_status",
                                                  "health",
                                                  "id_type",
                                                  "id_number",
                                                  "hukou_type",
                                                  "hukou_address",
                                                  "residence_address",
                                                  "education",
                                                  "mobile",
                                                  "qualification.1.name",
                                                  "qualification.1.level",
                                                  "qualification.2.name",
                                                  "qualification.2.level",
                                                  "qualification.3.name",
                                                  "qualification.3.level",
                                                  "office",
                                                  "issued_on"};
    return keys;
}

namespace {

const std::map<std::string, TableKeys>& tables() {
    static const std::map<std::string, TableKeys> table = {
        {"registrations",
         {{"unemployed_since", "registered_on", "reason", "office"}, {"cancelled_on", "cancel_reason"}}},
        {"cancellations", {{"cancelled_on", "cancel_reason", "office"}, {}}},
        {"changes", {{"item", "content", "changed_on", "office"}, {}}},
        {"assistance", {{"recognised_on", "category", "office"}, {"left_on", "left_reason"}}},
        {"policies", {{"policy", "granted_on", "result", "office"}, {}}},
        {"blank", {{"blank"}, {}}},
    };
    return table;
}

} // namespace

std::vector<std::string> certificate_table_kinds() {
    std::vector<std::string> kinds;
    for (const auto& [kind, keys] : tables()) kinds.push_back(kind);
    return kinds;
}

const TableKeys* certificate_table_keys(const std::string& kind) {
    const auto found = tables().find(kind);
    return found == tables().end() ? nullptr : &found->second;
}

} // namespace dengji::templates
