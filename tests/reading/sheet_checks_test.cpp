#include "pipeline/reading/sheet_checks.h"

#include <gtest/gtest.h>

namespace dengji::reading {
namespace {

templates::Field field(const std::string& key, const std::string& content) {
    templates::Field f;
    f.key = key;
    f.content = content;
    return f;
}

Reading reading(const std::string& key, const std::string& value) {
    Reading r;
    r.key = key;
    r.value = value;
    r.confidence = 0.99;
    r.review = false;
    return r;
}

const std::vector<templates::Field> fields{field("applicant_sex", "sex"), field("card", "id_number")};

TEST(SheetChecks, SexAgainstTheIdentityNumberMarksBoth) {
    std::vector<Reading> readings{reading("applicant_sex", "女"), reading("card", "510225196803159919")};
    check_between_fields(readings, fields);
    for (const Reading& r : readings) {
        EXPECT_TRUE(r.review);
        EXPECT_LE(r.confidence, 0.5);
        ASSERT_EQ(r.reasons.size(), 1U);
        EXPECT_EQ(r.reasons.front().code, "sex-id-number");
    }
    EXPECT_EQ(std::get<std::string>(readings[0].value), "女") << "no value is changed";
}

TEST(SheetChecks, NothingIsMarkedWithoutAContradiction) {
    for (const auto& [sex, number] : {std::pair{"男", "510225196803159919"}, std::pair{"女", "510225198311029922"},
                                      std::pair{"女", "510225196803159911"}, std::pair{"", "510225196803159919"},
                                      std::pair{"女", "H01234567"}, std::pair{"女", ""}}) {
        std::vector<Reading> readings{reading("applicant_sex", sex), reading("card", number)};
        check_between_fields(readings, fields);
        EXPECT_FALSE(readings[0].review) << sex << ' ' << number;
        EXPECT_FALSE(readings[1].review);
    }
}

TEST(SheetChecks, AFormWithoutTheseFieldsIsLeftAlone) {
    std::vector<Reading> readings{reading("a", "b")};
    check_between_fields(readings, {field("a", "free")});
    EXPECT_FALSE(readings.front().review);
}

} // namespace
} // namespace dengji::reading
