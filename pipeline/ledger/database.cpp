#include "pipeline/ledger/database.h"

#include "pipeline/ledger/database_errors.h"
#include "pipeline/ledger/soci.h"

#include <cerrno>
#include <charconv>
#include <chrono>
#include <fcntl.h>
#include <thread>
#include <unistd.h>
#include <unordered_map>

namespace dengji::ledger {
namespace {

constexpr int busy_milliseconds = 60'000;

// SOCI's connection string knows no escapes, so a path with a space, a quote or "=" goes as a percent-encoded URI.
std::string uri_of(const std::filesystem::path& file) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string uri = "file://";
    for (const char character : std::filesystem::absolute(file).string()) {
        const auto byte = static_cast<unsigned char>(character);
        const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                           (byte >= '0' && byte <= '9') || byte == '/' || byte == '.' || byte == '-' || byte == '_';
        if (plain) {
            uri += character;
        } else {
            uri += '%';
            uri += digits[byte >> 4];
            uri += digits[byte & 15];
        }
    }
    return uri;
}

// Made by us and not by SQLite: only the owner may read it, and errno says why it can't be done. The -wal and -shm
// files take its rights.
void make_file(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) throw system_error(errno, "open the register", file);
    ::close(descriptor);
}

// SOCI does not export what the sanitizer's check of the type would need.
__attribute__((no_sanitize("vptr"))) sqlite_api::sqlite3* handle_of(soci::session& session) {
    return static_cast<soci::sqlite3_session_backend*>(session.get_backend())->conn_;
}

__attribute__((no_sanitize("vptr"))) sqlite_api::sqlite3_stmt* handle_of(soci::statement& statement) {
    return static_cast<soci::sqlite3_statement_backend*>(statement.get_backend())->stmt_;
}

/// Statements that were planned once and wait to be run again: planning takes longer than most of them do. One that is
/// running is not here, so the same SQL may run within itself.
class Prepared {
public:
    using Statement = std::unique_ptr<soci::statement>;

    explicit Prepared(soci::session& session) : session_(session) {}

    Statement take(const std::string& sql) {
        if (const auto found = waiting_.find(sql); found != waiting_.end()) {
            Statement statement = std::move(found->second);
            waiting_.erase(found);
            return statement;
        }
        auto statement = std::make_unique<soci::statement>(session_);
        statement->alloc();
        statement->prepare(sql);
        return statement;
    }

    /// Of one that did not fail. It keeps no row, no lock and none of the values that were bound to it.
    void give_back(const std::string& sql, Statement statement) {
        constexpr std::size_t many = 200;
        statement->bind_clean_up();
        sqlite_api::sqlite3_reset(handle_of(*statement));
        sqlite_api::sqlite3_clear_bindings(handle_of(*statement));
        if (waiting_.size() >= many) waiting_.clear();
        waiting_.insert_or_assign(sql, std::move(statement));
    }

private:
    soci::session& session_;
    std::unordered_map<std::string, Statement> waiting_;
};

} // namespace

struct Database::Parts {
    std::filesystem::path file;
    soci::session session;
    Prepared prepared{session};

    Error translated(const soci::soci_error& error) {
        const auto* from_sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&error);
        const int primary = from_sqlite ? from_sqlite->result() : -1;
        const int latest =
            session.is_connected() ? sqlite_api::sqlite3_extended_errcode(handle_of(session)) : SQLITE_OK;
        // The connection knows the finer code, as long as it speaks of the same failure.
        const bool finer = latest != SQLITE_OK && latest != SQLITE_ROW && latest != SQLITE_DONE &&
                           (!from_sqlite || (latest & 0xff) == (primary & 0xff));
        return database_error(finer ? latest : primary, file);
    }

    template <typename Work>
    auto guarded(Work work) -> decltype(work()) {
        try {
            return work();
        } catch (const soci::soci_error& error) {
            throw translated(error);
        }
    }
};

struct Cursor::Parts {
    Database::Parts& database;
    Parameters parameters;
    std::vector<soci::indicator> parameter_states;
    std::vector<std::string> columns;
    std::vector<soci::indicator> states;
    std::string nothing; ///< what a NULL parameter points to
    std::string sql;
    Prepared::Statement owned;
    soci::statement& statement;
    bool started = false;
    bool sound = true; ///< false while SQLite is at work, and for good when it failed

    Parts(Database::Parts& of, std::string text, std::size_t column_count, Parameters given)
        : database(of), parameters(std::move(given)), parameter_states(parameters.size(), soci::i_ok),
          columns(column_count), states(column_count, soci::i_null), sql(std::move(text)), owned(of.prepared.take(sql)),
          statement(*owned) {
        for (std::size_t i = 0; i < column_count; ++i) statement.exchange(soci::into(columns[i], states[i]));
        for (std::size_t i = 0; i < parameters.size(); ++i) bind(i);
        statement.define_and_bind();
    }

    ~Parts() {
        if (sound) database.prepared.give_back(sql, std::move(owned));
    }
    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;

    bool go_on() {
        const bool first = !std::exchange(started, true);
        sound = false;
        const bool found = first ? statement.execute(true) : statement.fetch();
        sound = true;
        return found;
    }

    void bind(std::size_t i) {
        Parameter& parameter = parameters[i];
        if (auto* whole = std::get_if<long long>(&parameter)) {
            statement.exchange(soci::use(*whole));
        } else if (auto* real = std::get_if<double>(&parameter)) {
            statement.exchange(soci::use(*real));
        } else if (auto* text = std::get_if<std::string>(&parameter)) {
            statement.exchange(soci::use(*text));
        } else {
            parameter_states[i] = soci::i_null;
            statement.exchange(soci::use(nothing, parameter_states[i]));
        }
    }
};

Cursor::Cursor(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Cursor::Cursor(Cursor&&) noexcept = default;
Cursor::~Cursor() = default;

bool Cursor::next() {
    return parts_->database.guarded([this] {
        const bool found = parts_->go_on();
        for (std::size_t i = 0; i < parts_->columns.size(); ++i) {
            if (found && parts_->states[i] == soci::i_ok) continue;
            parts_->states[i] = soci::i_null;
            parts_->columns[i].clear();
        }
        return found;
    });
}

bool Cursor::is_null(std::size_t column) const {
    return parts_->states.at(column) == soci::i_null;
}

const std::string& Cursor::text(std::size_t column) const {
    return parts_->columns.at(column);
}

namespace {

template <typename Number>
Number parsed(const std::string& text, const std::filesystem::path& file) {
    Number value{};
    if (text.empty()) return value;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        throw Error(ErrorKind::data, "the register " + file.string() + " holds a text where a number should be",
                    "Restore it from a backup.");
    return value;
}

} // namespace

long long Cursor::number(std::size_t column) const {
    return parsed<long long>(text(column), parts_->database.file);
}

double Cursor::real(std::size_t column) const {
    return parsed<double>(text(column), parts_->database.file);
}

Database::Database(const std::filesystem::path& file) : parts_(std::make_unique<Parts>()) {
    parts_->file = file;
    make_file(file);
    parts_->guarded([&] { parts_->session.open(*soci::factory_sqlite3(), "db=" + uri_of(file)); });
    execute("pragma busy_timeout = " + std::to_string(busy_milliseconds));
    execute("pragma foreign_keys = on");
    execute("pragma recursive_triggers = on");
    execute("pragma synchronous = full");
    execute("pragma cache_size = -65536"); // KiB: what lists of a whole district go through
    // Changing the journal does not wait as other statements do when another process is just opening the same file.
    for (int tries = 0; text("journal_mode", "from pragma_journal_mode") != "wal"; ++tries) {
        try {
            execute("pragma journal_mode = wal");
            break;
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::database || tries > 1000) throw;
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
    }
}

Database::~Database() = default;

const std::filesystem::path& Database::file() const {
    return parts_->file;
}

void Database::execute(std::string_view sql, const Parameters& parameters) {
    parts_->guarded([&] {
        Cursor::Parts run(*parts_, std::string(sql), 0, parameters);
        run.go_on();
    });
}

Cursor Database::select(std::initializer_list<std::string_view> columns, std::string_view rest, Parameters parameters) {
    std::string sql = "select ";
    for (const auto& column : columns) {
        if (sql.size() > 7) sql += ", ";
        sql += column;
    }
    sql += ' ';
    sql += rest;
    return parts_->guarded(
        [&] { return Cursor(std::make_unique<Cursor::Parts>(*parts_, sql, columns.size(), std::move(parameters))); });
}

std::optional<long long> Database::number(std::string_view column, std::string_view rest, Parameters parameters) {
    Cursor cursor = select({column}, rest, std::move(parameters));
    if (!cursor.next() || cursor.is_null(0)) return std::nullopt;
    return cursor.number(0);
}

std::optional<std::string> Database::text(std::string_view column, std::string_view rest, Parameters parameters) {
    Cursor cursor = select({column}, rest, std::move(parameters));
    if (!cursor.next() || cursor.is_null(0)) return std::nullopt;
    return cursor.text(0);
}

long long Database::last_key() {
    long long key = 0;
    parts_->guarded([&] { parts_->session.get_last_insert_id({}, key); });
    return key;
}

Transaction::Transaction(Database& database, For what) : database_(database) {
    // SOCI's own transaction is a deferred "begin": on SQLite it fails as soon as two read and then write.
    database_.execute(what == For::writing ? "begin immediate" : "begin");
}

Transaction::~Transaction() {
    if (!open_) return;
    try {
        database_.execute("rollback");
    } catch (const Error&) {
        // SQLite rolls back by itself after a full disk; then there is nothing left to roll back.
    }
}

void Transaction::commit() {
    database_.execute("commit");
    open_ = false;
}

Savepoint::Savepoint(Database& database) : database_(database) {
    database_.execute("savepoint part");
}

Savepoint::~Savepoint() {
    if (!open_) return;
    try {
        database_.execute("rollback to part");
        database_.execute("release part");
    } catch (const Error&) {
        // As above: then the whole transaction is gone already.
    }
}

void Savepoint::keep() {
    database_.execute("release part");
    open_ = false;
}

} // namespace dengji::ledger
