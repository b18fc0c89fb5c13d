#include "pipeline/layout/printed_words.h"

#include "pipeline/layout/printed_words_pattern.h"

#include <opencv2/core/hal/intrin.hpp>

#include <algorithm>
#include <cmath>

namespace dengji::layout {
namespace {

// Grey levels of paper grain: contrast below this counts as noise.
constexpr double grain = 10;

constexpr int lanes = cv::v_int32x4::nlanes;
constexpr int block = WordPattern::block;

/// Sum over a rectangle for each of `lanes` neighbouring places, from running sums that may have wrapped around.
cv::v_float32x4 window_sums(const unsigned* above, const unsigned* below, int width) {
    const cv::v_uint32x4 sum =
        (cv::v_load(below + width) - cv::v_load(below)) - (cv::v_load(above + width) - cv::v_load(above));
    return cv::v_cvt_f32(cv::v_reinterpret_as_s32(sum));
}

/// Rows of running sums above and below a row of places.
struct SumRows {
    const unsigned *above, *below;
    SumRows(const cv::Mat& sums, int y, int height)
        : above(sums.ptr<unsigned>(y)), below(sums.ptr<unsigned>(y + height)) {}
    cv::v_float32x4 windows(int x, int width) const { return window_sums(above + x, below + x, width); }
};

/// A word's normalised correlation with blocks of places.
class Correlation {
public:
    Correlation(const cv::Mat& picture, const cv::Mat& pairs, const cv::Mat& sums, const cv::Mat& squares)
        : pattern_(picture), size_(picture.size()), pairs_(pairs), sums_(sums), squares_(squares),
          area_(static_cast<float>(picture.total())), rest_(static_cast<float>(pattern_.rest()) / area_),
          per_norm_(static_cast<float>(1 / pattern_.norm())) {}

    /// For `columns` places from (x, y) on, rounded up to whole blocks.
    void row(int x, int y, int columns, float* out) const {
        int products[block];
        for (int from = 0; from < columns; from += block) {
            pattern_.multiply(place(x + from, y), pairs_.step1(), products);
            normalise(x + from, y, products, out + from);
        }
    }

    /// The same, and the row below.
    void two_rows(int x, int y, int columns, float* out, float* below) const {
        int products[2 * block];
        for (int from = 0; from < columns; from += block) {
            pattern_.multiply_two(place(x + from, y), pairs_.step1(), products);
            normalise(x + from, y, products, out + from);
            normalise(x + from, y + 1, products + block, below + from);
        }
    }

private:
    const int* place(int x, int y) const { return pairs_.ptr<int>(y) + x; }

    /// A block's correlations from its products.
    void normalise(int x, int y, const int* products, float* out) const {
        const cv::v_float32x4 per_area = cv::v_setall_f32(1 / area_), none = cv::v_setzero_f32();
        const cv::v_float32x4 noise = cv::v_setall_f32(static_cast<float>(area_ * grain * grain));
        const cv::v_float32x4 rest = cv::v_setall_f32(rest_), per_norm = cv::v_setall_f32(per_norm_);
        const SumRows sums(sums_, y, size_.height), squares(squares_, y, size_.height);
        for (int lane = 0; lane < block; lane += lanes) {
            const cv::v_float32x4 sum = sums.windows(x + lane, size_.width);
            const cv::v_float32x4 square = squares.windows(x + lane, size_.width);
            const cv::v_float32x4 spread = cv::v_max(none, square - sum * sum * per_area) + noise;
            const cv::v_float32x4 product = cv::v_cvt_f32(cv::v_load(products + lane)) - rest * sum;
            cv::v_store(out + lane, product * per_norm / cv::v_sqrt(spread));
        }
    }

    WordPattern pattern_;
    cv::Size size_;
    const cv::Mat &pairs_, &sums_, &squares_;
    float area_, rest_, per_norm_;
};

/// The largest of `count` correlations.
float largest(const float* values, int count) {
    float largest = Strongest().value;
    int i = 0;
    if (count >= lanes) {
        cv::v_float32x4 most = cv::v_load(values);
        for (i = lanes; i + lanes <= count; i += lanes) {
            most = cv::v_max(most, cv::v_load(values + i));
        }
        largest = cv::v_reduce_max(most);
    }
    for (; i < count; ++i) {
        largest = std::max(largest, values[i]);
    }
    return largest;
}

int whole_blocks(int columns) {
    return (columns + block - 1) / block * block;
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
            pairs[x] = WordPattern::pair(row[x], x + 1 < darkness.cols ? row[x + 1] : 0);
            sum += value;
            square += value * value;
            sums[x + 1] = sums_above[x + 1] + sum;
            squares[x + 1] = squares_above[x + 1] + square;
        }
    }
}

cv::Rect WordSearch::places(const WordPicture& word) const {
    const cv::Mat& picture = word.darkness;
    if (picture.cols > size_.width || picture.rows > size_.height) {
        return {};
    }
    return {0, 0, size_.width - picture.cols + 1, size_.height - picture.rows + 1};
}

cv::Mat WordSearch::response(const WordPicture& word) const {
    return response(word, cv::Rect({}, size_));
}

cv::Mat WordSearch::response(const WordPicture& word, const cv::Rect& window) const {
    const cv::Rect wanted = window & places(word);
    if (wanted.empty()) {
        return {};
    }
    const Correlation correlation(word.darkness, pairs_, sums_, squares_);
    // Whole blocks, which the spare columns allow for; what lies beyond the last place is cut off in the end.
    cv::Mat response(wanted.height, whole_blocks(wanted.width), CV_32FC1);
    int y = 0;
    for (; y + 1 < wanted.height; y += 2) {
        correlation.two_rows(wanted.x, wanted.y + y, wanted.width, response.ptr<float>(y), response.ptr<float>(y + 1));
    }
    if (y < wanted.height) {
        correlation.row(wanted.x, wanted.y + y, wanted.width, response.ptr<float>(y));
    }
    return response.colRange(0, wanted.width);
}

cv::Mat WordSearch::response(const WordPicture& word, const std::vector<cv::Rect>& windows) const {
    const cv::Rect all = places(word);
    if (all.empty()) {
        return {};
    }
    const int blocks = whole_blocks(all.width) / block;
    std::vector<uchar> wanted(static_cast<size_t>(blocks) * static_cast<size_t>(all.height), 0);
    for (const cv::Rect& window : windows) {
        const cv::Rect inside = window & all;
        for (int y = inside.y; y < inside.br().y; ++y) {
            for (int i = inside.x / block; i * block < inside.br().x; ++i) {
                wanted[static_cast<size_t>(y * blocks + i)] = 1;
            }
        }
    }
    const Correlation correlation(word.darkness, pairs_, sums_, squares_);
    cv::Mat response(all.height, blocks * block, CV_32FC1, cv::Scalar(not_looked_at));
    const auto is_wanted = [&](int y, int i) {
        return y < all.height && wanted[static_cast<size_t>(y * blocks + i)] != 0;
    };
    for (int i = 0; i < blocks; ++i) {
        const int x = i * block;
        for (int y = 0; y < all.height; ++y) {
            if (!is_wanted(y, i)) {
                continue;
            }
            float* out = response.ptr<float>(y) + x;
            if (is_wanted(y + 1, i)) {
                correlation.two_rows(x, y, block, out, response.ptr<float>(y + 1) + x);
                ++y;
            } else {
                correlation.row(x, y, block, out);
            }
        }
    }
    return response.colRange(0, all.width);
}

Strongest strongest(const cv::Mat& response) {
    Strongest best;
    for (int y = 0; y < response.rows; ++y) {
        const float* row = response.ptr<float>(y);
        const float value = largest(row, response.cols);
        if (value > best.value) {
            best = {value, {static_cast<int>(std::find(row, row + response.cols, value) - row), y}};
        }
    }
    return best;
}

std::vector<cv::Point> strongest(const cv::Mat& response, size_t count, const cv::Size& apart) {
    cv::Mat rest = response.clone();
    std::vector<cv::Point> points;
    while (points.size() < count) {
        const Strongest best = strongest(rest);
        if (best.value <= Strongest().value) {
            break;
        }
        points.push_back(best.at);
        const cv::Rect around =
            cv::Rect(best.at - cv::Point(apart.width / 2, apart.height / 2), apart) & cv::Rect({}, rest.size());
        rest(around).setTo(Strongest().value);
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
