// The photo of a certificate, found on the papers that were scanned with the sheet.
#include "pipeline/app/attached_photo.h"

#include "pipeline/base/error.h"
#include "pipeline/base/files.h"
#include "tests/app/run_program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace dengji::app::test {
namespace {

namespace fs = std::filesystem;

/// A page of A4 at 300 dpi with so many photos stuck on it; pages of different numbers differ.
cv::Mat page_with(int photos, std::size_t number) {
    cv::Mat page(3508, 2480, CV_8UC3, cv::Scalar(250, 250, 250));
    cv::putText(page, "paper " + std::to_string(number), {300, 3000}, cv::FONT_HERSHEY_SIMPLEX, 3, {60, 60, 60}, 6);
    for (int i = 0; i < photos; ++i) {
        cv::Mat photo(588, 420, CV_8UC3, cv::Scalar(200, 120, 60));
        cv::ellipse(photo, {210, 240}, {84, 118}, 0, 0, 360, {170, 200, 235}, cv::FILLED);
        photo.copyTo(page(cv::Rect(300 + 900 * i, 400, 420, 588)));
    }
    return page;
}

struct AttachedPhotoTest : testing::Test {
    /// A sheet, and papers with so many photos each; returns the registration.
    std::string deliver(const std::vector<int>& photos) {
        ledger::Register the_register(data);
        const auto stack = place.path() / "stack";
        make_folder(stack);
        const auto batch = the_register.begin_batch({stack});
        ledger::PageKey sheet;
        std::vector<ledger::Paper> papers;
        for (std::size_t i = 0; i <= photos.size(); ++i) {
            const auto path = stack / (std::to_string(i) + ".png");
            cv::imwrite(path.string(), page_with(i == 0 ? 1 : photos[i - 1], i), {cv::IMWRITE_PNG_COMPRESSION, 1});
            const auto file = the_register.add_file(batch.id, static_cast<int>(i), path, path.filename());
            the_register.record_page_count(file, 1);
            reading::PageResult page;
            page.page = 1;
            page.kind = i == 0 ? "registration" : "other";
            if (i == 0) page.form = "registration-2020";
            the_register.record_page(batch.id, file, page);
            if (i == 0)
                sheet = {file.sha256, 1};
            else
                papers.push_back({{file.sha256, 1}, "", {}});
        }
        if (!papers.empty()) the_register.record_papers(batch.id, sheet, papers, {});
        the_register.finish_batch(batch.id);
        std::string id;
        the_register.for_each_registration([&](const ledger::Registration& found) { id = found.id; });
        return id;
    }
    std::string problem(const std::string& id, int paper = 0) {
        OpenLives open(data, ledger::Register::Opening::existing);
        const auto found = attached_photo(open, id, paper);
        EXPECT_NE(found.picture.empty(), !found.problem);
        return found.problem ? found.problem->code : "";
    }

    TempFolder place{"attached-photo"};
    fs::path data = place.path() / "data";
};

TEST_F(AttachedPhotoTest, IsTakenFromTheOnePaperThatShowsIt) {
    const auto id = deliver({0, 1, 0});
    EXPECT_EQ(problem(id), "");
    EXPECT_EQ(problem(id, 2), "");
    EXPECT_EQ(problem(id, 1), "photo-not-found");
    EXPECT_EQ(problem(id, 4), "no-such-paper");
    const auto run = run_dengji(
        {"certificates", "--registration", id, "--photo-attached", "--by", "经办甲", "--data", data.string()});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_THAT(run.out, testing::HasSubstr("照片已录入"));
}

TEST_F(AttachedPhotoTest, WhichOfSeveralIsMeantIsAsked) {
    const auto id = deliver({1, 0, 1});
    EXPECT_EQ(problem(id), "photo-not-clear");
    EXPECT_EQ(problem(id, 3), "");
    const auto run = run_dengji(
        {"certificates", "--registration", id, "--photo-attached", "--by", "经办甲", "--data", data.string()});
    EXPECT_EQ(run.exit_code, 3);
    EXPECT_THAT(run.err, testing::HasSubstr("第1、3页"));
}

TEST_F(AttachedPhotoTest, ASheetWithoutPapersHasNone) {
    EXPECT_EQ(problem(deliver({})), "no-papers");
    OpenLives open(data, ledger::Register::Opening::existing);
    EXPECT_THROW(attached_photo(open, "0000000000000000-1", 0), Error);
}

} // namespace
} // namespace dengji::app::test
