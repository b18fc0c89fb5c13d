#pragma once
#include "pipeline/ledger/certificate_numbers.h"
#include "pipeline/ledger/lives.h"

namespace dengji::ledger {

/// What became of issuing a certificate.
struct Issue {
    std::optional<Refusal> refusal; ///< nothing was written, and no number is used, when there is one
    std::string number;
    bool now = false; ///< false: it was issued before
};

/// A certificate, and the registration that it was issued for last.
struct HeldCertificate {
    std::string number, registration;
    int booklet = 1; ///< 2 after one replacement
    Date issued_on;  ///< this booklet
    std::string office;
};

/// Something that stands in a booklet already.
struct PrintedPlace {
    std::string place; ///< a table's kind, or a page's name for its fields
    int row = 0;       ///< 0 for fields
    long long event = 0;
    bool shares = false; ///< it ended what its row began: the row is that of another event

    auto operator<=>(const PrintedPlace&) const = default;
};

/// A print, for the log.
struct Print {
    std::string number;
    int booklet = 1;
    std::string at, by; ///< `at` is filled in when it is logged
    bool overprint = false;
    std::vector<std::string> pages;
    std::string why; ///< why again
};

/// What the register knows of certificates: numbers, photos, prints. Belongs to a Register and its Lives, and is as
/// thread-safe as they are. Functions throw Error as theirs do.
class Certificates {
public:
    /// Refers to all three, which have to live as long.
    Certificates(Register& the_register, Lives& lives, const rules::RuleBook& book)
        : register_(the_register), lives_(lives), book_(book) {}

    /// See add_range() and add_void_number().
    void enter_range(const std::string& first, const std::string& last, const std::string& by);
    std::vector<NumberRange> ranges();
    void void_number(const std::string& number, const std::string& why, const std::string& by);

    /// Issues a certificate: the number is taken from the ranges in the same transaction as the event. Whoever has one
    /// keeps it and its number; a replacement is a new booklet under the old number. `is_wanted` is
    /// asked at the end, before anything is kept, also for one that was issued before; when it says no, nothing is
    /// written and no number used.
    Issue issue(const std::string& registration, const std::string& by, Date on, bool replacement,
                const std::function<bool(const Issue&)>& is_wanted = nullptr);

    /// The certificate of a registration's person; nothing when there is none.
    std::optional<HeldCertificate> held_by(const std::string& registration);
    /// By its number.
    std::optional<HeldCertificate> with_number(const std::string& number);

    /// Registrations with a certificate that was asked for and not issued, or issued and never printed, by the end of
    /// that day; in the order in which they came in.
    std::vector<std::string> waiting(Date on);
    /// Registrations whose certificate was issued in that month, or asked for in it and not issued yet.
    std::vector<std::string> of_month(Month month);

    /// Keeps a photo as certificate::prepare_photo() makes it. Throws Error(input) when there is no such registration.
    void keep_photo(const std::string& registration, const std::string& jpeg, const std::string& by);
    /// The latest of the person; "" when there is none. Throws Error(data) when the file is not what was kept.
    std::string photo_of(const std::string& registration);

    /// What stands in a booklet, by overprinting.
    std::vector<PrintedPlace> places_in(const std::string& number, int booklet);
    /// The log of a certificate, oldest first.
    std::vector<Print> prints_of(const std::string& number);
    /// Logs prints and what they put into booklets, calls `deliver` (which brings the file to its place), and undoes
    /// all of it when that throws. Throws Error(input) when another process printed into one of the booklets in
    /// between.
    void log(const std::vector<std::pair<Print, std::vector<PrintedPlace>>>& prints,
             const std::function<void()>& deliver);

    /// What the QR code of a certificate says: "DJ1-", the number, "-", eight letters and digits that only this
    /// register can make.
    std::string code_of(const std::string& number);
    /// The number in such a text. Throws Error(input) when the check value is not this register's.
    std::string number_in(const std::string& code);

private:
    Database& database();
    std::optional<long long> person_of(const std::string& registration);
    std::string secret();

    Register& register_;
    Lives& lives_;
    const rules::RuleBook& book_;
};

} // namespace dengji::ledger
