#include "pipeline/rules/application_json.h"

#include "pipeline/base/error.h"
#include "tests/rules/scene.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>

namespace dengji::rules::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

ParsedApplication parse(const std::string& line) {
    return parse_application(line, book().form, book().settings.papers);
}

std::string complaint(const std::string& line) {
    try {
        parse(line);
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::input);
        EXPECT_FALSE(error.next_step().empty());
        return error.message();
    }
    return "accepted";
}

const std::string whole = R"({"fields": {"name": {"value": "测试甲"}, "education": {"value": ["小学"]},
 "claims_benefit": {"value": "是"}, "signature": {"value": true}, "remarks": {"value": null},
 "id_number": {"value": "1", "confidence": 0.9, "raw": "l", "review": true, "box": [[0, 0]]}},
 "received_on": "2020-04-15", "channel": "national", "original_seen": false, "attachments": ["graduation"], "photo": true,
 "wants_certificate": null, "draws_pension": null, "born_on": "1990-01-31", "confirmed": ["A10"]})";

TEST(ApplicationJson, IsReadWhole) {
    const auto parsed = parse(whole);
    const auto& application = parsed.application;
    EXPECT_THAT(parsed.warnings, IsEmpty());
    EXPECT_EQ(application.text("name"), "测试甲");
    EXPECT_THAT(application.chosen("education"), ElementsAre("小学"));
    EXPECT_THAT(application.chosen("claims_benefit"), ElementsAre("是"));
    EXPECT_TRUE(application.present("signature"));
    EXPECT_TRUE(application.text("remarks").empty());
    EXPECT_TRUE(application.by_machine("id_number"));
    EXPECT_TRUE(application.doubtful("id_number"));
    EXPECT_FALSE(application.by_machine("name"));
    EXPECT_EQ(application.received_on, day("2020-04-15"));
    EXPECT_EQ(application.channel, Channel::national);
    EXPECT_EQ(application.original_seen, false);
    EXPECT_EQ(application.photo, true);
    EXPECT_FALSE(application.wants_certificate);
    EXPECT_FALSE(application.draws_pension);
    EXPECT_EQ(application.born_on, day("1990-01-31"));
    EXPECT_EQ(application.confirmed.count("A10"), 1u);
}

TEST(ApplicationJson, LeavesTheRestUnknown) {
    const auto application = parse(R"({"fields": {}})").application;
    EXPECT_FALSE(application.received_on || application.channel || application.original_seen || application.photo);
    EXPECT_FALSE(application.attachments || application.draws_pension);
}

TEST(ApplicationJson, WarnsOfUnknownKeysWithoutRepeatingWhatMayBePersonal) {
    EXPECT_THAT(
        parse(R"({"fields": {"nickname": {"value": "x"}}, "chanel": "counter", "attachments": ["passport"]})").warnings,
        ElementsAre(HasSubstr("'passport'"), HasSubstr("'chanel'"), HasSubstr("'nickname'")));
    const auto odd = parse(R"({"fields": {"510225196803159919": {"value": "x"}}, "张三": 1})").warnings;
    EXPECT_THAT(odd, ::testing::SizeIs(2));
    for (const auto& warning : odd) {
        EXPECT_THAT(warning, Not(HasSubstr("5102")));
        EXPECT_THAT(warning, Not(HasSubstr("张三")));
    }
}

TEST(ApplicationJson, TakesALineOfRead) {
    const auto parsed = parse(R"({"source": "a.jpg", "page": 1, "kind": "registration", "form": "registration-2020",
        "orientation": 0, "quality": {}, "fields": {"name": {"value": ""}}, "ms": {}})");
    EXPECT_THAT(parsed.warnings, IsEmpty());
    EXPECT_EQ(parsed.kind, "registration");
    EXPECT_EQ(parse(R"({"source": "a.jpg", "page": 2, "kind": "blank"})").kind, "blank");
}

TEST(ApplicationJson, RefusesWhatItCannotUseAndSaysWhere) {
    EXPECT_THAT(complaint("{"), HasSubstr("not valid JSON"));
    EXPECT_THAT(complaint("[]"), HasSubstr("one JSON object"));
    EXPECT_THAT(complaint("{}"), HasSubstr("'fields' is missing"));
    EXPECT_THAT(complaint("{\"fields\": {\"name\": {\"value\": \"\xFF\"}}}"), HasSubstr("UTF-8"));
    EXPECT_THAT(complaint(R"({"fields": []})"), HasSubstr("'fields'"));
    EXPECT_THAT(complaint(R"({"fields": {"name": "x"}})"), HasSubstr("'name'"));
    EXPECT_THAT(complaint(R"({"fields": {"name": {}}})"), HasSubstr("no value"));
    EXPECT_THAT(complaint(R"({"fields": {"name": {"value": 510225196803159919}}})"), HasSubstr("not a text"));
    EXPECT_THAT(complaint(R"({"fields": {"education": {"value": [1]}}})"), HasSubstr("'education'"));
    EXPECT_THAT(complaint(R"({"fields": {}, "received_on": "2020-02-30"})"), HasSubstr("'received_on'"));
    EXPECT_THAT(complaint(R"({"fields": {}, "channel": "post"})"), HasSubstr("'channel'"));
    EXPECT_THAT(complaint(R"({"fields": {}, "photo": "yes"})"), HasSubstr("'photo'"));
    EXPECT_THAT(complaint(R"({"fields": {}, "attachments": "graduation"})"), HasSubstr("'attachments'"));
}

/// Whatever the door is thrown at: an application that the rules can be asked of, or Error(input).
TEST(ApplicationJson, WithstandsDamagedLines) {
    std::mt19937 random(4);
    const std::string pieces = "{}[]\":,0189aX.-\\/\n\xE5\xBC\xA0\xFFtrufalsn ";
    const auto any = [&](std::size_t below) {
        return std::uniform_int_distribution<std::size_t>(0, below - 1)(random);
    };
    int accepted = 0;
    for (int i = 0; i < 3000; ++i) {
        auto line = whole;
        for (std::size_t change = any(4) + 1; change > 0; --change) {
            const auto at = any(line.size());
            switch (any(3)) {
            case 0: line[at] = pieces[any(pieces.size())]; break;
            case 1: line.erase(at, any(20) + 1); break;
            default: line.insert(at, line.substr(any(line.size()), any(30)));
            }
            if (line.empty()) line.assign(1, '{');
        }
        try {
            const auto parsed = parse(line);
            const RegisterFacts facts;
            check(Case(parsed.application, facts, book(), day("2020-04-15")));
            ++accepted;
        } catch (const Error& error) {
            ASSERT_EQ(error.kind(), ErrorKind::input);
            ASSERT_THAT(error.message(), Not(HasSubstr("测试")));
        }
    }
    EXPECT_GT(accepted, 50);
    EXPECT_EQ(complaint(std::string(100'000, '[')), "not valid JSON");
}

} // namespace
} // namespace dengji::rules::test
