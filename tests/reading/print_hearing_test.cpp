#include "pipeline/reading/print_hearing.h"

#include "pipeline/reading/field_reader.h"
#include "tests/reading/seen_line.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace dengji::reading {
namespace {

/// A sheet that a printer filled: some clear words, and the field in question.
class PrintedSheet {
public:
    explicit PrintedSheet(int thinned_to = 0) : thinned_to_(thinned_to) {
        for (const char* word : {"居民身份证", "希望就近就业", "中共党员"}) clear_.push_back(read_as(word, word, 0.99));
    }

    FieldText read_as(const std::string& printed, const std::string& value, double confidence,
                      const std::string& content = "text") const {
        const cv::Mat field = drawn_field(printed);
        return seen_as(thinned_to_ > 0 ? thinned(field, thinned_to_) : field, value, confidence, content);
    }

    void hear(FieldText& text) {
        std::vector<FieldText*> fields{&text};
        for (FieldText& clear : clear_) fields.push_back(&clear);
        hear_print(fields);
        for (const FieldText& clear : clear_) EXPECT_GE(confidence_of(clear), 0.99) << clear.value;
    }

private:
    int thinned_to_;
    std::vector<FieldText> clear_;
};

bool holds(const std::vector<std::string>& texts, const std::string& text) {
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

TEST(PrintHearing, ConfirmsWhatTheLineLooksLike) {
    PrintedSheet sheet;
    FieldText name = sheet.read_as("陆秀英", "陆秀英", 0.8, "name");
    name.alternatives = {"陈秀英", "陆香英"};
    name.reasons = {close_second};
    sheet.hear(name);
    EXPECT_EQ(name.value, "陆秀英");
    EXPECT_GT(confidence_of(name), 0.95);
    EXPECT_TRUE(name.reasons.empty());
}

TEST(PrintHearing, ReplacesWhatItDoesNotLookLikeAndLetsAPersonLook) {
    PrintedSheet sheet;
    FieldText address = sheet.read_as("永兴镇黄庄村6组34号", "永兴镇黄庄村6组134号", 0.99, "address");
    address.alternatives = {"永兴镇黄庄村6组34号"};
    sheet.hear(address);
    EXPECT_EQ(address.value, "永兴镇黄庄村6组34号");
    EXPECT_LE(confidence_of(address), 0.7);
    EXPECT_TRUE(holds(address.alternatives, "永兴镇黄庄村6组134号"));
}

TEST(PrintHearing, DoubtsADigitThatLooksLikeAnother) {
    PrintedSheet sheet;
    FieldText wrong = sheet.read_as("四面山镇和平路94号", "四面山镇和平路91号", 0.97, "address");
    FieldText right = sheet.read_as("四面山镇和平路94号", "四面山镇和平路94号", 0.97, "address");
    sheet.hear(wrong);
    sheet.hear(right);
    EXPECT_LE(confidence_of(wrong), 0.85);
    EXPECT_GT(confidence_of(right), 0.97);
}

TEST(PrintHearing, TakesWhatTheOtherAddressSays) {
    PrintedSheet sheet;
    FieldText one = sheet.read_as("石蟆镇黄金村7组63号", "石蟆镇黄金村7组63号", 0.99, "address");
    FieldText other = sheet.read_as("石蟆镇黄金村7组63号", "石蟆镇黄全村7组163号", 0.9, "address");
    FieldText clear = sheet.read_as("希望就近就业", "希望就近就业", 0.99);
    std::vector<FieldText*> fields{&one, &other, &clear};
    hear_print(fields);
    EXPECT_EQ(other.value, "石蟆镇黄金村7组63号");
    EXPECT_EQ(one.value, "石蟆镇黄金村7组63号");
}

TEST(PrintHearing, NumbersOnlyBecomeWhatTheirRulesAllow) {
    PrintedSheet sheet;
    FieldText year = sheet.read_as("2020", "11", 0.2, "year");
    year.alternatives = {"2020", "9020"};
    sheet.hear(year);
    EXPECT_EQ(year.value, "2020");
    // The check digit fits neither the paper nor its likes: what stands there stays.
    FieldText number = sheet.read_as("50011620050826057X", "50011620050821057X", 0.6, "id_number");
    sheet.hear(number);
    EXPECT_EQ(number.value, "50011620050821057X");
    FieldText sure = sheet.read_as("18512174031", "18512174037", 0.95, "mobile");
    sheet.hear(sure);
    EXPECT_EQ(sure.value, "18512174037");
    EXPECT_LE(confidence_of(sure), 0.95);
}

TEST(PrintHearing, WornPrintMayHaveLostAWholeNumeral) {
    PrintedSheet worn(110), clean;
    const Reason unlisted{"not-in-list", "不在可填内容之列，请核对", "not one of the words that may stand here"};
    FieldText lost = worn.read_as("三级", "级", 0.6), none = clean.read_as("级", "级", 0.6);
    for (FieldText* level : {&lost, &none}) {
        level->alternatives = {"一级", "三级"};
        level->reasons = {unlisted};
    }
    worn.hear(lost);
    clean.hear(none);
    EXPECT_EQ(lost.value, "三级");
    EXPECT_LE(confidence_of(lost), 0.7);
    EXPECT_EQ(none.value, "级");
    EXPECT_EQ(none.reasons, Reasons{unlisted});
}

TEST(PrintHearing, SaysNothingWithoutClearPrint) {
    FieldText address = seen_as(drawn_field("永兴镇黄庄村6组34号"), "永兴镇黄庄村6组134号", 0.9, "address");
    address.alternatives = {"永兴镇黄庄村6组34号"};
    hear_print({&address});
    EXPECT_EQ(address.value, "永兴镇黄庄村6组134号");
    EXPECT_EQ(confidence_of(address), 0.9);
    hear_print({});
}

} // namespace
} // namespace dengji::reading
