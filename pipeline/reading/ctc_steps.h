#pragma once
#include "pipeline/reading/character_classes.h"

#include <opencv2/core.hpp>
#include <string>
#include <vector>

namespace dengji::reading {

/// How a line reader's probabilities are made ready for decoding.
struct StepOptions {
    double floor = 2e-5;     ///< every character keeps this share of the ink, so that a list can bring back lost ones
    double least_ink = 0.05; ///< ink is taken to be at least this, 0..1
    bool letters = false;    ///< letters and signs are as likely as characters
    bool commonness = true;  ///< rare characters are weighed down
    bool specks = false;     ///< what reads as a dot is dirt, and nothing (is_speck)
};

/// Dots, commas and quotes: on dirty paper mostly no writing, where the field's words hold none. No dashes: 一 is read
/// as one.
bool is_speck(char32_t character);

/// One field's lines as steps of a CTC reading: the probability of each character and of "nothing" at each step, with
/// confusions folded in. Several lines become one, with a step of "nothing" between. Looks at the matrices only where
/// asked, so a list costs as much as it has different characters.
class CtcSteps {
public:
    struct Candidate {
        char32_t character = 0;
        double probability = 0;
    };
    struct Place {
        int line = 0, step = 0; ///< line -1: the gap between two lines
    };

    /// `lines`: CV_32F, a row a step, a column a class, softmax, top to bottom; shared, not copied. `classes` must
    /// outlive the steps. Throws Error(internal) for a matrix of another shape.
    CtcSteps(const std::vector<cv::Mat>& lines, const CharacterClasses& classes, const StepOptions& options = {});

    int count() const noexcept { return static_cast<int>(rows_.size()); }
    Place place(int step) const { return rows_[index(step)].place; }
    double nothing(int step) const { return rows_[index(step)].nothing; }
    /// Of any character; one that the reader cannot write has a small share of the ink.
    double at(int step, char32_t character) const;
    /// The likeliest characters of a step, best first, at most 30, each above 1e-4.
    const std::vector<Candidate>& likeliest(int step) const { return rows_[index(step)].likeliest; }

    /// The likeliest character of each step, repeats and "nothing" left out.
    std::u32string best_path() const;

private:
    struct Row {
        const float* raw = nullptr; ///< null: the gap between two lines
        double nothing = 1, scale = 1;
        Place place;
        std::vector<Candidate> likeliest;
    };
    static std::size_t index(int step) { return static_cast<std::size_t>(step); }
    double weight(int class_id) const;
    double unscaled(const Row& row, int class_id) const;
    void rank(Row& row) const;

    std::vector<cv::Mat> lines_;
    const CharacterClasses* classes_;
    StepOptions options_;
    std::vector<Row> rows_;
};

} // namespace dengji::reading
