#include "pipeline/reading/print_witness.h"

#include "pipeline/layout/glyphs.h"
#include "pipeline/reading/picture_correlation.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace dengji::reading {
namespace {

constexpr int height = 32;                       // of the compared pictures
constexpr double softness = height / 20.0;       // makes strokes out of broken strokes
constexpr int slack = 4;                         // pixels that a character may be off its place
constexpr double widest_aspect_difference = 0.3; // of the logarithms: lost outer strokes change a line's shape
constexpr int differs = 40;                      // levels between two drawn texts that is no mere blur

/// The line, and around it paper for characters that are off their place.
struct Line {
    cv::Size size;
    cv::Mat padded;

    cv::Mat columns(int from, int to) const { return padded.colRange(from, to + 2 * slack); }
};

Line line_of(const cv::Mat& flat, const cv::Rect& extent) {
    const double aspect = static_cast<double>(extent.width) / extent.height;
    Line line{{std::max(2, static_cast<int>(std::lround(height * aspect))), height}, {}};
    cv::Mat darkness;
    cv::resize(255 - flat(extent), darkness, line.size, 0, 0,
               extent.height > height ? cv::INTER_AREA : cv::INTER_LINEAR);
    cv::copyMakeBorder(darkness, line.padded, slack, slack, slack, slack, cv::BORDER_CONSTANT, cv::Scalar(0));
    cv::GaussianBlur(line.padded, line.padded, {}, softness);
    return line;
}

/// The text as it would look in the line's place; empty when the font cannot write it or its shape is another one.
cv::Mat drawn(const std::string& text, int font, const cv::Size& size) {
    const auto picture = layout::draw_word(text, font, height);
    if (!picture) return {};
    const double aspect = static_cast<double>(picture->darkness.cols) / picture->darkness.rows;
    if (std::abs(std::log(static_cast<double>(size.width) / size.height / aspect)) > widest_aspect_difference)
        return {};
    cv::Mat fitted;
    cv::resize(picture->darkness, fitted, size, 0, 0, cv::INTER_LINEAR);
    cv::GaussianBlur(fitted, fitted, {}, softness);
    return fitted;
}

double likeness_of(const cv::Mat& picture, const Line& line, int from, int to) {
    return std::max(0.0, best_correlation(picture.colRange(from, to), line.columns(from, to)));
}

double weakest_piece(const cv::Mat& picture, const Line& line) {
    double weakest = 1;
    for (int x = 0; x + height <= line.size.width; x += height / 2)
        weakest = std::min(weakest, likeness_of(picture, line, x, x + height));
    return weakest;
}

/// The columns in which two drawn texts differ.
cv::Range difference(const cv::Mat& a, const cv::Mat& b) {
    cv::Mat columns, apart;
    cv::absdiff(a, b, apart);
    cv::reduce(apart, columns, 0, cv::REDUCE_MAX);
    int from = columns.cols, to = 0;
    for (int x = 0; x < columns.cols; ++x)
        if (columns.at<uchar>(x) > differs) from = std::min(from, x), to = x + 1;
    // A window of a character's width at least: parts of a character say little by themselves.
    const int missing = std::max(0, height - (to - from));
    return {std::max(0, from - missing / 2), std::min(columns.cols, to + missing / 2)};
}

} // namespace

std::vector<PrintStatement> compare_with_print(const cv::Mat& flat, const cv::Rect& extent,
                                               const std::vector<std::string>& texts) {
    std::vector<PrintStatement> statements(texts.size());
    if (texts.empty() || extent.width < 4 || extent.height < 4) return statements;
    const Line line = line_of(flat, extent);
    double best = 0;
    for (int font = 0; font < layout::font_count(); ++font) {
        std::vector<cv::Mat> pictures;
        std::vector<PrintStatement> its(texts.size());
        double its_best = 0;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            pictures.push_back(drawn(texts[i], font, line.size));
            if (pictures[i].empty()) continue;
            its[i].likeness = likeness_of(pictures[i], line, 0, line.size.width);
            its_best = std::max(its_best, its[i].likeness);
        }
        if (its_best <= best) continue;
        best = its_best;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            if (pictures[i].empty()) continue;
            its[i].weakest = std::min(its[i].likeness, weakest_piece(pictures[i], line));
            if (i == 0 || pictures[0].empty()) continue;
            const cv::Range where = difference(pictures[0], pictures[i]);
            if (where.start >= where.end) continue;
            its[i].behind = likeness_of(pictures[0], line, where.start, where.end) -
                            likeness_of(pictures[i], line, where.start, where.end);
        }
        statements = std::move(its);
    }
    return statements;
}

} // namespace dengji::reading
