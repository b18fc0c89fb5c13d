// Several clerks settle one stack at once: no sheet twice, and the register says what the paper says. Built with the
// preset tsan as well, the server's threads are watched.
#include "pipeline/ledger/field_changes.h"
#include "tests/review/workbench_fixture.h"

#include <atomic>

namespace dengji::review::test {
namespace {

using ledger::Role;
using testing::Each;

struct ConcurrentClerks : WorkbenchTest {
    static constexpr int clerks = 4, sheets = 24;
    const std::vector<std::string> doubtful = {"name", "mobile", "education"};

    /// What the paper says, by registration.
    std::map<std::string, ledger::test::Applicant> truth;

    /// Sheets whose names and numbers were read wrongly.
    void scan_stack() {
        for (int i = 0; i < sheets; ++i) {
            const auto person = people.next();
            auto read = person;
            read.name += "误";
            read.mobile = "13800000000";
            truth[scan(read, {doubtful.begin(), doubtful.end()})] = person;
        }
    }

    /// Goes through the queue until nothing is left for anybody. Field by field, as the page does.
    void settle_stack(Browser& browser, std::atomic<int>& settled) {
        std::string after;
        for (int turns = 0; turns < 40 * sheets; ++turns) {
            const auto next = browser.get("/api/next?after=" + after).json["id"];
            if (next.is_null()) {
                if (settled == sheets) return;
                std::this_thread::yield(); // others have the rest
                continue;
            }
            after = next;
            const auto opened = browser.post("/api/sheets/" + after + "/open");
            if (opened.status == 423) continue; // somebody was faster
            ASSERT_EQ(opened.status, 200) << opened.body;
            Json sheet = opened.json;
            if (!settle(browser, sheet)) continue;
            ++settled;
            browser.post("/api/sheets/" + after + "/close");
        }
        ADD_FAILURE() << "the queue does not come to an end";
    }

    /// False: it was settled before it was opened.
    bool settle(Browser& browser, Json& sheet) {
        const std::string id = sheet["id"];
        const auto& person = truth.at(id);
        bool any = false;
        for (const auto& key : doubtful) {
            const auto now = field(sheet, key);
            if (!now["review"].get<bool>()) continue;
            any = true;
            const auto text = key == "name" ? person.name : key == "mobile" ? person.mobile : person.education;
            const auto answer = browser.post("/api/sheets/" + id + "/confirm", confirm(sheet, key, text));
            EXPECT_EQ(answer.status, 200) << answer.body;
            if (answer.status != 200) return false;
            sheet = answer.json;
            browser.get("/api/sheets/" + id + "/crop/" + key);
        }
        return any;
    }

    std::string text_of(const ledger::Overview& overview, const std::string& key) {
        for (const auto& value : overview.values)
            if (value.key == key) return ledger::field_text(value.value);
        return {};
    }
};

TEST_F(ConcurrentClerks, SettleOneStackWithoutDoingAnythingTwice) {
    scan_stack();
    std::vector<Browser> browsers;
    for (int i = 0; i < clerks; ++i) browsers.push_back(clerk("经办" + std::to_string(i)));
    std::atomic<int> settled = 0;
    std::vector<std::thread> threads;
    for (auto& browser : browsers) threads.emplace_back([&] { settle_stack(browser, settled); });
    auto chief = clerk("主管", Role::supervisor); // looks on meanwhile
    while (settled < sheets && !HasFailure()) {
        for (const std::string list : {"queue", "groups", "due", "audit", "queue?state=ready"})
            EXPECT_EQ(chief.get("/api/" + list).status, 200) << list;
    }
    for (auto& thread : threads) thread.join();

    EXPECT_EQ(settled, sheets);
    EXPECT_EQ(browsers[0].get("/api/queue").json["total"], 0);
    std::set<std::string> at_work;
    for (const auto& [id, person] : truth) {
        const auto overview = lives.show(id);
        std::map<std::string, int> times;
        std::set<std::string> by;
        for (const auto& event : overview.events)
            if (event.step == "confirm" || event.step == "correct") ++times[event.outcome], by.insert(event.by);
        EXPECT_EQ(times, (std::map<std::string, int>{{"name", 1}, {"mobile", 1}, {"education", 1}})) << id;
        EXPECT_EQ(by.size(), 1u) << "one sheet is one person's";
        at_work.merge(by);
        EXPECT_EQ(text_of(overview, "name"), person.name);
        EXPECT_EQ(text_of(overview, "mobile"), person.mobile);
        EXPECT_EQ(text_of(overview, "education"), person.education);
    }
    EXPECT_GT(at_work.size(), 1u);
    EXPECT_THAT(lives.rows_unlike_events(), testing::IsEmpty());
}

TEST_F(ConcurrentClerks, OfOneSheetOneGetsTheRevision) {
    const auto id = scan({"name"});
    auto one = clerk("甲"), same = clerk("乙");
    // One person in two windows: the lock is the same, the revision is not.
    same.sign_in("甲", password);
    const auto sheet = one.post("/api/sheets/" + id + "/open").json;
    std::array<int, 2> statuses{};
    std::thread first(
        [&] { statuses[0] = one.post("/api/sheets/" + id + "/confirm", confirm(sheet, "name", "赵一")).status; });
    std::thread second(
        [&] { statuses[1] = same.post("/api/sheets/" + id + "/confirm", confirm(sheet, "name", "赵二")).status; });
    first.join();
    second.join();
    std::sort(statuses.begin(), statuses.end());
    EXPECT_EQ(statuses, (std::array<int, 2>{200, 409}));
}

TEST_F(ConcurrentClerks, OfAThirdLookOneDecides) {
    settings.second_pass = {"name"};
    const auto id = scan({"name"});
    auto one = clerk("甲"), other = clerk("乙");
    auto third = clerk("丙", Role::checker), fourth = clerk("丁", Role::checker);
    const auto sheet = one.post("/api/sheets/" + id + "/open").json;
    one.post("/api/sheets/" + id + "/confirm", confirm(sheet, "name", "赵首录"));
    one.post("/api/sheets/" + id + "/close");
    const auto task = other.get("/api/second").json["items"][0]["task"].get<std::string>();
    other.post("/api/second/" + task, {{"text", "赵再录"}});
    std::array<int, 2> statuses{};
    std::thread first([&] { statuses[0] = third.post("/api/third/" + task, {{"text", "赵首录"}}).status; });
    std::thread second([&] { statuses[1] = fourth.post("/api/third/" + task, {{"text", "赵再录"}}).status; });
    first.join();
    second.join();
    std::sort(statuses.begin(), statuses.end());
    EXPECT_EQ(statuses, (std::array<int, 2>{200, 409}));
    int words = 0;
    for (const auto& event : lives.show(id).events) words += event.step == "confirm" || event.step == "correct";
    EXPECT_EQ(words, 2); // the first entry and one third look
}

TEST_F(ConcurrentClerks, ManyGuessesAtOnceAreNoMoreTries) {
    add("王经办", Role::clerk);
    start();
    std::vector<int> statuses(24);
    std::vector<std::thread> threads;
    for (auto& status : statuses)
        threads.emplace_back([&] {
            Browser browser(port);
            status = browser.sign_in("王经办", "falsch-00").status;
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 401), settings.tries - 1);
    EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 429), 24 - (settings.tries - 1));
}

} // namespace
} // namespace dengji::review::test
