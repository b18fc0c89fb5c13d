#include "pipeline/ledger/certificate_numbers.h"

#include "pipeline/base/error.h"
#include "pipeline/base/text.h"
#include "pipeline/ledger/clock.h"
#include "pipeline/ledger/stored_values.h"
#include "templates/citizen_number.h"

#include <charconv>

namespace dengji::ledger {
namespace {

constexpr std::size_t digits = 16, stem_digits = 10;

bool is_number(const std::string& text) {
    return text.size() == digits && templates::is_all_digits(text);
}

long long running(const std::string& number) {
    long long value = 0;
    std::from_chars(number.data() + stem_digits, number.data() + digits, value);
    return value;
}

std::string number_of(const std::string& stem, long long running_number) {
    const auto plain = std::to_string(running_number);
    return stem + std::string(digits - stem_digits - plain.size(), '0') + plain;
}

void expect_name(const std::string& by) {
    if (trimmed(by).empty()) throw Error(ErrorKind::usage, "it is not said who does this", "Give the name with --by.");
}

} // namespace

void add_range(Database& database, const std::string& first, const std::string& last, const std::string& county,
               const std::string& by) {
    expect_name(by);
    if (!is_number(first) || !is_number(last) || first.substr(0, stem_digits) != last.substr(0, stem_digits) ||
        first > last || !first.starts_with(county))
        throw Error(ErrorKind::usage,
                    "a range needs two numbers of 16 digits that begin with " + county +
                        ", share their first ten digits (with the year in the 9th and 10th), and go upwards",
                    "Give it like " + county + "0024000001-" + county + "0024000500.");
    const auto stem = first.substr(0, stem_digits);
    if (database.number("1", "from certificate_ranges where stem = :stem and first <= :last and last >= :first limit 1",
                        {stem, running(last), running(first)}))
        throw Error(ErrorKind::usage, "the range overlaps one that was entered before",
                    "'dengji certificates --ranges' lists them.");
    database.execute("insert into certificate_ranges (stem, first, last, next, entered_at, entered_by) "
                     "values (:stem, :first, :last, :next, :at, :by)",
                     {stem, running(first), running(last), running(first), utc_now(), storable(by)});
}

std::vector<NumberRange> all_ranges(Database& database) {
    std::vector<NumberRange> ranges;
    Cursor row = database.select({"stem", "first", "last", "next", "entered_at", "entered_by"},
                                 "from certificate_ranges order by stem, first");
    while (row.next()) {
        const auto& stem = row.text(0);
        const auto last = row.number(2), next = row.number(3);
        ranges.push_back({number_of(stem, row.number(1)), number_of(stem, last),
                          next > last ? std::string() : number_of(stem, next), last - next + 1, row.text(4),
                          row.text(5)});
    }
    return ranges;
}

std::string next_number(Database& database, int year) {
    const auto two = std::to_string(100 + year % 100).substr(1);
    struct Range {
        long long id, last, next;
        std::string stem;
    };
    std::vector<Range> ranges;
    {
        Cursor row = database.select({"id", "last", "next", "stem"},
                                     "from certificate_ranges where substr(stem, 9, 2) = :year and next <= last "
                                     "order by first, stem",
                                     {two});
        while (row.next()) ranges.push_back({row.number(0), row.number(1), row.number(2), row.text(3)});
    }
    for (auto range : ranges) {
        std::string found;
        while (range.next <= range.last && found.empty()) {
            auto number = number_of(range.stem, range.next++);
            if (!is_number_taken(database, number)) found = std::move(number);
        }
        database.execute("update certificate_ranges set next = :next where id = :id", {range.next, range.id});
        if (!found.empty()) return found;
    }
    return "";
}

void note_issued_number(Database& database, const std::string& number, const std::string& registration, long long event,
                        const std::string& at, const std::string& by) {
    database.execute("insert into given_numbers (number, state, registration_id, event_id, at, actor) "
                     "values (:number, 'issued', :registration, :event, :at, :by) on conflict (number) do nothing",
                     {storable(number), registration, event, at, storable(by)});
}

void add_void_number(Database& database, const std::string& number, const std::string& why, const std::string& by) {
    expect_name(by);
    if (!is_number(number)) throw Error(ErrorKind::usage, "a certificate number has 16 digits", "Check it.");
    if (trimmed(why).empty())
        throw Error(ErrorKind::usage, "it is not said why the number is void", "Say it with --why.");
    if (is_number_taken(database, number))
        throw Error(ErrorKind::usage, "the number was given already, or is void already",
                    "A certificate that is damaged or lost is replaced under its number.");
    database.execute("insert into given_numbers (number, state, at, actor, reason) "
                     "values (:number, 'void', :at, :by, :why)",
                     {number, utc_now(), storable(by), storable(why)});
}

bool is_number_taken(Database& database, const std::string& number) {
    return database.number("1", "from given_numbers where number = :number", {number}).has_value();
}

std::optional<std::string> number_held_by(Database& database, long long person) {
    // From the person's few lives to their events: "cross" keeps the order, else all certificates are gone through.
    return database.text(
        "e.outcome",
        "from lives l cross join events e on e.subject = l.registration_id where l.person_id = :person and "
        "e.effective_on is not null and e.action = 'certificate-issue' order by e.id desc limit 1",
        {person});
}

} // namespace dengji::ledger
