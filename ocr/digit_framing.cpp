#include "ocr/digit_framing.h"

#include "ocr/percentile.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <opencv2/imgproc.hpp>

namespace dengji::ocr {
namespace {

constexpr double paper_share = 0.85, dark_share = 0.005, full_share = 0.995;
constexpr double least_contrast = 45; ///< grey values between paper and full ink
constexpr double firm = 0.42;         ///< ink that surely is writing
constexpr double pale = 0.17;         ///< ink that may be pale writing beside it
constexpr double rule_length = 1.3;   ///< longer runs of ink are ruling lines; in heights of the crop
constexpr int widest = 1024;

int rounded(double value) {
    return static_cast<int>(std::floor(value + 0.5));
}

/// The least grey value that at least this share of the pixels does not exceed.
int level(const cv::Mat& grey, double share) {
    std::array<int, 256> histogram{};
    for (int y = 0; y < grey.rows; ++y)
        for (const uchar* p = grey.ptr(y); p != grey.ptr(y) + grey.cols; ++p) ++histogram[*p];
    const double wanted = static_cast<double>(grey.total()) * share;
    int value = 0;
    for (long sum = histogram[0]; static_cast<double>(sum) < wanted && value < 255;)
        sum += histogram[static_cast<std::size_t>(++value)];
    return value;
}

/// The paper's light in each column: levels of strips, joined by straight lines that go on to both ends.
std::vector<double> light_of_columns(const cv::Mat& grey, int strips) {
    std::vector<double> middle, levels;
    for (int i = 0; i < strips; ++i) {
        const int from = grey.cols * i / strips, to = grey.cols * (i + 1) / strips;
        middle.push_back((from + to - 1) / 2.0);
        levels.push_back(level(grey.colRange(from, to), paper_share));
    }
    std::vector<double> light;
    for (int x = 0; x < grey.cols; ++x) {
        const auto after = std::upper_bound(middle.begin(), middle.end(), static_cast<double>(x)) - middle.begin();
        const auto i = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(after - 1, 0, strips - 2));
        light.push_back(levels[i] + (x - middle[i]) * (levels[i + 1] - levels[i]) / (middle[i + 1] - middle[i]));
    }
    return light;
}

struct Piece {
    int x, y, width, height, area;
    int right() const { return x + width; }
    int foot() const { return y + height; }
};

std::vector<Piece> pieces_of(const cv::Mat& mask) {
    cv::Mat labels, stats, centroids;
    const int count = cv::connectedComponentsWithStats(mask, labels, stats, centroids, 8, CV_32S);
    std::vector<Piece> pieces;
    for (int i = 1; i < count; ++i) {
        const int* s = stats.ptr<int>(i);
        pieces.push_back({s[cv::CC_STAT_LEFT], s[cv::CC_STAT_TOP], s[cv::CC_STAT_WIDTH], s[cv::CC_STAT_HEIGHT],
                          s[cv::CC_STAT_AREA]});
    }
    return pieces;
}

void remove_rules(cv::Mat& mask) {
    const int run = static_cast<int>(rule_length * mask.rows);
    if (mask.cols <= run + 4) return;
    cv::Mat rules;
    cv::morphologyEx(mask, rules, cv::MORPH_OPEN, cv::Mat::ones(1, run, CV_8U));
    if (cv::countNonZero(rules) == 0) return;
    cv::dilate(rules, rules, cv::Mat::ones(3, 3, CV_8U));
    mask.setTo(0, rules);
}

bool is_border(const Piece& p, const cv::Size& crop) {
    const bool side =
        (p.x <= 2 || p.right() >= crop.width - 2) && p.height > 0.8 * crop.height && p.width < 0.12 * crop.height;
    const bool foot =
        (p.y <= 1 || p.foot() >= crop.height - 1) && p.height < 0.12 * crop.height && p.width > 0.3 * crop.height;
    return side || foot;
}

/// Height of the tallest piece; a thin upright as tall as the crop may be a border, if lower pieces stand beside it.
int tallest_of(const std::vector<Piece>& pieces, int crop_height) {
    int tallest = 0, of_others = 0;
    for (const Piece& p : pieces) {
        tallest = std::max(tallest, p.height);
        const bool upright = p.height >= 0.9 * crop_height && p.width < 0.12 * crop_height;
        if (!upright) of_others = std::max(of_others, p.height);
    }
    return of_others > 0.3 * crop_height ? of_others : tallest;
}

/// Left and right end, widened over pale or broken characters beside them.
std::pair<int, int> with_pale_ends(const cv::Mat& ink, int x0, int x1, double y0, double y1) {
    const double tall = std::max(4.0, y1 - y0), sigma = std::max(0.8, tall / 25);
    cv::Mat smooth;
    cv::GaussianBlur(ink, smooth, {}, sigma);
    cv::Mat mask = smooth > pale;
    remove_rules(mask);
    const int above = std::clamp(static_cast<int>(y0 - 0.1 * tall), 0, ink.rows);
    const int below = std::clamp(static_cast<int>(y1 + 0.1 * tall), 0, ink.rows);
    mask.rowRange(0, above).setTo(0);
    mask.rowRange(below, ink.rows).setTo(0);
    std::vector<std::pair<int, int>> ends;
    for (const Piece& p : pieces_of(mask)) {
        const bool border = p.width < 0.2 * tall && (p.x <= 2 || p.right() >= ink.cols - 2) && p.height > 0.9 * tall;
        if (p.height >= 0.35 * tall && p.area >= 0.03 * tall * tall && !border) ends.emplace_back(p.x, p.right());
    }
    std::sort(ends.begin(), ends.end());
    const double reach = 1.6 * tall;
    for (auto end = ends.rbegin(); end != ends.rend(); ++end)
        if (end->first < x0 && end->second > x0 - reach) x0 = end->first;
    for (const auto& end : ends)
        if (end.second > x1 && end.first < x1 + reach) x1 = end.second;
    return {x0, x1};
}

cv::Mat cut(const cv::Mat& ink, const cv::Rect& box, const DigitMargins& m) {
    const double t = std::max(4, box.height);
    const int x0 = rounded(box.x - m.left * t), x1 = rounded(box.x + box.width + m.right * t);
    const int y0 = rounded(box.y - m.up * t), y1 = rounded(box.y + box.height + m.down * t);
    const int pad = std::max({0, -x0, -y0, x1 - ink.cols, y1 - ink.rows});
    cv::Mat around = ink;
    if (pad > 0) cv::copyMakeBorder(ink, around, pad, pad, pad, pad, cv::BORDER_CONSTANT, cv::Scalar(0));
    const cv::Mat part = around(cv::Range(y0 + pad, y1 + pad), cv::Range(x0 + pad, x1 + pad));
    const double width = (x1 - x0) * digit_line_height / static_cast<double>(y1 - y0) * m.stretch;
    cv::Mat framed;
    cv::resize(part, framed, {std::clamp(rounded(width), 8, widest), digit_line_height}, 0, 0,
               part.rows > digit_line_height ? cv::INTER_AREA : cv::INTER_LINEAR);
    return framed;
}

} // namespace

cv::Mat digit_ink(const cv::Mat& grey) {
    if (grey.empty()) return {};
    const int w = grey.cols, h = grey.rows;
    const int strips = std::max(w > 1.2 * h ? 2 : 1, rounded(w / (2.0 * h)));
    cv::Mat darker;
    double full = 0;
    if (strips < 2 || w < 2 * strips) {
        const int paper = level(grey, paper_share);
        full = std::max<double>(least_contrast, paper - level(grey, dark_share));
        grey.convertTo(darker, CV_32F, -1, paper);
        cv::max(darker, 0, darker);
    } else {
        const std::vector<double> light = light_of_columns(grey, strips);
        darker.create(h, w, CV_32F);
        for (int y = 0; y < h; ++y)
            for (int x = 0; x < w; ++x) {
                const float value = static_cast<float>(light[static_cast<std::size_t>(x)]) - grey.at<uchar>(y, x);
                darker.at<float>(y, x) = std::max(value, 0.F);
            }
        std::vector<float> sorted(darker.begin<float>(), darker.end<float>());
        const auto k = std::max<std::ptrdiff_t>(
            0, static_cast<std::ptrdiff_t>(static_cast<double>(sorted.size()) * full_share) - 1);
        std::nth_element(sorted.begin(), sorted.begin() + k, sorted.end());
        full = std::max(least_contrast, static_cast<double>(sorted[static_cast<std::size_t>(k)]));
    }
    darker.forEach<float>([full](float& d, const int*) { d = std::min(d / static_cast<float>(full), 1.F); });
    return darker;
}

cv::Rect digit_box(const cv::Mat& ink) {
    if (ink.empty()) return {};
    cv::Mat mask = ink > firm;
    remove_rules(mask);
    std::vector<Piece> pieces = pieces_of(mask);
    std::erase_if(pieces, [&](const Piece& p) { return p.area < 4 || is_border(p, ink.size()); });
    if (pieces.empty()) return {};
    const int tallest = tallest_of(pieces, ink.rows);
    std::vector<double> heights, tops, feet;
    for (const Piece& p : pieces) {
        if (p.height < 0.45 * tallest || p.height > tallest) continue;
        heights.push_back(p.height);
        tops.push_back(p.y);
        feet.push_back(p.foot());
    }
    const double usual = percentile(heights, 0.5), y0 = percentile(tops, 0.1), y1 = percentile(feet, 0.9);
    int x0 = ink.cols, x1 = 0;
    for (const Piece& p : pieces) {
        const bool large =
            p.area >= std::max(4.0, 0.012 * usual * usual) && (p.height >= 0.25 * usual || p.width >= 0.2 * usual);
        if (!large || p.y >= y1 || p.foot() <= y0) continue;
        x0 = std::min(x0, p.x);
        x1 = std::max(x1, p.right());
    }
    if (x1 <= x0) return {};
    std::tie(x0, x1) = with_pale_ends(ink, x0, x1, y0, y1);
    const int top = static_cast<int>(y0);
    return {x0, top, x1 - x0, static_cast<int>(std::ceil(y1)) - top};
}

bool reaches_edge(const cv::Rect& box, const cv::Size& crop) {
    return box.x <= 0 || box.y <= 0 || box.br().x >= crop.width || box.br().y >= crop.height;
}

FramedDigits frame_digits(const cv::Mat& grey, const std::vector<DigitMargins>& margins) {
    const cv::Mat ink = digit_ink(grey);
    const cv::Rect box = digit_box(ink);
    FramedDigits framed;
    if (box.empty()) return framed;
    framed.at_edge = reaches_edge(box, ink.size());
    for (const DigitMargins& m : margins) framed.views.push_back(cut(ink, box, m));
    return framed;
}

} // namespace dengji::ocr
