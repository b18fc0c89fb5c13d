#include "pipeline/ledger/register.h"

#include "pipeline/base/error.h"
#include "pipeline/base/files.h"
#include "tests/ledger/synthetic.h"

#include <fstream>
#include <gmock/gmock.h>

namespace dengji::ledger {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

struct RegisterTest : testing::Test {
    TempFolder place{"register-test"};
    fs::path data = place.path() / "data";
    fs::path inbox = place.path() / "in box";

    std::vector<Registration> rows(Register& the_register) {
        std::vector<Registration> rows;
        the_register.for_each_registration([&](const Registration& row) { rows.push_back(row); });
        return rows;
    }
    fs::path deliver(const std::string& name, const std::string& content) {
        fs::create_directories(inbox);
        std::ofstream(inbox / name) << content;
        return inbox / name;
    }
};

TEST_F(RegisterTest, ASheetBecomesARow) {
    Register the_register(data);
    const Batch batch = the_register.begin_batch({inbox});
    const File file = the_register.add_file(batch.id, 0, deliver("a.pdf", "%PDF- one"), "a.pdf");
    EXPECT_FALSE(file.known);
    const auto sheet = synthetic::sheet(1, 3);
    EXPECT_EQ(the_register.record_page(batch.id, file, sheet), Recorded::now);

    const auto found = rows(the_register);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].id, file.sha256.substr(0, 16) + "-3");
    EXPECT_EQ(found[0].source, "a.pdf");
    EXPECT_EQ(found[0].page, 3);
    EXPECT_EQ(found[0].form, "registration-2020");
    ASSERT_EQ(found[0].values.size(), sheet.readings.size());
    for (std::size_t i = 0; i < sheet.readings.size(); ++i) {
        EXPECT_EQ(found[0].values[i].key, sheet.readings[i].key);
        EXPECT_EQ(found[0].values[i].value, sheet.readings[i].value);
        EXPECT_EQ(found[0].values[i].review, sheet.readings[i].review);
    }
}

TEST_F(RegisterTest, APageRecordedTwiceChangesNothing) {
    Register the_register(data);
    const Batch batch = the_register.begin_batch({inbox});
    const File file = the_register.add_file(batch.id, 0, deliver("a.pdf", "%PDF- one"), "a.pdf");
    the_register.record_page(batch.id, file, synthetic::sheet(1));
    const std::string before = synthetic::dump(data);
    EXPECT_EQ(the_register.record_page(batch.id, file, synthetic::sheet(2)), Recorded::already);
    EXPECT_EQ(synthetic::dump(data), before);
}

TEST_F(RegisterTest, AFileDeliveredAgainUnderAnotherNameIsTheSameFile) {
    Register the_register(data);
    const Batch first = the_register.begin_batch({inbox});
    const File file = the_register.add_file(first.id, 0, deliver("a.pdf", "%PDF- one"), "a.pdf");
    the_register.record_page(first.id, file, synthetic::sheet(1));
    the_register.finish_batch(first.id);

    const Batch second = the_register.begin_batch({inbox});
    EXPECT_NE(second.id, first.id);
    const File again = the_register.add_file(second.id, 0, deliver("b.tif", "%PDF- one"), "b.tif");
    EXPECT_TRUE(again.known);
    EXPECT_EQ(again.id, file.id);
    EXPECT_TRUE(the_register.is_page_done(again.sha256, 1));
    const auto found = rows(the_register);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].source, "a.pdf");
    EXPECT_EQ(the_register.counts(second.id).registrations, 1);

    int originals = 0;
    for (const auto& entry : fs::recursive_directory_iterator(data / "originals")) originals += entry.is_regular_file();
    EXPECT_EQ(originals, 1);
}

TEST_F(RegisterTest, OriginalsAreKeptUnchangedUnderTheirHash) {
    Register the_register(data);
    const Batch batch = the_register.begin_batch({inbox});
    const auto path = deliver("名 'quoted' \".pdf", "%PDF- one");
    const File file = the_register.add_file(batch.id, 0, path, "x");
    fs::remove(path);
    EXPECT_EQ(file.original, data / "originals" / file.sha256.substr(0, 2) / (file.sha256 + ".pdf"));
    EXPECT_EQ(read_file(file.original), "%PDF- one");
    EXPECT_EQ(fs::status(file.original).permissions() & fs::perms::all, fs::perms::owner_read);
    EXPECT_TRUE(fs::is_empty(data / "originals" / "incoming"));
}

TEST_F(RegisterTest, OnlyTheOwnerSeesTheData) {
    Register the_register(data);
    EXPECT_EQ(fs::status(data).permissions() & fs::perms::all, fs::perms::owner_all);
    for (const auto& entry : fs::directory_iterator(data)) {
        if (!entry.is_regular_file()) continue;
        EXPECT_EQ(entry.status().permissions() & (fs::perms::group_all | fs::perms::others_all), fs::perms::none)
            << entry;
    }
}

TEST_F(RegisterTest, AnUnfinishedBatchOverTheSamePathsGoesOn) {
    Register the_register(data);
    const Batch first = the_register.begin_batch({inbox});
    EXPECT_FALSE(first.resumed);
    const Batch other = the_register.begin_batch({inbox / "other"});
    EXPECT_NE(other.id, first.id);
    const Batch again = the_register.begin_batch({inbox});
    EXPECT_TRUE(again.resumed);
    EXPECT_EQ(again.id, first.id);
    the_register.finish_batch(first.id);
    EXPECT_FALSE(the_register.begin_batch({inbox}).resumed);
}

TEST_F(RegisterTest, FailedPagesAreKeptUntilARetryIsAskedFor) {
    Register the_register(data);
    const Batch batch = the_register.begin_batch({inbox});
    const File file = the_register.add_file(batch.id, 0, deliver("a.pdf", "%PDF- one"), "a.pdf");
    the_register.record_page(batch.id, file, synthetic::failed_page());
    EXPECT_TRUE(the_register.is_page_done(file.sha256, 1));
    EXPECT_FALSE(the_register.is_page_done(file.sha256, 1, Failed::retry));
    EXPECT_THAT(the_register.pages_done(file), ElementsAre(1));
    EXPECT_THAT(the_register.pages_done(file, Failed::retry), ElementsAre());
    EXPECT_EQ(the_register.counts().failed_pages, 1);
    EXPECT_EQ(the_register.set_aside(batch.id).at(0).reasons.at(0).code, "page-torn");

    EXPECT_EQ(the_register.record_page(batch.id, file, synthetic::sheet(1)), Recorded::already);
    EXPECT_EQ(the_register.record_page(batch.id, file, synthetic::sheet(1), Failed::retry), Recorded::again);
    EXPECT_EQ(the_register.counts().failed_pages, 0);
    EXPECT_EQ(rows(the_register).size(), 1u);
    EXPECT_EQ(the_register.record_page(batch.id, file, synthetic::sheet(2), Failed::retry), Recorded::already);
    EXPECT_NE(synthetic::dump(data).find("page-retried"), std::string::npos);
}

TEST_F(RegisterTest, EveryDeliveryIsAccountedFor) {
    Register the_register(data);
    const Batch batch = the_register.begin_batch({inbox});
    const File good = the_register.add_file(batch.id, 0, deliver("a.pdf", "%PDF- one"), "a.pdf");
    const File bad = the_register.add_file(batch.id, 1, deliver("text.pdf", "no picture"), "text.pdf");
    const Reasons not_a_picture = {{"not-an-image", "不是图像", "not an image"}};
    the_register.record_page_count(good, 3);
    the_register.record_file_problem(bad, not_a_picture);
    the_register.add_unreadable(batch.id, 2, "locked", {{"no-rights", "无权读取", "may not be read"}});
    the_register.add_unreadable(batch.id, 2, "locked", {{"no-rights", "无权读取", "may not be read"}});
    auto blank = synthetic::sheet(5, 2);
    blank.kind = "blank";
    blank.readings.clear();
    the_register.record_page(batch.id, good, synthetic::sheet(1, 1));
    the_register.record_page(batch.id, good, blank);
    the_register.record_page(batch.id, good, synthetic::failed_page(3));

    const Counts counts = the_register.counts(batch.id);
    EXPECT_EQ(counts, the_register.counts());
    EXPECT_EQ(counts.files, 2);
    EXPECT_EQ(counts.failed_files, 1);
    EXPECT_EQ(counts.unreadable, 1);
    EXPECT_EQ(counts.pages, 3);
    EXPECT_EQ(counts.failed_pages, 1);
    EXPECT_THAT(counts.pages_by_kind, ElementsAre(testing::Pair("blank", 1), testing::Pair("registration", 1)));
    EXPECT_EQ(counts.registrations, 1);
    long long for_review = 0;
    for (const auto& reading : synthetic::sheet(1).readings) for_review += reading.review;
    EXPECT_EQ(counts.fields_for_review, for_review);
    EXPECT_EQ(counts.registrations_for_review, for_review > 0);

    const auto aside = the_register.set_aside(batch.id);
    ASSERT_EQ(aside.size(), 3u);
    EXPECT_EQ(aside[0].source, "a.pdf");
    EXPECT_EQ(aside[0].page, 3);
    EXPECT_EQ(aside[1].source, "text.pdf");
    EXPECT_EQ(aside[1].page, 0);
    EXPECT_EQ(aside[1].reasons, not_a_picture);
    EXPECT_EQ(aside[2].source, "locked");
    EXPECT_EQ(the_register.counts(the_register.begin_batch({"/elsewhere"}).id), Counts{});
}

TEST_F(RegisterTest, WhatOpeningAFileShowedIsRemembered) {
    Register the_register(data);
    const Batch batch = the_register.begin_batch({inbox});
    const auto path = deliver("a.pdf", "%PDF- one");
    const File file = the_register.add_file(batch.id, 0, path, "a.pdf");
    the_register.record_file_problem(file, {{"encrypted", "已加密", "encrypted"}});
    EXPECT_EQ(the_register.add_file(batch.id, 0, path, "a.pdf").problem.at(0).code, "encrypted");
    the_register.record_page_count(file, 7);
    const File after = the_register.add_file(batch.id, 0, path, "a.pdf");
    EXPECT_EQ(after.page_count, 7);
    EXPECT_TRUE(after.problem.empty());
}

TEST_F(RegisterTest, AnUnreadableFileIsAnInputErrorAndNothingIsNoted) {
    Register the_register(data);
    const Batch batch = the_register.begin_batch({inbox});
    for (const auto& path : {inbox / "missing.pdf", place.path()}) {
        try {
            the_register.add_file(batch.id, 0, path, "x");
            ADD_FAILURE();
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::input);
        }
    }
    EXPECT_EQ(the_register.counts().files, 0);
}

TEST_F(RegisterTest, OddTextsComeBackAsTheyAre) {
    auto sheet = synthetic::sheet(1);
    const std::string odd = "a\"b'c\n=1+1;--\t\\u0000 𠮷 :name";
    sheet.readings[0].value = odd;
    sheet.readings[3].value = std::vector<std::string>{odd, ""};
    sheet.readings[5].value = std::string("\xff\xfe bytes", 8);
    sheet.readings[5].confidence = std::nan("");
    Register the_register(data);
    const Batch batch = the_register.begin_batch({inbox});
    const File file = the_register.add_file(batch.id, 0, deliver("a.pdf", "%PDF- one"), "\xff.pdf");
    the_register.record_page(batch.id, file, sheet);
    const auto found = rows(the_register);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].source, "\uFFFD.pdf");
    EXPECT_EQ(std::get<std::string>(found[0].values[0].value), odd);
    EXPECT_EQ(std::get<std::vector<std::string>>(found[0].values[3].value), (std::vector<std::string>{odd, ""}));
    EXPECT_EQ(std::get<std::string>(found[0].values[5].value), "\uFFFD\uFFFD bytes");
}

TEST_F(RegisterTest, WithoutARegisterThereIsNothingToExport) {
    try {
        Register the_register(data, Register::Opening::existing);
        ADD_FAILURE();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::usage);
    }
    EXPECT_FALSE(fs::exists(data));
}

} // namespace
} // namespace dengji::ledger
