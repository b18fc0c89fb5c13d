#pragma once
#include "pipeline/base/error.h"
#include "pipeline/ledger/lives.h"
#include "pipeline/ledger/reviews.h"
#include "pipeline/ledger/users.h"
#include "pipeline/review/group_counts.h"
#include "pipeline/review/http.h"
#include "pipeline/review/pictures.h"
#include "pipeline/review/settings.h"
#include "pipeline/review/word_lists.h"

#include <nlohmann/json.hpp>

namespace dengji::review {

using Json = nlohmann::ordered_json;

/// A certificate as it is printed, or why there is none.
struct MadeCertificate {
    std::string pdf;
    std::string why_not; ///< Chinese
};

/// What the program lends the workbench besides the register.
struct Lent {
    std::function<MadeCertificate(const std::string& registration, const std::string& by, const std::string& why)>
        certificate;
    std::filesystem::path page;    ///< folder of the built page; empty: not built
    std::filesystem::path reports; ///< folder of report definitions
    /// Seconds since 1970; tests have clocks of their own.
    std::function<long long()> now;
};

/// What has been shown to whom, so that the register is asked once a day only.
class Disclosures {
public:
    bool is_new(const std::string& who_and_what);

private:
    std::mutex mutex_;
    std::set<std::string> known_;
};

/// How many findings of each action a sheet has, as long as it does not change.
class FindingCounts {
public:
    using Counts = std::map<std::string, int>;
    std::optional<Counts> of(const std::string& registration, long long revision);
    void keep(const std::string& registration, long long revision, Counts counts);

private:
    std::mutex mutex_;
    std::map<std::string, std::pair<long long, Counts>> known_;
};

/// What is due, as long as nothing happens.
class DueLists {
public:
    using Items = std::shared_ptr<const std::vector<ledger::DueItem>>;
    Items of(ledger::Lives& lives, Date on, const std::optional<std::string>& office);

private:
    std::mutex mutex_;
    long long last_event_ = -1;
    std::map<std::string, Items> known_;
};

/// Everything that answers are made of. One for a server; its parts are thread-safe.
struct Desk {
    ledger::Register& the_register;
    ledger::Lives& lives;
    const rules::RuleBook& book;
    const templates::Offices& offices;
    const Settings settings;
    const Lent lent;
    const std::map<std::string, std::vector<std::string>> words; ///< that fields may say, by content
    ledger::Reviews reviews;
    ledger::Users users;
    Pictures pictures;
    Disclosures disclosures;
    FindingCounts findings;
    GroupCounts group_counts;
    DueLists due_lists;
    std::mutex trying_passwords; ///< one try after the other: who tries many at once must not get more tries

    Desk(ledger::Register& of, ledger::Lives& its_lives, const rules::RuleBook& its_book,
         const templates::Offices& its_offices, Settings given, Lent lent_things, const intake::Limits& limits)
        : the_register(of), lives(its_lives), book(its_book), offices(its_offices), settings(std::move(given)),
          lent(std::move(lent_things)), words(word_lists(its_book.form)), reviews(of), users(of), pictures(limits),
          group_counts(its_book.form) {}

    long long now() const { return lent.now(); }
};

/// A request of somebody who signed in and may make it.
struct Call {
    const HttpRequest& request;
    const ledger::User& user;
    std::vector<std::string> words; ///< of the path, what stands for each * of its pattern
    Json body;                      ///< of a POST: an object

    /// Of the body or, of a GET, the query. Throws ApiError for what is of another kind.
    std::string text(const char* key) const; ///< "" when it is not there
    long long number(const char* key) const; ///< Throws when it is not there
    long long asked_number(const char* key, long long least, long long most, long long otherwise) const;
};

/// An answer other than the one that was asked for.
class ApiError : public Error {
public:
    /// `message`: Chinese, what is wrong and what to do. `more`: further members of the answer.
    ApiError(int status, const char* code, std::string message, Json more = Json::object())
        : Error(ErrorKind::input, std::move(message)), status_(status), code_(code), more_(std::move(more)) {}

    HttpResponse answer() const;
    const std::string& code() const { return code_; }

private:
    int status_;
    std::string code_;
    Json more_;
};

HttpResponse answer(const Json& json, int status = 200);

/// Writes down, once a day, that this person sees the number of this registration.
void disclose(Desk& desk, const ledger::User& user, const std::string& registration);

/// Likewise for every picture or list of them on which a whole number can be read.
std::string masked(const std::string& number);

} // namespace dengji::review
