#pragma once
#include <cstddef>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace dengji::ledger {

/// A value that is bound to a statement. Dates and times are ISO 8601 text, lists and structures JSON text, truth 0 or
/// 1: what every database means the same by.
using Parameter = std::variant<std::monostate, long long, double, std::string>;
using Parameters = std::vector<Parameter>;

class Database;

/// The rows of a query, one at a time. Every column is fetched as text or nothing, and converted with a check: no value
/// is cut to a narrower type, nothing is left over from the row before, and NULL is not an accident.
class Cursor {
public:
    Cursor(Cursor&&) noexcept;
    ~Cursor();

    /// Goes to the next row. False when there is none.
    bool next();
    bool is_null(std::size_t column) const;
    /// Of the row that next() went to; columns from 0. "" and 0 for NULL. number() and real() throw Error(data) for
    /// what is no number.
    const std::string& text(std::size_t column) const;
    long long number(std::size_t column) const;
    double real(std::size_t column) const;
    bool truth(std::size_t column) const { return number(column) != 0; }

private:
    friend class Database;
    struct Parts;
    explicit Cursor(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

/// A connection to the database: SQLite through SOCI. Only this class and its parts know SOCI. Not thread-safe.
///
/// Throws Error: `space` when the disk is full or the file can't be written, `data` when the file is damaged or not a
/// database, `database` when another process holds it for longer than the busy timeout, `internal` for a broken
/// constraint or SQL. SOCI's own texts hold the bound values, identity numbers among them, and go nowhere.
class Database {
public:
    /// Opens `file`; makes an empty one, for the owner's eyes only, when there is none.
    explicit Database(const std::filesystem::path& file);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// Runs one statement; :names take the parameters in the order in which they appear.
    void execute(std::string_view sql, const Parameters& parameters = {});
    /// "select COLUMNS REST".
    Cursor select(std::initializer_list<std::string_view> columns, std::string_view rest, Parameters parameters = {});
    /// The first column of the first row, if there is one that is not NULL.
    std::optional<long long> number(std::string_view column, std::string_view rest, Parameters parameters = {});
    std::optional<std::string> text(std::string_view column, std::string_view rest, Parameters parameters = {});
    /// Key that the last insert gave to its row.
    long long last_key();

    const std::filesystem::path& file() const;

private:
    friend class Cursor;
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

/// All or nothing: rolled back unless committed.
class Transaction {
public:
    enum class For {
        writing, ///< takes the write lock at once: reading first and writing then can't fail because another one wrote
                 ///< in between
        reading, ///< all queries see the same moment
    };
    explicit Transaction(Database& database, For what = For::writing);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    void commit();

private:
    Database& database_;
    bool open_ = true;
};

/// A part of a transaction that can fail alone: what was done since is taken back unless kept.
class Savepoint {
public:
    explicit Savepoint(Database& database);
    ~Savepoint();
    Savepoint(const Savepoint&) = delete;
    Savepoint& operator=(const Savepoint&) = delete;

    void keep();

private:
    Database& database_;
    bool open_ = true;
};

} // namespace dengji::ledger
