#include "pipeline/app/page_worker.h"

#include "pipeline/base/error.h"

#include <chrono>
#include <new>

namespace dengji::app {
namespace {

double milliseconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

reading::PageResult failed_page(const std::string& source, int page, const std::exception& error) {
    reading::PageResult result;
    result.source = source;
    result.page = page;
    result.failed = true;
    const auto problem = problem_of(error);
    const auto text = problem.next_step.empty() ? problem.message : problem.message + "; " + problem.next_step;
    result.reasons.push_back({"page-unusable", "这一页无法读取，请重新扫描后再次提交", text});
    return result;
}

} // namespace

reading::PageResult read_one_page(intake::Document& document, const std::string& source, int page,
                                  const ReadPage& read) {
    const auto start = std::chrono::steady_clock::now();
    try {
        auto decoded = document.page(page);
        decoded.source = source;
        decoded.number = page;
        const double decode = milliseconds_since(start);
        auto result = read(decoded);
        result.source = source;
        result.page = page;
        result.ms["decode"] = decode;
        result.ms["total"] = milliseconds_since(start);
        return result;
    } catch (const std::exception& error) {
        if (!is_about_input(error)) throw;
        return failed_page(source, page, error);
    }
}

bool is_about_input(const std::exception& error) {
    const auto* ours = dynamic_cast<const Error*>(&error);
    return !ours || ours->kind() == ErrorKind::input;
}

FileProblem problem_of(const std::exception& error) {
    if (const auto* ours = dynamic_cast<const Error*>(&error)) return {ours->message(), ours->next_step()};
    if (dynamic_cast<const std::bad_alloc*>(&error))
        return {"there is not enough memory for it", "Use fewer --jobs, or a lower --max-megapixels."};
    // A library's own text may quote what it was given, so it is not repeated.
    return {"it could not be worked on", "Scan it again as PDF, TIFF or JPEG; report the file if it looks sound."};
}

} // namespace dengji::app
