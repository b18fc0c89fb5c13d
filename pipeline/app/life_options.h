#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace dengji::app {

/// What the commands about registrations share.
struct LifeOptions {
    std::filesystem::path data = "dengji-data";
    bool json = false;
};

/// Asking for identity numbers in full is an event, so it needs a name.
struct NumberOptions {
    bool full = false;
    std::string by;
};

struct EventOptions {
    LifeOptions life;
    std::string registration, step;
    std::vector<std::string> particulars; ///< KEY=VALUE
    std::vector<std::string> answers;     ///< RULE=TEXT
    std::string on;                       ///< YYYY-MM-DD; empty: today
    std::string by, way, paper;
    bool list_steps = false;
};

struct ShowOptions {
    LifeOptions life;
    NumberOptions numbers;
    std::string registration;
};

struct FindOptions {
    LifeOptions life;
    NumberOptions numbers;
    std::string name, number, town, state;
    int most = 50;
};

struct DueOptions {
    LifeOptions life;
    NumberOptions numbers;
    std::string on; ///< YYYY-MM-DD; empty: today
    std::string town;
    std::string person; ///< a registration of the person; empty: everybody
};

struct ReportOptions {
    LifeOptions life;
    NumberOptions numbers;
    std::string month;          ///< YYYY-MM
    std::filesystem::path file; ///< empty with --close alone
    std::string town;           ///< empty: the whole district
    bool district = false;
    std::string format = "xlsx"; ///< xlsx, csv, json
    bool recompute = false, close = false, for_others = false, no_details = false;
    std::filesystem::path definition; ///< folder of report definitions; empty: the program's own
};

struct ImportOptions {
    LifeOptions life;
    std::filesystem::path file; ///< JSON lines
    std::string channel;
};

/// Each returns its exit code, and throws Error for what stops it.
int run_event(const EventOptions& options);
int run_show(const ShowOptions& options);
int run_find(const FindOptions& options);
int run_due(const DueOptions& options);
int run_import(const ImportOptions& options);
int run_report(const ReportOptions& options);

} // namespace dengji::app
