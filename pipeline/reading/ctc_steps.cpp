#include "pipeline/reading/ctc_steps.h"

#include "pipeline/base/error.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace dengji::reading {

namespace {

constexpr double least_listed = 1e-4;
constexpr std::size_t most_listed = 30;
constexpr double unwritable_share =
    0.002; // more, and words with such characters become the answer to anything unreadable
constexpr double least_of_any = 1e-7;
constexpr double least_commonness = 0.02;
constexpr double sign_weight = 0.02; // of letters and signs where none are expected

bool is_expected_sign(char32_t c) {
    return (c >= U'0' && c <= U'9') || c == U'-' || c == U'·';
}

} // namespace

bool is_speck(char32_t character) {
    constexpr std::u32string_view specks = U".,'`·•:;。、，：；…|\"“”‘’*^";
    return specks.find(character) != std::u32string_view::npos;
}

CtcSteps::CtcSteps(const std::vector<cv::Mat>& lines, const CharacterClasses& classes, const StepOptions& options)
    : lines_(lines), classes_(&classes), options_(options) {
    std::vector<int> specks;
    for (int c = 1; options_.specks && c < classes.count(); ++c)
        if (is_speck(classes.character(c))) specks.push_back(c);
    for (std::size_t l = 0; l < lines_.size(); ++l) {
        const cv::Mat& line = lines_[l];
        if (line.empty()) continue;
        if (line.type() != CV_32F || line.dims != 2 || line.cols != classes.count())
            throw Error(ErrorKind::internal, "probabilities that do not fit the reader's characters",
                        "Report this with the version of Dengji.");
        if (!rows_.empty()) {
            Row gap;
            gap.place.line = -1;
            rows_.push_back(gap);
        }
        for (int t = 0; t < line.rows; ++t) {
            Row row;
            row.raw = line.ptr<float>(t);
            row.place = {static_cast<int>(l), t};
            row.nothing = static_cast<double>(row.raw[CharacterClasses::nothing]);
            for (const int c : specks) row.nothing += static_cast<double>(row.raw[c]);
            rank(row);
            rows_.push_back(std::move(row));
        }
    }
}

double CtcSteps::weight(int class_id) const {
    const double common = classes_->commonness_of(class_id);
    if (common > 0) return options_.commonness ? std::sqrt(std::max(common, least_commonness)) : 1;
    return options_.letters || is_expected_sign(classes_->character(class_id)) ? 1 : sign_weight;
}

double CtcSteps::unscaled(const Row& row, int class_id) const {
    const bool speck = options_.specks && is_speck(classes_->character(class_id));
    double sum = speck ? 0 : static_cast<double>(row.raw[class_id]);
    for (const auto& source : classes_->mistaken_for(class_id))
        sum += static_cast<double>(source.share * row.raw[source.class_id]);
    const double ink = 1 - static_cast<double>(row.raw[CharacterClasses::nothing]);
    return sum * weight(class_id) + options_.floor * std::max(ink, options_.least_ink);
}

/// Finds the likeliest characters and the scale that keeps all together at or below 1.
void CtcSteps::rank(Row& row) const {
    std::vector<int> found;
    for (int c = 1; c < classes_->count(); ++c) {
        if (static_cast<double>(row.raw[c]) < least_listed) continue;
        found.push_back(c);
        for (const int meant : classes_->meant_by(c)) found.push_back(meant);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    double sum = row.nothing;
    for (const int c : found) {
        const double probability = unscaled(row, c);
        sum += probability;
        if (probability >= least_listed && classes_->character(c) != 0)
            row.likeliest.push_back({classes_->character(c), probability});
    }
    std::sort(row.likeliest.begin(), row.likeliest.end(),
              [](const Candidate& a, const Candidate& b) { return a.probability > b.probability; });
    if (row.likeliest.size() > most_listed) row.likeliest.resize(most_listed);
    row.scale = 1 / std::max(1.0, sum);
    row.nothing *= row.scale;
    for (Candidate& candidate : row.likeliest) candidate.probability *= row.scale;
}

double CtcSteps::at(int step, char32_t character) const {
    const Row& row = rows_[index(step)];
    if (row.raw == nullptr) return least_of_any * least_of_any;
    const int class_id = classes_->of(character);
    if (class_id == CharacterClasses::none)
        return std::max(least_of_any, unwritable_share * (1 - static_cast<double>(row.raw[CharacterClasses::nothing])));
    return std::max(least_of_any, unscaled(row, class_id) * row.scale);
}

std::u32string CtcSteps::best_path() const {
    std::u32string text;
    char32_t last = 0;
    for (const Row& row : rows_) {
        const char32_t best = row.likeliest.empty() || row.likeliest.front().probability < row.nothing
                                  ? 0
                                  : row.likeliest.front().character;
        if (best != 0 && best != last) text += best;
        last = best;
    }
    return text;
}

} // namespace dengji::reading
