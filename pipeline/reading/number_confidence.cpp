#include "pipeline/reading/number_confidence.h"

#include "pipeline/base/error.h"
#include "templates/code_table.h"

#include <algorithm>
#include <charconv>

namespace dengji::reading {
namespace {

std::string key_of(std::string_view content, std::string_view origin) {
    return std::string(content) + " " + std::string(origin);
}

double number_in(const std::string& text, const std::filesystem::path& file) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        throw Error(ErrorKind::data, file.string() + ": \"" + text + "\" is no number",
                    "Make it again with training/digits/calibrate.py.");
    return value;
}

} // namespace

NumberConfidence NumberConfidence::load(const std::filesystem::path& file) {
    const auto table = templates::load_code_table(file);
    const auto content = table.column("content"), origin = table.column("origin"), margin = table.column("margin"),
               right = table.column("right");
    NumberConfidence confidence;
    for (const auto& row : table.rows) {
        Curve& curve = confidence.curves_[key_of(row[content], row[origin])];
        const std::pair point(number_in(row[margin], file), number_in(row[right], file));
        const bool orderly = curve.empty() || (point.first > curve.back().first && point.second >= curve.back().second);
        if (!orderly || point.second < 0 || point.second > 1)
            throw Error(ErrorKind::data, file.string() + ": the curve of " + row[content] + " does not rise",
                        "Make it again with training/digits/calibrate.py.");
        curve.push_back(point);
    }
    return confidence;
}

double NumberConfidence::of(std::string_view content, NumberOrigin origin, double margin) const {
    const auto found = curves_.find(key_of(content, name_of(origin)));
    if (found == curves_.end()) return 0;
    const Curve& curve = found->second;
    const auto above = std::upper_bound(curve.begin(), curve.end(), margin,
                                        [](double value, const auto& point) { return value < point.first; });
    if (above == curve.begin()) return curve.front().second;
    if (above == curve.end()) return curve.back().second;
    const auto below = std::prev(above);
    const double share = (margin - below->first) / (above->first - below->first);
    return below->second + share * (above->second - below->second);
}

} // namespace dengji::reading
