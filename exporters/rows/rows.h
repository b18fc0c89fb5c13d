#pragma once
#include "pipeline/ledger/register.h"
#include "templates/form.h"

#include <filesystem>
#include <iosfwd>
#include <vector>

namespace dengji::rows {

enum class Format { csv, json_lines };

struct Options {
    Format format = Format::csv;
    bool mask = false; ///< identity, certificate and telephone numbers as 510225********1234, 138****5678
};

/// Writes the registrations in the order of the register; memory does not grow with their number. `forms`: the columns
/// are the fields of those of kind "registration". Throws Error(space) when `out` cannot be written. Returns the number
/// of rows.
///
/// CSV: UTF-8 with BOM, RFC 4180 (CRLF, quotes where needed), a header line: 登记编号, 来源文件, 页, the labels of the
/// form, 待核字段数, 待核字段. A leading apostrophe is put before what a spreadsheet would run as a formula (= + - @
/// and their full-width forms, TAB, CR, LF) and before digits that it would round or shorten (more than 11, or a
/// leading zero), identity numbers among them: it means "text, as it stands". Several chosen options are joined by 、;
/// presence is 是 or 否.
///
/// JSON lines: {"registration", "source", "page", "form", "fields": {KEY: {"value": …, "review": …}}, "needs_review":
/// [KEY…]}.
long long write_rows(ledger::Register& the_register, const std::vector<templates::Form>& forms, const Options& options,
                     std::ostream& out);

/// The same to a file, which appears complete or not at all.
long long write_rows_file(ledger::Register& the_register, const std::vector<templates::Form>& forms,
                          const Options& options, const std::filesystem::path& file);

} // namespace dengji::rows
