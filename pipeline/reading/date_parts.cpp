#include "pipeline/reading/date_parts.h"

#include "pipeline/base/dates.h"

#include <optional>

namespace dengji::reading {

namespace {

const Reason no_date{"date-form", "日期不完整或不存在，请核对", "date is incomplete or does not exist"};

std::optional<int> number(const std::string& digits, std::size_t most) {
    if (digits.empty() || digits.size() > most) return std::nullopt;
    int value = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

std::optional<int> plausible_year(const std::string& year) {
    const auto value = number(year, 4);
    const int last = static_cast<int>(today().year()) + 1;
    return value && year.size() == 4 && *value >= 1950 && *value <= last ? value : std::nullopt;
}

Verdict judged(std::optional<std::string> date) {
    if (date) return {*date, Support::none, {}};
    return {"", Support::against, {no_date}};
}

} // namespace

Verdict compose_month(const std::string& year, const std::string& month) {
    if (year.empty() && month.empty()) return {};
    const auto y = plausible_year(year), m = number(month, 2);
    const auto date = y && m ? make_month(*y, *m) : std::nullopt;
    return judged(date ? std::optional(format(*date)) : std::nullopt);
}

Verdict compose_date(const std::string& year, const std::string& month, const std::string& day) {
    if (year.empty() && month.empty() && day.empty()) return {};
    const auto y = plausible_year(year), m = number(month, 2), d = number(day, 2);
    const auto date = y && m && d ? make_date(*y, *m, *d) : std::nullopt;
    return judged(date ? std::optional(format(*date)) : std::nullopt);
}

} // namespace dengji::reading
