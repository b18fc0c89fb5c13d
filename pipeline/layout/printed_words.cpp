#include "pipeline/layout/printed_words.h"

#include <opencv2/core/hal/intrin.hpp>

#include <algorithm>
#include <cmath>

namespace dengji::layout {
namespace {

// Grey levels of paper grain: contrast below this counts as noise.
constexpr double grain = 10;

constexpr int lanes = cv::v_int32x4::nlanes;
constexpr int block = 4 * lanes; ///< places looked at together: their sums stay in registers

/// A word's picture without its mean, columns in pairs.
struct Pattern {
    cv::Mat pairs; ///< CV_32SC1: two columns in each, the left one in the low half; an odd last column has 0 beside it
    double rest = 0; ///< sum of the values: what rounding left of the mean
    double norm = 1;

    explicit Pattern(const cv::Mat& picture) : pairs(picture.rows, (picture.cols + 1) / 2, CV_32SC1) {
        cv::Mat values;
        picture.convertTo(values, CV_16S, 1, -cv::mean(picture)[0]);
        rest = cv::sum(values)[0];
        norm = std::max(1.0, cv::norm(values));
        for (int y = 0; y < values.rows; ++y) {
            const short* row = values.ptr<short>(y);
            for (int i = 0; i < pairs.cols; ++i) {
                pairs.at<int>(y, i) = pair(row[2 * i], 2 * i + 1 < values.cols ? row[2 * i + 1] : 0);
            }
        }
    }

    static int pair(int left, int right) {
        return (left & 0xFFFF) | static_cast<int>(static_cast<unsigned>(right) << 16);
    }

    /// Products with the `block` places from (x, top) on; words are small, so this is quicker than a Fourier transform.
    void multiply(const cv::Mat& darkness_pairs, int x, int top, int* products) const {
        cv::v_int32x4 a = cv::v_setzero_s32(), b = a, c = a, d = a;
        for (int y = 0; y < pairs.rows; ++y) {
            const int* row = darkness_pairs.ptr<int>(top + y) + x;
            const int* pattern = pairs.ptr<int>(y);
            for (int i = 0; i < pairs.cols; ++i, row += 2) {
                const cv::v_int16x8 factors = cv::v_reinterpret_as_s16(cv::v_setall_s32(pattern[i]));
                const auto at = [&](int lane) { return cv::v_reinterpret_as_s16(cv::v_load(row + lane * lanes)); };
                a = cv::v_dotprod(at(0), factors, a);
                b = cv::v_dotprod(at(1), factors, b);
                c = cv::v_dotprod(at(2), factors, c);
                d = cv::v_dotprod(at(3), factors, d);
            }
        }
        cv::v_store(products, a);
        cv::v_store(products + lanes, b);
        cv::v_store(products + 2 * lanes, c);
        cv::v_store(products + 3 * lanes, d);
    }
};

/// Sum over a rectangle for each of `lanes` neighbouring places, from running sums that may have wrapped around.
cv::v_float32x4 window_sums(const unsigned* above, const unsigned* below, int width) {
    const cv::v_uint32x4 sum =
        (cv::v_load(below + width) - cv::v_load(below)) - (cv::v_load(above + width) - cv::v_load(above));
    return cv::v_cvt_f32(cv::v_reinterpret_as_s32(sum));
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
    for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
        text.replace(at, from.size(), to);
    }
}

} // namespace

WordSearch::WordSearch(const cv::Mat& darkness)
    : size_(darkness.size()), pairs_(darkness.rows, darkness.cols + block + 1, CV_32SC1, cv::Scalar(0)),
      sums_(darkness.rows + 1, darkness.cols + block + 1, CV_32SC1, cv::Scalar(0)), squares_(sums_.clone()) {
    for (int y = 0; y < darkness.rows; ++y) {
        const uchar* row = darkness.ptr<uchar>(y);
        int* pairs = pairs_.ptr<int>(y);
        const auto *sums_above = sums_.ptr<unsigned>(y), *squares_above = squares_.ptr<unsigned>(y);
        auto *sums = sums_.ptr<unsigned>(y + 1), *squares = squares_.ptr<unsigned>(y + 1);
        unsigned sum = 0, square = 0;
        for (int x = 0; x < darkness.cols; ++x) {
            const unsigned value = row[x];
            pairs[x] = Pattern::pair(row[x], x + 1 < darkness.cols ? row[x + 1] : 0);
            sum += value;
            square += value * value;
            sums[x + 1] = sums_above[x + 1] + sum;
            squares[x + 1] = squares_above[x + 1] + square;
        }
    }
}

cv::Mat WordSearch::response(const WordPicture& word) const {
    const cv::Mat& picture = word.darkness;
    if (picture.cols > size_.width || picture.rows > size_.height) {
        return {};
    }
    const Pattern pattern(picture);
    const int columns = size_.width - picture.cols + 1;
    // Whole blocks, which the spare columns allow for; what lies beyond the last place is cut off in the end.
    cv::Mat response(size_.height - picture.rows + 1, (columns + block - 1) / block * block, CV_32FC1);
    const auto area = static_cast<float>(picture.total());
    const cv::v_float32x4 per_area = cv::v_setall_f32(1 / area), none = cv::v_setzero_f32();
    const cv::v_float32x4 noise = cv::v_setall_f32(static_cast<float>(area * grain * grain));
    const cv::v_float32x4 rest = cv::v_setall_f32(static_cast<float>(pattern.rest) / area);
    const cv::v_float32x4 per_norm = cv::v_setall_f32(static_cast<float>(1 / pattern.norm));
    int products[block];
    for (int y = 0; y < response.rows; ++y) {
        const auto *s0 = sums_.ptr<unsigned>(y), *s1 = sums_.ptr<unsigned>(y + picture.rows);
        const auto *q0 = squares_.ptr<unsigned>(y), *q1 = squares_.ptr<unsigned>(y + picture.rows);
        float* out = response.ptr<float>(y);
        for (int from = 0; from < columns; from += block) {
            pattern.multiply(pairs_, from, y, products);
            for (int lane = 0; lane < block; lane += lanes) {
                const int x = from + lane;
                const cv::v_float32x4 sum = window_sums(s0 + x, s1 + x, picture.cols);
                const cv::v_float32x4 square = window_sums(q0 + x, q1 + x, picture.cols);
                const cv::v_float32x4 spread = cv::v_max(none, square - sum * sum * per_area) + noise;
                const cv::v_float32x4 product = cv::v_cvt_f32(cv::v_load(products + lane)) - rest * sum;
                cv::v_store(out + x, product * per_norm / cv::v_sqrt(spread));
            }
        }
    }
    return response.colRange(0, columns);
}

std::vector<cv::Point> strongest(const cv::Mat& response, size_t count, const cv::Size& apart) {
    constexpr float taken = -2; // below any correlation
    cv::Mat rest = response.clone();
    std::vector<cv::Point> points;
    while (points.size() < count) {
        cv::Point at;
        double value = 0;
        cv::minMaxLoc(rest, nullptr, &value, nullptr, &at);
        if (value <= taken) {
            break;
        }
        points.push_back(at);
        const cv::Rect around =
            cv::Rect(at - cv::Point(apart.width / 2, apart.height / 2), apart) & cv::Rect({}, rest.size());
        rest(around).setTo(taken);
    }
    return points;
}

std::vector<std::string> spellings(const std::string& word) {
    std::string narrow = word;
    replace_all(narrow, "（", "(");
    replace_all(narrow, "）", ")");
    replace_all(narrow, "／", "/");
    return narrow == word ? std::vector{word} : std::vector{word, narrow};
}

} // namespace dengji::layout
