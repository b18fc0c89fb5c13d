#pragma once
#include "pipeline/ledger/records.h"

#include <functional>
#include <memory>
#include <optional>
#include <set>

namespace dengji::ledger {

/// The register in a data folder: register.sqlite and originals/.
///
/// May be used from many threads (one writer connection, one call at a time) and from many processes at once (each
/// write is one `begin immediate` transaction, and the keys make every call harmless when it is repeated). A process
/// may be killed at any moment: what was recorded stays, what was not is recorded by the next run, and the rows are
/// those of one clean run.
///
/// Every function may throw Error: `space` when the disk is full or the folder cannot be written, `data` when the file
/// is damaged, not a register, or written by a newer version, `database` when another process holds the register for
/// too long, `internal` when a rule of the schema was broken. The texts hold no value of the register.
class Register {
public:
    enum class Opening {
        create,   ///< makes the folder and an empty register when there is none
        existing, ///< throws Error(usage) when there is none
    };
    explicit Register(const std::filesystem::path& data_folder, Opening opening = Opening::create);
    ~Register();
    Register(const Register&) = delete;
    Register& operator=(const Register&) = delete;

    /// Begins a run over `paths`, or goes on with an unfinished one over the same paths.
    Batch begin_batch(const std::vector<std::filesystem::path>& paths);
    /// Everything of the batch was recorded; the next run over the same paths is a new batch.
    void finish_batch(long long batch);

    /// Takes a delivered file in: keeps a copy of it under its hash and notes the delivery. `position` is its place in
    /// the list of the delivery (list_delivery), 0-based; the rows of the register come in that order, whatever the
    /// workers' order. `name` is what rows and reports call it. Throws Error(input) when the file cannot be read; then
    /// call add_unreadable.
    File add_file(long long batch, int position, const std::filesystem::path& file, const std::string& name);
    /// Notes a delivered file or folder that cannot even be read.
    void add_unreadable(long long batch, int position, const std::string& name, const Reasons& problem);

    /// What opening the file showed: its number of pages, or why none can be used. Changes the earlier answer, if there
    /// was one.
    void record_page_count(const File& file, int page_count);
    void record_file_problem(const File& file, const Reasons& problem);

    /// Is this page in the register? With `retry`, pages that failed count as not done. A page that failed fails again
    /// as long as the file is the same, so that `keep` is the rule and `retry` is for a newer version of the program.
    bool is_page_done(const std::string& sha256, int page, Failed failed = Failed::keep);
    /// All such pages of a file.
    std::set<int> pages_done(const File& file, Failed failed = Failed::keep);

    /// Records one page in one transaction: page, readings, registration (when its kind is "registration"), events.
    /// `result.source` is not used: the file knows its name.
    Recorded record_page(long long batch, const File& file, const reading::PageResult& result,
                         Failed failed = Failed::keep);

    /// The pages of a batch in the order of the delivery, whether they were new in it or not, as far as papers and
    /// sheets are matched by them: of the readings only those of `keys`, no quality, no times. `source` is the file's
    /// sha256.
    std::vector<reading::PageResult> pages_for_matching(long long batch, const std::vector<std::string>& keys);

    /// Attaches papers to a sheet in one transaction, with what they changed in the sheet's readings: the readings that
    /// are given take the place of the recorded ones (their raw text stays), and so do the values of the registration
    /// that no person has set. A paper that is attached already stays where it is; nothing is changed when no paper of
    /// a known kind is new, so that it is harmless to repeat. Without a sheet: notes the papers' reasons only.
    void record_papers(long long batch, const std::optional<PageKey>& sheet, const std::vector<Paper>& papers,
                       const std::vector<reading::Reading>& readings);

    /// The papers that are kept with a registration, in the order of delivery and page.
    std::vector<Paper> papers_of(const std::string& registration);
    /// The unchanged file that a page is of, absolute. Throws Error(input) for a page that the register does not know.
    std::filesystem::path original_of(const PageKey& page);

    /// Of one batch (everything that was delivered in it, whether it was new or not), or of the whole register.
    Counts counts(std::optional<long long> batch = std::nullopt);
    /// What of this batch could not be used, in the order of the delivery: files and pages that could not be read, and
    /// pages that are no form (other papers, incomplete forms). Blank pages are not among them, nor are papers of a
    /// known kind that are kept with a sheet.
    std::vector<SetAside> set_aside(long long batch);

    /// Calls `use` with one registration after the other, in the order of delivery and page, as they were at one
    /// moment. Memory does not grow with the register. `use` must not call the register.
    void for_each_registration(const std::function<void(const Registration&)>& use);

private:
    friend class Certificates;
    friend class Lives; // the other half of the register: what happens to a registration after it came in
    friend class Reviews;
    friend class Users;
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace dengji::ledger
