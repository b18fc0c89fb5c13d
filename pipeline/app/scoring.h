#pragma once
#include "pipeline/app/truth.h"
#include "pipeline/reading/result.h"
#include "templates/form.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace dengji::app {

/// Right ones out of all.
struct Share {
    long long right = 0, all = 0;
    void count(bool is_right) {
        right += is_right;
        ++all;
    }
    /// 0..1; 1 when there is none.
    double value() const { return all ? static_cast<double>(right) / static_cast<double>(all) : 1; }
    bool operator==(const Share&) const = default;
};

/// The figures of one group of pages. `review` and `silent` count fields, not right ones.
struct Tally {
    Share pages;   ///< whose kind is right
    Share filled;  ///< filled fields read exactly (widths, spaces and usual short forms made alike)
    Share empty;   ///< empty fields left empty
    Share chars;   ///< characters of filled fields, by edit distance
    Share choices; ///< option groups read exactly
    Share boxes;   ///< single boxes
    Share review;  ///< fields that a person is asked to look at
    Share silent;  ///< fields that are wrong and not marked for review: the figure that matters most
    Share sheets;  ///< sheets with every field right
    Share through; ///< sheets that are right and have nothing marked for review
};

struct WrongField {
    std::string source; ///< name of the file
    int page = 1;
    std::string key, want, got;
    bool silent = false;
    std::string file;         ///< the file; empty when nothing was read of this field
    reading::Reading reading; ///< what was read, when anything was
};

/// Text fields that were read with a confidence in [from, to).
struct ReliabilityBin {
    double from = 0, to = 1;
    Share right;
    double confidence = 0; ///< sum
};

/// Bins of confidence, narrower towards 1: in each, the share of right ones should be about the mean confidence.
std::vector<ReliabilityBin> reliability_bins();

struct Scores {
    Tally all;
    std::map<std::string, Tally> groups; ///< "hand=print:song" …
    std::vector<WrongField> wrong;
    std::vector<ReliabilityBin> reliability = reliability_bins();
};

/// Holds what was read against the truth. `results` may lack pages: those are wrong. `by`: "", "hand", "profile",
/// "edition", "field".
Scores score(const std::vector<TruePage>& truth, const std::vector<reading::PageResult>& results,
             const std::vector<templates::Form>& forms, const std::string& by = {});

/// Adds the figures of several sets up.
void add(Scores& sum, const Scores& more);

/// A text as it is compared: width, spaces, capitals of numbers, and usual short forms of places and documents made
/// alike.
std::u32string as_scored(std::string_view key, std::string_view text);

/// The table of the figures, in percent.
std::string score_table(const Scores& scores);

/// How often readings of a certain confidence are right.
std::string reliability_table(const Scores& scores);

} // namespace dengji::app
