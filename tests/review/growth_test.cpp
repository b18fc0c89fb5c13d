// How the work of an answer grows with the queue, in steps of the database: what a clerk waits for between two fields
// must not grow at all, whatever is in the queue; lists may, but no faster than it, and what they send is bounded.
#include "tests/review/statement_cost.h"
#include "tests/review/workbench_fixture.h"

namespace dengji::review::test {
namespace {

using ledger::Role;

struct Growth : WorkbenchTest {
    // Before the register of the first test is opened.
    static void SetUpTestSuite() { watch_statements(); }
    static void TearDownTestSuite() { leave_statements_alone(); }

    struct Cost {
        double steps = 0;
        std::size_t bytes = 0;
    };

    std::uint64_t cost_of(const std::function<Browser::Answer()>& ask, std::size_t& bytes) {
        ask(); // what is only done once, such as writing down who sees a number
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        steps_taken();
        const auto answer = ask();
        EXPECT_EQ(answer.status, 200) << answer.body;
        bytes = answer.body.size();
        return steps_taken();
    }

    void grow_to(int count) {
        while (scans < count) {
            const auto id = scan({"mobile", "signed_on"});
            all.push_back(id);
        }
    }

    /// What each request costs with the queue as it is now.
    std::map<std::string, Cost> costs(Browser& browser) {
        std::map<std::string, Cost> found;
        const auto measure = [&](const std::string& what, const std::function<Browser::Answer()>& ask) {
            std::size_t bytes = 0;
            const auto steps = cost_of(ask, bytes);
            found[what] = {static_cast<double>(steps), bytes};
        };
        const auto& middle = all[all.size() / 2];
        browser.get("/api/queue");
        measure("next", [&] { return browser.get("/api/next?after=" + middle); });
        measure("open", [&] { return browser.post("/api/sheets/" + middle + "/open"); });
        measure("crop", [&] { return browser.get("/api/sheets/" + middle + "/crop/mobile"); });
        measure("image", [&] { return browser.get("/api/sheets/" + middle + "/image"); });
        measure("confirm", [&] {
            const auto sheet = browser.post("/api/sheets/" + middle + "/open").json;
            return browser.post("/api/sheets/" + middle + "/confirm", confirm(sheet, "mobile", "13812340001"));
        });
        measure("queue", [&] { return browser.get("/api/queue"); });
        measure("groups", [&] { return browser.get("/api/groups"); });
        measure("group items", [&] { return browser.get("/api/groups/items?key=signed_on&value=*"); });
        measure("second", [&] { return browser.get("/api/second"); });
        measure("find", [&] { return browser.post("/api/find", {{"name", "不存在"}}); });
        measure("due", [&] { return browser.get("/api/due"); });
        measure("audit", [&] { return browser.get("/api/audit"); });
        return found;
    }

    std::vector<std::string> all;
};

TEST_F(Growth, BetweenTwoFieldsNothingGrowsWithTheQueue) {
    settings.second_pass = {"name"};
    grow_to(60);
    auto browser = clerk("主管", Role::supervisor);
    const auto small = costs(browser);
    grow_to(240);
    const auto large = costs(browser);
    for (const std::string what : {"next", "open", "crop", "image", "confirm"})
        EXPECT_LT(large.at(what).steps, 1.3 * small.at(what).steps + 200) << what;
    for (const auto& [what, cost] : large) {
        EXPECT_GT(cost.steps, 0) << what << " is watched";
        EXPECT_LT(cost.steps, 4.6 * small.at(what).steps + 2000) << what;
        EXPECT_LT(cost.bytes, 200'000u) << what;
        std::printf("    %-12s %8.0f steps with 60 sheets, %8.0f with 240, %7zu bytes\n", what.c_str(),
                    small.at(what).steps, cost.steps, cost.bytes);
    }
}

} // namespace
} // namespace dengji::review::test
