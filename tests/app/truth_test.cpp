#include "pipeline/app/truth.h"

#include "pipeline/base/error.h"
#include "tests/intake/fixtures.h"

#include <gtest/gtest.h>

namespace dengji::app {
namespace {

namespace fs = std::filesystem;

const char* const sheet =
    R"("values": {"name": "冉小满", "since.year": "2020", "since.month": "6", "on.year": "", "on.month": "3",
    "on.day": "1", "signature": "冉小满"}, "choices": {"education": ["小学", "大学"]}, "hand": "print:song")";

std::vector<templates::Form> small_form() {
    using templates::FieldKind;
    templates::Form form;
    form.kind = "registration";
    form.fields = {{"name", "", FieldKind::text, true, "name", {}},
                   {"since", "", FieldKind::date, true, "year-month", {}},
                   {"on", "", FieldKind::date, true, "year-month-day", {}},
                   {"education", "", FieldKind::choice, true, "", {"小学", "中学", "大学"}},
                   {"signature", "", FieldKind::presence, true, "", {}}};
    return {form};
}

class Truth : public ::testing::Test {
protected:
    void SetUp() override {
        fs::create_directory(folder_.path() / "truth");
        fs::create_directory(folder_.path() / "stacks");
    }
    intake::test::TempFolder folder_;
};

TEST_F(Truth, OfAFolderOfSheets) {
    folder_.write("truth/a.json", std::string("{\"image\": \"a.jpg\", ") + sheet + "}");
    const auto set = load_truth(folder_.path(), small_form());
    ASSERT_EQ(set.pages.size(), 1u);
    const auto& page = set.pages[0];
    EXPECT_EQ(page.source, "a.jpg");
    EXPECT_EQ(set.files, std::vector<fs::path>{folder_.path() / "a.jpg"});
    EXPECT_EQ(std::get<std::string>(page.values.at("since")), "2020-06");
    EXPECT_EQ(std::get<std::string>(page.values.at("on")), "") << "a date that lacks a part";
    EXPECT_EQ(std::get<bool>(page.values.at("signature")), true);
    EXPECT_EQ(std::get<std::vector<std::string>>(page.values.at("education")),
              (std::vector<std::string>{"大学", "小学"}));
    EXPECT_EQ(page.traits.at("hand"), "print:song");
}

TEST_F(Truth, OfAStackBesideItOrInTheFolderForTruth) {
    const std::string pages =
        std::string("[{\"page\": 1, \"kind\": \"blank\"}, {\"page\": 2, \"kind\": \"registration\", ") + sheet + "}]";
    folder_.write("stacks/s.pdf", "x");
    folder_.write("truth/s.truth.json", pages);
    folder_.write("lone.tif", "x");
    folder_.write("lone.truth.json", pages);
    for (const auto& place :
         {folder_.path() / "stacks" / "s.pdf", folder_.path() / "stacks", folder_.path() / "lone.tif"}) {
        const auto set = load_truth(place, small_form());
        ASSERT_EQ(set.pages.size(), 2u) << place;
        EXPECT_TRUE(set.pages[0].values.empty());
        EXPECT_EQ(set.pages[1].page, 2);
        EXPECT_EQ(set.files.size(), 1u);
    }
}

TEST_F(Truth, SaysWhatIsMissingOrBroken) {
    const auto kind_of = [&](const fs::path& place) {
        try {
            load_truth(place, small_form());
        } catch (const Error& error) {
            return error.kind();
        }
        return ErrorKind::internal;
    };
    EXPECT_EQ(kind_of(folder_.path() / "nothing.tif"), ErrorKind::input);
    EXPECT_EQ(kind_of(folder_.path()), ErrorKind::input) << "an empty folder of truth";
    folder_.write("truth/a.json", "{");
    EXPECT_EQ(kind_of(folder_.path()), ErrorKind::data);
    folder_.write("truth/a.json", "{\"image\": \"a.jpg\"}");
    EXPECT_EQ(kind_of(folder_.path()), ErrorKind::data);
}

} // namespace
} // namespace dengji::app
