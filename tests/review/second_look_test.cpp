// Groups, blind second entries, samples, and the truth that comes of it all.
#include "pipeline/review/truth_export.h"
#include "tests/review/workbench_fixture.h"

#include <filesystem>
#include <nlohmann/json.hpp>

namespace dengji::review::test {
namespace {

using ledger::Role;
using testing::HasSubstr;
using testing::Not;

struct SecondLook : WorkbenchTest {};

TEST_F(SecondLook, AGroupIsSettledAtOnceAndOddOnesAreToldApart) {
    std::vector<std::string> ids;
    for (int i = 0; i < 6; ++i) ids.push_back(scan({"claims_benefit", "signed_on"}));
    auto one = clerk("甲"), other = clerk("乙");
    const auto groups = one.get("/api/groups").json["groups"];
    long long benefit = 0, dates = 0;
    std::string value;
    for (const auto& group : groups) {
        if (group["key"] == "claims_benefit") {
            benefit += group["count"].get<long long>();
            value = group["value"];
        }
        if (group["key"] == "signed_on") dates += group["doubtful"].get<long long>();
    }
    EXPECT_EQ(benefit, 6);
    EXPECT_EQ(dates, 6);
    const auto first = one.get("/api/groups/items?key=signed_on&value=*&most=4").json;
    EXPECT_EQ(first["items"].size(), 4u);
    const auto rest =
        one.get("/api/groups/items?key=signed_on&value=*&most=4&after=" + first["next"].get<std::string>()).json;
    EXPECT_EQ(rest["items"].size(), 2u);
    EXPECT_EQ(one.get(first["items"][0]["crop"].get<std::string>()).type, "image/jpeg");
    other.post("/api/sheets/" + ids[0] + "/open");
    Json items = Json::array();
    for (const auto& item : first["items"])
        items.push_back({{"id", item["id"]}, {"revision", item["revision"]}, {"text", item["text"]}});
    items[1]["revision"] = 1;
    items[2]["text"] = "2024-02-30";
    const auto settled = one.post("/api/groups/settle", {{"key", "signed_on"}, {"items", items}}).json;
    EXPECT_EQ(settled["settled"], 1);
    std::map<std::string, std::string> refused;
    for (const auto& item : settled["refused"]) refused[item["id"]] = item["code"];
    EXPECT_EQ(refused[ids[0]], "locked");
    EXPECT_EQ(refused[ids[1]], "stale");
    EXPECT_EQ(refused[ids[2]], "refused");
    EXPECT_EQ(other.post("/api/sheets/" + ids[1] + "/open").status, 200) << "who was refused holds nothing";
    EXPECT_EQ(one.get("/api/groups/items?key=name&value=*").status, 404);
    long long left = 0, all = 0;
    const auto now = one.get("/api/groups").json;
    for (const auto& group : now["groups"]) {
        if (group["key"] != "signed_on") continue;
        left += group["doubtful"].get<long long>();
        all += group["count"].get<long long>();
    }
    EXPECT_EQ(left, 5);
    EXPECT_EQ(all, 6);
}

TEST_F(SecondLook, AnotherPersonEntersBlindAndAThirdDecides) {
    settings.second_pass = {"name"};
    const auto person = people.next();
    const auto id = scan(person, {"name"});
    auto one = clerk("甲"), other = clerk("乙");
    auto third = clerk("丙", Role::checker), fourth = clerk("丁", Role::checker);
    auto sheet = one.post("/api/sheets/" + id + "/open").json;
    EXPECT_TRUE(other.get("/api/second").json["items"].empty()); // not before the first look is done
    sheet = one.post("/api/sheets/" + id + "/confirm", confirm(sheet, "name", "赵首录")).json;
    one.post("/api/sheets/" + id + "/close");
    EXPECT_EQ(sheet["second"], Json({"name"}));
    EXPECT_TRUE(one.get("/api/second").json["items"].empty()); // never who entered first
    const auto waiting = other.get("/api/second");
    ASSERT_EQ(waiting.json["items"].size(), 1u);
    EXPECT_THAT(waiting.body, Not(HasSubstr("赵首录"))); // blind
    const auto task = waiting.json["items"][0]["task"].get<std::string>();
    EXPECT_EQ(one.post("/api/second/" + task, {{"text", "赵首录"}}).status, 403);
    const auto entered = other.post("/api/second/" + task, {{"text", "赵再录"}});
    EXPECT_EQ(entered.json["agreed"], false);
    EXPECT_EQ(other.post("/api/second/" + task, {{"text", "赵首录"}}).status, 409);
    EXPECT_EQ(one.get("/api/third").status, 403);
    const auto differing = third.get("/api/third").json["items"];
    ASSERT_EQ(differing.size(), 1u);
    EXPECT_EQ(differing[0]["first"], "赵首录");
    EXPECT_EQ(differing[0]["second"], "赵再录");
    EXPECT_EQ(third.post("/api/third/" + task, {{"text", "赵再录"}}).status, 200);
    sheet = fourth.post("/api/sheets/" + id + "/open").json;
    EXPECT_EQ(field(sheet, "name")["text"], "赵再录");
    EXPECT_TRUE(sheet["second"].empty());
    EXPECT_EQ(lives.show(id).events.back().by, "丁"); // saw it
}

TEST_F(SecondLook, WithoutTheSecondEntryNobodyIsRegistered) {
    settings.second_pass = {"name"};
    const auto person = people.next();
    const auto id = scan(person, {});
    auto one = clerk("甲"), other = clerk("乙");
    const auto waiting = other.get("/api/second").json["items"]; // sure ones, too
    ASSERT_EQ(waiting.size(), 1u);
    auto sheet = one.post("/api/sheets/" + id + "/open").json;
    const Json checked = {{"signs_of_employment", "no"},
                          {"original_seen", "yes"},
                          {"photo", "yes"},
                          {"draws_pension", "no"},
                          {"attachments", "id_card,graduation,disability"}};
    const auto step = [&](const char* name, const Json& particulars) {
        return one.post("/api/sheets/" + id + "/step",
                        {{"revision", sheet["revision"]}, {"step", name}, {"particulars", particulars}});
    };
    sheet = step("check", checked).json["sheet"];
    const auto early = step("register", Json::object());
    EXPECT_EQ(early.status, 422);
    EXPECT_THAT(early.body, HasSubstr("二次录入"));
    const auto task = waiting[0]["task"].get<std::string>();
    EXPECT_EQ(other.post("/api/second/" + task, {{"text", person.name}}).json["agreed"], true);
    EXPECT_EQ(step("register", Json::object()).status, 200);
}

TEST_F(SecondLook, AFieldThatChangesAfterwardsIsEnteredAgain) {
    settings.second_pass = {"name"};
    const auto person = people.next();
    const auto id = scan(person, {});
    auto one = clerk("甲"), other = clerk("乙");
    const auto task = other.get("/api/second").json["items"][0]["task"].get<std::string>();
    other.post("/api/second/" + task, {{"text", person.name}});
    auto sheet = one.post("/api/sheets/" + id + "/open").json;
    EXPECT_TRUE(sheet["second"].empty());
    sheet = one.post("/api/sheets/" + id + "/confirm", confirm(sheet, "name", "赵偷改")).json;
    EXPECT_EQ(sheet["second"], Json({"name"}));
}

TEST_F(SecondLook, SamplesLookLikeDoubtsAndMeasureTheProgram) {
    settings.sample_share = 0.2;
    std::vector<std::string> ids;
    for (int i = 0; i < 5; ++i) ids.push_back(scan({"mobile"}));
    auto browser = clerk("甲");
    auto chief = clerk("主管", Role::supervisor);
    const auto queue = browser.get("/api/queue").json;
    EXPECT_GT(queue["doubtfulFields"].get<int>(), 5 + 10);
    int samples = 0, wrong = 0;
    for (const auto& id : ids) {
        auto sheet = browser.post("/api/sheets/" + id + "/open").json;
        const auto doubt = field(sheet, "mobile");
        for (const auto& one : Json(sheet["fields"])) {
            if (!one["review"] || one["key"] == "mobile") continue;
            EXPECT_EQ(one["reasons"], doubt["reasons"]);
            EXPECT_EQ(one["confidence"], doubt["confidence"]);
            EXPECT_EQ(one["sampled"], doubt["sampled"]);
            ++samples;
            auto text = one["text"].get<std::string>();
            const bool correct = one["kind"] == "text";
            if (correct) text += "改", ++wrong;
            const auto answer = browser.post("/api/sheets/" + id + "/confirm", confirm(sheet, one["key"], text));
            ASSERT_EQ(answer.status, 200) << answer.body;
            sheet = answer.json;
            EXPECT_FALSE(field(sheet, one["key"])["review"]);
        }
        browser.post("/api/sheets/" + id + "/close");
    }
    EXPECT_GT(samples, 10);
    int looked = 0, measured_wrong = 0;
    const auto quality = chief.get("/api/quality").json;
    for (const auto& one : quality["fields"]) {
        looked += one["looked"].get<int>();
        measured_wrong += one["wrong"].get<int>();
        EXPECT_LE(one["low"].get<double>(), one["rate"].get<double>());
        EXPECT_GE(one["high"].get<double>(), one["rate"].get<double>());
    }
    EXPECT_EQ(looked, samples);
    EXPECT_EQ(measured_wrong, wrong);
    EXPECT_EQ(browser.get("/api/queue").json["doubtfulFields"], 5);
}

TEST_F(SecondLook, SettledSheetsBecomeATruthSet) {
    const auto person = people.next();
    const auto id = scan(person, {"name"});
    scan({"name"}); // not settled
    auto browser = clerk("甲");
    const auto sheet = browser.post("/api/sheets/" + id + "/open").json;
    browser.post("/api/sheets/" + id + "/confirm", confirm(sheet, "name", "赵改正"));
    const auto folder = place.path() / "truth-set";
    ledger::Reviews reviews(the_register);
    const auto exported = export_truth(reviews, ledger::test::book().form, {}, folder);
    EXPECT_EQ(exported.sheets, 1);
    EXPECT_EQ(exported.corrected_fields, 1);
    EXPECT_TRUE(std::filesystem::exists(folder / (id + ".png")));
    const auto truth = Json::parse(read_file(folder / "truth" / (id + ".json")));
    EXPECT_EQ(truth["values"]["name"], "赵改正");
    EXPECT_EQ(truth["values"]["id_number"], person.number);
    EXPECT_EQ(truth["choices"]["education"], Json({person.education}));
    EXPECT_EQ(truth["corrected"], Json({"name"}));
    EXPECT_EQ(truth["fields"]["name"][0], Json({100.0, 50.0}));
    EXPECT_EQ(truth["values"]["signed_on.year"], std::to_string(static_cast<int>(today().year())));
}

} // namespace
} // namespace dengji::review::test
