// A queue of thousands: every sheet comes once, and how long answers take is printed, not asserted.
#include "tests/review/workbench_fixture.h"

#include <chrono>
#include <cstdlib>

namespace dengji::review::test {
namespace {

struct ManySheets : WorkbenchTest {
    static bool long_tests() { return std::getenv("DENGJI_LONG_TESTS") != nullptr; }

    /// Asks five times and prints the longest.
    void tell_time(const char* what, const std::function<Browser::Answer()>& ask) {
        double longest = 0;
        for (int i = 0; i < 5; ++i) {
            const auto begin = std::chrono::steady_clock::now();
            const auto answer = ask();
            const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
            longest = std::max(longest, took.count());
            EXPECT_EQ(answer.status, 200) << what << " " << answer.body;
        }
        RecordProperty(what, static_cast<int>(longest));
        std::printf("    %-28s %7.1f ms\n", what, longest);
    }
};

TEST_F(ManySheets, EachComesOnceAndAnswersAreQuick) {
    const int count = long_tests() ? 5000 : 120;
    settings.sample_share = 0.02;
    settings.second_pass = {"name", "id_number"};
    std::set<std::string> all;
    for (int i = 0; i < count; ++i)
        all.insert(scan(people.next(), {"mobile", i % 3 == 0 ? "name" : "health", "signed_on"}));
    auto browser = clerk("甲", ledger::Role::supervisor);
    const auto begin = std::chrono::steady_clock::now();
    browser.get("/api/queue"); // draws the samples
    const std::chrono::duration<double, std::milli> drawing = std::chrono::steady_clock::now() - begin;
    std::printf("    %-28s %7.1f ms\n", "first queue, with samples", drawing.count());

    std::set<std::string> seen;
    for (Json next = "0"; !next.is_null();) {
        const auto part = browser.get("/api/queue?most=50&after=" + next.get<std::string>()).json;
        for (const auto& item : part["items"]) EXPECT_TRUE(seen.insert(item["id"]).second);
        next = part["next"];
    }
    EXPECT_EQ(seen, all);

    const auto middle = *std::next(all.begin(), count / 2);
    const auto last = *all.rbegin();
    std::string id = browser.get("/api/next").json["id"];
    tell_time("queue", [&] { return browser.get("/api/queue"); });
    tell_time("queue, all", [&] { return browser.get("/api/queue?state=all"); });
    tell_time("queue, ready", [&] { return browser.get("/api/queue?state=ready"); });
    tell_time("next", [&] { return browser.get("/api/next?after=" + middle); });
    tell_time("open", [&] {
        id = browser.get("/api/next?after=" + id).json["id"];
        return browser.post("/api/sheets/" + id + "/open");
    });
    tell_time("crop, cold", [&] {
        id = browser.get("/api/next?after=" + id).json["id"];
        return browser.get("/api/sheets/" + id + "/crop/mobile");
    });
    tell_time("crop", [&] { return browser.get("/api/sheets/" + last + "/crop/mobile"); });
    tell_time("image", [&] { return browser.get("/api/sheets/" + last + "/image"); });
    Json sheet = browser.post("/api/sheets/" + middle + "/open").json;
    tell_time("confirm", [&] {
        auto answer = browser.post("/api/sheets/" + middle + "/confirm", confirm(sheet, "mobile", "13812340001"));
        sheet = answer.json;
        return answer;
    });
    tell_time("groups", [&] { return browser.get("/api/groups"); });
    tell_time("group items", [&] { return browser.get("/api/groups/items?key=signed_on&value=*"); });
    tell_time("second", [&] { return browser.get("/api/second"); });
    tell_time("third", [&] { return browser.get("/api/third"); });
    tell_time("quality", [&] { return browser.get("/api/quality"); });
    tell_time("due", [&] { return browser.get("/api/due"); });
    tell_time("find", [&] { return browser.post("/api/find", {{"name", "王"}}); });
    tell_time("audit", [&] { return browser.get("/api/audit"); });
}

} // namespace
} // namespace dengji::review::test
