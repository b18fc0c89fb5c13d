// What a step is told with: closed lists are chosen from, and what was chosen is shown in words.
#include "pipeline/ledger/life_steps.h"
#include "tests/review/workbench_fixture.h"

namespace dengji::review::test {
namespace {

using ledger::Role;
using testing::HasSubstr;
using testing::Not;

struct Steps : WorkbenchTest {
    static Json step_of(const Json& sheet, const std::string& name) {
        for (const auto& step : sheet.at("steps"))
            if (step.at("name") == name) return step;
        ADD_FAILURE() << "there is no step " << name;
        return Json::object();
    }
    static Json part_of(const Json& sheet, const std::string& step, const std::string& key) {
        const Json found = step_of(sheet, step);
        for (const auto& part : found.at("particulars"))
            if (part.at("key") == key) return part;
        ADD_FAILURE() << step << " has no " << key;
        return Json::object();
    }
    static std::map<std::string, std::string> words_of(const Json& part) {
        std::map<std::string, std::string> words;
        for (const auto& word : part.at("words"))
            words[word.at("value").get<std::string>()] = word.at("label").get<std::string>();
        return words;
    }
    static Browser::Answer take(Browser& browser, const Json& sheet, const std::string& step, const Json& particulars,
                                const Json& more = Json::object()) {
        Json body = {{"revision", sheet.at("revision")}, {"step", step}, {"particulars", particulars}};
        body.update(more);
        return browser.post("/api/sheets/" + sheet.at("id").get<std::string>() + "/step", body);
    }
    /// A registration of somebody, by this clerk.
    Json registered(Browser& browser) {
        const auto id = scan(std::set<std::string>{});
        auto sheet = browser.post("/api/sheets/" + id + "/open").json;
        sheet = take(browser, sheet, "check",
                     {{"signs_of_employment", "no"},
                      {"original_seen", "yes"},
                      {"photo", "yes"},
                      {"draws_pension", "no"},
                      {"attachments", "id_card,graduation,disability"}})
                    .json["sheet"];
        const auto done = take(browser, sheet, "register", Json::object());
        EXPECT_EQ(done.status, 200) << done.body;
        return done.json["sheet"];
    }
    static std::string last_words(const Json& sheet) { return sheet.at("events").back().at("details"); }
};

TEST_F(Steps, CodesAreChosenFromListsWithTheirWords) {
    const auto id = scan(std::set<std::string>{});
    auto checker = clerk("复核", Role::checker);
    auto sheet = checker.post("/api/sheets/" + id + "/open").json;
    const auto papers = part_of(sheet, "check", "attachments");
    EXPECT_EQ(papers["kind"], "list");
    EXPECT_EQ(words_of(papers)["graduation"], "毕业证书");
    EXPECT_EQ(words_of(papers).size(), ledger::test::book().settings.papers.papers.size());
    EXPECT_TRUE(part_of(sheet, "check", "born_on")["words"].empty());

    // Each of them is known to the register.
    std::string all;
    for (const auto& [value, label] : words_of(papers)) all += (all.empty() ? "" : ",") + value;
    sheet = take(checker, sheet, "check", {{"attachments", all}, {"signs_of_employment", "yes"}}).json["sheet"];
    ASSERT_EQ(sheet["state"], "checked");
    EXPECT_THAT(last_words(sheet), HasSubstr("毕业证书"));
    EXPECT_THAT(last_words(sheet), Not(HasSubstr("graduation")));
    EXPECT_THAT(last_words(sheet), HasSubstr("比对有在业迹象：是"));

    const auto rules = part_of(sheet, "refuse", "rule");
    EXPECT_EQ(rules["kind"], "word");
    EXPECT_THAT(words_of(rules)["B05"], HasSubstr("渝人社办"));
    EXPECT_FALSE(words_of(rules).contains("B06")); // never a reason to refuse
    const auto refused = take(checker, sheet, "refuse", {{"rule", "B05"}, {"reason", "比对发现在业"}}).json["sheet"];
    ASSERT_EQ(refused["state"], "refused");
    EXPECT_THAT(last_words(refused), HasSubstr("B05　处于就业状态"));
}

TEST_F(Steps, EveryReasonToCancelIsOneThatTheRegisterKnows) {
    auto checker = clerk("复核", Role::checker);
    auto sheet = registered(checker);
    const auto reasons = words_of(part_of(sheet, "cancel-propose", "reason"));
    EXPECT_EQ(reasons.size(), ledger::test::book().settings.cancellations.size());
    EXPECT_THAT(reasons.at("C2a"), HasSubstr("被用人单位录用或招聘"));
    for (const auto& [code, label] : reasons) {
        const auto answer = take(checker, sheet, "cancel-propose", {{"reason", code}});
        ASSERT_EQ(answer.status, 200) << code << " " << answer.body;
        sheet = answer.json["sheet"];
        const auto* reason = ledger::test::book().settings.cancellation(code);
        EXPECT_EQ(last_words(sheet), "注销原因代码：" + code + "　" + reason->name);
        EXPECT_THAT(label, HasSubstr(reason->clause));
    }
    const auto same = words_of(part_of(sheet, "cancel", "reason"));
    EXPECT_EQ(same, reasons);
}

TEST_F(Steps, ServicesAndAnswersAreInWords) {
    auto browser = clerk("经办");
    auto sheet = registered(browser);
    const auto services = words_of(part_of(sheet, "service", "service"));
    EXPECT_EQ(services.at("training"), "职业培训");
    for (const auto& [value, label] : services) {
        EXPECT_EQ(label.find_first_of("abcdefghijklmnopqrstuvwxyz"), std::string::npos) << label;
        sheet = take(browser, sheet, "service", {{"service", value}}).json["sheet"];
        EXPECT_EQ(last_words(sheet), "服务项目：" + label);
    }
    EXPECT_EQ(words_of(part_of(sheet, "offer", "answer")).at("refused"), "拒绝");
}

TEST_F(Steps, OnlyCategoriesThatTheSheetTicksCanBeVerified) {
    auto person = people.next();
    person.category = "残疾人员";
    const auto id = scan(person, {});
    auto browser = clerk("经办");
    auto sheet = browser.post("/api/sheets/" + id + "/open").json;
    sheet = take(browser, sheet, "check", {{"signs_of_employment", "no"}}).json["sheet"];
    const auto words = words_of(part_of(sheet, "verify-category", "category"));
    const auto ticked = field(sheet, "categories")["value"].get<std::vector<std::string>>();
    EXPECT_EQ(words.size(), ticked.size());
    for (const auto& category : ticked) {
        const auto answer = take(browser, sheet, "verify-category", {{"category", category}}, {{"paper", "残疾人证"}});
        ASSERT_EQ(answer.status, 200) << answer.body;
        sheet = answer.json["sheet"];
    }
}

TEST_F(Steps, AChangeNamesItsFieldFromTheForm) {
    auto browser = clerk("经办");
    auto sheet = registered(browser);
    const auto keys = words_of(part_of(sheet, "change", "key"));
    EXPECT_EQ(keys.size(), ledger::test::book().form.fields.size());
    EXPECT_EQ(keys.at("mobile"), "手机");
    sheet = take(browser, sheet, "change", {{"key", "mobile"}, {"value", "13912340009"}}).json["sheet"];
    EXPECT_EQ(field(sheet, "mobile")["text"], "13912340009");
    EXPECT_THAT(last_words(sheet), HasSubstr("项目：手机"));
}

TEST_F(Steps, ASurveyIsOpenedAndClosedOnPaperOrByItsWay) {
    const auto id = scan(std::set<std::string>{});
    auto browser = clerk("经办");
    auto sheet = browser.post("/api/sheets/" + id + "/open").json;
    sheet = take(browser, sheet, "survey-open", {{"reason", "核实就业状态"}}).json["sheet"];
    EXPECT_EQ(sheet["state"], "in-survey");
    EXPECT_TRUE(step_of(sheet, "survey-close")["needsWay"].get<bool>());
    EXPECT_EQ(take(browser, sheet, "survey-close", {{"result", "确认失业"}}).status, 422); // the way is missing
    const auto closed = take(browser, sheet, "survey-close", {{"result", "确认失业"}}, {{"way", "上门"}});
    ASSERT_EQ(closed.status, 200) << closed.body;
    EXPECT_EQ(closed.json["sheet"]["state"], "checked");
    EXPECT_THAT(last_words(closed.json["sheet"]), HasSubstr("方式：上门"));
}

TEST_F(Steps, TheFormTellsTheWordsOfItsFields) {
    auto browser = clerk("经办");
    const auto form = browser.get("/api/form/" + ledger::test::book().form.id).json;
    const auto words = form["words"];
    const auto among = [&](const char* content, const char* word) {
        const auto& list = words.at(content);
        return std::find(list.begin(), list.end(), word) != list.end();
    };
    EXPECT_TRUE(among("ethnicity", "仡佬族"));
    EXPECT_TRUE(among("political_status", "中国共产党党员"));
    EXPECT_TRUE(among("political_status", "中共党员")); // as people write it
    EXPECT_TRUE(among("level", "初级工"));
    EXPECT_TRUE(among("place.county", "江津区"));
    EXPECT_EQ(words["ethnicity"][0], "汉族"); // the usual one first
    for (const auto& known : form["fields"])
        if (known["key"] == "ethnicity") {
            EXPECT_EQ(known["content"], "ethnicity");
        }
    EXPECT_FALSE(words.contains("name"));
    EXPECT_FALSE(words.contains("free"));
}

} // namespace
} // namespace dengji::review::test
