#include "pipeline/base/files.h"
#include "tests/ledger/synthetic.h"

#include <fstream>
#include <gtest/gtest.h>

namespace dengji::ledger {
namespace {

struct PapersTest : testing::Test {
    TempFolder place{"papers-test"};
    Register the_register{place.path() / "data"};
    Batch batch = the_register.begin_batch({place.path()});
    File file = add("stack.pdf", 0);
    const PageKey sheet_page{file.sha256, 1}, card_page{file.sha256, 2}, letter_page{file.sha256, 3};
    const std::string registration = file.sha256.substr(0, 16) + "-1";

    PapersTest() {
        the_register.record_page_count(file, 3);
        the_register.record_page(batch.id, file, synthetic::sheet(5));
        reading::PageResult card;
        card.page = 2;
        card.paper = "id-card";
        card.readings.resize(1);
        card.readings[0].key = "card.name";
        card.readings[0].value = std::string("赵试验");
        the_register.record_page(batch.id, file, card);
        reading::PageResult letter;
        letter.page = 3;
        letter.reasons = {{"no-table", "没有表格", "there is no table"}};
        the_register.record_page(batch.id, file, letter);
    }

    File add(const std::string& name, int position) {
        std::ofstream(place.path() / name) << "%PDF- made up " << name;
        return the_register.add_file(batch.id, position, place.path() / name, name);
    }

    std::vector<reading::PageResult> pages() {
        return the_register.pages_for_matching(batch.id, {"name", "id_number", "card.name"});
    }

    FieldValue name() {
        FieldValue found;
        the_register.for_each_registration([&](const Registration& row) { found = row.values.at(0); });
        return found;
    }

    std::vector<Paper> papers() const {
        return {{card_page, "id-card", {}}, {letter_page, "", {{"no-table", "没有表格", "there is no table"}}}};
    }

    /// The name as the card would have changed it.
    reading::Reading changed_name() {
        reading::Reading changed = pages()[0].readings[0];
        changed.value = std::string("赵试样");
        changed.review = true;
        changed.confidence = 0.42;
        changed.reasons = {{"card-chose", "按身份证复印件选取，请核对", "chosen by the card"}};
        return changed;
    }
};

TEST_F(PapersTest, PagesComeBackAsFarAsMatchingNeedsThem) {
    const auto found = pages();
    ASSERT_EQ(found.size(), 3u);
    EXPECT_EQ(found[0].source, file.sha256);
    EXPECT_EQ(found[0].form, "registration-2020");
    ASSERT_EQ(found[0].readings.size(), 2u);
    const auto original = synthetic::sheet(5);
    EXPECT_EQ(found[0].readings[0].value, original.readings[0].value);
    EXPECT_EQ(found[0].readings[0].alternatives, original.readings[0].alternatives);
    EXPECT_EQ(found[0].readings[0].reasons, original.readings[0].reasons);
    EXPECT_EQ(found[1].paper, "id-card");
    EXPECT_EQ(std::get<std::string>(found[1].readings.at(0).value), "赵试验");
    EXPECT_EQ(found[2].reasons.size(), 1u);
}

TEST_F(PapersTest, PapersComeWithTheirRegistration) {
    EXPECT_TRUE(the_register.papers_of(registration).empty());
    the_register.record_papers(batch.id, sheet_page, papers(), {});
    const auto kept = the_register.papers_of(registration);
    ASSERT_EQ(kept.size(), 2u);
    EXPECT_EQ(kept[0].page, card_page);
    EXPECT_EQ(kept[0].paper, "id-card");
    EXPECT_EQ(kept[1].page, letter_page);
    EXPECT_EQ(the_register.counts().attached, 2);
    EXPECT_EQ(the_register.counts(batch.id).attached, 2);
}

TEST_F(PapersTest, WhatTheCardSaysReachesTheRow) {
    const std::string raw = pages()[0].readings[0].raw;
    the_register.record_papers(batch.id, sheet_page, papers(), {changed_name()});
    EXPECT_EQ(std::get<std::string>(name().value), "赵试样");
    EXPECT_TRUE(name().review);
    EXPECT_EQ(pages()[0].readings[0].raw, raw);
    EXPECT_EQ(pages()[0].readings[0].reasons.at(0).code, "card-chose");
}

TEST_F(PapersTest, DoingItAgainChangesNothing) {
    the_register.record_papers(batch.id, sheet_page, papers(), {changed_name()});
    const std::string before = synthetic::dump(place.path() / "data");
    auto again = changed_name();
    again.value = std::string("钱样本");
    the_register.record_papers(batch.id, sheet_page, papers(), {again});
    EXPECT_EQ(synthetic::dump(place.path() / "data"), before);
}

TEST_F(PapersTest, APaperStaysWithItsFirstSheet) {
    the_register.record_papers(batch.id, sheet_page, papers(), {});
    const File other = add("other.pdf", 1);
    the_register.record_page_count(other, 1);
    the_register.record_page(batch.id, other, synthetic::sheet(6));
    the_register.record_papers(batch.id, PageKey{other.sha256, 1}, papers(), {});
    EXPECT_EQ(the_register.papers_of(registration).size(), 2u);
    EXPECT_TRUE(the_register.papers_of(other.sha256.substr(0, 16) + "-1").empty());
}

TEST_F(PapersTest, ACardWithASheetIsNotSetAsideOneWithoutIs) {
    const Reasons alone = {{"card-without-sheet", "没有对应的登记表", "no sheet"}};
    the_register.record_papers(batch.id, std::nullopt, {{card_page, "id-card", alone}}, {});
    auto aside = the_register.set_aside(batch.id);
    ASSERT_EQ(aside.size(), 2u);
    EXPECT_EQ(aside[0].page, 2);
    EXPECT_EQ(aside[0].reasons, alone);
    the_register.record_papers(batch.id, sheet_page, papers(), {});
    aside = the_register.set_aside(batch.id);
    ASSERT_EQ(aside.size(), 1u) << "the letter has a sheet, but nobody knows what it is";
    EXPECT_EQ(aside[0].page, 3);
}

TEST_F(PapersTest, AReasonOfAnEarlierLookDoesNotReturn) {
    the_register.record_papers(batch.id, sheet_page, papers(), {});
    the_register.record_papers(batch.id, std::nullopt, {{card_page, "id-card", {{"card-without-sheet", "无", "no"}}}},
                               {});
    EXPECT_TRUE(the_register.papers_of(registration).at(0).reasons.empty());
}

} // namespace
} // namespace dengji::ledger
