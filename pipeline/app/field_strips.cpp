#include "pipeline/app/field_strips.h"

#include "pipeline/app/colours.h"
#include "pipeline/base/text.h"

#include <algorithm>
#include <cstdio>
#include <opencv2/imgproc.hpp>

namespace dengji::app {
namespace {

constexpr int widest_crop = 620, highest_crop = 110; // pixels on the sheet
constexpr int text_left = widest_crop + 30, sheet_width = 1500;
constexpr int line_size = 20, line_height = 26, gap = 14;

std::string value_of(const reading::Reading& reading) {
    if (const auto* text = std::get_if<std::string>(&reading.value)) return *text;
    if (const auto* options = std::get_if<std::vector<std::string>>(&reading.value)) return joined(*options, "、");
    return std::get<bool>(reading.value) ? "✓" : "";
}

std::string percent(double confidence) {
    char text[16];
    std::snprintf(text, sizeof text, "%.3f", confidence);
    return text;
}

cv::Mat shrunk(const cv::Mat& crop) {
    if (crop.empty()) return crop;
    const double scale = std::min({1.0, double(widest_crop) / crop.cols, double(highest_crop) / crop.rows});
    cv::Mat small;
    cv::resize(crop, small, {}, scale, scale, cv::INTER_AREA);
    return small;
}

} // namespace

cv::Mat cut_field(const cv::Mat& page, const std::array<cv::Point2f, 4>& box) {
    const auto length = [&](std::size_t a, std::size_t b) { return cv::norm(box[a] - box[b]); };
    const double width = length(0, 1), height = length(0, 3);
    if (page.empty() || width < 2 || height < 2) return {};
    constexpr double margin = 0.15; // of the height
    const auto m = static_cast<float>(margin * height), w = static_cast<float>(width), h = static_cast<float>(height);
    const std::array<cv::Point2f, 4> there{cv::Point2f(m, m), {m + w, m}, {m + w, m + h}, {m, m + h}};
    const cv::Mat transform = cv::getPerspectiveTransform(box.data(), there.data());
    cv::Mat cut, coloured;
    cv::warpPerspective(page, cut, transform, {cvRound(w + 2 * m), cvRound(h + 2 * m)}, cv::INTER_AREA,
                        cv::BORDER_REPLICATE);
    if (cut.channels() == 1)
        cv::cvtColor(cut, coloured, cv::COLOR_GRAY2BGR);
    else
        coloured = cut;
    return coloured;
}

std::vector<std::string> account_of(const reading::Reading& reading) {
    std::vector<std::string> lines;
    lines.push_back(reading.key + ": " + (reading.review ? "review " : "accepted ") + percent(reading.confidence));
    lines.push_back("= " + value_of(reading) + (reading.recogniser.empty() ? "" : "   (" + reading.recogniser + ")"));
    for (const reading::Opinion& opinion : reading.opinions)
        lines.push_back(opinion.reader + " " + percent(opinion.score) + ": " + opinion.text);
    if (!reading.alternatives.empty()) lines.push_back("or " + joined(reading.alternatives, " | "));
    for (const Reason& reason : reading.reasons) lines.push_back("! " + reason.zh);
    return lines;
}

cv::Mat draw_strips(const std::vector<FieldStrip>& strips, TextPainter& painter) {
    int height = gap;
    std::vector<cv::Mat> crops;
    for (const FieldStrip& strip : strips) {
        crops.push_back(shrunk(strip.crop));
        height += gap + std::max(crops.back().rows, line_height * static_cast<int>(strip.lines.size()));
    }
    cv::Mat sheet(std::max(height, 2 * gap), sheet_width, CV_8UC3, colours::white);
    int top = gap;
    for (std::size_t i = 0; i < strips.size(); ++i) {
        const cv::Mat& crop = crops[i];
        if (!crop.empty()) {
            const cv::Rect place({gap, top}, crop.size());
            crop.copyTo(sheet(place));
            cv::rectangle(sheet, place, colours::grey);
        }
        int base = top + line_size;
        for (std::size_t k = 0; k < strips[i].lines.size(); ++k, base += line_height)
            painter.draw(sheet, {text_left, base}, strips[i].lines[k], line_size,
                         k == 0 && strips[i].bad ? colours::red : colours::black);
        top += gap + std::max(crop.rows, line_height * static_cast<int>(strips[i].lines.size()));
    }
    return sheet;
}

} // namespace dengji::app
