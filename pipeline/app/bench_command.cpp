#include "pipeline/app/commands.h"
#include "pipeline/app/output.h"
#include "pipeline/app/page_readers.h"
#include "pipeline/app/progress.h"
#include "pipeline/app/resources.h"
#include "pipeline/app/scoring.h"
#include "pipeline/app/speed.h"
#include "pipeline/app/stopping.h"
#include "pipeline/app/truth.h"
#include "pipeline/app/worst_fields.h"
#include "pipeline/base/error.h"
#include "pipeline/reading/attachments.h"

#include <chrono>
#include <cstdio>
#include <iostream>
#include <memory>

namespace dengji::app {
namespace {

class Collector : public PageSink {
public:
    Collector(const TruthSet& set, Progress& progress) : set_(set), progress_(progress) {}

    void page(std::size_t, reading::PageResult&& result) override { results.push_back(std::move(result)); }
    void problem(std::size_t file, FileProblem&& problem) override {
        progress_.clear();
        std::cerr << "dengji: '" << set_.files[file].string() << "': " << problem.message << '\n';
    }
    void progress(std::size_t done, std::size_t total) override { progress_.show(done, total); }

    std::vector<reading::PageResult> results;

private:
    const TruthSet& set_;
    Progress& progress_;
};

std::string wrong_fields(const Scores& scores, int most) {
    std::string text;
    for (const auto& field : scores.wrong) {
        if (most-- <= 0) break;
        text += field.source + "\t" + std::to_string(field.page) + "\t" + field.key + "\t" + field.want + "\t" +
                field.got + "\t" + (field.silent ? "SILENT" : "review") + "\n";
    }
    return text;
}

} // namespace

int run_bench(const BenchOptions& options) {
    auto settings = settings_of(options.work);
    if (settings.jobs == 0) settings.jobs = 1;
    const auto forms = load_known_forms(options.work.forms);
    const auto debug = options.work.debug.empty() ? nullptr : std::make_unique<DebugFolder>(options.work.debug);
    std::vector<TruthSet> sets;
    for (const auto& place : options.sets) sets.push_back(load_truth(place, forms));

    StreamOptions stream;
    stream.jobs = settings.jobs;
    stream.limits = settings.limits;
    stream.stop = stop_requested;
    Scores scores;
    StageTimes times;
    Progress progress(!options.work.no_progress);
    std::size_t pages = 0;
    double seconds = 0;
    for (const auto& set : sets) {
        for (int round = 0; round < options.repeat; ++round) {
            Collector collector(set, progress);
            const auto start = std::chrono::steady_clock::now();
            if (!stream_pages(intake::list_delivery(set.files), stream,
                              page_readers(forms, settings.acceptance, debug.get()), collector)) {
                progress.clear();
                std::cerr << "Stopped; nothing was measured.\n";
                return exit_code_stopped;
            }
            seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
            pages += collector.results.size();
            for (const auto& result : collector.results) times.add(result.ms);
            reading::attach_papers(collector.results);
            if (round == 0) add(scores, score(set.pages, collector.results, forms, options.by));
        }
    }
    progress.clear();

    char speed[240];
    std::snprintf(speed, sizeof speed,
                  "%.2f pages/s with %d worker threads (%zu pages in %.1f s, %.2f s of processor time a page), "
                  "peak memory %.0f MiB\n",
                  seconds > 0 ? static_cast<double>(pages) / seconds : 0, settings.jobs, pages, seconds,
                  pages ? processor_seconds() / static_cast<double>(pages) : 0, peak_memory_mib());
    Output output;
    output.write(score_table(scores) + wrong_fields(scores, options.wrong) + "\n" + reliability_table(scores) + "\n" +
                 times.table() + "\n" + speed);
    if (options.worst > 0) write_worst(scores.wrong, options.worst, options.worst_picture);
    return 0;
}

} // namespace dengji::app
