#include "pipeline/reading/number_prior.h"

#include "pipeline/base/error.h"
#include "pipeline/base/files.h"
#include "pipeline/reading/identity_number.h"

#include <dengji_project.h>
#include <gtest/gtest.h>
#include <random>

namespace dengji::reading {
namespace {

NumberPrior prior() {
    return NumberPrior(NearAreas::load(std::filesystem::path(DENGJI_SOURCE_DIR) / "templates"), 2026);
}

std::string with_check(const std::string& body) {
    return body + identity_check_character(body);
}

double weight(const std::string& content, const std::string& number, const NumberHints& hints = {}) {
    return prior().log_weight(content, number, hints);
}

TEST(NumberPrior, EmptyBreaksNoRuleAndNothingIsForbidden) {
    for (const std::string content :
         {"id_number", "id_number_like", "mobile", "landline", "year", "month", "day", "house_number"}) {
        ASSERT_TRUE(NumberPrior::knows(content));
        EXPECT_EQ(weight(content, ""), 0) << content;
        for (const std::string odd : {"X", "-", "--1", "0000000000000000000000", "XX-XX", "9-"}) {
            EXPECT_TRUE(std::isfinite(weight(content, odd))) << content << " " << odd;
            EXPECT_LT(weight(content, odd), 0) << content << " " << odd;
        }
    }
    EXPECT_FALSE(NumberPrior::knows("name"));
    EXPECT_THROW(weight("name", "1"), Error);
}

TEST(NumberPrior, RightIdentityNumbersBeatTheirNeighbours) {
    std::mt19937 random(4);
    const auto p = prior();
    for (int i = 0; i < 200; ++i) {
        const std::string serial = std::to_string(100 + random() % 900);
        const std::string right =
            with_check("500116" + std::to_string(1960 + random() % 45) + "0" + std::to_string(1 + random() % 9) + "1" +
                       std::to_string(random() % 10) + serial);
        std::string wrong = right;
        const auto at = random() % 17;
        wrong[at] = static_cast<char>('0' + (wrong[at] - '0' + 1 + static_cast<int>(random() % 9)) % 10);
        EXPECT_EQ(p.log_weight("id_number", right), 0);
        EXPECT_LE(p.log_weight("id_number", wrong), -6);
    }
}

TEST(NumberPrior, OldAreasAndOldNumbersStayPossible) {
    EXPECT_EQ(weight("id_number", "510225196803159919"), 0);
    EXPECT_EQ(weight("id_number", "51900719930909998X"), 0);
    EXPECT_GT(weight("id_number", "513524197907049973"), -3);
    EXPECT_GT(weight("id_number", with_check("11010119800101991")), -6);
    EXPECT_GT(weight("id_number", "510225680315991"), -6);
    EXPECT_LT(weight("id_number", "510225196802319917"), -6) << "31 February";
    EXPECT_LT(weight("id_number", with_check("99999919800101991")), -6) << "no such province";
}

TEST(NumberPrior, UsesWhatElseIsKnown) {
    NumberHints hints;
    hints.born = make_date(1968, 3, 15);
    hints.male = true;
    EXPECT_EQ(weight("id_number", "510225196803159919", hints), 0);
    hints.born = make_date(1968, 3, 16);
    EXPECT_LE(weight("id_number", "510225196803159919", hints), -4);
    hints.born.reset();
    hints.male = false;
    EXPECT_LE(weight("id_number", "510225196803159919", hints), -2);

    NumberHints same, other;
    same.id_number = "510225196803159919";
    other.id_number = "510225198311029922";
    const std::string disability = "51022519680315991943";
    EXPECT_GT(weight("id_number_like", disability, same), weight("id_number_like", disability));
    EXPECT_LT(weight("id_number_like", disability, other), weight("id_number_like", disability));
    EXPECT_LT(weight("id_number_like", "51022519680315991989"), weight("id_number_like", disability) - 3);
}

TEST(NumberPrior, PhonesAndDates) {
    EXPECT_EQ(weight("mobile", "13800000000"), 0);
    EXPECT_EQ(NumberPrior::plain("mobile", "138-0000-0000"), "13800000000");
    EXPECT_GT(weight("mobile", "138-0000-0000"), -2);
    EXPECT_LT(weight("mobile", "1380000000"), -5);
    EXPECT_LT(weight("mobile", "12800000000"), -4);
    EXPECT_EQ(weight("landline", "023-47550000"), 0);
    EXPECT_EQ(weight("landline", "02347550000"), 0);
    EXPECT_GT(weight("landline", "47550000"), -1);
    EXPECT_GT(weight("landline", "0830-3150000"), -3);
    EXPECT_LT(weight("landline", "023-4755000"), -1);
    EXPECT_EQ(weight("year", "2020"), 0);
    EXPECT_LT(weight("year", "2035"), -5);
    EXPECT_LT(weight("year", "7020"), -5);
    EXPECT_EQ(weight("month", "12"), 0);
    EXPECT_EQ(weight("month", "05"), -1);
    EXPECT_LT(weight("month", "13"), -5);
    EXPECT_EQ(weight("day", "31"), 0);
    EXPECT_LT(weight("day", "32"), -5);
    EXPECT_LT(weight("day", "0"), -5);
    EXPECT_EQ(weight("house_number", "8-1-402"), 0);
    EXPECT_LT(weight("house_number", "08"), -5);
}

TEST(NearAreas, SaysWhatIsWrongWithItsFile) {
    const TempFolder folder;
    make_folder(folder.path() / "areas");
    write_file(folder.path() / "areas/near.csv", "code,name,near\n500116,江津区,here\n");
    EXPECT_THROW(NearAreas::load(folder.path()), Error);
}

TEST(NearAreas, KnowsTheCountryWhereItsListIsThere) {
    const TempFolder folder;
    make_folder(folder.path() / "areas");
    write_file(folder.path() / "areas/near.csv", "code,name,near\n500116,江津区,office\n");
    const auto without = NearAreas::load(folder.path());
    make_folder(folder.path() / "codes");
    write_file(folder.path() / "codes/area.csv", "code,name\n110101,东城区\n");
    const auto with = NearAreas::load(folder.path());
    EXPECT_GT(with.log_weight("110101"), without.log_weight("110101"));
    EXPECT_EQ(with.log_weight("500116"), 0);
    EXPECT_GT(with.log_weight("110199"), with.log_weight("990101"));
}

} // namespace
} // namespace dengji::reading
