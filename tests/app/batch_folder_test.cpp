// A batch of certificates into a folder, broken off at any moment: nothing half is left unnoticed.
#include "pipeline/app/batch_folder.h"

#include "pipeline/base/files.h"
#include "pipeline/ledger/certificates.h"
#include "tests/app/run_program.h"
#include "tests/ledger/applicants.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <random>
#include <sys/wait.h>
#include <unistd.h>

namespace dengji::app::test {
namespace {

namespace fs = std::filesystem;
using ledger::test::day;

std::vector<fs::path> files_in(const fs::path& folder, const std::string& with) {
    std::vector<fs::path> found;
    if (!fs::exists(folder)) return found;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().filename().string().find(with) != std::string::npos) found.push_back(entry.path());
    return found;
}

const std::string number = "5001160024000001";
const auto nothing_logged = [](const std::string&) { return false; };
const auto all_logged = [](const std::string&) { return true; };

struct BatchFolderTest : testing::Test {
    /// Begins a batch in a process that dies.
    void break_off(bool delivering) {
        const pid_t child = ::fork();
        if (child == 0) {
            BatchFolder folder(place);
            folder.begin({number});
            if (delivering) {
                folder.deliver();
                write_file(folder.place_of(number), "%PDF");
            }
            AtomicFile half(folder.place_of("5001160024000002"));
            half.write("%PDF");
            ::kill(::getpid(), SIGKILL);
        }
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status));
    }
    TempFolder parent{"batch-folder"};
    fs::path place = parent.path() / "out";
};

TEST_F(BatchFolderTest, ABrokenBatchIsNoticedUntilItIsLogged) {
    break_off(true);
    ASSERT_EQ(files_in(place, "未写完的证书").size(), 1u);
    EXPECT_THAT(read_file(files_in(place, "未写完的证书").front()), testing::HasSubstr(number));
    EXPECT_EQ(files_in(place, ".part-").size(), 1u);
    {
        BatchFolder next(place);
        EXPECT_TRUE(files_in(place, ".part-").empty()) << "half-written files are cleared away";
        EXPECT_THAT(next.broken(nothing_logged), testing::ElementsAre(number));
        next.begin({"5001160024000003"});
        next.deliver();
        next.finish(nothing_logged);
    }
    EXPECT_EQ(files_in(place, "未写完的证书").size(), 1u) << "that of the broken batch";
    BatchFolder later(place);
    EXPECT_THAT(later.broken(all_logged), testing::IsEmpty());
    later.begin({number});
    later.deliver();
    later.finish(all_logged);
    EXPECT_TRUE(files_in(place, "未写完的证书").empty());
}

TEST_F(BatchFolderTest, WhatNeverCameToItsPlaceLeavesNoNote) {
    {
        BatchFolder folder(place);
        folder.begin({number});
        EXPECT_EQ(files_in(place, "未写完的证书").size(), 1u);
    }
    EXPECT_TRUE(files_in(place, "未写完的证书").empty());
    BatchFolder folder(place);
    folder.begin({number});
    EXPECT_THAT(folder.broken(nothing_logged), testing::IsEmpty()) << "it runs: nothing is broken off";
}

/// 40 certificates, killed again and again: what stands in the folder is logged, or the note names it.
TEST_F(BatchFolderTest, KilledAtAnyMomentNothingHalfIsUnnoticed) {
    const auto data = parent.path() / "data";
    ledger::Register the_register(data);
    ledger::Lives lives(the_register, ledger::test::book(), ledger::test::offices());
    ledger::Certificates certificates(the_register, lives, ledger::test::book());
    const auto photo = [] {
        std::vector<unsigned char> bytes;
        cv::imencode(".jpg", cv::Mat(579, 413, CV_8UC3, cv::Scalar(180, 120, 90)), bytes);
        return std::string(bytes.begin(), bytes.end());
    }();
    certificates.enter_range("5001160024000001", "5001160024000099", "经办甲");
    ledger::test::People people{3};
    write_file(parent.path() / "a.jsonl", "{}\n");
    const auto batch = the_register.begin_batch({parent.path()});
    const auto file = the_register.add_file(batch.id, 0, parent.path() / "a.jsonl", "a.jsonl");
    for (int i = 1; i <= 40; ++i) {
        const auto application =
            ledger::test::application_of(people.next(), day("2024-03-04"), rules::Channel::counter);
        const auto id =
            lives.receive(batch.id, file, i, std::to_string(i), application, day("2024-03-04")).registration;
        ledger::Act act{id, "check", day("2024-03-04"), "经办甲", "", "", {{"signs_of_employment", "no"}}, {}};
        ASSERT_FALSE(lives.take(act, day("2024-03-04")).refusal);
        act.step = "register", act.particulars.clear();
        ASSERT_FALSE(lives.take(act, day("2024-03-04")).refusal);
        act.step = "certificate-apply";
        ASSERT_FALSE(lives.take(act, day("2024-03-04")).refusal);
        certificates.keep_photo(id, photo, "经办甲");
    }
    const std::vector<std::string> command = {"certificates", "--due", "-o",     place.string(), "--data",
                                              data.string(),  "--by",  "经办甲", "--on",         "2024-03-06"};
    std::mt19937 random(5);
    int killed = 0;
    for (int tries = 0; tries < 40; ++tries) {
        const auto moment = std::chrono::milliseconds(10 + 15 * tries + random() % 15);
        const auto run = run_dengji(command, {.signal_after = moment});
        if (run.exit_code == 0) break;
        ASSERT_EQ(run.exit_code, 128 + 9) << run.err;
        ++killed;
        std::string notes;
        for (const auto& note : files_in(place, "未写完的证书")) notes += read_file(note);
        for (const auto& pdf : files_in(place, ".pdf")) {
            if (pdf.extension() != ".pdf") continue; // half-written, under another name
            const auto of = pdf.stem().string();
            EXPECT_TRUE(!certificates.prints_of(of).empty() || notes.find(of) != std::string::npos) << of;
            EXPECT_THAT(read_file(pdf), testing::EndsWith("%%EOF\n")) << of;
        }
    }
    EXPECT_GT(killed, 0);
    const auto last = run_dengji(command);
    EXPECT_EQ(last.exit_code, 0) << last.err;
    EXPECT_TRUE(files_in(place, "未写完的证书").empty());
    EXPECT_TRUE(files_in(place, ".part-").empty());
    EXPECT_EQ(files_in(place, ".pdf").size(), 40u);
    for (int i = 1; i <= 40; ++i)
        EXPECT_EQ(certificates.prints_of("50011600240000" + std::to_string(100 + i).substr(1)).size(), 1u) << i;
}

} // namespace
} // namespace dengji::app::test
