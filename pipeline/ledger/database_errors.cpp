#include "pipeline/ledger/database_errors.h"

#include <cerrno>
#include <sqlite3.h>
#include <system_error>

namespace dengji::ledger {
namespace {

constexpr auto kept = "Run the same command again afterwards; what was recorded is kept.";

bool is_read_failure(int code) {
    return code == SQLITE_IOERR_READ || code == SQLITE_IOERR_SHORT_READ || code == SQLITE_IOERR_CORRUPTFS;
}

} // namespace

Error database_error(int code, const std::filesystem::path& file) {
    const std::string name = "the register " + file.string();
    const std::string number = " (SQLite code " + std::to_string(code) + ")";
    switch (code & 0xff) {
    case SQLITE_FULL:
        return {ErrorKind::space, "the disk is full: " + name + " cannot grow",
                std::string("Make room on that disk. ") + kept};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
        return {ErrorKind::space, name + " cannot be written" + number,
                "Check the rights of the file and its folder, or name another folder with --data."};
    case SQLITE_IOERR:
        if (is_read_failure(code))
            return {ErrorKind::data, name + " cannot be read back from the disk" + number,
                    "Check the disk, then restore the register from a backup."};
        return {ErrorKind::space, "writing " + name + " failed: the disk is full or faulty" + number,
                std::string("Make room on that disk, or check it. ") + kept};
    case SQLITE_CORRUPT:
        return {ErrorKind::data, name + " is damaged" + number,
                "Restore it from a backup, or run the originals into a new data folder."};
    case SQLITE_NOTADB:
        return {ErrorKind::data, file.string() + " is not a register: the file is not a database",
                "Move it away, or name another folder with --data."};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
        return {ErrorKind::database, "another program holds " + name + " for too long" + number,
                std::string("Wait until it is done, or end it. ") + kept};
    case SQLITE_CONSTRAINT:
        return {ErrorKind::internal, "a rule of the register would have been broken" + number,
                "Nothing was changed. Please report this with the number."};
    case SQLITE_NOMEM:
        return {ErrorKind::database, "there is not enough memory for the register" + number,
                "End other programs and try again."};
    default:
        return {ErrorKind::internal, "the register did not take a statement" + number,
                "Please report this with the number."};
    }
}

Error system_error(int number, const std::string& doing, const std::filesystem::path& path) {
    const bool full = number == ENOSPC || number == EDQUOT || number == EFBIG;
    return {ErrorKind::space, "cannot " + doing + " " + path.string() + ": " + std::generic_category().message(number),
            full ? "Make room on that disk." : "Check the rights of the folder, or name another one."};
}

} // namespace dengji::ledger
