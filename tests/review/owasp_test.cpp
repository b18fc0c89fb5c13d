// What a hostile page in the clerk's browser, or a hostile program on the machine, may try.
#include "tests/review/workbench_fixture.h"

#include <filesystem>

namespace dengji::review::test {
namespace {

using ledger::Role;
using testing::HasSubstr;
using testing::Not;

struct Owasp : WorkbenchTest {
    std::string here() const { return "127.0.0.1:" + std::to_string(port); }
};

TEST_F(Owasp, AForeignOriginOrNameChangesAndReadsNothing) {
    const auto id = scan({"name"});
    auto browser = clerk("王经办");
    EXPECT_EQ(browser.post("/api/sheets/" + id + "/open", Json::object(), {{"Origin", "http://evil.example"}}).status,
              403);
    EXPECT_EQ(browser.post("/api/sheets/" + id + "/open", Json::object(), {{"Origin", "null"}}).status, 403);
    EXPECT_EQ(browser.post("/api/sheets/" + id + "/open", Json::object(), {{"Origin", ""}}).status, 403);
    EXPECT_EQ(browser.get("/api/queue", {{"Origin", "http://evil.example"}}).status, 403);
    EXPECT_EQ(browser.get("/api/queue", {{"Sec-Fetch-Site", "cross-site"}}).status, 403);
    // A name of somebody else's that leads to this machine (DNS rebinding).
    EXPECT_EQ(browser.get("/api/queue", {{"Host", "evil.example:" + std::to_string(port)}}).status, 403);
    EXPECT_EQ(browser.get("/", {{"Host", "evil.example"}}).status, 403);
    EXPECT_EQ(browser.post("/api/sheets/" + id + "/open").status, 200);
}

TEST_F(Owasp, WithoutTheTokenNothingChanges) {
    const auto id = scan({"name"});
    auto browser = clerk("王经办");
    const auto token = browser.token;
    browser.token = "";
    EXPECT_EQ(browser.post("/api/sheets/" + id + "/open").status, 403);
    browser.token = std::string(64, '0');
    EXPECT_EQ(browser.post("/api/sheets/" + id + "/open").status, 403);
    browser.token = token;
    EXPECT_EQ(browser.post("/api/sheets/" + id + "/open").status, 200);
    Browser other(port);
    other.get("/api/session");
    other.token = token; // of another session
    EXPECT_EQ(other.post("/api/session", {{"name", "王经办"}, {"password", password}}).status, 403);
}

TEST_F(Owasp, TheCookieIsGuardedAndChangesWithTheSignIn) {
    add("王经办", Role::clerk);
    start();
    Browser browser(port);
    const auto first = browser.get("/api/session");
    EXPECT_THAT(first.headers.at("Set-Cookie"), HasSubstr("; HttpOnly; SameSite=Strict; Path=/"));
    const auto planted = browser.cookie;
    const auto signed_in = browser.post("/api/session", {{"name", "王经办"}, {"password", password}});
    EXPECT_EQ(signed_in.status, 200);
    EXPECT_NE(browser.cookie, planted);
    Browser other(port);
    other.cookie = planted;
    EXPECT_EQ(other.get("/api/queue").status, 401);
}

TEST_F(Owasp, NoPathLeadsOutOfThePage) {
    page = place.path() / "page";
    std::filesystem::create_directories(page / "assets");
    write_file(page / "index.html", "<!doctype html>the page");
    write_file(page / "assets" / "main.js", "1");
    write_file(place.path() / "secret.txt", "geheim");
    std::filesystem::create_symlink(place.path() / "secret.txt", page / "link.txt");
    std::filesystem::create_directory_symlink(place.path(), page / "out");
    start();
    Browser browser(port);
    EXPECT_EQ(browser.get("/").status, 200);
    EXPECT_EQ(browser.get("/assets/main.js").status, 200);
    for (const std::string path : {"/../secret.txt", "/%2e%2e/secret.txt", "/assets/../../secret.txt", "/link.txt",
                                   "/out/secret.txt", "/..%2fsecret.txt", "/assets/%00", "//etc/passwd", "/assets/"}) {
        const auto answer = browser.get(path);
        EXPECT_EQ(answer.status, 404) << path;
        EXPECT_THAT(answer.body, Not(HasSubstr("geheim"))) << path;
    }
    const auto raw = raw_exchange(port, "GET /../../../../etc/passwd HTTP/1.1\r\nHost: " + here() + "\r\n\r\n");
    EXPECT_THAT(raw, HasSubstr(" 404 "));
    // What is put there after the start is not served.
    write_file(page / "late.txt", "late");
    EXPECT_EQ(browser.get("/late.txt").status, 404);
}

TEST_F(Owasp, WithoutThePageItIsSaidHowToGetIt) {
    start();
    Browser browser(port);
    const auto answer = browser.get("/");
    EXPECT_EQ(answer.status, 404);
    EXPECT_THAT(answer.body, HasSubstr("还没有生成"));
}

TEST_F(Owasp, FloodsAreRefusedUnread) {
    auto browser = clerk("王经办");
    std::string ranges = "bytes=0-1";
    for (int i = 0; i < 1500; ++i) ranges += ",0-1";
    EXPECT_EQ(browser.get("/api/queue", {{"Range", ranges.substr(0, 6000)}}).status, 416);
    EXPECT_EQ(browser.get("/api/queue", {{"Range", "bytes=0-"}}).status, 416);
    const auto head = "POST /api/session HTTP/1.1\r\nHost: " + here() + "\r\nOrigin: http://" + here() + "\r\n";
    EXPECT_THAT(raw_exchange(port, head + "Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"),
                HasSubstr(" 415 "));
    EXPECT_EQ(browser.post_text("/api/session/end", std::string(10'000'000, ' ')).status, 413);
    EXPECT_EQ(browser.get("/" + std::string(3000, 'a')).status, 414);
    EXPECT_THAT(raw_exchange(port, "DELETE /api/queue HTTP/1.1\r\nHost: " + here() + "\r\n\r\n"), HasSubstr(" 405 "));
    EXPECT_EQ(browser.post_text("/api/groups/settle", std::string(200'000, '[')).status, 400);
    EXPECT_EQ(browser.get("/api/queue").status, 200);
}

TEST_F(Owasp, HalfOpenConnectionsHoldNobodyUp) {
    auto browser = clerk("王经办");
    std::vector<std::unique_ptr<HalfOpen>> sleepers;
    for (int i = 0; i < 60; ++i) {
        sleepers.push_back(std::make_unique<HalfOpen>(port, ""));
        sleepers.push_back(std::make_unique<HalfOpen>(port, "POST /api/session HTTP/1.1\r\nContent-Length: 99\r\n"));
    }
    EXPECT_EQ(browser.get("/api/queue").status, 200);
}

TEST_F(Owasp, EachAnswerTellsTheBrowserToBeCareful) {
    start();
    Browser browser(port);
    const auto answer = browser.get("/api/session");
    EXPECT_THAT(answer.headers.at("Content-Security-Policy"), HasSubstr("default-src 'self'"));
    EXPECT_THAT(answer.headers.at("Content-Security-Policy"), Not(HasSubstr("unsafe")));
    EXPECT_EQ(answer.headers.at("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(answer.headers.at("Referrer-Policy"), "no-referrer");
    EXPECT_EQ(answer.headers.at("Cache-Control"), "no-store");
}

TEST_F(Owasp, AScriptInANameIsPrintedAsText) {
    auto person = people.next();
    person.name = "<script>alert(1)</script>";
    const auto id = scan(person, {"mobile"});
    auto browser = clerk("王经办");
    for (const std::string paper : {"/notice?step=return", "/receipt"}) {
        const auto answer = browser.get("/api/sheets/" + id + paper);
        EXPECT_EQ(answer.status, 200);
        EXPECT_THAT(answer.body, HasSubstr("&lt;script&gt;"));
        EXPECT_THAT(answer.body, Not(HasSubstr("<script")));
    }
    EXPECT_THAT(browser.post("/api/sheets/" + id + "/open").type, HasSubstr("application/json"));
}

} // namespace
} // namespace dengji::review::test
