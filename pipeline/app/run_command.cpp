#include "pipeline/app/account.h"
#include "pipeline/app/commands.h"
#include "pipeline/app/page_readers.h"
#include "pipeline/app/papers.h"
#include "pipeline/app/progress.h"
#include "pipeline/app/resources.h"
#include "pipeline/app/set_aside.h"
#include "pipeline/app/stopping.h"
#include "pipeline/base/error.h"
#include "pipeline/ledger/register.h"

#include <iostream>
#include <memory>

namespace dengji::app {
namespace {

/// Takes a delivery into the register: files when they are opened, pages when they come out of the workers.
class Registrar : public PageSink {
public:
    Registrar(ledger::Register& the_register, ledger::Batch batch, const std::vector<intake::Delivered>& delivery,
              const intake::Limits& limits, bool with_progress)
        : register_(the_register), batch_(batch), delivery_(delivery), limits_(limits), files_(delivery.size()),
          progress_(with_progress) {}

    /// In a worker thread; each file belongs to one call. The pages are read from the register's own copy, so that it
    /// does not matter what happens to the delivered file meanwhile.
    std::unique_ptr<intake::Document> open(std::size_t index) {
        files_[index] = register_.add_file(batch_.id, static_cast<int>(index), delivery_[index].file, name_of(index));
        auto document = intake::open_document(files_[index].original, limits_);
        register_.record_page_count(files_[index], document->page_count());
        return document;
    }

    std::set<int> already_read(std::size_t index) { return register_.pages_done(files_[index]); }

    void page(std::size_t index, reading::PageResult&& result) override {
        register_.record_page(batch_.id, files_[index], result);
    }

    void problem(std::size_t index, FileProblem&& problem) override {
        const Reasons reasons{
            {"file-unusable", "这个文件无法读取，请重新扫描或导出后再次提交",
             problem.next_step.empty() ? problem.message : problem.message + "; " + problem.next_step}};
        if (files_[index].sha256.empty())
            register_.add_unreadable(batch_.id, static_cast<int>(index), name_of(index), reasons);
        else
            register_.record_file_problem(files_[index], reasons);
        progress_.clear();
        std::cerr << "dengji: " << describe(set_aside_of(delivery_[index], problem)) << '\n';
        if (!problem.next_step.empty()) std::cerr << "    What to do: " << problem.next_step << '\n';
    }

    void progress(std::size_t done, std::size_t total) override { progress_.show(done, total); }
    void clear_progress() { progress_.clear(); }

private:
    std::string name_of(std::size_t index) const { return delivery_[index].file.string(); }

    ledger::Register& register_;
    const ledger::Batch batch_;
    const std::vector<intake::Delivered>& delivery_;
    const intake::Limits limits_;
    std::vector<ledger::File> files_;
    Progress progress_;
};

} // namespace

int run_run(const RunOptions& options) {
    const auto settings = settings_of(options.work);
    const auto forms = load_known_forms(options.work.forms);
    const auto debug = options.work.debug.empty() ? nullptr : std::make_unique<DebugFolder>(options.work.debug);
    const auto delivery = intake::list_delivery(options.paths);

    ledger::Register the_register(options.data);
    const auto batch = the_register.begin_batch(options.paths);
    Registrar registrar(the_register, batch, delivery, settings.limits, !options.work.no_progress);
    StreamOptions stream;
    stream.jobs = settings.jobs;
    stream.limits = settings.limits;
    stream.stop = stop_requested;
    stream.open = [&](std::size_t file) { return registrar.open(file); };
    stream.already_read = [&](std::size_t file, int) { return registrar.already_read(file); };
    const bool finished =
        stream_pages(delivery, stream, page_readers(forms, settings.acceptance, debug.get()), registrar);
    if (finished) {
        attach_papers(the_register, batch.id);
        the_register.finish_batch(batch.id);
    }
    registrar.clear_progress();

    const Account account{batch, finished, options.data, the_register.counts(batch.id),
                          the_register.set_aside(batch.id)};
    print_account(account, options.json);
    if (!finished) return exit_code_stopped;
    return account.set_aside.empty() ? 0 : exit_code(ErrorKind::input);
}

} // namespace dengji::app
