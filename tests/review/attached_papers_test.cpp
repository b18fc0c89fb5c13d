// Papers that came with a sheet, and who is written down for having seen a number.
#include "tests/review/workbench_fixture.h"

#include <opencv2/imgcodecs.hpp>

namespace dengji::review::test {
namespace {

using ledger::Role;

struct AttachedPapers : WorkbenchTest {
    /// An identity card's copy in a file of its own, attached to the sheet of that registration.
    void attach_card(const std::string& registration, const std::string& name, const std::string& number) {
        const auto file = place.path() / "card.png";
        cv::imwrite(file.string(), cv::Mat(300, 480, CV_8UC1, cv::Scalar(200)));
        const auto kept = the_register.add_file(batch.id, 1000, file, "card.png");
        reading::PageResult card;
        card.page = 1;
        card.paper = "id-card";
        for (const auto& [key, text] : {std::pair{"card.name", name}, std::pair{"card.id_number", number}}) {
            reading::Reading reading;
            reading.key = key;
            reading.value = text;
            card.readings.push_back(reading);
        }
        the_register.record_page(batch.id, kept, card);
        ledger::Reviews reviews(the_register);
        const auto sheet = reviews.sheet(registration);
        ledger::Paper paper;
        paper.page = {kept.sha256, 1};
        paper.paper = "id-card";
        the_register.record_papers(batch.id, ledger::PageKey{sheet.page.sha256, sheet.page.page}, {paper}, {});
    }

    int disclosures(const std::string& id, const std::string& by) {
        int count = 0;
        for (const auto& event : lives.show(id).events) count += event.step == "disclosure" && event.by == by;
        return count;
    }
};

TEST_F(AttachedPapers, StandBesideTheFieldsThatTheySupport) {
    auto person = people.next();
    const auto id = scan(person, {"name"});
    attach_card(id, "赵卡上", person.number);
    auto browser = clerk("甲");
    const auto sheet = browser.post("/api/sheets/" + id + "/open").json;
    ASSERT_EQ(sheet["attachments"].size(), 1u);
    const auto& card = sheet["attachments"][0];
    EXPECT_EQ(card["label"], "身份证复印件");
    EXPECT_EQ(card["supports"], Json({"name", "id_number"}));
    EXPECT_EQ(card["fields"][0]["text"], "赵卡上");
    EXPECT_EQ(field(sheet, "name")["candidates"], Json({"赵卡上"})); // one key takes it
    const auto picture = browser.get(card["image"].get<std::string>());
    EXPECT_EQ(picture.status, 200);
    EXPECT_EQ(picture.type, "image/jpeg");
    for (const std::string other : {"0", "99", "-1", "1e3", "18446744073709551617"})
        EXPECT_EQ(browser.get("/api/papers/" + other + "/image").status, 404) << other;
}

TEST_F(AttachedPapers, EachWayToSeeAWholeNumberIsWrittenDown) {
    struct Way {
        const char* who;
        const char* path;
        bool shows;
    };
    const auto person = people.next();
    const auto id = scan(person, {});
    attach_card(id, person.name, person.number);
    auto chief = clerk("主管", Role::supervisor);
    const auto sheet = chief.post("/api/sheets/" + id + "/open").json;
    EXPECT_EQ(disclosures(id, "主管"), 1);
    chief.post("/api/sheets/" + id + "/close");
    const auto card = sheet["attachments"][0]["image"].get<std::string>();
    const auto of_sheet = "/api/sheets/" + id;
    for (const auto& [who, path, shows] :
         {Way{"一", "/image", true}, Way{"二", "/crop/id_number", true}, Way{"三", "/crop/category_id_number", true},
          Way{"四", "/crop/mobile?margin=200", true}, // what stands beside it
          Way{"五", "/crop/mobile", false}, Way{"六", "/receipt", false}, Way{"七", "/notice", false}}) {
        auto browser = clerk(who);
        EXPECT_EQ(browser.get(of_sheet + path).status, 200) << path;
        EXPECT_EQ(disclosures(id, who), shows ? 1 : 0) << path;
    }
    auto browser = clerk("八");
    EXPECT_EQ(browser.get(card).status, 200);
    EXPECT_EQ(disclosures(id, "八"), 1);
    // Lists and papers show no whole number.
    for (const auto& path :
         std::vector<std::string>{"/api/queue?state=all", "/api/due", "/api/audit", "/api/sheets/" + id + "/receipt"})
        EXPECT_THAT(chief.get(path).body, testing::Not(testing::HasSubstr(person.number))) << path;
    EXPECT_THAT(chief.post("/api/find", {{"name", person.name}}).body, testing::Not(testing::HasSubstr(person.number)));
}

} // namespace
} // namespace dengji::review::test
