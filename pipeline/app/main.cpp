#include "pipeline/app/allocation.h"
#include "pipeline/app/commands.h"
#include "pipeline/app/stopping.h"
#include "pipeline/base/error.h"

#include <iostream>
#include <new>
#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>

namespace {

void complain(const std::string& message, const std::string& next_step) {
    std::cerr << "dengji: " << message << '\n';
    if (!next_step.empty()) std::cerr << "    What to do: " << next_step << '\n';
}

struct Dispatch {
    int operator()(int answered) const { return answered; }
    int operator()(const dengji::app::ReadOptions& options) const { return run_read(options); }
    int operator()(const dengji::app::RunOptions& options) const { return run_run(options); }
    int operator()(const dengji::app::RowsOptions& options) const { return run_rows(options); }
    int operator()(const dengji::app::CheckOptions& options) const { return run_check(options); }
    int operator()(const dengji::app::BenchOptions& options) const { return run_bench(options); }
    int operator()(const dengji::app::ImportOptions& options) const { return run_import(options); }
    int operator()(const dengji::app::EventOptions& options) const { return run_event(options); }
    int operator()(const dengji::app::ShowOptions& options) const { return run_show(options); }
    int operator()(const dengji::app::FindOptions& options) const { return run_find(options); }
    int operator()(const dengji::app::DueOptions& options) const { return run_due(options); }
    int operator()(const dengji::app::CertificateOptions& options) const { return run_certificates(options); }
    int operator()(const dengji::app::ReportOptions& options) const { return run_report(options); }
    int operator()(const dengji::app::ReviewOptions& options) const { return run_review(options); }
};

} // namespace

int main(int argc, char** argv) {
    using dengji::ErrorKind;
    try {
        dengji::app::keep_memory_between_pages();
        dengji::app::catch_stop_signals();
        cv::setNumThreads(1); // one page a worker thread
        cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
        return std::visit(Dispatch{}, dengji::app::parse_command_line(argc, argv));
    } catch (const dengji::Error& error) {
        complain(error.message(), error.next_step());
        return exit_code(error.kind());
    } catch (const std::bad_alloc&) {
        complain("there is not enough memory", "Use fewer --jobs, or a lower --max-megapixels.");
    } catch (const std::exception&) {
        // Texts of libraries may quote what is on a page or in the register, so they are not repeated.
        complain("a fault of the program stopped it",
                 "What was recorded is safe. Please report what you did when it happened.");
    }
    return exit_code(ErrorKind::internal);
}
