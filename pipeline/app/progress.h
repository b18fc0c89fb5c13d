#pragma once
#include <chrono>
#include <cstddef>
#include <string>

namespace dengji::app {

/// One line on standard error that is rewritten: pages, pages a second, time left. Only on a terminal.
class Progress {
public:
    /// `wanted` false: never.
    explicit Progress(bool wanted);
    ~Progress() { clear(); }
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void show(std::size_t done, std::size_t total);
    /// Wipes the line, so that something else can be written there.
    void clear();

private:
    bool visible_;
    bool drawn_ = false;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point last_{};
};

/// The text of that line for a terminal of `columns` columns.
std::string progress_line(std::size_t done, std::size_t total, double seconds, int columns);

} // namespace dengji::app
