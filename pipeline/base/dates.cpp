#include "pipeline/base/dates.h"

#include <ctime>

namespace dengji {
namespace {

std::optional<int> number(std::string_view digits) noexcept {
    int value = 0;
    for (const char digit : digits) {
        if (digit < '0' || digit > '9') return std::nullopt;
        value = value * 10 + (digit - '0');
    }
    return value;
}

std::string padded(int value, std::size_t width) {
    auto digits = std::to_string(value);
    return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

} // namespace

std::optional<Month> make_month(int year, int month) noexcept {
    if (year < 1 || year > 9999 || month < 1 || month > 12) return std::nullopt;
    return Month{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)}};
}

std::optional<Date> make_date(int year, int month, int day) noexcept {
    const auto in_month = make_month(year, month);
    if (!in_month || day < 1 || day > 31) return std::nullopt;
    const Date date = *in_month / std::chrono::day{static_cast<unsigned>(day)};
    return date.ok() ? std::optional(date) : std::nullopt;
}

std::optional<Month> parse_month(std::string_view text) noexcept {
    if (text.size() != 7 || text[4] != '-') return std::nullopt;
    const auto year = number(text.substr(0, 4));
    const auto month = number(text.substr(5, 2));
    return year && month ? make_month(*year, *month) : std::nullopt;
}

std::optional<Date> parse_date(std::string_view text) noexcept {
    if (text.size() != 10 || text[7] != '-') return std::nullopt;
    const auto month = parse_month(text.substr(0, 7));
    const auto day = number(text.substr(8, 2));
    if (!month || !day) return std::nullopt;
    return make_date(static_cast<int>(month->year()), static_cast<int>(static_cast<unsigned>(month->month())), *day);
}

std::string format(Month month) {
    return padded(static_cast<int>(month.year()), 4) + "-" +
           padded(static_cast<int>(static_cast<unsigned>(month.month())), 2);
}

std::string format(Date date) {
    return format(date.year() / date.month()) + "-" + padded(static_cast<int>(static_cast<unsigned>(date.day())), 2);
}

Date today() {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    ::localtime_r(&now, &local);
    return *make_date(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
}

} // namespace dengji
