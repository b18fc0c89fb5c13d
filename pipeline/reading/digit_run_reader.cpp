#include "pipeline/reading/digit_run_reader.h"

#include "pipeline/reading/ctc_beam.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <tuple>

namespace dengji::reading {

namespace {

constexpr std::size_t most_readings = 6;
constexpr int net_height = 48; // of the line that columns are counted in
constexpr int narrowest = 4;   // pixels; less holds no digit

/// The texts that a view says, each scored by both views: their mean calibrates better than either.
std::vector<DigitReading> readings_of(const ocr::DigitLine& line) {
    std::vector<DigitReading> readings;
    if (line.views.empty()) return readings;
    BeamSettings settings;
    settings.width = 12;
    const auto found = ctc_beam(line.views.front(), ocr::DigitNet::symbols, settings);
    for (const ScoredText& text : found) {
        if (readings.size() >= most_readings) break;
        if (text.text.empty() || text.text.find_first_not_of("0123456789-") != std::string::npos) continue;
        double sum = 0;
        for (const cv::Mat& view : line.views) sum += ctc_score(view, ocr::DigitNet::symbols, text.text);
        if (std::isfinite(sum)) readings.push_back({text.text, sum / static_cast<double>(line.views.size())});
    }
    std::sort(readings.begin(), readings.end(),
              [](const DigitReading& a, const DigitReading& b) { return a.log_probability > b.log_probability; });
    return readings;
}

} // namespace

DigitRunReader digit_run_reader(ocr::DigitNet& net, std::vector<cv::Mat> lines) {
    const auto read = [&net, lines = std::move(lines)](int line, int from, int to) {
        if (line < 0 || static_cast<std::size_t>(line) >= lines.size()) return std::vector<DigitReading>{};
        const cv::Mat& image = lines[static_cast<std::size_t>(line)];
        const double scale = static_cast<double>(image.rows) / net_height;
        const int left = std::clamp(static_cast<int>(std::lround(from * scale)), 0, image.cols);
        const int right = std::clamp(static_cast<int>(std::lround(to * scale)), left, image.cols);
        if (right - left < narrowest) return std::vector<DigitReading>{};
        return readings_of(net.read(image.colRange(left, right).clone()));
    };
    const auto known = std::make_shared<std::map<std::tuple<int, int, int>, std::vector<DigitReading>>>();
    return [read, known](int line, int from, int to) {
        const auto [place, is_new] = known->try_emplace({line, from, to});
        if (is_new) place->second = read(line, from, to);
        return place->second;
    };
}

} // namespace dengji::reading
