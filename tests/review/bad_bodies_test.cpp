// Whatever a request says: an answer in JSON that tells what is wrong, and never a fault of the program.
#include "tests/review/workbench_fixture.h"

namespace dengji::review::test {
namespace {

using ledger::Role;

struct BadBodies : WorkbenchTest {
    /// Values of every kind, and some that are hard to take.
    static std::vector<Json> odd_values() {
        return {nullptr,
                true,
                -1,
                1.5,
                1e300,
                9'223'372'036'854'775'807LL,
                18'446'744'073'709'551'615ULL,
                "",
                std::string(1, '\0') + "x",
                "\xF0\x9F\x98\x80",
                std::string(5000, 'a'),
                "'; drop table lives; --",
                Json::array(),
                Json::object(),
                {{"key", {{"key", 1}}}},
                Json::array({Json::array({Json::array()})})};
    }

    /// `whole` with one of its parts, at any depth, replaced.
    static void replace_each(const Json& whole, const std::function<void(const Json&)>& use) {
        const Json flat = whole.flatten();
        for (const auto& odd : odd_values()) {
            for (const auto& [pointer, value] : flat.items()) {
                Json changed = whole;
                changed[Json::json_pointer(pointer)] = odd;
                use(changed);
            }
            for (const auto& [key, value] : whole.items()) {
                Json changed = whole;
                changed[key] = odd;
                use(changed);
            }
        }
        for (const auto& [key, value] : whole.items()) {
            Json changed = whole;
            changed.erase(key);
            use(changed);
        }
    }
};

TEST_F(BadBodies, AreAnsweredInJsonAndAreNoFault) {
    settings.second_pass = {"name"};
    const auto id = scan({"name", "education"});
    auto browser = clerk("主管", Role::supervisor);
    const auto sheet = browser.post("/api/sheets/" + id + "/open").json;
    const auto before = lives.show(id).events.size();
    const std::string of_sheet = "/api/sheets/" + id;
    // Each on an old revision: what is right besides must not be taken either.
    const std::vector<std::pair<std::string, Json>> requests = {
        {of_sheet + "/confirm", {{"revision", 0}, {"fields", Json::array({{{"key", "education"}, {"text", "小学"}}})}}},
        {of_sheet + "/undo", {{"revision", 0}}},
        {of_sheet + "/postpone", {{"revision", 0}, {"reason", "等原件"}}},
        {of_sheet + "/step",
         {{"revision", 0},
          {"step", "check"},
          {"on", "2024-03-01"},
          {"way", ""},
          {"particulars", {{"attachments", "id_card"}}},
          {"answers", {{"A10", "无类别"}}}}},
        {"/api/groups/settle",
         {{"key", "signed_on"}, {"items", Json::array({{{"id", id}, {"revision", 0}, {"text", "2024-03-01"}}})}}},
        {"/api/second/1", {{"text", "赵"}}},
        {"/api/third/1", {{"text", "赵"}}},
        {"/api/find", {{"name", "不存在的人"}, {"number", ""}, {"town", ""}, {"state", ""}}},
    };
    int asked = 0;
    for (const auto& [path, body] : requests)
        replace_each(body, [&, &where = path](const Json& changed) {
            const auto answer = browser.post(where, changed);
            ++asked;
            EXPECT_LT(answer.status, 500) << where << " " << changed.dump(-1, ' ', true).substr(0, 300);
            EXPECT_GT(answer.status, 0) << where << " no answer";
            EXPECT_TRUE(answer.json.is_object()) << where;
            if (answer.status >= 400) {
                EXPECT_FALSE(answer.json["error"]["message"].get<std::string>().empty()) << where;
            }
        });
    EXPECT_GT(asked, 300);
    EXPECT_EQ(lives.show(id).events.size(), before);
    EXPECT_EQ(browser.post(of_sheet + "/open").json["revision"], sheet["revision"]);
}

TEST_F(BadBodies, TextThatIsNoJsonIsRefused) {
    const auto id = scan({"name"});
    auto browser = clerk("经办");
    for (const std::string text : {"{", "[]", "1", "\"x\"", "null", "{\"revision\":}", "{\"revision\":1}{", "\xFF\xFE",
                                   "{\"text\":\"\xC3\x28\"}", "{\"revision\":1e999}", "\xEF\xBB\xBF[]"}) {
        const auto answer = browser.post_text("/api/sheets/" + id + "/confirm", text);
        EXPECT_EQ(answer.status, 400) << text;
        EXPECT_EQ(answer.json["error"]["code"], "bad-request");
    }
}

TEST_F(BadBodies, OddQueriesAreNoFault) {
    const auto id = scan({"name"});
    auto browser = clerk("主管", Role::supervisor);
    for (const std::string path :
         {"queue?state=", "queue?most=", "queue?after=", "next?after=", "groups/items?key=",
          "groups/items?key=signed_on&value=", "groups/items?key=signed_on&after=", "due?on=", "due?town=", "due?most=",
          "audit?after=", "audit?most=", "find?name=", "report?month=", "report?month=2024-01&town="})
        for (const std::string value : {"", "0", "-1", "99999999999999999999", "1e3", "%00", "%FF", "x%7Ca%7C1",
                                        "9999%7Cb%7Cx", "2024-13", "2024-02-30", "0000-00-00", "%27", "*"}) {
            const auto answer = browser.get("/api/" + path + value);
            EXPECT_LT(answer.status, 500) << path << value;
            EXPECT_GT(answer.status, 0) << path << value;
        }
    for (const std::string what : {"confirm", "undo", "postpone", "step", "open", "close", "number"})
        EXPECT_LT(browser
                      .post("/api/sheets/0000000000000000-1/" + what,
                            {{"revision", 1}, {"step", "check"}, {"fields", {{{"key", "name"}, {"text", "x"}}}}})
                      .status,
                  500)
            << what;
    for (const auto& odd : std::vector<std::string>{"..", "%2e%2e", "%00", "x", std::string(400, 'a')})
        for (const std::string path : {"/open", "/crop/name", "/image", "/receipt", "/notice"})
            EXPECT_THAT((std::vector{400, 404, 405}),
                        testing::Contains(path == "/open" ? browser.post("/api/sheets/" + odd + path).status
                                                          : browser.get("/api/sheets/" + odd + path).status))
                << odd << path;
}

} // namespace
} // namespace dengji::review::test
