#include "pipeline/reading/field_reader.h"

#include "pipeline/base/data_folder.h"
#include "pipeline/reading/acceptance.h"
#include "tests/reading/drawn_line.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace dengji::reading {
namespace {

/// A recogniser that says what it was told to say, however the line looks.
class Scripted final : public ocr::Recogniser {
public:
    Scripted(std::string text, double confidence) : text_(std::move(text)), confidence_(confidence) {}
    std::string name() const override { return "scripted"; }
    ocr::TextLine read(const cv::Mat&, ocr::Script script) override {
        scripts.push_back(script);
        ocr::TextLine line;
        line.text = text_;
        line.confidence = confidence_;
        return line;
    }
    bool can_write(const std::string& character) const override { return character != "蟆"; }

    std::vector<ocr::Script> scripts;

private:
    std::string text_;
    double confidence_;
};

class FieldReaderTest : public ::testing::Test {
protected:
    /// What is made of a line that looks like `drawn` and is read as `said`.
    FieldText read(const std::string& drawn, const std::string& said, double confidence, const std::string& content,
                   ocr::Recogniser* second = nullptr) {
        Scripted first(said, confidence);
        FieldReader reader(first, second, numbers, vocabularies, address_words);
        WritingStyle style;
        return reader.read(drawn_field(drawn, 0, 40), 40, content, {}, style);
    }
    static bool is_accepted(const FieldText& text) {
        return text.reasons.empty() &&
               Acceptance{}.accepts("health", text.confidence ? *text.confidence : confidence_of(text.evidence));
    }

    const Vocabularies vocabularies = load_vocabularies(data_path("templates/codes"));
    const AddressWords address_words{data_path("templates/codes")};
    NumberReader numbers{data_folder()};
};

TEST_F(FieldReaderTest, PaperIsNotRead) {
    Scripted first("男", 1);
    FieldReader reader(first, nullptr, numbers, vocabularies, address_words);
    WritingStyle style;
    EXPECT_TRUE(reader.read(cv::Mat(60, 200, CV_8UC1, cv::Scalar(240)), 40, "sex", {}, style).value.empty());
    EXPECT_TRUE(reader.read(cv::Mat(), 40, "sex", {}, style).value.empty());
    EXPECT_TRUE(first.scripts.empty());
}

TEST_F(FieldReaderTest, AListedWordThatLooksLikeItselfIsAccepted) {
    const FieldText text = read("侗族", "侗族", 0.9, "ethnicity");
    EXPECT_EQ(text.value, "侗族");
    EXPECT_TRUE(is_accepted(text));
}

TEST_F(FieldReaderTest, APrintedWordIsRecognisedByItsPictureWhenItIsMisread) {
    const FieldText text = read("中共预备党员", "中长闫备党员", 0.7, "political_status");
    EXPECT_EQ(text.value, "中共预备党员");
    EXPECT_EQ(text.raw, "中长闫备党员");
    EXPECT_NE(std::find(text.alternatives.begin(), text.alternatives.end(), "中长闫备党员"), text.alternatives.end());
}

TEST_F(FieldReaderTest, AWordThatIsNowhereNearTheListIsNotForcedIntoIt) {
    const FieldText text = read("需要创业担保贷款", "需要创业担保贷款", 0.99, "sex");
    EXPECT_EQ(text.value, "需要创业担保贷款");
    EXPECT_FALSE(is_accepted(text));
    ASSERT_FALSE(text.reasons.empty());
    EXPECT_EQ(text.reasons.front().code, "not-in-list");
}

TEST_F(FieldReaderTest, AnOpenListLeavesOtherWordsAlone) {
    const FieldText text = read("制香师", "制香师", 0.95, "occupation");
    EXPECT_EQ(text.value, "制香师");
    EXPECT_TRUE(text.reasons.empty());
}

TEST_F(FieldReaderTest, ANumberThatReaderAndPicturesAgreeOnIsAccepted) {
    const FieldText text = read("510225196803159919", "510225196803159919", 0.9, "id_number");
    EXPECT_EQ(text.value, "510225196803159919");
    EXPECT_TRUE(is_accepted(text));
}

TEST_F(FieldReaderTest, TheCheckDigitDecidesBetweenTwoReadings) {
    const FieldText text = read("510225196803159919", "510225196803159911", 0.95, "id_number");
    EXPECT_EQ(text.value, "510225196803159919");
    EXPECT_FALSE(text.alternatives.empty());
}

TEST_F(FieldReaderTest, AWrongNumberOnThePaperIsShownAndMarked) {
    const FieldText text = read("510225196803159911", "510225196803159911", 0.99, "id_number");
    EXPECT_EQ(text.value, "510225196803159911") << "what stands there, not what should";
    EXPECT_FALSE(is_accepted(text));
    ASSERT_FALSE(text.reasons.empty());
    EXPECT_EQ(text.reasons.front().code, "id-number-check");
}

TEST_F(FieldReaderTest, AMisreadCharacterOfAPlaceIsSetRightFromTheLists) {
    EXPECT_EQ(read("石蟆镇建设路117号", "石蜡镇建设路117号", 0.9, "address").value, "石蟆镇建设路117号");
    EXPECT_EQ(read("圣泉街道鼎山大道158号", "圣泉街道易山大道158号", 0.95, "address").value, "圣泉街道鼎山大道158号");
}

TEST_F(FieldReaderTest, ATownThatIsOnlyLikeAKnownOneIsMarked) {
    const FieldText text = read("吴淖镇建设路74号", "吴淖镇建设路74号", 0.97, "address");
    EXPECT_EQ(text.value, "吴淖镇建设路74号") << "what stands there";
    EXPECT_FALSE(is_accepted(text));
    ASSERT_FALSE(text.reasons.empty());
    EXPECT_EQ(text.reasons.front().code, "address-town");
    EXPECT_TRUE(is_accepted(read("吴滩镇建设路74号", "吴滩镇建设路74号", 0.97, "address")));
}

TEST_F(FieldReaderTest, TextThatDoesNotLookLikeItselfIsNotAccepted) {
    EXPECT_TRUE(is_accepted(read("愿意参加技能培训", "愿意参加技能培训", 0.97, "free")));
    EXPECT_FALSE(is_accepted(read("愿意参加技能培训", "希望就近就业", 0.97, "free")));
}

TEST_F(FieldReaderTest, TheSecondReaderIsAskedOnlyWhereTheFirstIsNotSure) {
    Scripted second("刘某某", 0.95);
    read("张某某", "张某某", 0.95, "name", &second);
    EXPECT_TRUE(second.scripts.empty());
    const FieldText text = read("刘某某", "划某某", 0.4, "name", &second);
    EXPECT_FALSE(second.scripts.empty());
    EXPECT_EQ(text.value, "刘某某");
}

} // namespace
} // namespace dengji::reading
