#pragma once
#include "exporters/rows/rows.h"
#include "pipeline/app/certificate_options.h"
#include "pipeline/app/life_options.h"
#include "pipeline/app/review_options.h"
#include "pipeline/app/settings.h"

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

namespace dengji::app {

struct ReadOptions {
    std::vector<std::filesystem::path> files;
    WorkOptions work;
};

struct RunOptions {
    std::vector<std::filesystem::path> paths;
    std::filesystem::path data = "dengji-data";
    bool json = false;
    WorkOptions work;
};

struct RowsOptions {
    std::filesystem::path data = "dengji-data";
    std::filesystem::path file; ///< empty: standard output
    std::filesystem::path forms;
    rows::Options rows;
};

struct CheckOptions {
    std::filesystem::path file; ///< "-": standard input
    std::string on;             ///< the day to check for, YYYY-MM-DD; empty: today
};

struct BenchOptions {
    std::vector<std::filesystem::path> sets; ///< folders with truth/, or stack files with NAME.truth.json beside them
    std::string by;                          ///< "", "hand", "profile", "edition", "field"
    int wrong = 0;                           ///< how many wrong fields to list
    int worst = 0;                           ///< how many to draw
    std::filesystem::path worst_picture = "worst-fields.jpg";
    int repeat = 1;
    WorkOptions work;
};

/// Each command returns its exit code, and throws Error for what stops it.
int run_read(const ReadOptions& options);
int run_run(const RunOptions& options);
int run_rows(const RowsOptions& options);
int run_check(const CheckOptions& options);
int run_bench(const BenchOptions& options);

/// What the command line asks for; an int when it was answered already (--help, --version), as the exit code.
using Command =
    std::variant<int, ReadOptions, RunOptions, RowsOptions, CheckOptions, BenchOptions, ImportOptions, EventOptions,
                 ShowOptions, FindOptions, DueOptions, CertificateOptions, ReportOptions, ReviewOptions>;

/// Throws Error(usage) with what is wrong and the nearest right word.
Command parse_command_line(int argc, const char* const* argv);

} // namespace dengji::app
