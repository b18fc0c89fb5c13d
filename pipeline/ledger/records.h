#pragma once
#include "pipeline/base/reason.h"
#include "pipeline/reading/result.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace dengji::ledger {

/// A run of the program over what was delivered.
struct Batch {
    long long id = 0;
    bool resumed = false; ///< an earlier run over the same paths had not finished; this goes on with it
};

/// A file of the register. Its identity is its content: the same bytes delivered again, under any name, are the same
/// file.
struct File {
    long long id = 0;
    std::string sha256;             ///< 64 lowercase hexadecimal digits
    std::filesystem::path original; ///< the unchanged copy that the register keeps, absolute; read the pages from here
    long long bytes = 0;
    int page_count = 0; ///< 0: not known yet
    Reasons problem;    ///< why no page of it can be used; empty when it could be opened
    bool known = false; ///< was in the register before this call
};

/// What record_page did.
enum class Recorded {
    now,     ///< the page is new and is in the register now
    already, ///< it was there before; nothing was changed
    again,   ///< it had failed before and was replaced, because a retry was asked for
};

/// What is done with pages that failed before.
enum class Failed { keep, retry };

/// The current value of one field of a registration.
struct FieldValue {
    std::string key;
    reading::Value value;
    bool review = false; ///< a person has to look at it before it counts
    std::string origin;  ///< who set it: "reading"
};

/// A row of the register.
struct Registration {
    std::string id;     ///< stable: the first 16 digits of the file's sha256, "-", the page: "3fa9c2d81b04e77a-1"
    std::string form;   ///< the form's id
    std::string source; ///< the name under which the file was delivered first
    std::string sha256; ///< of the file
    int page = 1;       ///< 1-based within the file
    std::vector<FieldValue> values; ///< in the order of the form
};

/// A page of the register: the file by its content, and the number in it.
struct PageKey {
    std::string sha256;
    int page = 1; ///< 1-based

    auto operator<=>(const PageKey&) const = default;
};

/// A paper of a batch that is no sheet, when it is attached to one or could not be.
struct Paper {
    PageKey page;
    std::string paper; ///< what it is, when that is known ("id-card"); else empty
    Reasons reasons;   ///< the page's, from now on
};

/// The account of a batch, or of the whole register.
struct Counts {
    long long files = 0;        ///< different files
    long long failed_files = 0; ///< of them: no page could be used
    long long unreadable = 0;   ///< deliveries that could not even be read (no rights, gone)
    long long pages = 0;
    long long failed_pages = 0;                     ///< of them: could not be decoded
    std::map<std::string, long long> pages_by_kind; ///< of those that did not fail: "registration", "blank", "other"
    long long attached = 0;                         ///< papers that are kept with a sheet
    long long registrations = 0;
    long long registrations_for_review = 0; ///< with at least one field for review
    long long fields_for_review = 0;

    bool operator==(const Counts&) const = default;
};

/// Something that was delivered and could not be used.
struct SetAside {
    std::string source; ///< name as delivered
    int page = 0;       ///< 0: the whole file
    Reasons reasons;
};

} // namespace dengji::ledger
