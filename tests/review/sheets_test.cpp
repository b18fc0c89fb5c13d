// Settling sheets.
#include "pipeline/ledger/database.h"
#include "tests/review/workbench_fixture.h"

#include <filesystem>
#include <opencv2/imgcodecs.hpp>

namespace dengji::review::test {
namespace {

using ledger::Role;
using testing::HasSubstr;

struct Sheets : WorkbenchTest {
    std::string value(const std::string& id, const std::string& key) {
        for (const auto& one : lives.show(id).values)
            if (one.key == key && std::holds_alternative<std::string>(one.value))
                return std::get<std::string>(one.value);
        return {};
    }
    static cv::Mat decoded(const std::string& jpeg) {
        return cv::imdecode(std::vector<unsigned char>(jpeg.begin(), jpeg.end()), cv::IMREAD_GRAYSCALE);
    }
};

TEST_F(Sheets, TheQueueHoldsWhatWaits) {
    const auto one = scan({"name", "mobile"});
    scan(std::set<std::string>{});
    const auto three = scan({"sex"});
    auto browser = clerk("王经办");
    const auto queue = browser.get("/api/queue").json;
    EXPECT_EQ(queue["total"], 2);
    EXPECT_EQ(queue["doubtfulFields"], 3);
    EXPECT_EQ(queue["items"][0]["id"], one);
    EXPECT_EQ(queue["items"][0]["doubtful"], 2);
    EXPECT_EQ(queue["items"][1]["id"], three);
    EXPECT_EQ(browser.get("/api/queue?state=ready").json["total"], 1);
    EXPECT_EQ(browser.get("/api/queue?state=all").json["total"], 3);
    EXPECT_EQ(browser.get("/api/queue?state=else").status, 400);
    const auto first = browser.get("/api/queue?most=1").json;
    EXPECT_EQ(first["items"].size(), 1u);
    const auto rest = browser.get("/api/queue?most=1&after=" + first["next"].get<std::string>()).json;
    EXPECT_EQ(rest["items"][0]["id"], three);
    EXPECT_TRUE(rest["next"].is_null());
    EXPECT_EQ(browser.get("/api/next").json["id"], one);
    EXPECT_EQ(browser.get("/api/next?after=" + one).json["id"], three);
    EXPECT_EQ(browser.get("/api/next?after=" + three).json["id"], one);
}

TEST_F(Sheets, ConfirmingSettlesByAnEvent) {
    const auto id = scan({"name", "mobile"});
    auto browser = clerk("王经办");
    const auto sheet = browser.post("/api/sheets/" + id + "/open").json;
    const auto name = field(sheet, "name");
    EXPECT_TRUE(name["review"]);
    EXPECT_EQ(name["reasons"][0], "识别把握不大，请核对");
    const auto answer = browser.post("/api/sheets/" + id + "/confirm", confirm(sheet, "name", name["text"]));
    ASSERT_EQ(answer.status, 200);
    EXPECT_FALSE(field(answer.json, "name")["review"]);
    EXPECT_EQ(field(answer.json, "name")["origin"], "clerk");
    EXPECT_TRUE(field(answer.json, "mobile")["review"]);
    const auto event = lives.show(id).events.back();
    EXPECT_EQ(event.step, "confirm");
    EXPECT_EQ(event.outcome, "name");
    EXPECT_EQ(event.by, "王经办");
    const auto corrected =
        browser.post("/api/sheets/" + id + "/confirm", confirm(answer.json, "mobile", "13812340001"));
    EXPECT_EQ(lives.show(id).events.back().step, "correct");
    EXPECT_EQ(value(id, "mobile"), "13812340001");
    EXPECT_EQ(browser.get("/api/queue").json["total"], 0);
    EXPECT_THAT(lives.rows_unlike_events(), testing::IsEmpty());
}

TEST_F(Sheets, WhatCannotBeSaidIsRefusedAndNothingIsWritten) {
    const auto id = scan({"name", "education"});
    auto browser = clerk("王经办");
    const auto sheet = browser.post("/api/sheets/" + id + "/open").json;
    const Json body = {{"revision", sheet["revision"]},
                       {"fields", {{{"key", "name"}, {"text", "赵改正"}}, {{"key", "education"}, {"text", "博士后"}}}}};
    const auto answer = browser.post("/api/sheets/" + id + "/confirm", body);
    EXPECT_EQ(answer.status, 422);
    EXPECT_EQ(answer.json["fields"].size(), 1u);
    EXPECT_EQ(answer.json["fields"][0]["key"], "education");
    EXPECT_NE(value(id, "name"), "赵改正");
    EXPECT_EQ(browser.post("/api/sheets/" + id + "/open").json["revision"], sheet["revision"]);
}

TEST_F(Sheets, OptionsWithMarksInThemAreOneOption) {
    const auto id = scan({"unemployment_reason"});
    auto browser = clerk("王经办");
    const auto sheet = browser.post("/api/sheets/" + id + "/open").json;
    const auto answer =
        browser.post("/api/sheets/" + id + "/confirm",
                     confirm(sheet, "unemployment_reason", "年满16周岁，从各类学校毕业、肄业、从各类单位辞职"));
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(field(answer.json, "unemployment_reason")["value"],
              Json({"年满16周岁，从各类学校毕业、肄业", "从各类单位辞职"}));
}

TEST_F(Sheets, UndoBringsBackWhatWasThere) {
    const auto id = scan({"name", "mobile"});
    auto browser = clerk("王经办");
    auto sheet = browser.post("/api/sheets/" + id + "/open").json;
    const auto before = field(sheet, "name")["text"].get<std::string>();
    sheet = browser.post("/api/sheets/" + id + "/confirm", confirm(sheet, "name", "赵改正")).json;
    sheet = browser.post("/api/sheets/" + id + "/confirm", confirm(sheet, "mobile", "13812340001")).json;
    sheet = browser.post("/api/sheets/" + id + "/undo", {{"revision", sheet["revision"]}}).json;
    EXPECT_TRUE(field(sheet, "mobile")["review"]);
    EXPECT_EQ(field(sheet, "name")["text"], "赵改正");
    sheet = browser.post("/api/sheets/" + id + "/undo", {{"revision", sheet["revision"]}}).json;
    EXPECT_EQ(field(sheet, "name")["text"], before);
    EXPECT_TRUE(field(sheet, "name")["review"]);
    EXPECT_EQ(field(sheet, "name")["origin"], "reading");
    EXPECT_EQ(browser.post("/api/sheets/" + id + "/undo", {{"revision", sheet["revision"]}}).status, 422);
    EXPECT_EQ(lives.show(id).events.back().step, "undo");
}

TEST_F(Sheets, NobodyTakesBackWhatAnotherSettled) {
    const auto id = scan({"name"});
    auto one = clerk("甲"), other = clerk("乙");
    auto sheet = one.post("/api/sheets/" + id + "/open").json;
    sheet = one.post("/api/sheets/" + id + "/confirm", confirm(sheet, "name", "赵改正")).json;
    one.post("/api/sheets/" + id + "/close");
    EXPECT_EQ(other.post("/api/sheets/" + id + "/undo", {{"revision", sheet["revision"]}}).status, 422);
}

TEST_F(Sheets, TwoPeopleDoNotWorkOnOneSheet) {
    const auto id = scan({"name"});
    const auto next = scan({"name"});
    auto one = clerk("甲"), other = clerk("乙");
    const auto sheet = one.post("/api/sheets/" + id + "/open").json;
    const auto refused = other.post("/api/sheets/" + id + "/open");
    EXPECT_EQ(refused.status, 423);
    EXPECT_EQ(refused.json["by"], "甲");
    EXPECT_EQ(other.post("/api/sheets/" + id + "/confirm", confirm(sheet, "name", "乙")).status, 423);
    EXPECT_EQ(other.get("/api/next").json["id"], next);
    EXPECT_EQ(other.get("/api/queue").json["items"][0]["lockedBy"], "甲");
    clock += settings.lock_minutes * 60 + 1;
    EXPECT_EQ(other.post("/api/sheets/" + id + "/open").status, 200);
    EXPECT_EQ(one.post("/api/sheets/" + id + "/confirm", confirm(sheet, "name", "甲")).status, 423);
    other.post("/api/sheets/" + id + "/close");
    EXPECT_EQ(one.post("/api/sheets/" + id + "/open").status, 200);
}

TEST_F(Sheets, AChangeOnAnOldStateIsStale) {
    const auto id = scan({"name", "mobile"});
    auto one = clerk("甲"), other = clerk("乙");
    const auto old = one.post("/api/sheets/" + id + "/open").json;
    one.post("/api/sheets/" + id + "/close");
    const auto sheet = other.post("/api/sheets/" + id + "/open").json;
    EXPECT_EQ(sheet["revision"], old["revision"]); // that it was seen is no change
    const auto now = other.post("/api/sheets/" + id + "/confirm", confirm(sheet, "name", "赵改正")).json;
    other.post("/api/sheets/" + id + "/close");
    const auto stale = one.post("/api/sheets/" + id + "/confirm", confirm(old, "name", "钱改正"));
    EXPECT_EQ(stale.status, 409);
    EXPECT_EQ(stale.json["revision"], now["revision"]);
    EXPECT_EQ(value(id, "name"), "赵改正");
}

TEST_F(Sheets, PostponedSheetsComeLaterAndGoOnWhenSettled) {
    const auto id = scan({"name"});
    auto browser = clerk("王经办");
    auto sheet = browser.post("/api/sheets/" + id + "/open").json;
    EXPECT_EQ(
        browser.post("/api/sheets/" + id + "/postpone", {{"revision", sheet["revision"]}, {"reason", "等原件"}}).status,
        200);
    EXPECT_EQ(browser.get("/api/queue").json["total"], 0);
    EXPECT_TRUE(browser.get("/api/next").json["id"].is_null());
    EXPECT_EQ(browser.get("/api/queue?state=postponed").json["items"][0]["postponedWhy"], "等原件");
    browser.post("/api/sheets/" + id + "/confirm", confirm(sheet, "name", "赵改正"));
    EXPECT_EQ(browser.get("/api/queue?state=postponed").json["total"], 0);
    EXPECT_EQ(browser.get("/api/queue?state=ready").json["total"], 1);
}

TEST_F(Sheets, PicturesAreUprightAndCropsShowTheField) {
    const auto id = scan(people.next(), {"name"}, 90);
    auto browser = clerk("王经办");
    const auto sheet = browser.post("/api/sheets/" + id + "/open").json;
    const auto page_size = decoded(browser.get("/api/sheets/" + id + "/image?scale=1").body).size();
    EXPECT_EQ(sheet["image"]["width"], page_size.width);
    EXPECT_EQ(sheet["image"]["height"], page_size.height);
    EXPECT_EQ(page_size.height, 800); // delivered 800 wide, lying
    const auto half = decoded(browser.get("/api/sheets/" + id + "/image?scale=2").body).size();
    EXPECT_EQ(half.height, 400);
    const auto crop = browser.get("/api/sheets/" + id + "/crop/name?margin=0");
    EXPECT_EQ(crop.type, "image/jpeg");
    const auto seen = decoded(crop.body);
    EXPECT_NEAR(seen.rows, 400, 3);
    EXPECT_NEAR(seen.cols, 40, 3);
    EXPECT_LT(cv::mean(seen.col(1))[0], 128); // the frame of the field
    const auto box = field(sheet, "name")["box"];
    for (const auto& corner : box) {
        EXPECT_GE(corner[0].get<int>(), 0);
        EXPECT_LT(corner[0].get<int>(), page_size.width);
    }
    EXPECT_EQ(browser.get("/api/sheets/" + id + "/crop/nothing").status, 404);
    EXPECT_EQ(browser.get("/api/sheets/" + id + "/crop/name?margin=-5").status, 400);
    EXPECT_EQ(browser.get("/api/sheets/" + id + "/image?scale=7").status, 400);
    EXPECT_EQ(browser.get("/api/sheets/0000000000000000-1/image").status, 404);
}

TEST_F(Sheets, AMissingScanIsSaidAndTheValuesStay) {
    const auto id = scan({"name"});
    std::filesystem::remove_all(data / "originals");
    auto browser = clerk("王经办");
    const auto sheet = browser.post("/api/sheets/" + id + "/open");
    ASSERT_EQ(sheet.status, 200);
    EXPECT_THAT(sheet.json["missingImage"].get<std::string>(), HasSubstr("扫描件丢失"));
    EXPECT_EQ(browser.get("/api/sheets/" + id + "/image").status, 404);
    EXPECT_EQ(browser.get("/api/sheets/" + id + "/crop/name").status, 404);
    EXPECT_EQ(browser.post("/api/sheets/" + id + "/confirm", confirm(sheet.json, "name", "赵改正")).status, 200);
}

TEST_F(Sheets, DecisionsGoByTheRules) {
    const auto id = scan({"name"});
    auto browser = clerk("王经办");
    auto sheet = browser.post("/api/sheets/" + id + "/open").json;
    const auto step = [&](const std::string& name, Json particulars, Json answers = Json::object()) {
        return browser.post("/api/sheets/" + id + "/step", {{"revision", sheet["revision"]},
                                                            {"step", name},
                                                            {"particulars", std::move(particulars)},
                                                            {"answers", std::move(answers)}});
    };
    sheet = step("check", {{"signs_of_employment", "no"},
                           {"original_seen", "yes"},
                           {"photo", "yes"},
                           {"draws_pension", "no"},
                           {"attachments", "id_card,graduation,disability"}})
                .json["sheet"];
    EXPECT_EQ(sheet["state"], "checked");
    const auto early = step("register", Json::object());
    EXPECT_EQ(early.status, 422);
    EXPECT_THAT(early.json["error"]["message"].get<std::string>(), HasSubstr("没有核对"));
    sheet = browser.post("/api/sheets/" + id + "/confirm", confirm(sheet, "name", field(sheet, "name")["text"])).json;
    EXPECT_EQ(step("refuse", {{"rule", "B05"}, {"reason", "在业"}}).status, 403); // a checker's
    EXPECT_EQ(step("nonsense", Json::object()).status, 400);
    EXPECT_EQ(step("return", Json::object()).status, 422); // of what is missing
    const auto done = step("register", Json::object());
    ASSERT_EQ(done.status, 200) << done.body;
    EXPECT_EQ(done.json["sheet"]["state"], "registered");
    EXPECT_EQ(browser.get("/api/queue?state=all").json["total"], 0);
    EXPECT_THAT(lives.rows_unlike_events(), testing::IsEmpty());
}

TEST_F(Sheets, WhatIsReturnedIsPrintedWithItsList) {
    const auto id = scan(std::set<std::string>{});
    auto browser = clerk("王经办");
    const auto sheet = browser.post("/api/sheets/" + id + "/open").json;
    // Before it is returned, what the rules say to the applicant is proposed; what they ask the office is not.
    const auto findings = sheet["findings"];
    EXPECT_TRUE(std::any_of(findings.begin(), findings.end(), [](const Json& f) { return f["rule"] == "C03"; }));
    EXPECT_THAT(browser.get("/api/sheets/" + id + "/notice?step=return").body, Not(HasSubstr("证件原件")));
    const Json body = {
        {"revision", sheet["revision"]}, {"step", "return"}, {"particulars", {{"missing", "毕业证书,二寸照片"}}}};
    ASSERT_EQ(browser.post("/api/sheets/" + id + "/step", body).status, 200);
    const auto notice = browser.get("/api/sheets/" + id + "/notice?step=return").body;
    EXPECT_THAT(notice, HasSubstr("<li>毕业证书</li><li>二寸照片</li>"));
    EXPECT_THAT(notice, HasSubstr("王经办"));
}

TEST_F(Sheets, PeopleAreFoundWithMaskedNumbersAndFullOnesAreNoted) {
    const auto person = people.next();
    const auto id = scan(person, {});
    auto browser = clerk("王经办");
    const auto found = browser.post("/api/find", {{"name", person.name}});
    ASSERT_EQ(found.json["items"].size(), 1u);
    EXPECT_THAT(found.body, testing::Not(HasSubstr(person.number)));
    EXPECT_EQ(browser.post("/api/find", {{"number", person.number}}).json["items"][0]["id"], id);
    EXPECT_EQ(browser.post("/api/sheets/" + id + "/number").json["number"], person.number);
    EXPECT_EQ(lives.show(id).events.back().step, "disclosure");
    EXPECT_EQ(browser.get("/api/due").json["items"][0]["id"], id);
    EXPECT_EQ(browser.get("/api/due?town=nowhere").status, 422);
    EXPECT_EQ(browser.get("/api/report?month=2024-01").body.substr(0, 2), "PK");
    EXPECT_EQ(browser.get("/api/report?month=2999-01").status, 422);
    EXPECT_EQ(browser.get("/api/report?month=x").status, 422);
}

} // namespace
} // namespace dengji::review::test
