#include "pipeline/app/commands.h"
#include "pipeline/app/output.h"
#include "pipeline/app/page_readers.h"
#include "pipeline/app/progress.h"
#include "pipeline/app/resources.h"
#include "pipeline/app/set_aside.h"
#include "pipeline/app/stopping.h"
#include "pipeline/base/error.h"
#include "pipeline/reading/attachments.h"
#include "pipeline/reading/result_json.h"

#include <iostream>
#include <memory>
#include <unistd.h>

namespace dengji::app {
namespace {

class Printer : public PageSink {
public:
    Printer(const std::vector<intake::Delivered>& delivery, Output& output, bool with_progress)
        : delivery_(delivery), output_(output), progress_(with_progress),
          papers_([this](reading::PageResult&& result) { print(result); }) {}

    void page(std::size_t, reading::PageResult&& result) override { papers_.add(std::move(result)); }

    void problem(std::size_t file, FileProblem&& problem) override {
        set_aside_.push_back(set_aside_of(delivery_[file], problem));
        progress_.clear();
        std::cerr << "dengji: " << describe(set_aside_.back()) << '\n';
        if (!problem.next_step.empty()) std::cerr << "    What to do: " << problem.next_step << '\n';
    }

    void progress(std::size_t done, std::size_t total) override { progress_.show(done, total); }

    int conclude(bool finished) {
        papers_.finish();
        progress_.clear();
        if (output_.closed()) return 0;
        std::cerr << summary(set_aside_);
        if (!finished) {
            std::cerr << "Stopped after " << pages_
                      << " pages. 'read' keeps nothing: give the same command again to read them all.\n";
            return exit_code_stopped;
        }
        return set_aside_.empty() ? 0 : exit_code(ErrorKind::input);
    }

private:
    void print(const reading::PageResult& result) {
        if (on_terminal_) progress_.clear(); // both on one screen: the bar must not stand before the line
        output_.line(reading::to_json(result));
        ++pages_;
        if (auto item = set_aside_of(result)) set_aside_.push_back(std::move(*item));
    }

    const std::vector<intake::Delivered>& delivery_;
    Output& output_;
    Progress progress_;
    reading::AttachmentStream papers_;
    const bool on_terminal_ = isatty(STDOUT_FILENO) == 1;
    std::vector<SetAside> set_aside_;
    long long pages_ = 0;
};

} // namespace

int run_read(const ReadOptions& options) {
    const auto settings = settings_of(options.work);
    const auto forms = load_known_forms(options.work.forms);
    const auto debug = options.work.debug.empty() ? nullptr : std::make_unique<DebugFolder>(options.work.debug);
    const auto delivery = intake::list_delivery(options.files);
    if (delivery.empty()) {
        std::cerr << "There is no file to read there.\n";
        return 0;
    }
    Output output;
    Printer printer(delivery, output, !options.work.no_progress);
    StreamOptions stream;
    stream.jobs = settings.jobs;
    stream.limits = settings.limits;
    stream.stop = [&] { return stop_requested() || output.closed(); };
    const bool finished =
        stream_pages(delivery, stream, page_readers(forms, settings.acceptance, debug.get()), printer);
    return printer.conclude(finished);
}

} // namespace dengji::app
