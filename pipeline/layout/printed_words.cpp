#include "pipeline/layout/printed_words.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace dengji::layout {
namespace {

// Grey levels of paper grain: contrast below this counts as noise.
constexpr double grain = 10;

/// A word's picture without its mean. Words are small: multiplying directly is quicker than by Fourier transform.
struct Pattern {
    cv::Mat values;  ///< CV_16SC1
    double rest = 0; ///< sum of the values: what rounding left of the mean
    double norm = 1;

    explicit Pattern(const cv::Mat& picture) {
        picture.convertTo(values, CV_16S, 1, -cv::mean(picture)[0]);
        rest = cv::sum(values)[0];
        norm = std::max(1.0, cv::norm(values));
    }

    /// Products with every place of row `top` of the darkness.
    void multiply(const cv::Mat& darkness, int top, std::vector<int>& products) const {
        constexpr int few_places = 16; // then it is quicker to go along the pattern
        const int places = static_cast<int>(products.size());
        std::fill(products.begin(), products.end(), 0);
        for (int y = 0; y < values.rows; ++y) {
            const short* pattern = values.ptr<short>(y);
            const short* row = darkness.ptr<short>(top + y);
            if (places < few_places) {
                for (int x = 0; x < places; ++x) {
                    int sum = 0;
                    for (int i = 0; i < values.cols; ++i) {
                        sum += pattern[i] * row[x + i];
                    }
                    products[static_cast<size_t>(x)] += sum;
                }
                continue;
            }
            int* out = products.data();
            for (int i = 0; i < values.cols; ++i) {
                const int factor = pattern[i];
                const short* shifted = row + i;
                for (int x = 0; x < places; ++x) {
                    out[x] += factor * shifted[x];
                }
            }
        }
    }
};

void replace_all(std::string& text, const std::string& from, const std::string& to) {
    for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
        text.replace(at, from.size(), to);
    }
}

} // namespace

WordSearch::WordSearch(const cv::Mat& darkness) {
    darkness.convertTo(darkness_, CV_16S);
    cv::integral(darkness, sums_, squares_, CV_32S, CV_64F);
}

cv::Mat WordSearch::response(const WordPicture& word) const {
    const cv::Mat& picture = word.darkness;
    if (picture.cols > darkness_.cols || picture.rows > darkness_.rows) {
        return {};
    }
    const Pattern pattern(picture);
    const double area = static_cast<double>(picture.total());
    cv::Mat response(darkness_.rows - picture.rows + 1, darkness_.cols - picture.cols + 1, CV_32FC1);
    std::vector<int> products(static_cast<size_t>(response.cols));
    for (int y = 0; y < response.rows; ++y) {
        pattern.multiply(darkness_, y, products);
        const int* s0 = sums_.ptr<int>(y);
        const int* s1 = sums_.ptr<int>(y + picture.rows);
        const double* q0 = squares_.ptr<double>(y);
        const double* q1 = squares_.ptr<double>(y + picture.rows);
        float* out = response.ptr<float>(y);
        for (int x = 0; x < response.cols; ++x) {
            const int r = x + picture.cols;
            const double sum = s1[r] - s1[x] - s0[r] + s0[x];
            const double spread = q1[r] - q1[x] - q0[r] + q0[x] - sum * sum / area;
            const double product = products[static_cast<size_t>(x)] - pattern.rest * sum / area;
            out[x] =
                static_cast<float>(product / pattern.norm / std::sqrt(std::max(0.0, spread) + area * grain * grain));
        }
    }
    return response;
}

std::vector<std::string> spellings(const std::string& word) {
    std::string narrow = word;
    replace_all(narrow, "（", "(");
    replace_all(narrow, "）", ")");
    replace_all(narrow, "／", "/");
    return narrow == word ? std::vector{word} : std::vector{word, narrow};
}

} // namespace dengji::layout
