#include "pipeline/app/certificate_batch.h"

#include "exporters/certificate/holder.h"
#include "pipeline/app/batch_folder.h"
#include "pipeline/base/error.h"
#include "pipeline/base/files.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace dengji::app {
namespace {

using certificate::Contents;
using certificate::Printing;
using certificate::Wanted;

std::string in_words(const ledger::Refusal& refusal) {
    if (!refusal.why.empty()) return refusal.why;
    std::string all;
    for (const auto& finding : refusal.findings) all += finding.rule + " " + finding.message;
    return all;
}

std::string in_words(const Reasons& reasons) {
    std::string all;
    for (const auto& reason : reasons) all += (all.empty() ? "" : "；") + reason.zh;
    return all;
}

bool has_table(const templates::CertificatePage& page, const std::string& kind) {
    return std::any_of(page.tables.begin(), page.tables.end(), [&](const auto& table) { return table.kind == kind; });
}

/// What of a booklet is still to be overprinted: pages whose fields were not, and events that stand in no row. Each
/// event gets the next free row of its table; what ended it goes into the same row. With `again`, all that was printed
/// is printed in its place once more.
class Overprint {
public:
    Overprint(const templates::Certificate& definition, std::vector<ledger::PrintedPlace> printed, bool again)
        : definition_(definition), printed_(std::move(printed)), again_(again) {
        wanted_.printing = Printing::overprint;
    }

    void plan(const Contents& contents) {
        for (const auto& page : definition_.pages) {
            if (page.fields.empty() && page.codes.empty()) continue;
            if (row_of(page.name, 0) && !again_) continue;
            wanted_.field_pages.insert(page.name);
            places_.push_back({page.name, 0, 0, false});
        }
        for (const auto& [table, rows] : contents.tables) {
            const bool there = std::any_of(definition_.pages.begin(), definition_.pages.end(),
                                           [&, kind = table](const auto& page) { return has_table(page, kind); });
            if (there) plan(table, rows);
        }
    }

    const Wanted& wanted() const { return wanted_; }
    const std::vector<ledger::PrintedPlace>& places() const { return places_; }

private:
    std::optional<int> row_of(const std::string& place, long long event) const {
        for (const auto& printed : printed_)
            if (printed.place == place && printed.event == event) return printed.row;
        return std::nullopt;
    }

    void plan(const std::string& table, const std::vector<certificate::TableRow>& rows) {
        int last = 0;
        for (const auto& printed : printed_)
            if (printed.place == table) last = std::max(last, printed.row);
        for (const auto& entry : rows) {
            const auto stands = row_of(table, entry.event);
            const int row = stands ? *stands : ++last;
            if (!stands || again_) add(table, row, entry.event, entry.values, false);
            if (entry.later_event != 0 && (!row_of(table, entry.later_event) || again_))
                add(table, row, entry.later_event, entry.later, true);
        }
    }

    void add(const std::string& table, int row, long long event, const std::map<std::string, std::string>& values,
             bool shares) {
        wanted_.rows.push_back({table, row, values});
        places_.push_back({table, row, event, shares});
    }

    const templates::Certificate& definition_;
    std::vector<ledger::PrintedPlace> printed_;
    bool again_;
    Wanted wanted_;
    std::vector<ledger::PrintedPlace> places_;
};

/// Prepares one registration after the other.
class Preparer {
public:
    Preparer(OpenLives& open, ledger::Certificates& certificates, const certificate::BookletPrinter& printer,
             const BatchOrder& order)
        : open_(open), certificates_(certificates), printer_(printer), order_(order) {}

    void prepare(const std::string& registration, Batch& batch) {
        const auto refuse = [&](std::string reason) { batch.set_aside.push_back({registration, std::move(reason)}); };
        ReadyCertificate ready;
        ready.registration = registration;
        Contents contents;
        std::string problems;
        // Issued only if everything can be printed.
        const auto can_be_printed = [&](const ledger::Issue& issue) {
            ready.held = certificates_.held_by(registration).value();
            contents = contents_of(registration, issue.number, ready.held.issued_on);
            ready.set = printer_.set(contents, {Printing::full, certificate::all_rows(contents), {}});
            problems = ready.set.problems.empty() ? "" : in_words(ready.set.problems);
            return problems.empty();
        };
        const auto issued = certificates_.issue(registration, order_.by, order_.on, order_.replacement, can_be_printed);
        if (issued.refusal) return refuse(in_words(*issued.refusal));
        if (!problems.empty()) return refuse(problems);
        ready.issued_now = issued.now;
        if (set(contents, ready, batch)) batch.ready.push_back(std::move(ready));
    }

private:
    Contents contents_of(const std::string& registration, const std::string& number, Date issued_on) {
        auto contents =
            certificate::contents_of(open_.lives, open_.book, open_.offices, registration, number, issued_on);
        contents.code = certificates_.code_of(number);
        contents.photo = certificates_.photo_of(registration);
        return contents;
    }

    /// Full pages are set already.
    bool set(const Contents& contents, ReadyCertificate& ready, Batch& batch) {
        const auto refuse = [&](std::string reason) {
            batch.set_aside.push_back({ready.registration, std::move(reason)});
            return false;
        };
        const auto prints = certificates_.prints_of(ready.held.number);
        const bool again = !order_.why.empty();
        if (order_.printing == Printing::full) {
            const bool printed = std::any_of(prints.begin(), prints.end(), [&](const ledger::Print& print) {
                return print.booklet == ready.held.booklet && !print.overprint;
            });
            if (printed && !again) return refuse("以前已经打印过，再次打印请用--why说明原因");
        } else {
            Overprint overprint(printer_.definition(), certificates_.places_in(ready.held.number, ready.held.booklet),
                                again);
            overprint.plan(contents);
            ready.set = printer_.set(contents, overprint.wanted());
            ready.places = overprint.places();
            if (ready.set.problems.empty() && ready.set.pages.empty())
                return refuse("证书上没有新的内容要打印，再次打印请用--why说明原因");
        }
        return ready.set.problems.empty() || refuse(in_words(ready.set.problems));
    }

    OpenLives& open_;
    ledger::Certificates& certificates_;
    const certificate::BookletPrinter& printer_;
    const BatchOrder& order_;
};

ledger::Print print_of(const certificate::BookletPrinter& printer, const ReadyCertificate& ready,
                       const BatchOrder& order) {
    ledger::Print print{ready.held.number, ready.held.booklet, "", order.by, order.printing == Printing::overprint, {},
                        order.why};
    for (const auto& page : ready.set.pages) print.pages.push_back(printer.definition().pages[page.page].name);
    return print;
}

/// Files beside their places until all of them are whole.
class Files {
public:
    explicit Files(std::size_t count) : files_(count) {}

    void write(std::size_t i, const std::filesystem::path& target, const certificate::BookletPrinter& printer,
               const std::vector<const certificate::SetBooklet*>& booklets, const BatchOrder& order, Date day) {
        files_[i] = std::make_unique<AtomicFile>(target);
        std::string pending;
        const auto flush = [&] {
            files_[i]->write(pending);
            pending.clear();
        };
        printer.write(booklets, order.printing, order.offset, day, [&](std::string_view piece) {
            pending += piece;
            if (pending.size() > (1u << 18)) flush();
        });
        flush();
    }

    void commit() {
        for (const auto& file : files_) file->commit();
    }

private:
    std::vector<std::unique_ptr<AtomicFile>> files_;
};

/// Runs `work` for each number below `count`, on as many threads as there are cores.
void each_on_threads(std::size_t count, const std::function<void(std::size_t)>& work) {
    std::atomic<std::size_t> next = 0;
    std::exception_ptr failure;
    std::mutex guard;
    {
        std::vector<std::jthread> threads;
        for (unsigned t = 0; t < std::max(1u, std::thread::hardware_concurrency()); ++t)
            threads.emplace_back([&] {
                try {
                    for (std::size_t i = next++; i < count; i = next++) work(i);
                } catch (...) {
                    const std::lock_guard lock(guard);
                    if (!failure) failure = std::current_exception();
                    next = count;
                }
            });
    }
    if (failure) std::rethrow_exception(failure);
}

} // namespace

Batch prepare_batch(OpenLives& open, ledger::Certificates& certificates, const certificate::BookletPrinter& printer,
                    const std::vector<std::string>& registrations, const BatchOrder& order) {
    Batch batch;
    Preparer preparer(open, certificates, printer, order);
    // Some at a time: each transaction waits for the disk, and other clerks wait for the transaction.
    constexpr std::size_t at_a_time = 20;
    for (std::size_t from = 0; from < registrations.size(); from += at_a_time)
        open.lives.together([&] {
            for (std::size_t i = from; i < std::min(from + at_a_time, registrations.size()); ++i)
                preparer.prepare(registrations[i], batch);
        });
    // Two registrations of one person are one booklet.
    std::vector<ReadyCertificate> once;
    for (auto& ready : batch.ready)
        if (std::none_of(once.begin(), once.end(),
                         [&](const ReadyCertificate& other) { return other.held.number == ready.held.number; }))
            once.push_back(std::move(ready));
    batch.ready = std::move(once);
    return batch;
}

namespace {

using Prints = std::vector<std::pair<ledger::Print, std::vector<ledger::PrintedPlace>>>;

void write_one_file(ledger::Certificates& certificates, const certificate::BookletPrinter& printer, const Batch& batch,
                    const BatchOrder& order, const std::filesystem::path& output, const Prints& prints) {
    Files files(1);
    std::vector<const certificate::SetBooklet*> booklets;
    Date latest = batch.ready.front().held.issued_on;
    for (const auto& ready : batch.ready) {
        booklets.push_back(&ready.set);
        latest = std::max(latest, ready.held.issued_on);
    }
    files.write(0, output, printer, booklets, order, latest);
    certificates.log(prints, [&] { files.commit(); });
}

bool is_logged(ledger::Certificates& certificates, const std::string& number) {
    const auto held = certificates.with_number(number);
    if (!held) return true; // of another register: nothing to be said of it here
    const auto prints = certificates.prints_of(number);
    return std::any_of(prints.begin(), prints.end(),
                       [&](const ledger::Print& print) { return print.booklet == held->booklet; });
}

Written write_folder(ledger::Certificates& certificates, const certificate::BookletPrinter& printer, const Batch& batch,
                     const BatchOrder& order, const std::filesystem::path& output, const Prints& prints) {
    const auto logged = [&](const std::string& number) { return is_logged(certificates, number); };
    BatchFolder folder(output);
    Written written;
    std::vector<std::string> numbers;
    for (const auto& ready : batch.ready) {
        numbers.push_back(ready.held.number);
        written.files.push_back(folder.place_of(ready.held.number));
    }
    Files files(numbers.size());
    folder.begin(numbers);
    each_on_threads(numbers.size(), [&](std::size_t i) {
        files.write(i, written.files[i], printer, {&batch.ready[i].set}, order, batch.ready[i].held.issued_on);
    });
    certificates.log(prints, [&] {
        folder.deliver();
        files.commit();
    });
    folder.finish(logged);
    written.broken_before = folder.broken(logged);
    return written;
}

} // namespace

Written write_batch(ledger::Certificates& certificates, const certificate::BookletPrinter& printer, const Batch& batch,
                    const BatchOrder& order, const std::filesystem::path& output) {
    const bool one_file = output.extension() == ".pdf";
    if (batch.ready.empty()) {
        // A batch that was broken off after it was logged leaves nothing to print but its note.
        if (!one_file && std::filesystem::is_directory(output))
            BatchFolder(output).finish([&](const std::string& number) { return is_logged(certificates, number); });
        return {};
    }
    Prints prints;
    for (const auto& ready : batch.ready) prints.emplace_back(print_of(printer, ready, order), ready.places);
    if (!one_file) return write_folder(certificates, printer, batch, order, output, prints);
    write_one_file(certificates, printer, batch, order, output, prints);
    return {{output}, {}};
}

} // namespace dengji::app
