// Accuracy as a ratchet: whatever is built next, these sets are read no worse than the table says. When a set comes out
// better, the test prints so: tighten the table then.
#include "pipeline/app/page_readers.h"
#include "pipeline/app/resources.h"
#include "pipeline/app/scoring.h"
#include "pipeline/app/truth.h"
#include "pipeline/base/data_folder.h"

#include <dengji_project.h>
#include <gtest/gtest.h>
#include <iostream>

namespace dengji::app {
namespace {

namespace fs = std::filesystem;

/// Counts, not shares: one field more or less shows.
struct Figures {
    long long pages;          ///< whose kind is right
    long long filled_print;   ///< filled fields read exactly, on sheets filled by printer
    long long empty;          ///< empty fields left empty
    long long choices, boxes; ///< option groups and single boxes read right
    long long silent;         ///< wrong and not marked for review
};

struct Set {
    const char* name;
    const char* place;   ///< from the project's folder
    std::size_t images;  ///< pages that it has
    Figures least_right; ///< `silent`: the most
};

// clang-format off
const std::vector<Set> sets{
    //                                                        images   pages  print  empty  choices  boxes  silent
    {"samples_set",   "samples/set",                              16, {  16,   174,   190,     76,    716,     1}},
    {"samples_stack", "samples/stack",                            14, {  14,   108,    96,     38,    358,     1}},
    {"samples_odd",   "samples/odd",                               2, {   2,     0,     0,      0,      0,     0}},
    {"dev",           "../shared/eval/dev",                       56, {  56,   519,   653,    280,   2520,     4}},
    {"dev_stack",     "../shared/eval/dev/stack.pdf",             20, {  20,    89,   114,     50,    450,     1}},
    {"dev_feeder",    "../shared/eval/dev/feeder.tif",            12, {  12,    41,    72,     30,    270,     1}},
};
// clang-format on

class Results : public PageSink {
public:
    void page(std::size_t, reading::PageResult&& result) override { pages.push_back(std::move(result)); }
    void problem(std::size_t file, FileProblem&& problem) override {
        ADD_FAILURE() << "file " << file << " of the set: " << problem.message;
    }
    std::vector<reading::PageResult> pages;
};

Figures figures_of(const Scores& scores) {
    Figures figures{scores.all.pages.right, 0, scores.all.empty.right, scores.all.choices.right, scores.all.boxes.right,
                    scores.all.silent.right};
    for (const auto& [name, tally] : scores.groups)
        if (name.starts_with("hand=print:")) figures.filled_print += tally.filled.right;
    return figures;
}

void hold(const std::string& what, long long right, long long least) {
    EXPECT_GE(right, least) << what << " fell";
    if (right > least) std::cout << "better than the table: " << what << " " << right << " (" << least << ")\n";
}

std::string wrong_without_values(const Scores& scores) {
    std::string text;
    for (const auto& field : scores.wrong)
        if (field.silent) text += field.source + " page " + std::to_string(field.page) + ": " + field.key + "\n";
    return text;
}

class Accuracy : public ::testing::TestWithParam<Set> {};

TEST_P(Accuracy, IsNoWorseThanTheTable) {
    const auto& set = GetParam();
    const auto place = fs::path(DENGJI_SOURCE_DIR) / set.place;
    if (!fs::exists(place)) GTEST_SKIP() << set.place << " is not there";
    const auto forms = load_known_forms({});
    const auto truth = load_truth(place, forms);
    EXPECT_EQ(truth.pages.size(), set.images);

    Results results;
    EXPECT_TRUE(stream_pages(intake::list_delivery(truth.files), {}, page_readers(forms, {}, nullptr), results));
    const auto scores = score(truth.pages, results.pages, forms, "hand");
    const auto figures = figures_of(scores);
    hold("pages", figures.pages, set.least_right.pages);
    // The table is that of both readers; without the second one's model less is read, and that is no fault of the code.
    if (fs::exists(data_folder() / "models/recogniser.weights"))
        hold("filled on printed sheets", figures.filled_print, set.least_right.filled_print);
    hold("empty", figures.empty, set.least_right.empty);
    hold("choices", figures.choices, set.least_right.choices);
    hold("boxes", figures.boxes, set.least_right.boxes);
    EXPECT_LE(figures.silent, set.least_right.silent) << "more is silently wrong:\n" << wrong_without_values(scores);
    if (figures.silent < set.least_right.silent)
        std::cout << "better than the table: silently wrong " << figures.silent << " (" << set.least_right.silent
                  << ")\n";
    std::cout << score_table(scores);
}

INSTANTIATE_TEST_SUITE_P(Sets, Accuracy, ::testing::ValuesIn(sets),
                         [](const auto& set) { return std::string(set.param.name); });

} // namespace
} // namespace dengji::app
