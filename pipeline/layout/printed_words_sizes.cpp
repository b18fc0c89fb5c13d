#include "pipeline/layout/printed_words_sizes.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace dengji::layout {
namespace {

using Words = std::vector<std::string>;

cv::Mat halved(const cv::Mat& darkness) {
    cv::Mat half;
    cv::resize(darkness, half, {std::max(1, darkness.cols / 2), std::max(1, darkness.rows / 2)}, 0, 0, cv::INTER_AREA);
    return half;
}

/// The places around those that reach `least` at half the resolution.
std::vector<cv::Rect> around_places(const cv::Mat& coarse, float least) {
    constexpr int reach = 4; // a word drawn half as large may be cut two pixels differently
    std::vector<cv::Rect> windows;
    for (int y = 0; y < coarse.rows; ++y) {
        const float* row = coarse.ptr<float>(y);
        for (int x = 0; x < coarse.cols; ++x) {
            if (row[x] >= least) {
                windows.emplace_back(2 * x - reach, 2 * y - reach, 2 * reach + 2, 2 * reach + 2);
            }
        }
    }
    return windows;
}

} // namespace

WordPictures draw_words(const Words& words, int font, double size) {
    WordPictures pictures;
    for (const std::string& word : words) {
        pictures.push_back(draw_word(word, font, size));
    }
    return pictures;
}

SizeSearch::SizeSearch(const cv::Mat& darkness) : search_(darkness), coarse_(halved(darkness)) {}

SizeSearch::Size SizeSearch::best(const Words& words, const Printing& printing,
                                  const std::vector<double>& sizes) const {
    if (sizes.size() == 1) {
        return {sizes[0], 1};
    }
    constexpr size_t few = 3; // as few are looked for everywhere
    std::vector<double> fits;
    if (sizes.size() <= few) {
        for (const double size : sizes) {
            fits.push_back(fit(draw_words(words, printing.font, size * printing.em / 2)));
        }
    } else {
        fits = fits_near(words, printing, sizes);
    }
    const auto most = std::max_element(fits.begin(), fits.end());
    return {sizes[static_cast<size_t>(most - fits.begin())], *most / static_cast<double>(words.size())};
}

std::vector<FoundWord> SizeSearch::in_order(const Words& words, int font, double size) const {
    const WordPictures pictures = draw_words(words, font, size / 2);
    // Single characters are too small at half the resolution.
    const bool long_words =
        std::all_of(words.begin(), words.end(), [](const std::string& word) { return word.size() > 3; });
    if (long_words) {
        auto found = found_near(pictures, draw_words(words, font, size / 4), size / 2);
        if (!found.empty()) {
            return found;
        }
    }
    std::vector<cv::Mat> responses;
    for (const auto& picture : pictures) {
        responses.push_back(picture ? everywhere(*picture) : cv::Mat());
        if (responses.back().empty()) {
            return {};
        }
    }
    return find_in_order(responses, search_.size(), pictures, size / 2);
}

/// The whole response, kept: the word is looked for again once its size is known.
const cv::Mat& SizeSearch::everywhere(const WordPicture& picture) const {
    const auto [place, is_new] = everywhere_.try_emplace(&picture);
    if (is_new) {
        place->second = search_.response(picture);
    }
    return place->second;
}

/// How well the words fit anywhere.
double SizeSearch::fit(const WordPictures& pictures) const {
    double sum = 0;
    for (const auto& picture : pictures) {
        if (!picture || everywhere(*picture).empty()) {
            return -1;
        }
        sum += strongest(everywhere(*picture)).value;
    }
    return sum;
}

SizeSearch::Coarse SizeSearch::coarse_fit(const WordPictures& words) const {
    Coarse coarse{0, {}};
    for (const auto& word : words) {
        coarse.responses.push_back(word ? coarse_.response(*word) : cv::Mat());
        if (coarse.responses.back().empty()) {
            return {};
        }
        coarse.sum += strongest(coarse.responses.back()).value;
    }
    return coarse;
}

/// How well the words fit in each size, of those in which they do well at half the resolution; others get less.
std::vector<double> SizeSearch::fits_near(const Words& words, const Printing& printing,
                                          const std::vector<double>& sizes) const {
    constexpr double doing_well = 0.75; // of the best
    std::vector<WordPictures> small;
    std::vector<Coarse> coarse;
    double most = 0;
    for (const double size : sizes) {
        small.push_back(draw_words(words, printing.font, size * printing.em / 4));
        coarse.push_back(coarse_fit(small.back()));
        most = std::max(most, coarse.back().sum);
    }
    std::vector<double> fits;
    for (size_t i = 0; i < sizes.size(); ++i) {
        const bool well = coarse[i].sum >= doing_well * most;
        fits.push_back(
            well ? fit_near(draw_words(words, printing.font, sizes[i] * printing.em / 2), small[i], coarse[i].responses)
                 : -1);
    }
    return fits;
}

/// How well the words fit at the few best places that half the resolution shows.
double SizeSearch::fit_near(const WordPictures& pictures, const WordPictures& small,
                            const std::vector<cv::Mat>& coarse) const {
    constexpr size_t few_places = 3;
    constexpr int around = 5; // a word drawn half as large may be cut two pixels differently
    double sum = 0;
    for (size_t i = 0; i < coarse.size(); ++i) {
        if (!pictures[i]) {
            return -1;
        }
        const cv::Size apart(std::max(3, small[i]->darkness.rows / 2), std::max(3, small[i]->darkness.rows / 4));
        double best = 0;
        for (const cv::Point& place : strongest(coarse[i], few_places, apart)) {
            const cv::Rect near(2 * place - cv::Point(around, around), cv::Size(2 * around + 1, 2 * around + 1));
            best = std::max<double>(best, strongest(search_.response(*pictures[i], near)).value);
        }
        sum += best;
    }
    return sum;
}

/// The words in their order at the places that half the resolution does not rule out, when all of them are clear; else
/// empty. `small`: drawn half as large.
std::vector<FoundWord> SizeSearch::found_near(const WordPictures& pictures, const WordPictures& small,
                                              double size) const {
    constexpr float clear = 0.45F;         // in full, and at half the resolution
    constexpr float possible_share = 0.6F; // of the best value at half the resolution
    const Coarse coarse = coarse_fit(small);
    std::vector<cv::Mat> responses;
    for (size_t i = 0; i < coarse.responses.size(); ++i) {
        const float most = strongest(coarse.responses[i]).value;
        if (!pictures[i] || most < clear) {
            return {};
        }
        responses.push_back(search_.response(*pictures[i], around_places(coarse.responses[i], possible_share * most)));
        if (responses.back().empty()) {
            return {};
        }
    }
    auto found = find_in_order(responses, search_.size(), pictures, size);
    const bool all_clear =
        std::all_of(found.begin(), found.end(), [](const FoundWord& word) { return word.score > clear; });
    return all_clear ? found : std::vector<FoundWord>();
}

} // namespace dengji::layout
