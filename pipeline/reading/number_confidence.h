#pragma once
#include "pipeline/reading/digit_decoder.h"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dengji::reading {

/// The chance that a decoded number is right, from its margin: curves measured on generated lines
/// (training/digits/calibrate.py), one for each content and origin.
class NumberConfidence {
public:
    /// `file`: CSV with the columns content, origin, margin, right; within a curve margin rises and right (0..1) does
    /// not fall. Throws Error(data) when it is missing or broken.
    static NumberConfidence load(const std::filesystem::path& file);

    /// 0..1; between the points of the curve straight lines, beyond them its ends. 0 for a curve that was not measured.
    double of(std::string_view content, NumberOrigin origin, double margin) const;

private:
    using Curve = std::vector<std::pair<double, double>>; ///< margin, chance
    std::map<std::string, Curve> curves_;
};

} // namespace dengji::reading
