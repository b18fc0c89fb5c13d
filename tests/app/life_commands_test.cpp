// import, event, show, find and due, called as a clerk calls them.
#include "pipeline/base/dates.h"
#include "pipeline/base/files.h"
#include "tests/app/run_program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace dengji::app::test {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string number = "500116199001209910"; // made up

json application(const std::string& of = number, const std::string& name = "测试甲") {
    json fields;
    const auto set = [&](const std::string& key, const json& value) { fields[key] = {{"value", value}}; };
    set("name", name);
    set("sex", "男");
    set("ethnicity", "汉族");
    set("health", "健康");
    set("unemployed_since", "2024-02");
    set("id_type", "居民身份证");
    set("id_number", of);
    set("hukou_type", {"农村居民家庭"});
    set("education", {"初级中学"});
    set("categories", {"农民工"});
    for (const std::string address : {"hukou_address", "residence_address"}) {
        set(address + ".province", "重庆");
        set(address + ".county", "江津");
        set(address + ".detail", "白沙镇虚构路1号");
    }
    set("mobile", "13900000001");
    set("unemployment_reason", {"终止从事个体工商户"});
    set("claims_benefit", {"否"});
    set("signature", true);
    set("signed_on", "2024-03-04");
    return {{"fields", fields},          {"received_on", "2024-03-04"}, {"original_seen", true},     {"photo", true},
            {"wants_certificate", true}, {"draws_pension", false},      {"attachments", {"id_card"}}};
}

class LifeCommands : public ::testing::Test {
protected:
    ProgramRun run(std::vector<std::string> words) {
        words.insert(words.end(), {"--data", (folder_.path() / "data").string()});
        return run_dengji(words);
    }
    ProgramRun import_lines(const std::string& lines, const std::string& channel = "national") {
        write_file(folder_.path() / "applications.jsonl", lines);
        return run({"import", (folder_.path() / "applications.jsonl").string(), "--channel", channel, "--json"});
    }
    std::string imported() {
        const auto run = import_lines(application().dump() + "\n");
        EXPECT_EQ(run.exit_code, 0) << run.err;
        return json::parse(run.out).at("registration");
    }
    ProgramRun event(const std::string& id, const std::string& step, const std::string& on,
                     std::vector<std::string> more = {}) {
        std::vector<std::string> words = {"event", id, step};
        words.insert(words.end(), more.begin(), more.end());
        words.insert(words.end(), {"--by", "经办甲", "--on", on});
        return run(words);
    }
    std::string registered() {
        const auto id = imported();
        EXPECT_EQ(event(id, "check", "2024-03-05", {"signs_of_employment=no"}).exit_code, 0);
        const auto run = event(id, "register", "2024-03-05", {"by_system=no"});
        EXPECT_EQ(run.exit_code, 0) << run.err;
        return id;
    }
    TempFolder folder_{"test"};
};

TEST_F(LifeCommands, AnApplicationGoesThroughItsLife) {
    const auto id = registered();
    EXPECT_THAT(run({"show", id}).out, HasSubstr("已登记"));
    const auto contact = event(id, "contact", "2024-03-20", {"--way", "电话", "reached=yes", "state=求职中"});
    EXPECT_THAT(contact.out, HasSubstr("跟踪服务中"));
    EXPECT_EQ(event(id, "cancel", "2024-05-06", {"--paper", "参保信息", "reason=C2a"}).exit_code, 0);
    EXPECT_EQ(event(id, "cancel-notify", "2024-05-07", {"--way", "短信"}).exit_code, 0);
    const auto shown = json::parse(run({"show", id, "--json"}).out);
    EXPECT_EQ(shown.at("state"), "cancelled");
    EXPECT_EQ(shown.at("town"), "白沙镇");
    EXPECT_EQ(shown.at("channel"), "national");
    EXPECT_EQ(shown.at("events").size(), 6u);
    EXPECT_EQ(run({"rows", "--format", "jsonl"}).exit_code, 0);
    EXPECT_EQ(json::parse(run({"rows", "--format", "jsonl"}).out).at("registration"), id);
}

TEST_F(LifeCommands, WhatIsNotAllowedIsRefusedWithWhatIsPossible) {
    const auto id = imported();
    const auto refused = event(id, "cancel", "2024-03-06", {"--paper", "参保信息", "reason=C2a"});
    EXPECT_EQ(refused.exit_code, 3);
    EXPECT_EQ(refused.out, "");
    EXPECT_THAT(refused.err, HasSubstr("已收件"));
    EXPECT_THAT(refused.err, HasSubstr("现在可以：审核（check）"));
    EXPECT_EQ(event(id, "check", "2024-03-05").exit_code, 0);
    const auto held = event(id, "register", "2024-03-05", {"--json"});
    EXPECT_EQ(held.exit_code, 3);
    const auto told = json::parse(held.out);
    EXPECT_FALSE(told.at("done"));
    EXPECT_EQ(told.at("findings").at(0).at("rule"), "B05");
    EXPECT_EQ(event(id, "register", "2024-03-05", {"--answer", "B05=电话核实无业"}).exit_code, 0);
}

TEST_F(LifeCommands, WrongCallsSayWhatWouldBeRight) {
    const auto id = imported();
    EXPECT_THAT(event(id, "chek", "2024-03-05").err, HasSubstr("'check'"));
    EXPECT_EQ(event(id, "chek", "2024-03-05").exit_code, 2);
    EXPECT_EQ(event(id, "check", "2024-02-30").exit_code, 2);
    EXPECT_EQ(event(id, "check", "2024-03-05", {"colour=red"}).exit_code, 2);
    EXPECT_EQ(event(id, "check", "2024-03-05", {"original_seen"}).exit_code, 2);
    EXPECT_EQ(run({"event", id, "check"}).exit_code, 2);
    EXPECT_EQ(run({"event"}).exit_code, 2);
    EXPECT_EQ(event("0000000000000000-1", "check", "2024-03-05").exit_code, 3);
    EXPECT_EQ(run({"show", "0000000000000000-1"}).exit_code, 3);
    EXPECT_EQ(run({"find", "--town", "北京"}).exit_code, 2);
    EXPECT_EQ(run({"find", "--state", "lost"}).exit_code, 2);
    EXPECT_EQ(run({"due", "--on", "tomorrow"}).exit_code, 2);
    EXPECT_EQ(run_dengji({"due", "--data", (folder_.path() / "none").string()}).exit_code, 2);
    EXPECT_EQ(import_lines("{}\n", "letter").exit_code, 2);
    EXPECT_THAT(run_dengji({"event", "--steps"}).out, HasSubstr("first-contact"));
    for (const auto* command : {"import", "event", "show", "find", "due"})
        EXPECT_EQ(run_dengji({command, "--help"}).exit_code, 0);
}

TEST_F(LifeCommands, ImportSetsBadLinesAsideAndRepeatsHarmlessly) {
    const std::string lines = application().dump() + "\n{\"fields\": {\"name\": 测试乙\n\n" +
                              application("500116199203159915", "测试丙").dump() + "\n";
    const auto first = import_lines(lines);
    EXPECT_EQ(first.exit_code, 3);
    EXPECT_THAT(first.err, HasSubstr("line 2: set aside"));
    EXPECT_THAT(first.err, HasSubstr("2 applications received"));
    EXPECT_THAT(first.err, Not(HasSubstr("测试乙")));
    const auto again = import_lines(lines + "\n");
    EXPECT_THAT(again.err, HasSubstr("0 applications received, 2 already there, 1 set aside"));
    EXPECT_EQ(lines_of(run({"find"}).out).size(), 2u);
    auto other = application();
    other["channel"] = "app12333";
    EXPECT_EQ(import_lines(other.dump()).exit_code, 3);
    auto early = application("500116199203159915");
    early["received_on"] = "2999-01-01";
    EXPECT_THAT(import_lines(early.dump()).err, HasSubstr("lies ahead"));
}

TEST_F(LifeCommands, NumbersAreMaskedUnlessAskedForAndTheAskingIsAnEvent) {
    const auto id = registered();
    const std::string masked = "500116********9910";
    for (const std::vector<std::string>& words : {std::vector<std::string>{"find"},
                                                  {"find", "--json"},
                                                  {"show", id},
                                                  {"show", id, "--json"},
                                                  {"due", "--on", "2024-04-25"},
                                                  {"due", "--on", "2024-04-25", "--json"}}) {
        const auto out = run(words).out;
        EXPECT_THAT(out, Not(HasSubstr(number))) << words[0];
        EXPECT_THAT(out, HasSubstr(masked)) << words[0];
    }
    const auto nameless = run({"find", "--full-numbers"});
    EXPECT_EQ(nameless.exit_code, 2);
    EXPECT_THAT(nameless.err, Not(HasSubstr(number)));
    EXPECT_THAT(run({"find", "--full-numbers", "--by", "审核乙"}).out, HasSubstr(number));
    const auto events = json::parse(run({"show", id, "--json"}).out).at("events");
    EXPECT_EQ(events.back().at("step"), "disclosure");
    EXPECT_EQ(events.back().at("by"), "审核乙");
}

TEST_F(LifeCommands, CorrectedNumbersStayMaskedInWhatHappened) {
    const auto id = imported();
    EXPECT_EQ(event(id, "correct", "2024-03-05", {"key=id_number", "value=500116199203159915"}).exit_code, 0);
    for (const std::vector<std::string>& words : {std::vector<std::string>{"show", id}, {"show", id, "--json"}}) {
        const auto out = run(words).out;
        EXPECT_THAT(out, Not(HasSubstr(number)));
        EXPECT_THAT(out, Not(HasSubstr("500116199203159915")));
        EXPECT_THAT(out, HasSubstr("500116********9915"));
    }
}

TEST_F(LifeCommands, DueTellsWhatToDoWithClauseAndDay) {
    imported();
    // Of the office itself it is asked until it is said.
    ASSERT_EQ(lines_of(run({"due", "--on", "2024-03-07", "--json"}).out).size(), 3u);
    EXPECT_THAT(run({"due", "--on", "2024-03-07"}).out, HasSubstr("【经办机构】\n待问清"));
    EXPECT_EQ(event("office", "agencies", "2024-03-01", {"published=yes"}).exit_code, 0);
    EXPECT_EQ(event("office", "form", "2024-03-01", {"promise=yes", "--json"}).exit_code, 0);
    EXPECT_EQ(event("office", "form", "2024-03-01", {"promise=perhaps"}).exit_code, 2);
    const auto soon = run({"due", "--on", "2024-03-07", "--json"});
    ASSERT_EQ(lines_of(soon.out).size(), 1u) << soon.out;
    const auto item = json::parse(soon.out);
    EXPECT_EQ(item.at("rule"), "D02");
    EXPECT_EQ(item.at("urgency"), "due");
    EXPECT_EQ(item.at("day"), "2024-03-11");
    EXPECT_THAT(item.at("clause").get<std::string>(), HasSubstr("津就发〔2020〕2号"));
    EXPECT_EQ(json::parse(run({"due", "--on", "2024-03-12", "--json"}).out).at("urgency"), "overdue");
    EXPECT_EQ(run({"due", "--on", "2024-03-07", "--town", "油溪镇", "--json"}).out, "");
    EXPECT_NE(run({"due", "--on", "2024-03-07", "--town", "白沙", "--json"}).out, "");
    EXPECT_THAT(run({"due", "--on", "2024-03-12"}).out, HasSubstr("【白沙镇】\n已超期"));
    EXPECT_EQ(run({"due", "--on", "2024-03-03", "--json"}).out, "");
    EXPECT_EQ(run({"due", "--on", "2024-03-07", "--person", item.at("registration"), "--json"}).out, soon.out);
    EXPECT_EQ(run({"due", "--person", "0000000000000000-1"}).exit_code, 3);
}

TEST_F(LifeCommands, PersonsAreFoundByNumberAndName) {
    imported();
    EXPECT_EQ(lines_of(run({"find", "--number", number}).out).size(), 1u);
    EXPECT_EQ(lines_of(run({"find", "--name", "试甲", "--state", "received", "--town", "白沙镇"}).out).size(), 1u);
    const auto none = run({"find", "--name", "不在"});
    EXPECT_EQ(none.exit_code, 0);
    EXPECT_EQ(none.out, "");
}

} // namespace
} // namespace dengji::app::test
