#pragma once
#include "pipeline/ledger/register.h"

namespace dengji::ledger {

/// What somebody may do; each may do what those before it may.
enum class Role {
    clerk,        ///< settles sheets and decides on them
    checker,      ///< third looks; takes back, cancels
    supervisor,   ///< sees the audit log and how well the program reads
    administrator ///< users
};

std::string_view name_of(Role role) noexcept;  ///< as stored and on the command line: "clerk"
std::string_view label_of(Role role) noexcept; ///< for people: "经办"
std::optional<Role> role_named(std::string_view name) noexcept;

/// Somebody who may sign in.
struct User {
    long long id = 0;
    std::string name;    ///< typed to sign in
    std::string display; ///< how events call the person; no two people have the same
    Role role = Role::clerk;
    bool disabled = false;
    std::string password;       ///< as hashed, with salt and cost
    int failures = 0;           ///< wrong passwords since the last right one
    long long locked_until = 0; ///< seconds since 1970
};

/// A line of the audit log: an event of a registration, or something that is none (signing in, a changed user).
struct AuditEntry {
    std::string at, actor, action, subject, details; ///< details: JSON
    std::string place;                               ///< where the list goes on after this entry
};

/// The people who work with a register, their sessions, and what they did. Belongs to a Register and is as thread-safe
/// as that; throws Error as it does. Moments are seconds since 1970, given by the caller.
class Users {
public:
    explicit Users(Register& the_register) : register_(the_register) {}

    bool any();
    std::vector<User> all(); ///< by name
    std::optional<User> named(const std::string& name);
    /// Throws Error(input) when the name or what the person is called is taken. Returns the key.
    long long add(const User& user, const std::string& by);
    /// Writes role, disabled and password as given; ends the sessions of that user when one of them changed.
    void change(const User& user, const std::string& by);
    /// Likewise the first one, who needs nobody; false when there is one already.
    bool add_first(const User& user);

    void note_failure(long long user, long long locked_until);
    void forget_failures(long long user);

    /// `hash`: of what the browser holds.
    void begin_session(const std::string& hash, const User& user, long long now);
    /// Who it is; nullopt when there is no such session, it idled for longer than `idle` seconds, or is older than
    /// `longest`. Notes that it was used.
    std::optional<User> user_of_session(const std::string& hash, long long now, long long idle, long long longest);
    void end_session(const std::string& hash);

    /// `details`: a JSON object without values of fields.
    void note(const std::string& actor, const std::string& action, const std::string& subject,
              const std::string& details = "{}");
    /// Latest first; `after` is an entry's place, or "".
    std::vector<AuditEntry> audit(const std::string& after, int most);

private:
    Register& register_;
};

} // namespace dengji::ledger
