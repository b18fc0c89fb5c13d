#include "pipeline/layout/printed_words.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace dengji::layout {
namespace {

/// Best so far of the ordered search: score of words 0..i when word i stands here, and where word i-1 stands then.
struct Layer {
    cv::Mat score;    ///< CV_32FC1: of this word alone
    cv::Mat total;    ///< CV_32FC1
    cv::Mat previous; ///< CV_32SC1: y * cols + x
};

constexpr float impossible = -9;
constexpr float line_break = 0.15F; ///< what a new line costs: words share a line unless the picture says otherwise

/// Scores by left edge and middle line; a row of tolerance each way, since a word's own middle line is known to a pixel
/// only.
cv::Mat by_middle_line(const cv::Mat& response, const WordPicture& word, const cv::Size& size) {
    cv::Mat scores(size, CV_32FC1, cv::Scalar(impossible));
    const int shift = cvRound(word.middle);
    for (int y = 0; y < size.height; ++y) {
        float* out = scores.ptr<float>(y);
        for (int top = y - shift - 1; top <= y - shift + 1; ++top) {
            if (top < 0 || top >= response.rows) {
                continue;
            }
            const float* in = response.ptr<float>(top);
            for (int x = 0; x < response.cols; ++x) {
                out[x] = std::max(out[x], in[x]);
            }
        }
    }
    return scores;
}

Layer after(const Layer& before, cv::Mat score, int step, int pitch) {
    const int rows = score.rows;
    const int cols = score.cols;
    Layer layer{std::move(score), cv::Mat(rows, cols, CV_32FC1, cv::Scalar(impossible)),
                cv::Mat(rows, cols, CV_32SC1, cv::Scalar(-1))};
    float best_above = impossible;
    int best_above_at = -1;
    for (int y = 0; y < rows; ++y) {
        if (y - pitch >= 0) {
            const float* above = before.total.ptr<float>(y - pitch);
            const float* top = std::max_element(above, above + cols);
            if (*top - line_break > best_above) {
                best_above = *top - line_break;
                best_above_at = (y - pitch) * cols + static_cast<int>(top - above);
            }
        }
        float best = best_above;
        int best_at = best_above_at;
        const float* left = before.total.ptr<float>(y);
        const float* own = layer.score.ptr<float>(y);
        float* total = layer.total.ptr<float>(y);
        int* previous = layer.previous.ptr<int>(y);
        for (int x = 0; x < cols; ++x) {
            if (x >= step && left[x - step] > best) {
                best = left[x - step];
                best_at = y * cols + x - step;
            }
            if (best_at >= 0) {
                total[x] = own[x] + best;
                previous[x] = best_at;
            }
        }
    }
    return layer;
}

/// The best score of a word on its line between `from` and `to`, away from where it was found.
double best_elsewhere(const cv::Mat& score, const cv::Point& found, int from, int to, int away) {
    double best = 0;
    const float* row = score.ptr<float>(found.y);
    for (int x = std::max(0, from); x <= std::min(to, score.cols - 1); ++x) {
        if (std::abs(x - found.x) > away) {
            best = std::max(best, static_cast<double>(row[x]));
        }
    }
    return best;
}

} // namespace

std::vector<FoundWord> find_in_order(const WordSearch& search, const WordPictures& words, double size) {
    std::vector<cv::Mat> responses;
    for (const auto& word : words) {
        responses.push_back(word ? search.response(*word) : cv::Mat());
        if (responses.back().empty()) {
            return {};
        }
    }
    return find_in_order(responses, search.size(), words, size);
}

std::vector<FoundWord> find_in_order(const std::vector<cv::Mat>& responses, const cv::Size& searched,
                                     const WordPictures& words, double size) {
    const int gap = std::max(1, cvRound(0.4 * size)); // a blank is at least this wide
    const int pitch = std::max(2, cvRound(1.15 * size));
    std::vector<Layer> layers;
    for (size_t i = 0; i < responses.size(); ++i) {
        cv::Mat score = by_middle_line(responses[i], *words[i], searched);
        if (layers.empty()) {
            layers.push_back({score, score, {}});
        } else {
            layers.push_back(after(layers.back(), score, words[i - 1]->darkness.cols + gap, pitch));
        }
    }
    if (layers.empty()) {
        return {};
    }
    double best = 0;
    cv::Point at;
    cv::minMaxLoc(layers.back().total, nullptr, &best, nullptr, &at);
    if (best <= impossible / 2) {
        return {};
    }
    std::vector<cv::Point> points(words.size());
    for (size_t i = words.size(); i-- > 0;) {
        points[i] = at;
        if (i > 0) {
            const int previous = layers[i].previous.at<int>(at);
            if (previous < 0) {
                return {};
            }
            at = {previous % searched.width, previous / searched.width};
        }
    }
    std::vector<FoundWord> found(words.size());
    for (size_t i = 0; i < words.size(); ++i) {
        const cv::Mat& picture = words[i]->darkness;
        const bool after_word = i > 0 && points[i - 1].y == points[i].y;
        const bool before_word = i + 1 < words.size() && points[i + 1].y == points[i].y;
        const int from = after_word ? points[i - 1].x + words[i - 1]->darkness.cols + gap : 0;
        const int to = before_word ? points[i + 1].x - picture.cols - gap : searched.width;
        found[i] = {cv::Rect2d(points[i].x, points[i].y - words[i]->middle, picture.cols, picture.rows),
                    static_cast<double>(points[i].y), layers[i].score.at<float>(points[i]),
                    best_elsewhere(layers[i].score, points[i], from, to, cvRound(0.5 * size))};
    }
    return found;
}

} // namespace dengji::layout
