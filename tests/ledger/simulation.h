#pragma once
#include "pipeline/ledger/lives.h"
#include "tests/ledger/applicants.h"

#include <functional>
#include <map>
#include <queue>

namespace dengji::ledger::test {

/// What an office does over some years. The same plan, the same register.
struct OfficePlan {
    unsigned seed = 1;
    int people = 1500;
    Date from{std::chrono::year(2024), std::chrono::January, std::chrono::day(1)};
    Date until{std::chrono::year(2025), std::chrono::December, std::chrono::day(31)};
    bool corrects = false; ///< names and addresses are corrected and people move, too
    /// What statistics count by is corrected, too: of most when they are registered, of some again and again.
    bool corrects_what_counts = false;
    bool writes_late = false; ///< contacts and departures are written down up to weeks after their day
};

/// What came of it.
struct OfficeAccount {
    long long people = 0, registrations = 0, steps = 0;
    long long illegal_tried = 0;    ///< steps tried on purpose that must not be accepted
    long long illegal_accepted = 0; ///< of them: accepted
    long long unexpected = 0;       ///< steps that should have been accepted and were refused
    std::string first_unexpected;   ///< the first of these
    std::map<std::string, long long> by_step;
    long long again = 0; ///< registrations that follow a cancelled one
};

/// A simulated office: people come, are checked, surveyed, registered, refused or sent back, are served and contacted
/// every month, leave for each of the reasons of the notice, and come again; clerks try what is not allowed. Everything
/// goes through Lives, a transaction a day. Fills a register for tests of what stands on it.
class Office {
public:
    /// `folder`: a place for the file of applications that the register keeps.
    Office(Register& the_register, Lives& lives, const OfficePlan& plan, const std::filesystem::path& folder);

    /// Goes through the days; calls `end_of_day` after each with the account so far.
    OfficeAccount run(const std::function<void(Date, const OfficeAccount&)>& end_of_day = {});

private:
    enum class Task {
        apply,
        apply_twice,
        check,
        resubmit,
        close_survey,
        register_it,
        feedback,
        first_contact,
        contact,
        service,
        offer,
        issue_certificate,
        leave,
        notify,
        drop,
        restore,
        approve_credit
    };
    struct Person {
        Applicant applicant;
        std::string registration;
        rules::Channel channel = rules::Channel::counter;
        std::string leaves_for; ///< reason, "" for those who stay
        int contact_day = 10;   ///< of the month
        int refusals_left = 0;
        Date vanishes{std::chrono::year(9999), std::chrono::January, std::chrono::day(1)};
        Date leaves_on{std::chrono::year(9999), std::chrono::January, std::chrono::day(1)};
        int times = 0; ///< how often registered
    };
    struct Job {
        std::size_t person;
        Task task;
        std::string registration; ///< that it is about
    };

    int below(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }
    bool chance(int percent) { return below(100) < percent; }
    bool per_mille(int parts) { return below(1000) < parts; }
    void plan(int days, Task task, std::size_t person);
    void plan_leaving(Person& person);
    void work(const Job& job);
    void follow_up(const Job& job);

    Act act(const std::string& registration, const std::string& step,
            std::map<std::string, std::string> particulars = {});
    /// Takes a step as a clerk does: looks into what the rules hold and answers. True when it was taken.
    bool take(Act act);
    bool take(const Person& person, const std::string& step, std::map<std::string, std::string> particulars = {});
    /// Tries what must not be accepted.
    void try_illegal(const std::string& registration, const std::string& step,
                     std::map<std::string, std::string> particulars = {});

    void apply(std::size_t index, bool twice);
    void check(std::size_t index);
    void close_survey(std::size_t index);
    void register_it(std::size_t index);
    void contact(std::size_t index);
    void serve(std::size_t index);
    void offer(std::size_t index);
    void leave(std::size_t index);
    void correct(std::size_t index);
    void correct_what_counts(const Person& person);
    /// Takes a step that happened up to so many days ago, or, where that may not be, today.
    bool take_late(Act act, int days);
    bool is_open(const Person& person);

    Register& register_;
    Lives& lives_;
    const OfficePlan plan_;
    std::mt19937 random_;
    People everybody_;
    std::vector<Person> people_;
    std::map<Date, std::vector<Job>> agenda_;
    std::set<std::string> open_;
    Date today_;
    Batch batch_;
    File file_;
    int line_ = 0;
    long long certificates_ = 0;
    OfficeAccount account_;
};

} // namespace dengji::ledger::test
