#pragma once
#include "pipeline/reading/result.h"

#include <map>
#include <string>
#include <vector>

namespace dengji::app {

/// Collects the times of pages.
class StageTimes {
public:
    void add(const std::map<std::string, double>& ms);

    /// A line for each stage: median and 95th percentile in milliseconds.
    std::string table() const;
    /// The median of a stage, 0 when it never ran.
    double median(const std::string& stage) const;

private:
    std::map<std::string, std::vector<double>> times_;
};

/// The value that a share of `values` does not go beyond, `share` 0..1. 0 when there are none.
double percentile(std::vector<double> values, double share);

/// The processor time that this process and its children have used: unlike pages a second it hardly depends on what
/// else the computer does.
double processor_seconds();

/// The most memory that this process has held, MiB.
double peak_memory_mib();

} // namespace dengji::app
