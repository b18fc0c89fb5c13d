#pragma once
#include "exporters/monthly/sheets.h"

namespace dengji::monthly {

/// Threads that write the long sheets of people. Two are only quicker where the allocator lets each have memory of its
/// own: with one arena for both they wait for each other at every cell.
enum class Writers : unsigned char { one, two };

/// Writes a report as a workbook, which appears whole or not at all: cover, a sheet for each table, checks, changes,
/// charts, and the people behind the figures unless it was made without them or for others. Sums are formulas with
/// their values. The same report gives the same bytes. Throws Error(space) when it cannot be written.
void write_workbook(const MonthReport& report, const templates::ReportWords& words, const templates::Offices& offices,
                    const ShowNumber& shown, const std::filesystem::path& file, Writers writers = Writers::one);

/// The figures alone. CSV: UTF-8 with BOM; columns 表, 行, 栏, 项目, 栏名, 数. JSON: one object.
std::string as_csv(const MonthReport& report, const templates::ReportWords& words);
std::string as_json_text(const MonthReport& report, const templates::ReportWords& words);

} // namespace dengji::monthly
