#include "pipeline/reading/digit_run_reader.h"

#include "pipeline/reading/ctc_beam.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <opencv2/imgproc.hpp>
#include <tuple>

namespace dengji::reading {

namespace {

constexpr std::size_t most_readings = 6;
constexpr int net_height = 48;     // of the line that columns are counted in
constexpr int narrowest = 4;       // pixels; less holds no digit
constexpr int ink_level = 128;     // darker is a stroke
constexpr double widest_cut = 0.6; // of the line's height: ink that is wider is no single character

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

/// Whether each column of a line has a stroke.
std::vector<bool> inked_columns(const cv::Mat& line) {
    cv::Mat darkest;
    cv::reduce(line, darkest, 0, cv::REDUCE_MIN);
    std::vector<bool> inked;
    for (int x = 0; x < darkest.cols; ++x) inked.push_back(darkest.at<uchar>(x) < ink_level);
    return inked;
}

/// A cut that goes through a character would leave a piece of it, and a piece of 组 reads as 1: the character goes
/// whole to the side where most of it lies. Where characters touch each other the cut stays.
int beside_the_character(const std::vector<bool>& inked, int cut, int height) {
    const int end = static_cast<int>(inked.size());
    const auto has_ink = [&](int x) { return x >= 0 && x < end && inked[static_cast<std::size_t>(x)]; };
    if (!has_ink(cut - 1) || !has_ink(cut)) return cut;
    int left = cut, right = cut;
    while (has_ink(left - 1)) --left;
    while (has_ink(right)) ++right;
    if (right - left > widest_cut * height) return cut;
    return cut - left > right - cut ? right : left;
}

} // namespace

DigitRunReader digit_run_reader(ocr::DigitNet& net, std::vector<cv::Mat> lines) {
    const auto read = [&net, lines = std::move(lines)](int line, int from, int to) {
        if (line < 0 || static_cast<std::size_t>(line) >= lines.size()) return std::vector<DigitReading>{};
        const cv::Mat& image = lines[static_cast<std::size_t>(line)];
        const double scale = static_cast<double>(image.rows) / net_height;
        const std::vector<bool> inked = inked_columns(image);
        const auto cut_at = [&](int column) {
            const int cut = std::clamp(static_cast<int>(std::lround(column * scale)), 0, image.cols);
            return beside_the_character(inked, cut, image.rows);
        };
        const int left = cut_at(from), right = std::max(left, cut_at(to));
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
