#include "pipeline/layout/printed_words.h"

#include "pipeline/base/error.h"
#include "tests/layout/fields_page.h"

#include <gtest/gtest.h>

namespace dengji::layout {
namespace {

TEST(Glyphs, EveryInstalledFontDrawsTheWordsOfTheForm) {
    for (int font = 0; font < font_count(); ++font) {
        for (const char* word : {"省（区/市）", "年", "申请人（签字）"}) {
            const auto picture = draw_word(word, font, 24);
            ASSERT_TRUE(picture) << word << " in font " << font;
            EXPECT_GT(cv::countNonZero(picture->darkness > 128), 20);
        }
    }
}

TEST(Glyphs, SizesAreKeptAndScale) {
    EXPECT_EQ(draw_word("年", 0, 24).get(), draw_word("年", 0, 24).get());
    const auto small = draw_word("政治面貌", 0, 12);
    const auto large = draw_word("政治面貌", 0, 24);
    EXPECT_NEAR(large->darkness.cols, 2 * small->darkness.cols, 8);
}

TEST(Glyphs, ACharacterThatAFontLacksGivesNoPicture) {
    EXPECT_EQ(draw_word("\xEE\x80\x80", 0, 24), nullptr); // private use
    EXPECT_EQ(draw_word("", 0, 24), nullptr);
}

TEST(WordSearch, FindsAWordWhereItIsPrinted) {
    tests::DrawnPage page(500, 60);
    const cv::Rect place = page.print("市（州）", {200, 30});
    const WordSearch search(255 - page.paper());
    double best = 0;
    cv::Point at;
    const cv::Mat response = search.response(*draw_word("市（州）", 0, page.em));
    cv::minMaxLoc(response, nullptr, &best, nullptr, &at);
    EXPECT_EQ(at, place.tl());
    EXPECT_GT(best, 0.95);
}

TEST(WordSearch, GrainOfWhitePaperIsNoMatch) {
    cv::Mat grain(60, 600, CV_8UC1);
    cv::theRNG().state = 7;
    cv::randn(grain, 8, 4);
    double best = 0;
    const cv::Mat response = WordSearch(grain).response(*draw_word("年", 0, 24));
    cv::minMaxLoc(response, nullptr, &best);
    EXPECT_LT(best, 0.4);
}

TEST(WordSearch, AWordLargerThanThePictureHasNoResponse) {
    EXPECT_TRUE(WordSearch(cv::Mat::zeros(10, 10, CV_8UC1)).response(*draw_word("年", 0, 24)).empty());
}

TEST(WordSearch, APartOfTheResponseIsThatOfTheWhole) {
    tests::DrawnPage page(301, 83);
    page.print("市（州）", {120, 40});
    const WordSearch search(255 - page.paper());
    const auto word = draw_word("市（州）", 0, 20);
    const cv::Mat whole = search.response(*word);
    for (const cv::Rect& window : {cv::Rect(3, 5, 11, 11), {-4, -4, 30, 20}, {whole.cols - 5, 2, 40, 3}}) {
        const cv::Rect inside = window & cv::Rect({}, whole.size());
        const cv::Mat part = search.response(*word, window);
        ASSERT_EQ(part.size(), inside.size());
        EXPECT_EQ(cv::norm(part, whole(inside), cv::NORM_INF), 0);
    }
    EXPECT_TRUE(search.response(*word, cv::Rect(whole.cols, 0, 9, 9)).empty());
}

TEST(WordSearch, OnlyWhatLiesInTheWindowsIsLookedAt) {
    tests::DrawnPage page(301, 83);
    page.print("市（州）", {120, 40});
    const WordSearch search(255 - page.paper());
    const auto word = draw_word("市（州）", 0, 20);
    const cv::Mat whole = search.response(*word);
    const std::vector<cv::Rect> windows{{40, 10, 12, 8}, {150, -3, 10, 9}};
    const cv::Mat seen = search.response(*word, windows);
    ASSERT_EQ(seen.size(), whole.size());
    int left_out = 0;
    for (int y = 0; y < whole.rows; ++y)
        for (int x = 0; x < whole.cols; ++x) {
            const bool wanted = windows[0].contains({x, y}) || windows[1].contains({x, y});
            const bool looked_at = seen.at<float>(y, x) != WordSearch::not_looked_at;
            EXPECT_TRUE(looked_at || !wanted) << x << ", " << y;
            EXPECT_TRUE(!looked_at || seen.at<float>(y, x) == whole.at<float>(y, x)) << x << ", " << y;
            left_out += !looked_at;
        }
    EXPECT_GT(left_out, static_cast<int>(whole.total()) / 2);
}

TEST(WordSearch, TheStrongestPlacesAreApart) {
    cv::Mat response(20, 37, CV_32FC1, cv::Scalar(-0.5F));
    response.at<float>(4, 36) = 0.9F;
    response.at<float>(5, 35) = 0.8F;
    response.at<float>(15, 3) = 0.7F;
    EXPECT_EQ(strongest(response).at, cv::Point(36, 4));
    EXPECT_FLOAT_EQ(strongest(response).value, 0.9F);
    const std::vector<cv::Point> expected{{36, 4}, {3, 15}};
    EXPECT_EQ(strongest(response, 2, {6, 6}), expected);
}

std::vector<std::shared_ptr<const WordPicture>> pictures(const std::vector<std::string>& words) {
    std::vector<std::shared_ptr<const WordPicture>> pictures;
    for (const std::string& word : words) {
        pictures.push_back(draw_word(word, 0, 24));
    }
    return pictures;
}

TEST(FindInOrder, KeepsTheOrderOfTheWords) {
    // 月 stands left of 年 as well: the order tells which one is meant.
    tests::DrawnPage page(600, 60);
    page.print("月", {40, 30});
    const cv::Rect year = page.print("年", {200, 30});
    const cv::Rect month = page.print("月", {400, 30});
    const auto found = find_in_order(WordSearch(255 - page.paper()), pictures({"年", "月"}), 24);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_NEAR(found[0].place.x, year.x, 1);
    EXPECT_NEAR(found[1].place.x, month.x, 1);
    EXPECT_GT(found[1].score, 0.9);
}

TEST(FindInOrder, WordsMayWrapToTheNextLine) {
    tests::DrawnPage page(600, 110);
    page.print("省（区/市）", {120, 30});
    page.print("县（区）", {420, 30});
    const cv::Rect detail = page.print("（详细地址）", {380, 80});
    const auto found =
        find_in_order(WordSearch(255 - page.paper()), pictures({"省（区/市）", "县（区）", "（详细地址）"}), 24);
    ASSERT_EQ(found.size(), 3U);
    EXPECT_NEAR(found[2].place.x, detail.x, 1);
    EXPECT_NEAR(found[2].middle, 80, 2);
}

TEST(FindInOrder, ASecondPlaceNearlyAsGoodIsReported) {
    tests::DrawnPage page(600, 60);
    page.print("年", {150, 30});
    page.print("年", {300, 30});
    page.print("月", {450, 30});
    const auto found = find_in_order(WordSearch(255 - page.paper()), pictures({"年", "月"}), 24);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_GT(found[0].rival, 0.85 * found[0].score);
    EXPECT_LT(found[1].rival, 0.85 * found[1].score);
}

TEST(FindInOrder, WordsThatDoNotFitGiveNothing) {
    EXPECT_TRUE(find_in_order(WordSearch(cv::Mat::zeros(12, 30, CV_8UC1)), pictures({"（详细地址）"}), 24).empty());
    EXPECT_TRUE(find_in_order(WordSearch(cv::Mat::zeros(60, 60, CV_8UC1)), {}, 24).empty());
}

TEST(Spellings, ParenthesesMayBeNarrow) {
    EXPECT_EQ(spellings("市（州）"), (std::vector<std::string>{"市（州）", "市(州)"}));
    EXPECT_EQ(spellings("年"), (std::vector<std::string>{"年"}));
}

} // namespace
} // namespace dengji::layout
