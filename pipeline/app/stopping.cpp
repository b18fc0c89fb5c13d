#include "pipeline/app/stopping.h"

#include <csignal>

namespace dengji::app {
namespace {

volatile std::sig_atomic_t stop_mark = 0;

extern "C" void on_stop_signal(int) {
    stop_mark = 1;
}

} // namespace

void catch_stop_signals() {
    struct sigaction action {};
    action.sa_handler = on_stop_signal;
    action.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
}

bool stop_requested() {
    return stop_mark != 0;
}

} // namespace dengji::app
