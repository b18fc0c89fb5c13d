#include "pipeline/reading/card_text.h"

#include <gtest/gtest.h>

namespace dengji::reading {
namespace {

const Vocabulary ethnicities({"汉族", "汉", "土家族", "土家", "苗族", "苗"}, Coverage::all);

CardText sorted_out(const std::vector<std::string>& texts) {
    std::vector<CardLine> lines;
    for (const std::string& text : texts) lines.push_back({text, 0.9, lines.size()});
    return sort_out_card(lines, ethnicities);
}

TEST(CardText, ACleanCard) {
    const CardText card = sorted_out({"姓名沈试样", "性别女 民族土家", "出生1983年11月2日", "住址重庆市江津区白沙镇",
                                      "南安街64号2幢5-1", "公民身份号码510225198311029922"});
    EXPECT_EQ(card.name.text, "沈试样");
    EXPECT_EQ(card.sex.text, "女");
    EXPECT_EQ(card.ethnicity.text, "土家族");
    EXPECT_EQ(card.birth.text, "1983-11-02");
    EXPECT_EQ(card.address.text, "重庆市江津区白沙镇南安街64号2幢5-1");
    EXPECT_EQ(card.address.from, 3u);
    EXPECT_EQ(card.address.to, 5u);
    EXPECT_EQ(card.number.text, "510225198311029922");
    EXPECT_EQ(card.labels, 6);
}

TEST(CardText, LabelsMayBeMisreadOrLost) {
    const CardText card = sorted_out({"样张复印", "性名沈试样", "生别女民旅汉", "出主1983年11月2日", "仁址白沙镇",
                                      "公民身分号马51022519831102992x"});
    EXPECT_EQ(card.name.text, "沈试样");
    EXPECT_EQ(card.sex.text, "女");
    EXPECT_EQ(card.ethnicity.text, "汉族");
    EXPECT_EQ(card.birth.text, "1983-11-02");
    EXPECT_EQ(card.address.text, "白沙镇");
    EXPECT_EQ(card.number.text, "51022519831102992X");
}

TEST(CardText, ANameWithoutItsLabelStandsAboveTheSex) {
    const CardText card = sorted_out({"沈试样", "性别女民族汉", "510225198311029922"});
    EXPECT_EQ(card.name.text, "沈试样");
    EXPECT_EQ(card.number.text, "510225198311029922");
}

TEST(CardText, ValuesAreKnownWithoutAnyLabel) {
    const CardText card =
        sorted_out({"沈试样", "女", "1983·11·2", "重庆市江津区白沙镇", "南安街64号", "51 02251 98311 029922"});
    EXPECT_EQ(card.name.text, "沈试样");
    EXPECT_EQ(card.sex.text, "女");
    EXPECT_EQ(card.birth.text, "1983-11-02");
    EXPECT_EQ(card.address.text, "重庆市江津区白沙镇南安街64号");
    EXPECT_EQ(card.number.text, "510225198311029922");
    EXPECT_EQ(card.labels, 0);
}

TEST(CardText, ADateThatIsNoneIsEmpty) {
    EXPECT_EQ(sorted_out({"出生1983年2月31日", "510225198311029922"}).birth.text, "");
    EXPECT_EQ(sorted_out({"出生198年12月3日", "510225198311029922"}).birth.text, "");
}

TEST(CardText, OtherPapersHaveNoLabels) {
    EXPECT_LT(sorted_out({"兹证明沈试样同志", "身份证号510225198311029922", "系本单位职工"}).labels, 2);
    EXPECT_EQ(sorted_out({}).labels, 0);
}

TEST(CardText, TheOtherSideIsKnown) {
    EXPECT_TRUE(is_card_back("签发机关样张市公安局"));
    EXPECT_TRUE(is_card_back("有效期限2008.03.12-2028.03.12"));
    EXPECT_TRUE(is_card_back("居民身份证"));
    EXPECT_FALSE(is_card_back("公民身份号码510225198311029922"));
    EXPECT_FALSE(is_card_back("关于做好失业登记工作的通知"));
}

} // namespace
} // namespace dengji::reading
