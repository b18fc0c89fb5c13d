#include "pipeline/reading/result_json.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace dengji::reading {
namespace {

using nlohmann::json;

PageResult sheet() {
    PageResult page;
    page.source = "in/d 1.jpg";
    page.page = 2;
    page.kind = "registration";
    page.form = "registration-2020";
    page.orientation = 180;
    page.quality.dpi = 300.4;
    page.ms = {{"layout", 12.345}, {"ocr", 200}};
    Reading name;
    name.key = "name";
    name.value = std::string("张三");
    name.raw = "张 三";
    name.confidence = 0.98765;
    name.review = false;
    name.box = {cv::Point2f(1, 2), cv::Point2f(3, 2), cv::Point2f(3.26F, 4), cv::Point2f(1, 4)};
    Reading education;
    education.key = "education";
    education.value = std::vector<std::string>{"小学"};
    education.reasons = {{"code", "请核对", "look"}};
    Reading signature;
    signature.key = "signature";
    signature.value = true;
    page.readings = {name, education, signature};
    return page;
}

TEST(ResultJson, HoldsWhatTheFormatPromises) {
    const json line = json::parse(to_json(sheet()));
    EXPECT_EQ(line["source"], "in/d 1.jpg");
    EXPECT_EQ(line["page"], 2);
    EXPECT_EQ(line["kind"], "registration");
    EXPECT_EQ(line["form"], "registration-2020");
    EXPECT_EQ(line["orientation"], 180);
    EXPECT_EQ(line["quality"]["dpi"], 300);
    EXPECT_EQ(line["ms"]["layout"], 12.3);
    EXPECT_FALSE(line.contains("why"));
    const json& name = line["fields"]["name"];
    EXPECT_EQ(name["value"], "张三");
    EXPECT_EQ(name["raw"], "张 三");
    EXPECT_EQ(name["confidence"], 0.988);
    EXPECT_EQ(name["review"], false);
    EXPECT_EQ(name["reasons"], json::array());
    EXPECT_EQ(name["box"], (json::array({{1, 2}, {3, 2}, {3.3, 4}, {1, 4}})));
    EXPECT_EQ(line["fields"]["education"]["value"], json::array({"小学"}));
    EXPECT_EQ(line["fields"]["education"]["reasons"], json::array({"请核对"}));
    EXPECT_EQ(line["fields"]["signature"]["value"], true);
}

TEST(ResultJson, AnIdentityCardSaysWhatItIsAndWhoseSheetItGoesWith) {
    PageResult page = sheet();
    page.kind = "other";
    page.form.clear();
    page.paper = "id-card";
    page.readings.resize(1);
    page.readings[0].key = "card.name";
    page.attached_to = PageName{"in/d 1.jpg", 1};
    const json line = json::parse(to_json(page));
    EXPECT_EQ(line["paper"], "id-card");
    EXPECT_EQ(line["attached_to"], (json{{"source", "in/d 1.jpg"}, {"page", 1}}));
    EXPECT_EQ(line["fields"]["card.name"]["value"], "张三");
    EXPECT_EQ(line["orientation"], 180);
    EXPECT_FALSE(json::parse(to_json(sheet())).contains("attached_to"));
}

TEST(ResultJson, OtherPagesSayWhy) {
    PageResult page;
    page.source = "a.png";
    page.reasons = {{"table-missing", "页面上没有表格", "no table"}};
    const json line = json::parse(to_json(page));
    EXPECT_EQ(line["kind"], "other");
    EXPECT_EQ(line["why"], json::array({"页面上没有表格"}));
    EXPECT_FALSE(line.contains("fields"));
}

TEST(ResultJson, IsOneValidLineWhateverTheBytes) {
    PageResult page = sheet();
    page.source = "bad\xFF\xC3(\n\x01.jpg";
    page.readings[0].value = std::string("\xF0\x28\x8C\x28");
    page.readings[0].raw = "\xED\xA0\x80";
    page.readings[0].confidence = std::nan("");
    page.ms["layout"] = INFINITY;
    const std::string text = to_json(page);
    EXPECT_EQ(text.find('\n'), std::string::npos);
    EXPECT_NO_THROW({
        const json line = json::parse(text);
        EXPECT_EQ(line["fields"]["name"]["confidence"], 0);
    });
}

} // namespace
} // namespace dengji::reading
