#include "pipeline/reading/attachments.h"

#include "pipeline/reading/id_card.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

namespace dengji::reading {
namespace {

/// Made-up people whose numbers have their right check characters.
struct Someone {
    std::string name, number, detail;
};
const std::vector<Someone> people = {
    {"沈试样", "510225198311029922", "白沙镇南安街64号"},  {"钱样", "500381199905209938", "永兴镇黄金村2组"},
    {"孙示例", "500116200806309949", "蔡家镇和平路31号"},  {"李虚构", "512222197508159964", "油溪镇新民街184号"},
    {"周假", "513524197907049973", "李市镇园区大道298号"}, {"吴无此", "51900719930909998X", "朱杨镇芳阴社区10组"}};

Reading reading(const std::string& key, const std::string& value, double confidence = 0.97) {
    Reading reading;
    reading.key = key;
    reading.value = value;
    reading.raw = value;
    reading.confidence = confidence;
    reading.review = confidence < 0.9;
    return reading;
}

PageResult page(int number, const std::string& kind, const std::string& source = "stack.pdf") {
    PageResult page;
    page.source = source;
    page.page = number;
    page.kind = kind;
    return page;
}

PageResult sheet(int number, const Someone& who, const std::string& source = "stack.pdf") {
    PageResult result = page(number, "registration", source);
    result.form = "registration-2020";
    result.readings = {reading("name", who.name), reading("id_number", who.number),
                       reading("hukou_address.province", "重庆"), reading("hukou_address.county", "江津"),
                       reading("hukou_address.detail", who.detail)};
    return result;
}

PageResult card(int number, const Someone& who, const std::string& source = "stack.pdf") {
    PageResult result = page(number, "other", source);
    result.paper = id_card_paper;
    result.readings = {reading("card.name", who.name), reading("card.id_number", who.number),
                       reading("card.address", "重庆市江津区" + who.detail)};
    return result;
}

bool has(const Reasons& reasons, const std::string& code) {
    return std::any_of(reasons.begin(), reasons.end(), [&](const Reason& r) { return r.code == code; });
}

void number_pages(std::vector<PageResult>& pages) {
    for (std::size_t i = 0; i < pages.size(); ++i) pages[i].page = static_cast<int>(i) + 1;
}

std::string name_on(const PageResult& result) {
    for (const Reading& r : result.readings)
        if (r.key == "name" || r.key == "card.name") return std::get<std::string>(r.value);
    return {};
}

/// Whom the sheet of each card names, by the name on the card.
std::map<std::string, std::string> matches(std::vector<PageResult> pages) {
    number_pages(pages);
    attach_papers(pages);
    std::map<std::string, std::string> found;
    for (const PageResult& result : pages)
        if (!result.paper.empty() && result.attached_to)
            found[name_on(result)] = name_on(pages.at(static_cast<std::size_t>(result.attached_to->page) - 1));
    return found;
}

TEST(Attachments, OnWhichSideOfItsSheetACardLiesDoesNotMatter) {
    for (unsigned seed = 1; seed <= 60; ++seed) {
        std::mt19937 random(seed);
        std::vector<PageResult> pages;
        for (const Someone& who : people) {
            const bool before = random() % 2 == 0;
            if (before) pages.push_back(card(0, who));
            if (random() % 3 == 0) pages.push_back(page(0, "blank"));
            pages.push_back(sheet(0, who));
            if (random() % 3 == 0) pages.push_back(page(0, "other"));
            if (!before) pages.push_back(card(0, who));
        }
        const auto found = matches(pages);
        ASSERT_EQ(found.size(), people.size()) << seed;
        for (const auto& [on_card, on_sheet] : found) EXPECT_EQ(on_card, on_sheet) << seed;
    }
}

TEST(Attachments, NorDoesTheOrderOfTheWholeDelivery) {
    std::vector<PageResult> pages;
    for (const Someone& who : people) {
        pages.push_back(sheet(0, who));
        pages.push_back(card(0, who));
    }
    for (unsigned seed = 1; seed <= 60; ++seed) {
        std::mt19937 random(seed);
        std::shuffle(pages.begin(), pages.end(), random);
        const auto found = matches(pages);
        ASSERT_EQ(found.size(), people.size()) << seed;
        for (const auto& [on_card, on_sheet] : found) EXPECT_EQ(on_card, on_sheet) << seed;
    }
}

TEST(Attachments, MisreadCharactersAreAllowedFor) {
    for (unsigned seed = 1; seed <= 60; ++seed) {
        std::mt19937 random(seed);
        std::vector<PageResult> pages;
        for (const Someone& who : people) {
            Someone misread = who;
            for (int i = 0; i < 2; ++i) misread.number[random() % 18] = static_cast<char>('0' + random() % 10);
            if (random() % 2 == 0) misread.name = "王" + misread.name.substr(3);
            PageResult result = sheet(0, misread);
            for (Reading& r : result.readings) r.review = true, r.confidence = 0.5;
            pages.push_back(result);
            pages.push_back(card(0, who));
        }
        std::shuffle(pages.begin(), pages.end(), random);
        EXPECT_EQ(matches(pages).size(), people.size()) << seed;
    }
}

TEST(Attachments, ACardIsNeverAttachedByItsPlaceAlone) {
    std::vector<PageResult> pages = {sheet(1, people[0]), card(2, people[1]), sheet(3, people[2])};
    attach_papers(pages);
    EXPECT_FALSE(pages[1].attached_to);
    EXPECT_TRUE(has(pages[1].reasons, "card-without-sheet"));
    for (const Reading& r : pages[0].readings) EXPECT_FALSE(r.review) << r.key;
}

TEST(Attachments, TwoSureNumbersThatDifferAreTwoPeople) {
    // Brothers: one name in part, one address, numbers that differ in a few digits and are both sound.
    const Someone elder{"沈试样", "510225196803159919", "白沙镇南安街64号"};
    Someone younger{"沈试图", "510225196803159935", "白沙镇南安街64号"};
    std::vector<PageResult> pages = {sheet(1, elder), card(2, younger), sheet(3, younger), card(4, elder)};
    attach_papers(pages);
    ASSERT_TRUE(pages[1].attached_to && pages[3].attached_to);
    EXPECT_EQ(pages[1].attached_to->page, 3);
    EXPECT_EQ(pages[3].attached_to->page, 1);
    std::vector<PageResult> alone = {sheet(1, elder), card(2, younger)};
    attach_papers(alone);
    EXPECT_FALSE(alone[1].attached_to);
}

TEST(Attachments, BetweenEqualsTheNearerOneCounts) {
    std::vector<PageResult> pages = {sheet(1, people[0]), page(2, "blank"),    card(3, people[0]),
                                     sheet(4, people[0]), sheet(5, people[0]), card(6, people[0])};
    attach_papers(pages);
    ASSERT_TRUE(pages[2].attached_to && pages[5].attached_to);
    EXPECT_EQ(pages[2].attached_to->page, 4);
    EXPECT_EQ(pages[5].attached_to->page, 5);
}

TEST(Attachments, OtherPapersStayWithTheSheetBeforeThem) {
    std::vector<PageResult> pages = {page(1, "other"), sheet(2, people[0]), page(3, "blank"), page(4, "other"),
                                     page(5, "other"), sheet(6, people[1]), page(7, "other"), page(8, "other")};
    pages.back().failed = true;
    attach_papers(pages);
    const std::vector<int> expected = {2, 0, 0, 2, 2, 0, 6, 0};
    for (std::size_t i = 0; i < pages.size(); ++i)
        EXPECT_EQ(pages[i].attached_to ? pages[i].attached_to->page : 0, expected[i]) << i + 1;
}

TEST(Attachments, OtherPapersStayInTheirFile) {
    std::vector<PageResult> pages = {sheet(1, people[0], "a.pdf"), page(1, "other", "b.pdf"),
                                     sheet(2, people[1], "b.pdf"), page(1, "other", "c.jpg")};
    attach_papers(pages);
    EXPECT_EQ(pages[1].attached_to, (PageName{"b.pdf", 2}));
    EXPECT_EQ(pages[3].attached_to, (PageName{"b.pdf", 2}));
}

TEST(Attachments, TheCardSpeaksForItsSheet) {
    std::vector<PageResult> pages = {card(1, people[0]), sheet(2, people[0])};
    pages[1].readings[0] = reading("name", people[0].name, 0.7);
    attach_papers(pages);
    EXPECT_GT(pages[1].readings[0].confidence, 0.9);
    EXPECT_FALSE(pages[1].readings[0].review);
}

TEST(Attachments, AStreamGivesTheSameAndHoldsOnlyItsNeighbourhood) {
    std::mt19937 random(5);
    std::vector<PageResult> pages;
    for (std::size_t i = 0; i < 5 * attachment_reach; ++i) {
        Someone who = people[random() % people.size()];
        for (std::size_t digit = 6; digit < 17; ++digit) who.number[digit] = static_cast<char>('0' + i * digit % 10);
        const auto dice = random() % 4;
        pages.push_back(dice == 0   ? sheet(0, people[random() % people.size()])
                        : dice == 1 ? card(0, people[random() % people.size()])
                        : dice == 2 ? sheet(0, who)
                                    : page(0, "other"));
    }
    number_pages(pages);
    std::vector<PageResult> whole = pages, streamed;
    std::size_t given = 0, most_held = 0;
    AttachmentStream stream([&](PageResult&& result) { streamed.push_back(std::move(result)); });
    for (const PageResult& result : pages) {
        stream.add(PageResult(result));
        most_held = std::max(most_held, ++given - streamed.size());
    }
    stream.finish();
    EXPECT_LE(most_held, 2 * attachment_reach);
    attach_papers(whole);
    ASSERT_EQ(streamed.size(), whole.size());
    for (std::size_t i = 0; i < whole.size(); ++i) {
        EXPECT_EQ(streamed[i].page, pages[i].page);
        EXPECT_EQ(streamed[i].attached_to, whole[i].attached_to) << i;
    }
    // What lies out of reach changes nothing: the last part alone gives the same for its end.
    std::vector<PageResult> tail(pages.begin() + static_cast<std::ptrdiff_t>(attachment_reach), pages.end());
    attach_papers(tail);
    for (std::size_t i = 2 * attachment_reach; i < tail.size(); ++i)
        EXPECT_EQ(tail[i].attached_to, whole[i + attachment_reach].attached_to) << i;
}

TEST(Attachments, DoingItAgainKeepsThePlaces) {
    std::vector<PageResult> pages = {card(1, people[3]), sheet(2, people[0]), card(3, people[0]), page(4, "other")};
    attach_papers(pages);
    std::vector<PageResult> again = pages;
    attach_papers(again);
    for (std::size_t i = 0; i < pages.size(); ++i) {
        EXPECT_EQ(again[i].attached_to, pages[i].attached_to);
        EXPECT_EQ(again[i].reasons, pages[i].reasons);
    }
}

} // namespace
} // namespace dengji::reading
