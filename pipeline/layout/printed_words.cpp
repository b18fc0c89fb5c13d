#include "pipeline/layout/printed_words.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace dengji::layout {
namespace {

// Grey levels of paper grain: contrast below this counts as noise.
constexpr double grain = 10;

struct Label {
    std::string text;
    cv::Rect ink; ///< half-size pixels
};

void replace_all(std::string& text, const std::string& from, const std::string& to) {
    for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
        text.replace(at, from.size(), to);
    }
}

size_t characters(const std::string& text) {
    return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

cv::Rect halved(const cv::Rect2d& r, double inset, const cv::Size& limits) {
    const cv::Point a(cvRound((r.x + inset) / 2), cvRound((r.y + inset) / 2));
    const cv::Point b(cvRound((r.br().x - inset) / 2), cvRound((r.br().y - inset) / 2));
    if (b.x <= a.x || b.y <= a.y) {
        return {};
    }
    return cv::Rect(a, b) & cv::Rect({}, limits);
}

/// The label cells whose text is short enough to stand on one line, with where their ink is.
std::vector<Label> short_labels(const Sheet& sheet, const cv::Mat& half) {
    constexpr size_t enough = 8;
    std::vector<Label> labels;
    for (const PlacedCell& placed : sheet.cells) {
        if (placed.cell == nullptr || placed.cell->kind != templates::CellKind::label || placed.doubtful) {
            continue;
        }
        std::string text = placed.cell->text;
        replace_all(text, "＊", "");
        replace_all(text, "*", "");
        const size_t length = characters(text);
        if (length < 2 || length > 6) {
            continue;
        }
        const cv::Rect cell = halved(placed.rect, 6, half.size());
        if (cell.empty()) {
            continue;
        }
        cv::Rect ink = cv::boundingRect(half(cell) > 50);
        if (ink.width < static_cast<int>(length) * 4 || ink.height < 5) {
            continue;
        }
        ink =
            cv::Rect(ink.x + cell.x - 3, ink.y + cell.y - 3, ink.width + 6, ink.height + 6) & cv::Rect({}, half.size());
        labels.push_back({text, ink});
        if (labels.size() == enough) {
            break;
        }
    }
    return labels;
}

double label_score(const std::vector<WordSearch>& searches, const std::vector<Label>& labels, size_t used, int font,
                   double size) {
    double sum = 0;
    for (size_t i = 0; i < used; ++i) {
        const auto picture = draw_word(labels[i].text, font, size);
        const cv::Mat response = picture ? searches[i].response(*picture) : cv::Mat();
        double best = 0;
        if (!response.empty()) {
            cv::minMaxLoc(response, nullptr, &best);
        }
        sum += std::max(0.0, best);
    }
    return used == 0 ? 0 : sum / static_cast<double>(used);
}

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

std::vector<FoundWord> find_in_order(const WordSearch& search,
                                     const std::vector<std::shared_ptr<const WordPicture>>& words, double size) {
    const int gap = std::max(1, cvRound(0.4 * size)); // a blank is at least this wide
    const int pitch = std::max(2, cvRound(1.15 * size));
    std::vector<Layer> layers;
    for (const auto& word : words) {
        const cv::Mat response = word ? search.response(*word) : cv::Mat();
        if (response.empty()) {
            return {};
        }
        cv::Mat score = by_middle_line(response, *word, search.size());
        if (layers.empty()) {
            layers.push_back({score, score, {}});
        } else {
            layers.push_back(after(layers.back(), score, words[layers.size() - 1]->darkness.cols + gap, pitch));
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
            at = {previous % search.size().width, previous / search.size().width};
        }
    }
    std::vector<FoundWord> found(words.size());
    for (size_t i = 0; i < words.size(); ++i) {
        const cv::Mat& picture = words[i]->darkness;
        const bool after_word = i > 0 && points[i - 1].y == points[i].y;
        const bool before_word = i + 1 < words.size() && points[i + 1].y == points[i].y;
        const int from = after_word ? points[i - 1].x + words[i - 1]->darkness.cols + gap : 0;
        const int to = before_word ? points[i + 1].x - picture.cols - gap : search.size().width;
        found[i] = {cv::Rect2d(points[i].x, points[i].y - words[i]->middle, picture.cols, picture.rows),
                    static_cast<double>(points[i].y), layers[i].score.at<float>(points[i]),
                    best_elsewhere(layers[i].score, points[i], from, to, cvRound(0.5 * size))};
    }
    return found;
}

std::vector<Printing> find_printings(const Sheet& sheet, const cv::Mat& half, const std::vector<int>& fonts,
                                     double em) {
    constexpr size_t kept = 3;
    constexpr size_t first_look = 3; // labels of the first, rough comparison
    constexpr std::array rough_sizes = {0.93, 1.0, 1.07};
    constexpr std::array fine_sizes = {0.88, 0.92, 0.96, 1.0, 1.04, 1.08, 1.12};
    const std::vector<Label> labels = short_labels(sheet, half);
    std::vector<WordSearch> searches;
    for (const Label& label : labels) {
        searches.emplace_back(half(label.ink));
    }
    std::vector<Printing> printings;
    for (const int font : fonts) {
        Printing printing{font, em, 0};
        for (const double size : rough_sizes) {
            const double score =
                label_score(searches, labels, std::min(first_look, labels.size()), font, size * em / 2);
            if (score > printing.score) {
                printing = {font, size * em, score};
            }
        }
        printings.push_back(printing);
    }
    if (labels.empty()) {
        return printings;
    }
    const auto better = [](const Printing& a, const Printing& b) { return a.score > b.score; };
    std::stable_sort(printings.begin(), printings.end(), better);
    printings.resize(std::min(kept, printings.size()));
    for (Printing& printing : printings) {
        printing.score = 0;
        for (const double size : fine_sizes) {
            const double score = label_score(searches, labels, labels.size(), printing.font, size * em / 2);
            if (score > printing.score) {
                printing.score = score;
                printing.em = size * em;
            }
        }
    }
    std::stable_sort(printings.begin(), printings.end(), better);
    return printings;
}

cv::Mat half_darkness(const Table& table) {
    cv::Mat half;
    cv::resize(table.norm, half, {}, 0.5, 0.5, cv::INTER_AREA);
    cv::subtract(255, half, half);
    return half;
}

std::vector<std::string> spellings(const std::string& word) {
    std::string narrow = word;
    replace_all(narrow, "（", "(");
    replace_all(narrow, "）", ")");
    replace_all(narrow, "／", "/");
    return narrow == word ? std::vector{word} : std::vector{word, narrow};
}

double character_size(const Sheet& sheet) {
    if (sheet.em > 0) {
        return sheet.em;
    }
    std::vector<double> heights;
    for (const PlacedCell& placed : sheet.cells) {
        if (placed.cell == nullptr || placed.cell->kind != templates::CellKind::label ||
            characters(placed.cell->text) > 5) {
            continue;
        }
        const cv::Rect cell = cv::Rect(cvRound(placed.rect.x) + 5, cvRound(placed.rect.y) + 5,
                                       cvRound(placed.rect.width) - 10, cvRound(placed.rect.height) - 10) &
                              cv::Rect({}, sheet.table.norm.size());
        if (!cell.empty()) {
            const int height = cv::boundingRect(sheet.table.print_ink(cell)).height;
            if (height > 8) {
                heights.push_back(height);
            }
        }
    }
    if (heights.size() < 3) {
        return std::max(12.0, sheet.table.width / 55.0);
    }
    std::nth_element(heights.begin(), heights.begin() + static_cast<long>(heights.size() / 2), heights.end());
    return 1.08 * heights[heights.size() / 2];
}

} // namespace dengji::layout
