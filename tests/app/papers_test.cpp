#include "pipeline/app/papers.h"

#include "pipeline/base/files.h"
#include "pipeline/reading/attachments.h"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>

namespace dengji::app {
namespace {

using reading::PageResult;
using reading::Reading;

Reading reading_of(const std::string& key, const std::string& value, double confidence) {
    Reading reading;
    reading.key = key;
    reading.value = value;
    reading.raw = value;
    reading.confidence = confidence;
    reading.review = confidence < 0.9;
    if (reading.review) reading.reasons = {{"unsure", "识别把握不大，请核对", "the reading is not sure"}};
    return reading;
}

/// A made-up stack: a sheet with an unsure name, its card, a letter, the card of somebody else.
std::vector<PageResult> stack() {
    std::vector<PageResult> pages(4);
    for (std::size_t i = 0; i < pages.size(); ++i) pages[i].page = static_cast<int>(i) + 1;
    pages[0].kind = "registration";
    pages[0].form = "registration-2020";
    pages[0].readings = {reading_of("name", "沈试样", 0.7), reading_of("id_number", "510225198311029922", 0.99),
                         reading_of("remarks", "无", 0.95)};
    pages[1].paper = pages[3].paper = "id-card";
    pages[1].readings = {reading_of("card.name", "沈试样", 0.97),
                         reading_of("card.id_number", "510225198311029922", 0.99)};
    pages[3].readings = {reading_of("card.name", "李虚构", 0.97),
                         reading_of("card.id_number", "512222197508159964", 0.99)};
    return pages;
}

struct PapersInTheRegister : testing::Test {
    TempFolder place{"papers-in-the-register"};
    ledger::Register the_register{place.path() / "data"};

    /// A run over the stack, which may end early; what `read` would say is the measure.
    ledger::Batch deliver(bool finish = true) {
        const auto batch = the_register.begin_batch({place.path()});
        const auto path = place.path() / "stack.pdf";
        std::ofstream(path) << "%PDF- made up";
        const auto file = the_register.add_file(batch.id, 0, path, "stack.pdf");
        the_register.record_page_count(file, 4);
        for (const PageResult& page : stack()) the_register.record_page(batch.id, file, page);
        if (finish) {
            attach_papers(the_register, batch.id);
            the_register.finish_batch(batch.id);
        }
        return batch;
    }

    std::vector<ledger::FieldValue> row() {
        std::vector<ledger::FieldValue> values;
        the_register.for_each_registration([&](const ledger::Registration& found) {
            id = found.id;
            values = found.values;
        });
        return values;
    }
    std::string id;
};

TEST_F(PapersInTheRegister, TheRowIsWhatReadSays) {
    deliver();
    std::vector<PageResult> said = stack();
    for (PageResult& page : said) page.source = "stack.pdf";
    reading::attach_papers(said);
    const auto values = row();
    ASSERT_EQ(values.size(), 3u);
    for (std::size_t i = 0; i < values.size(); ++i) {
        EXPECT_EQ(values[i].value, said[0].readings[i].value);
        EXPECT_EQ(values[i].review, said[0].readings[i].review) << values[i].key;
    }
    EXPECT_FALSE(values[0].review) << "the card speaks for the name";
    const auto papers = the_register.papers_of(id);
    ASSERT_EQ(papers.size(), 2u);
    EXPECT_EQ(papers[0].page.page, 2);
    EXPECT_EQ(papers[1].page.page, 3);
}

TEST_F(PapersInTheRegister, ACardWithoutASheetIsSetAsideWithItsReason) {
    const auto batch = deliver();
    const auto aside = the_register.set_aside(batch.id);
    const auto card = std::find_if(aside.begin(), aside.end(), [](const auto& item) { return item.page == 4; });
    ASSERT_NE(card, aside.end());
    EXPECT_EQ(card->reasons.at(0).code, "card-without-sheet");
    EXPECT_EQ(std::count_if(aside.begin(), aside.end(), [](const auto& item) { return item.page == 2; }), 0);
}

TEST_F(PapersInTheRegister, StoppingBeforeAndDeliveringAgainGiveTheSame) {
    deliver(false);
    row();
    EXPECT_TRUE(the_register.papers_of(id).empty());
    EXPECT_TRUE(deliver().resumed);
    const auto counts = the_register.counts();
    const auto first = the_register.pages_for_matching(1, reading::keys_for_attachments());
    const auto again = deliver();
    EXPECT_FALSE(again.resumed);
    EXPECT_EQ(the_register.counts(), counts);
    const auto second = the_register.pages_for_matching(again.id, reading::keys_for_attachments());
    ASSERT_EQ(first.size(), second.size());
    EXPECT_EQ(first[0].readings[0].confidence, second[0].readings[0].confidence)
        << "the card must not speak twice for one reading";
    EXPECT_EQ(the_register.papers_of(id).size(), 2u);
}

} // namespace
} // namespace dengji::app
