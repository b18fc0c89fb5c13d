// Who may sign in and do what.
#include "pipeline/review/passwords.h"
#include "tests/review/workbench_fixture.h"

namespace dengji::review::test {
namespace {

using ledger::Role;
using testing::HasSubstr;
using testing::Not;

struct People : WorkbenchTest {};

TEST(Passwords, AreHashedWithTheirOwnSalt) {
    const auto one = hashed_password("Geheim-123"), other = hashed_password("Geheim-123");
    EXPECT_THAT(one, HasSubstr("$argon2id$"));
    EXPECT_NE(one, other);
    EXPECT_TRUE(is_password("Geheim-123", one));
    EXPECT_FALSE(is_password("Geheim-124", one));
    EXPECT_FALSE(is_password("", one));
    EXPECT_NE(weakness_of("kurz", "x"), "");
    EXPECT_NE(weakness_of("aaaaaaaaaa", "x"), "");
    EXPECT_NE(weakness_of("王经办王经办12", "王经办王经办12"), "");
    EXPECT_EQ(weakness_of("Geheim-123", "x"), "");
}

TEST_F(People, TheFirstVisitorMakesTheAdministratorAndNobodyElseDoes) {
    start();
    Browser browser(port);
    EXPECT_TRUE(browser.get("/api/session").json["needsFirstUser"]);
    const Json first = {{"name", "chief"}, {"display", "主任"}, {"password", password}};
    EXPECT_EQ(browser.post("/api/first-user", {{"name", "chief"}, {"display", "主任"}, {"password", "x"}}).status, 422);
    const auto made = browser.post("/api/first-user", first);
    EXPECT_EQ(made.status, 200);
    EXPECT_EQ(made.json["user"]["role"], "administrator");
    Browser other(port);
    EXPECT_FALSE(other.get("/api/session").json["needsFirstUser"]);
    EXPECT_EQ(other.post("/api/first-user", {{"name", "x"}, {"display", "y"}, {"password", password}}).status, 403);
}

TEST_F(People, WrongPasswordsLockOutForLongerAndLonger) {
    add("王经办", Role::clerk);
    start();
    Browser browser(port);
    for (int i = 1; i < settings.tries; ++i) EXPECT_EQ(browser.sign_in("王经办", "falsch-00").status, 401);
    const auto locked = browser.sign_in("王经办", "falsch-00");
    EXPECT_EQ(locked.status, 429);
    EXPECT_EQ(locked.json["error"]["seconds"], 30);
    EXPECT_EQ(browser.sign_in("王经办", password).status, 429); // even the right one waits
    clock += 31;
    EXPECT_EQ(browser.sign_in("王经办", "falsch-00").json["error"]["seconds"], 60);
    clock += 61;
    EXPECT_EQ(browser.sign_in("王经办", password).status, 200);
    EXPECT_EQ(browser.sign_in("王经办", "falsch-00").status, 401); // counted from the front
    EXPECT_EQ(browser.sign_in("nobody", password).json["error"]["message"], "用户名或者密码不对");
}

TEST_F(People, ASessionThatIdlesEnds) {
    auto browser = clerk("王经办");
    clock += settings.idle_minutes * 60 - 5;
    EXPECT_EQ(browser.get("/api/queue").status, 200);
    clock += settings.idle_minutes * 60 - 5;
    EXPECT_EQ(browser.get("/api/queue").status, 200);
    clock += settings.idle_minutes * 60 + 5;
    EXPECT_EQ(browser.get("/api/queue").status, 401);
    EXPECT_EQ(browser.get("/api/queue").json["error"]["code"], "signed-out");
}

TEST_F(People, SigningOutEndsTheSession) {
    auto browser = clerk("王经办");
    const auto cookie = browser.cookie;
    EXPECT_EQ(browser.post("/api/session/end").status, 200);
    browser.cookie = cookie;
    EXPECT_EQ(browser.get("/api/queue").status, 401);
}

TEST_F(People, RolesMayWhatTheyMay) {
    struct Case {
        const char* path;
        Role least;
    };
    auto clerk_one = clerk("甲");
    auto checker = clerk("乙", Role::checker);
    auto supervisor = clerk("丙", Role::supervisor);
    auto administrator = clerk("丁", Role::administrator);
    const std::vector<std::pair<Role, Browser*>> everybody = {{Role::clerk, &clerk_one},
                                                              {Role::checker, &checker},
                                                              {Role::supervisor, &supervisor},
                                                              {Role::administrator, &administrator}};
    for (const Case& one :
         {Case{"/api/queue", Role::clerk}, Case{"/api/third", Role::checker}, Case{"/api/quality", Role::supervisor},
          Case{"/api/audit", Role::supervisor}, Case{"/api/users", Role::administrator}})
        for (const auto& [role, browser] : everybody)
            EXPECT_EQ(browser->get(one.path).status, role < one.least ? 403 : 200) << one.path << " " << name_of(role);
    Browser nobody(port);
    for (const std::string path : {"/api/queue", "/api/users", "/api/audit", "/api/report?month=2024-01"})
        EXPECT_EQ(nobody.get(path).status, 401) << path;
}

TEST_F(People, AnAdministratorAddsAndDisablesUsers) {
    auto chief = clerk("chief", Role::administrator);
    const Json newcomer = {{"name", "li"}, {"display", "李经办"}, {"role", "clerk"}, {"password", password}};
    EXPECT_EQ(chief.post("/api/users", newcomer).status, 200);
    EXPECT_EQ(chief.post("/api/users", newcomer).status, 422);
    Browser li(port);
    EXPECT_EQ(li.sign_in("li", password).status, 200);
    EXPECT_EQ(chief.post("/api/users/li", {{"disabled", true}}).status, 200);
    EXPECT_EQ(li.get("/api/queue").status, 401);
    EXPECT_EQ(li.sign_in("li", password).status, 401);
    EXPECT_EQ(chief.post("/api/users/chief", {{"role", "clerk"}}).status, 422);
    EXPECT_EQ(chief.post("/api/users/nobody", {{"role", "clerk"}}).status, 404);
    const auto users = chief.get("/api/users");
    EXPECT_THAT(users.body, Not(HasSubstr("argon2")));
}

TEST_F(People, APasswordIsChangedWithTheOldOne) {
    auto browser = clerk("王经办");
    EXPECT_EQ(browser.post("/api/password", {{"old", "falsch"}, {"new", "Neues-Wort-9"}}).status, 422);
    EXPECT_EQ(browser.post("/api/password", {{"old", password}, {"new", "kurz"}}).status, 422);
    EXPECT_EQ(browser.post("/api/password", {{"old", password}, {"new", "Neues-Wort-9"}}).status, 200);
    EXPECT_EQ(browser.get("/api/queue").status, 200);
    Browser other(port);
    EXPECT_EQ(other.sign_in("王经办", password).status, 401);
    EXPECT_EQ(other.sign_in("王经办", "Neues-Wort-9").status, 200);
}

TEST_F(People, SeeingANumberAndEachChangeAreInTheAuditLog) {
    const auto id = scan({"name"});
    auto browser = clerk("王经办");
    auto chief = clerk("主管甲", Role::supervisor);
    const auto sheet = browser.post("/api/sheets/" + id + "/open").json;
    browser.post("/api/sheets/" + id + "/open");
    browser.post("/api/sheets/" + id + "/confirm", confirm(sheet, "name", "赵改正"));
    std::map<std::string, int> seen;
    const auto audit = chief.get("/api/audit?most=100").json;
    for (const auto& item : audit["items"])
        if (item["by"] == "王经办") ++seen[item["action"].get<std::string>()];
    EXPECT_EQ(seen["disclosure"], 1); // once a day
    EXPECT_EQ(seen["correct"], 1);
    EXPECT_EQ(seen["signed-in"], 1);
    // The same in pieces of two.
    std::vector<std::string> pieces;
    for (Json next = ""; !next.is_null();) {
        const auto piece = chief.get("/api/audit?most=2&after=" + next.get<std::string>()).json;
        for (const auto& item : piece["items"])
            pieces.push_back(item["at"].get<std::string>() + item["action"].get<std::string>());
        next = piece["next"];
        ASSERT_LE(pieces.size(), 100u);
    }
    EXPECT_EQ(pieces.size(), audit["items"].size());
}

} // namespace
} // namespace dengji::review::test
