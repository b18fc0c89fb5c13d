#include "pipeline/app/progress.h"

#include <algorithm>
#include <cstdio>
#include <sys/ioctl.h>
#include <unistd.h>

namespace dengji::app {
namespace {

constexpr auto redraw_interval = std::chrono::milliseconds(200);

int terminal_columns() {
    winsize size{};
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

std::string time_left(double seconds) {
    const auto whole = static_cast<long>(seconds + 0.5);
    char text[40];
    if (whole >= 3600)
        std::snprintf(text, sizeof text, "%ld h %02ld min", whole / 3600, whole / 60 % 60);
    else if (whole >= 60)
        std::snprintf(text, sizeof text, "%ld min %02ld s", whole / 60, whole % 60);
    else
        std::snprintf(text, sizeof text, "%ld s", whole);
    return text;
}

} // namespace

Progress::Progress(bool wanted) : visible_(wanted && isatty(STDERR_FILENO) == 1) {}

void Progress::show(std::size_t done, std::size_t total) {
    const auto now = std::chrono::steady_clock::now();
    if (!visible_ || now - last_ < redraw_interval) return;
    last_ = now;
    const double seconds = std::chrono::duration<double>(now - start_).count();
    std::fprintf(stderr, "\r\033[K%s", progress_line(done, total, seconds, terminal_columns()).c_str());
    std::fflush(stderr);
    drawn_ = true;
}

void Progress::clear() {
    if (!drawn_) return;
    std::fputs("\r\033[K", stderr);
    std::fflush(stderr);
    drawn_ = false;
    last_ = {};
}

std::string progress_line(std::size_t done, std::size_t total, double seconds, int columns) {
    const auto room = static_cast<std::size_t>(std::max(1, columns - 1));
    char numbers[120];
    const double rate = seconds > 0 ? static_cast<double>(done) / seconds : 0;
    std::snprintf(numbers, sizeof numbers, " %zu of %zu pages, %.1f pages/s", done, total, rate);
    std::string text = numbers;
    if (rate > 0 && total > done) text += ", " + time_left(static_cast<double>(total - done) / rate) + " left";
    if (text.size() + 7 <= room && total > 0) {
        const std::size_t width = std::min<std::size_t>(30, room - text.size() - 2);
        std::string bar(width, '.');
        std::fill_n(bar.begin(), width * std::min(done, total) / total, '#');
        text.insert(0, "[" + bar + "]");
    }
    return text.substr(0, room);
}

} // namespace dengji::app
