// Photos, prints and check values: the parts of Certificates that belong to paper.
#include "pipeline/base/error.h"
#include "pipeline/base/files.h"
#include "pipeline/base/sha256.h"
#include "pipeline/base/text.h"
#include "pipeline/ledger/certificates.h"
#include "pipeline/ledger/clock.h"
#include "pipeline/ledger/register_parts.h"
#include "pipeline/ledger/stored_values.h"

#include <random>

namespace dengji::ledger {
namespace {

constexpr auto code_begin = "DJ1-";
constexpr std::size_t check_length = 8;

std::filesystem::path photo_place(const std::filesystem::path& folder, const std::string& sha256) {
    return folder / "photos" / sha256.substr(0, 2) / (sha256 + ".jpg");
}

/// 128 bits that nobody can guess.
std::string random_secret() {
    std::random_device device;
    std::string bits;
    for (int i = 0; i < 4; ++i) bits += std::to_string(device()) + "-";
    return sha256_of(bits);
}

/// No letters that are mistaken for others when somebody types them.
std::string check_value(const std::string& secret, const std::string& number) {
    constexpr std::string_view letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    const auto digest = hmac_sha256_of(secret, number);
    std::string value;
    for (std::size_t i = 0; i < check_length; ++i) {
        const auto digit = [&](char hex) { return hex <= '9' ? hex - '0' : hex - 'a' + 10; };
        value += letters[static_cast<std::size_t>((digit(digest[2 * i]) * 16 + digit(digest[2 * i + 1])) % 32)];
    }
    return value;
}

bool is_row_used(Database& database, const Print& print, const PrintedPlace& place) {
    return database
        .number("1",
                "from certificate_places where number = :number and booklet = :booklet and place = :place and "
                "row = :row limit 1",
                {print.number, static_cast<long long>(print.booklet), place.place, static_cast<long long>(place.row)})
        .has_value();
}

} // namespace

void Certificates::keep_photo(const std::string& registration, const std::string& jpeg, const std::string& by) {
    if (trimmed(by).empty()) throw Error(ErrorKind::usage, "it is not said who does this", "Give the name with --by.");
    const auto sha256 = sha256_of(jpeg);
    const auto place = photo_place(register_.parts_->folder, sha256);
    make_folder(place.parent_path());
    write_file(place, jpeg);
    lives_.together([&] {
        person_of(registration);
        database().execute("insert into certificate_photos (registration_id, sha256, at, actor) "
                           "values (:registration, :sha256, :at, :by)",
                           {registration, sha256, utc_now(), storable(by)});
    });
}

std::string Certificates::photo_of(const std::string& registration) {
    const std::lock_guard lock(register_.parts_->one_at_a_time);
    const auto person = person_of(registration);
    const auto sha256 = database().text("c.sha256",
                                        "from certificate_photos c join lives l on l.registration_id = "
                                        "c.registration_id where l.registration_id = :registration or l.person_id = "
                                        ":person order by c.id desc limit 1",
                                        {registration, person ? Parameter(*person) : Parameter()});
    if (!sha256) return "";
    const auto broken = [] {
        return Error(ErrorKind::data, "a photo of the register is missing or was changed",
                     "Take the photo in again with 'dengji certificates --photo', or restore it from a backup.");
    };
    std::string jpeg;
    try {
        jpeg = read_file(photo_place(register_.parts_->folder, *sha256));
    } catch (const Error&) {
        throw broken();
    }
    if (sha256_of(jpeg) != *sha256) throw broken();
    return jpeg;
}

std::vector<PrintedPlace> Certificates::places_in(const std::string& number, int booklet) {
    const std::lock_guard lock(register_.parts_->one_at_a_time);
    std::vector<PrintedPlace> places;
    Cursor row = database().select(
        {"place", "row", "event_id"},
        "from certificate_places where number = :number and booklet = :booklet order by place, row, event_id",
        {number, static_cast<long long>(booklet)});
    while (row.next()) places.push_back({row.text(0), static_cast<int>(row.number(1)), row.number(2)});
    return places;
}

std::vector<Print> Certificates::prints_of(const std::string& number) {
    const std::lock_guard lock(register_.parts_->one_at_a_time);
    std::vector<Print> prints;
    Cursor row = database().select({"booklet", "at", "actor", "printing", "pages", "why"},
                                   "from certificate_prints where number = :number order by id", {number});
    while (row.next())
        prints.push_back({number, static_cast<int>(row.number(0)), row.text(1), row.text(2), row.text(3) == "overprint",
                          texts_of(row.text(4)), row.text(5)});
    return prints;
}

void Certificates::log(const std::vector<std::pair<Print, std::vector<PrintedPlace>>>& prints,
                       const std::function<void()>& deliver) {
    lives_.together([&] {
        for (const auto& [print, places] : prints) {
            const auto booklet = static_cast<long long>(print.booklet);
            database().execute("insert into certificate_prints (number, booklet, at, actor, printing, pages, why) "
                               "values (:number, :booklet, :at, :by, :printing, :pages, :why)",
                               {print.number, booklet, utc_now(), storable(print.by),
                                std::string(print.overprint ? "overprint" : "full"), to_json(print.pages),
                                storable(print.why)});
            const auto id = database().last_key();
            for (const auto& place : places) {
                const auto row = static_cast<long long>(place.row);
                const auto stands = database().number("row",
                                                      "from certificate_places where number = :number and booklet = "
                                                      ":booklet and place = :place and event_id = :event",
                                                      {print.number, booklet, place.place, place.event});
                if (stands && *stands == row) continue; // printed again in its place
                if (stands || (row > 0 && !place.shares && is_row_used(database(), print, place)))
                    throw Error(ErrorKind::input, "somebody else printed into one of these booklets just now",
                                "Give the command again.");
                database().execute("insert into certificate_places (number, booklet, place, row, event_id, print_id) "
                                   "values (:number, :booklet, :place, :row, :event, :print)",
                                   {print.number, booklet, place.place, row, place.event, id});
            }
        }
        deliver();
    });
}

std::string Certificates::secret() {
    const std::lock_guard lock(register_.parts_->one_at_a_time);
    const auto kept = [&] { return database().text("secret", "from certificate_secret where id = 1"); };
    if (const auto secret = kept()) return *secret;
    database().execute("insert into certificate_secret (id, secret) values (1, :secret) on conflict (id) do nothing",
                       {random_secret()});
    return *kept();
}

std::string Certificates::code_of(const std::string& number) {
    return code_begin + number + "-" + check_value(secret(), number);
}

std::string Certificates::number_in(const std::string& code) {
    const auto parts = split(code, "-");
    if (parts.size() != 3 || check_value(secret(), parts[1]) != parts[2])
        throw Error(ErrorKind::input, "the check value of this code is not this register's: it was not printed here",
                    "Compare the certificate with the register by its number.");
    return parts[1];
}

} // namespace dengji::ledger
