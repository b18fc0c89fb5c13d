#include "pipeline/reading/printed_word_matcher.h"

#include "pipeline/layout/glyphs.h"
#include "pipeline/reading/picture_correlation.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace dengji::reading {

namespace {

constexpr double widest_aspect_difference = 0.3; // of the logarithms: fonts and lost strokes change the shape this much
const cv::Size coarse_size(24, 12);              // every word squeezed into the same small picture
constexpr double usual_lead = 0.06;              // a word must be this much better than a usual one
constexpr int fine_height = 28;
constexpr int fine_pad = 4;
constexpr int likeness_slack = 4; // pixels that a character may be off its place
constexpr std::size_t first_candidates = 8,
                      all_candidates = 28; // looked at closely; the rest only when these do not convince

/// Blur that makes strokes out of broken strokes, for a picture of this height.
double softness(int height) {
    return height / 20.0;
}

cv::Mat squeezed(const cv::Mat& darkness) {
    cv::Mat small;
    cv::resize(darkness, small, coarse_size, 0, 0, cv::INTER_AREA);
    cv::GaussianBlur(small, small, {}, 0.7);
    small.convertTo(small, CV_32F);
    small -= cv::mean(small)[0];
    const double length = cv::norm(small);
    if (length > 0) small /= length;
    return small.reshape(1, 1);
}

double correlation(const cv::Mat& query, const cv::Mat& word, cv::Size size) {
    if (size.width > query.cols || size.height > query.rows || size.width < 2 || size.height < 2) return -1;
    cv::Mat picture;
    cv::resize(word, picture, size, 0, 0, cv::INTER_LINEAR);
    cv::GaussianBlur(picture, picture, {}, softness(fine_height));
    return best_correlation(picture, query);
}

/// Correlation of two pictures of the same size, as they lie.
double correlation_at(const cv::Mat& a, const cv::Mat& b) {
    cv::Mat x, y;
    a.convertTo(x, CV_32F);
    b.convertTo(y, CV_32F);
    x -= cv::mean(x)[0];
    y -= cv::mean(y)[0];
    const double lengths = cv::norm(x) * cv::norm(y);
    return lengths > 0 ? x.dot(y) / lengths : 0;
}

/// Among words that are hardly told apart, the usual one.
void prefer(WordMatch& match, const std::map<std::string, double>& scores, const std::vector<std::string>& usual) {
    for (const std::string& word : usual) {
        const auto found = scores.find(word);
        if (found == scores.end() || found->second + usual_lead < match.score || word == match.word) continue;
        match = {word, found->second, 0};
        return;
    }
}

} // namespace

const std::vector<PrintedWordMatcher::Picture>& PrintedWordMatcher::pictures(const std::string& word) {
    auto [place, is_new] = pictures_.try_emplace(word);
    if (!is_new) return place->second;
    for (int font = 0; font < layout::font_count(); ++font) {
        const auto drawn = layout::draw_word(word, font, fine_height);
        if (!drawn) continue;
        Picture picture;
        picture.fine = drawn->darkness;
        picture.aspect = static_cast<double>(drawn->darkness.cols) / drawn->darkness.rows;
        picture.coarse = squeezed(drawn->darkness);
        place->second.push_back(std::move(picture));
    }
    return place->second;
}

std::optional<WordMatch> PrintedWordMatcher::match(const cv::Mat& flat, const cv::Rect& extent,
                                                   const std::vector<std::string>& words,
                                                   const std::vector<std::string>& usual) {
    if (extent.width < 4 || extent.height < 4 || words.empty()) return std::nullopt;
    const double aspect = static_cast<double>(extent.width) / extent.height;
    const cv::Mat darkness = 255 - flat(extent);

    struct Candidate {
        const std::string* word = nullptr;
        const Picture* picture = nullptr;
        double score = -1;
    };
    std::vector<Candidate> candidates;
    const cv::Mat coarse = squeezed(darkness);
    for (const std::string& word : words) {
        Candidate best{&word, nullptr, -1};
        for (const Picture& picture : pictures(word)) {
            if (std::abs(std::log(aspect / picture.aspect)) > widest_aspect_difference) continue;
            const double score = coarse.dot(picture.coarse);
            if (score > best.score) best = {&word, &picture, score};
        }
        if (best.picture != nullptr) candidates.push_back(best);
    }
    if (candidates.empty()) return std::nullopt;
    std::sort(candidates.begin(), candidates.end(),
              [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
    candidates.resize(std::min(all_candidates, candidates.size()));

    cv::Mat fine;
    const int width = std::max(2, static_cast<int>(std::lround(fine_height * aspect)));
    cv::resize(darkness, fine, cv::Size(width, fine_height), 0, 0,
               extent.height > fine_height ? cv::INTER_AREA : cv::INTER_LINEAR);
    cv::copyMakeBorder(fine, fine, fine_pad, fine_pad, fine_pad, fine_pad, cv::BORDER_CONSTANT, cv::Scalar(0));
    cv::GaussianBlur(fine, fine, {}, softness(fine_height));

    // Lost outer strokes make the line's extent smaller than the word was printed, hence the sizes.
    const auto look_closely = [&](const Candidate& candidate, std::initializer_list<double> heights) {
        double score = -1;
        for (const double taller : heights)
            for (const double wider : {0.98, 1.03}) {
                const cv::Size size(static_cast<int>(std::lround(width * wider)),
                                    static_cast<int>(std::lround(fine_height * taller)));
                score = std::max(score, correlation(fine, candidate.picture->fine, size));
            }
        return score;
    };
    WordMatch match;
    double second = 0;
    std::map<std::string, double> best_scores;
    const auto take = [&](const Candidate& candidate, double score) {
        double& its_best = best_scores.try_emplace(*candidate.word, 0).first->second;
        its_best = std::max(its_best, score);
        if (score > match.score) {
            if (*candidate.word != match.word) second = match.score;
            match.word = *candidate.word;
            match.score = score;
        } else if (*candidate.word != match.word) {
            second = std::max(second, score);
        }
    };
    const std::size_t first = std::min(first_candidates, candidates.size());
    for (std::size_t i = 0; i < first; ++i) take(candidates[i], look_closely(candidates[i], {0.96, 1.04}));
    if (match.score < 0.85)
        for (std::size_t i = 0; i < candidates.size(); ++i)
            take(candidates[i], look_closely(candidates[i], {1.0, 1.08, 1.15}));
    match.margin = match.score - second;
    if (match.margin < usual_lead) prefer(match, best_scores, usual);
    return match;
}

PrintLikeness PrintedWordMatcher::likeness(const cv::Mat& flat, const cv::Rect& extent, const std::string& text) {
    PrintLikeness best;
    if (extent.width < 4 || extent.height < 4 || text.empty()) return best;
    const double aspect = static_cast<double>(extent.width) / extent.height;
    cv::Mat line = 255 - flat(extent);
    const cv::Size size(std::max(2, static_cast<int>(std::lround(fine_height * aspect))), fine_height);
    cv::resize(line, line, size, 0, 0, extent.height > fine_height ? cv::INTER_AREA : cv::INTER_LINEAR);
    cv::GaussianBlur(line, line, {}, softness(fine_height));
    cv::Mat padded;
    cv::copyMakeBorder(line, padded, likeness_slack, likeness_slack, likeness_slack, likeness_slack,
                       cv::BORDER_CONSTANT, cv::Scalar(0));

    for (int font = 0; font < layout::font_count(); ++font) {
        const auto drawn = layout::draw_once(text, font, fine_height);
        if (!drawn) continue;
        const double its_aspect = static_cast<double>(drawn->darkness.cols) / drawn->darkness.rows;
        if (std::abs(std::log(aspect / its_aspect)) > widest_aspect_difference) continue;
        cv::Mat picture;
        cv::resize(drawn->darkness, picture, size, 0, 0, cv::INTER_LINEAR);
        cv::GaussianBlur(picture, picture, {}, softness(fine_height));
        PrintLikeness its{std::max(0.0, correlation_at(line, picture)), 1};
        if (its.whole <= best.whole) continue;
        const int step = fine_height / 2;
        for (int x = 0; x + fine_height <= size.width; x += step) {
            const cv::Mat piece = picture.colRange(x, x + fine_height);
            const double score = best_correlation(piece, padded.colRange(x, x + fine_height + 2 * likeness_slack));
            its.weakest = std::min(its.weakest, std::max(score, 0.0));
        }
        if (size.width < fine_height) its.weakest = its.whole;
        best = its;
    }
    return best;
}

} // namespace dengji::reading
