#pragma once
#include "pipeline/ledger/life_states.h"
#include "pipeline/ledger/records.h"
#include "pipeline/ledger/register.h"

#include <array>
#include <set>

namespace dengji::ledger {

/// A value of a registration beside what was read on the page.
struct ReviewField {
    FieldValue value;
    bool read = false; ///< there is a reading; the parts below are its
    std::string raw;
    double confidence = 0;
    Reasons reasons;
    std::array<cv::Point2f, 4> box{}; ///< pixels of the page as delivered
    std::vector<std::string> alternatives;
    bool sampled = false; ///< was not marked, and is to be looked at all the same
};

/// A picture of the register: a page of a file that it keeps.
struct ReviewPage {
    long long id = 0;               ///< of table pages
    std::filesystem::path original; ///< absolute
    std::string sha256, source;     ///< source: the name under which the file was delivered first
    int page = 1, orientation = 0;  ///< orientation: degrees clockwise that turn it upright
    std::string paper;              ///< what another paper is, "id-card"; else empty
    bool scanned = true;            ///< false: a line of a file of applications
};

/// A paper that came with a sheet, and what was read on it.
struct ReviewPaper {
    ReviewPage page;
    std::vector<std::pair<std::string, std::string>> readings; ///< "card.name" -> text
};

/// Everything that a person needs to settle one sheet.
struct ReviewSheet {
    std::string registration, form;
    long long revision = 0; ///< id of its last event
    State state = State::received;
    std::string office;
    ReviewPage page;
    std::vector<ReviewField> fields; ///< in the order of the form
    std::vector<ReviewPaper> papers;
};

/// A sheet in the queue.
struct QueueItem {
    std::string registration, source;
    int page = 1;
    long long place = 0; ///< in the queue; the list goes on after it
    int doubtful = 0;    ///< fields to be looked at
    State state = State::received;
    bool postponed = false;
    std::string postponed_why;
    std::optional<std::string> locked_by; ///< somebody else, as displayed
    int second = 0;                       ///< second entries that are not agreed yet
    long long revision = 0;               ///< id of its last event
};

enum class Queue {
    review,    ///< with fields to be looked at, not postponed
    ready,     ///< nothing to be looked at; waits for a decision
    postponed, ///< put aside by somebody
    all        ///< whatever waits for a decision
};

struct QueueSize {
    long long sheets = 0, doubtful_fields = 0;
};

/// What the fields of one registration say, as far as groups are made of them.
struct GroupedSheet {
    struct Entry {
        std::string key, value; ///< value: of a list, one option each; "" for an empty one
        bool review = false;
    };
    std::string registration;
    std::vector<Entry> entries; ///< none when it waits for no decision any more
};

struct GroupItem {
    std::string registration, text;
    bool review = false, scanned = true;
    long long revision = 0, place = 0;
};

/// A blind second entry.
struct SecondEntry {
    long long id = 0;
    std::string registration, key;
    std::optional<long long> first_user, second_user;
    std::string first_text, second_text, state;
};

/// How often the program was wrong where it was sure, by samples.
struct FieldQuality {
    std::string key;
    long long looked = 0, wrong = 0;
};

/// The work of reviewing: what waits, who works on what, what is entered twice, what is sampled. Belongs to a Register
/// and is as thread-safe as that; throws Error as it does. Changes of values are no part of it: see Lives::take().
/// Calls within Lives::together() are part of its transaction. Moments are seconds since 1970, given by the caller.
class Reviews {
public:
    explicit Reviews(Register& the_register) : register_(the_register) {}

    QueueSize size(Queue queue);
    /// In the order in which they came in, those after `place`. `user`: whose locks are not told.
    std::vector<QueueItem> list(Queue queue, long long place, int most, long long user, long long now);
    /// The next sheet to be looked at after another (or from the front, and round the end) that nobody else works on.
    std::optional<std::string> next(const std::string& after, long long user, long long now);

    /// Throws Error(input) when there is none.
    ReviewSheet sheet(const std::string& registration);
    long long revision(const std::string& registration);
    /// What stands in the register of one field, as it is typed; nullopt when nothing does.
    std::optional<std::string> standing(const std::string& registration, const std::string& key);
    /// By the id of table pages: only papers of a registration. nullopt when there is none.
    std::optional<ReviewPage> paper(long long page);
    std::string registration_of_paper(long long page);

    /// Takes the sheet for `user` until then, unless somebody else has it: then returns who, as displayed. Throws
    /// Error(input) when there is none.
    std::optional<std::string> lock(const std::string& registration, long long user, long long now, long long until);
    void unlock(const std::string& registration, long long user);
    void unlock_all(long long user);

    void postpone(const std::string& registration, long long user, const std::string& reason);
    void take_up(const std::string& registration);

    /// The registrations that wait for a decision and were touched by an event after that one (0: all of them), those
    /// that do not wait any more without entries. Returns the id of the last event.
    long long grouped_since(long long event, const std::vector<std::string>& keys,
                            const std::function<void(GroupedSheet)>& use);
    std::vector<GroupItem> group_items(const std::string& key, const std::string& value, long long place, int most);

    /// Draws samples among the sure fields of sheets that were not drawn from yet. `drawn`: says of a registration and
    /// field whether it is one.
    void draw_samples(const std::function<bool(const std::string& registration, const std::string& key)>& drawn);
    bool is_sample(const std::string& registration, const std::string& key);
    void settle_sample(const std::string& registration, const std::string& key, long long user,
                       const std::string& text);
    void reopen_sample(const std::string& registration, const std::string& key);
    std::vector<FieldQuality> quality();

    /// Asks for a second entry of these fields of a registration whose fields were all looked at. Once each; a field
    /// that changed since is asked for again.
    void ask_second_entries(const std::string& registration, const std::vector<std::string>& keys,
                            std::optional<long long> first_user);
    /// Likewise of registrations that nobody had to look at, `most` at most.
    void ask_second_entries_of_sure(const std::vector<std::string>& keys, int most);
    /// Second entries that `user` may make, oldest first; `third`: third looks.
    std::vector<SecondEntry> second_entries(long long user, bool third, int most);
    long long second_entries_waiting(long long user, bool third);
    std::optional<SecondEntry> second_entry(long long id);
    /// `state`: what it comes to.
    void enter_second(long long id, long long user, const std::string& text, const std::string& state);
    void enter_third(long long id, long long user, const std::string& text);
    /// Keys that are still not agreed on.
    std::vector<std::string> second_entries_open(const std::string& registration, const std::vector<std::string>& keys);

    /// Registrations of which a person settled a field and nothing waits any more, with the keys of the fields that
    /// were changed: what a truth set can be made of.
    std::vector<std::pair<std::string, std::vector<std::string>>> settled();

    /// Was it written down that this person saw the number of this registration, on this day?
    bool was_disclosed(const std::string& registration, const std::string& by, const std::string& day);

private:
    Register& register_;
};

} // namespace dengji::ledger
