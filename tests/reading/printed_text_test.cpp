#include "pipeline/reading/printed_text.h"

#include "pipeline/base/data_folder.h"
#include "pipeline/reading/acceptance.h"
#include "pipeline/reading/line_image.h"
#include "tests/reading/drawn_line.h"
#include "tests/reading/scripted_recogniser.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace dengji::reading {
namespace {

FieldPicture picture_of(const cv::Mat& field) {
    FieldPicture picture{flatten_paper(field, 40), {}, 40};
    picture.extents = find_lines(picture.flat, 40);
    return picture;
}

class PrintedTextReaderTest : public ::testing::Test {
protected:
    /// What is made of a line that looks like `drawn` and is read as `said`.
    FieldText read(const std::string& drawn, const std::string& said, double confidence, const std::string& content) {
        Scripted first(said, confidence);
        return PrintedTextReader(first, vocabularies, address_words)
            .read(picture_of(drawn_field(drawn, 0, 40)), content);
    }
    static bool is_accepted(const FieldText& text) {
        return text.reasons.empty() && Acceptance{}.accepts("health", confidence_of(text.evidence));
    }

    const Vocabularies vocabularies = load_vocabularies(data_path("templates/codes"));
    const AddressWords address_words{data_path("templates/codes")};
};

TEST_F(PrintedTextReaderTest, PaperIsNotRead) {
    Scripted first("男", 1);
    PrintedTextReader reader(first, vocabularies, address_words);
    EXPECT_TRUE(reader.read(picture_of(cv::Mat(60, 200, CV_8UC1, cv::Scalar(240))), "sex").value.empty());
    EXPECT_TRUE(first.scripts.empty());
}

TEST_F(PrintedTextReaderTest, AListedWordThatLooksLikeItselfIsAccepted) {
    const FieldText text = read("侗族", "侗族", 0.9, "ethnicity");
    EXPECT_EQ(text.value, "侗族");
    EXPECT_TRUE(is_accepted(text));
}

TEST_F(PrintedTextReaderTest, APrintedWordIsRecognisedByItsPictureWhenItIsMisread) {
    const FieldText text = read("中共预备党员", "中长闫备党员", 0.7, "political_status");
    EXPECT_EQ(text.value, "中共预备党员");
    EXPECT_EQ(text.raw, "中长闫备党员");
    EXPECT_NE(std::find(text.alternatives.begin(), text.alternatives.end(), "中长闫备党员"), text.alternatives.end());
}

TEST_F(PrintedTextReaderTest, AWordThatIsNowhereNearTheListIsNotForcedIntoIt) {
    const FieldText text = read("需要创业担保贷款", "需要创业担保贷款", 0.99, "sex");
    EXPECT_EQ(text.value, "需要创业担保贷款");
    EXPECT_FALSE(is_accepted(text));
    ASSERT_FALSE(text.reasons.empty());
    EXPECT_EQ(text.reasons.front().code, "not-in-list");
}

TEST_F(PrintedTextReaderTest, AnOpenListLeavesOtherWordsAlone) {
    const FieldText text = read("制香师", "制香师", 0.95, "occupation");
    EXPECT_EQ(text.value, "制香师");
    EXPECT_TRUE(text.reasons.empty());
}

TEST_F(PrintedTextReaderTest, AMisreadCharacterOfAPlaceIsSetRightFromTheLists) {
    EXPECT_EQ(read("石蟆镇建设路117号", "石蜡镇建设路117号", 0.9, "address").value, "石蟆镇建设路117号");
    EXPECT_EQ(read("圣泉街道鼎山大道158号", "圣泉街道易山大道158号", 0.95, "address").value, "圣泉街道易山大道158号")
        << "中山大道 is as near: nothing is guessed";
}

TEST_F(PrintedTextReaderTest, ATownThatIsOnlyLikeAKnownOneIsMarked) {
    const FieldText text = read("吴淖镇建设路74号", "吴淖镇建设路74号", 0.97, "address");
    EXPECT_EQ(text.value, "吴淖镇建设路74号") << "what stands there";
    EXPECT_FALSE(is_accepted(text));
    ASSERT_FALSE(text.reasons.empty());
    EXPECT_EQ(text.reasons.front().code, "address-town");
    EXPECT_TRUE(is_accepted(read("吴滩镇建设路74号", "吴滩镇建设路74号", 0.97, "address")));
}

TEST_F(PrintedTextReaderTest, TextThatDoesNotLookLikeItselfIsNotAccepted) {
    EXPECT_TRUE(is_accepted(read("愿意参加技能培训", "愿意参加技能培训", 0.97, "free")));
    EXPECT_FALSE(is_accepted(read("愿意参加技能培训", "希望就近就业", 0.97, "free")));
}

} // namespace
} // namespace dengji::reading
