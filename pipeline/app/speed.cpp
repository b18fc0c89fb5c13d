#include "pipeline/app/speed.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <sys/resource.h>

namespace dengji::app {

void StageTimes::add(const std::map<std::string, double>& ms) {
    for (const auto& [stage, time] : ms) times_[stage].push_back(time);
    // What the issue of speed is about: everything but recognition.
    const auto decode = ms.find("decode"), layout = ms.find("layout");
    if (decode != ms.end() && layout != ms.end()) times_["geometry"].push_back(decode->second + layout->second);
}

std::string StageTimes::table() const {
    char line[120];
    std::snprintf(line, sizeof line, "%-24s %10s %10s %7s\n", "ms a page", "median", "95 %", "pages");
    std::string text = line;
    for (const auto& [stage, times] : times_) {
        std::snprintf(line, sizeof line, "%-24s %10.1f %10.1f %7zu\n", stage.c_str(), percentile(times, 0.5),
                      percentile(times, 0.95), times.size());
        text += line;
    }
    return text;
}

double StageTimes::median(const std::string& stage) const {
    const auto found = times_.find(stage);
    return found == times_.end() ? 0 : percentile(found->second, 0.5);
}

double percentile(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
    return values[std::clamp<std::size_t>(rank, 1, values.size()) - 1];
}

double processor_seconds() {
    double seconds = 0;
    for (const auto who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
        rusage usage{};
        getrusage(who, &usage);
        for (const auto& time : {usage.ru_utime, usage.ru_stime})
            seconds += static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    }
    return seconds;
}

double peak_memory_mib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

} // namespace dengji::app
