// Sheets as they come out of the printer, against approved pictures.
#include "pipeline/base/files.h"
#include "pipeline/base/text.h"
#include "tests/exporters/approved_pictures.h"
#include "tests/exporters/month_fixture.h"
#include "tests/exporters/office_programs.h"

#include <gmock/gmock.h>
#include <opencv2/imgcodecs.hpp>

namespace dengji::monthly::test {
namespace {

using ::testing::HasSubstr;

constexpr int dpi = 50;

/// A sheet, and words that its first page alone has.
struct Sheet {
    std::string name, words;
};

const std::vector<Sheet> every_sheet = {{"cover", "校验结论"},
                                        {"T1", "表号：T1"},
                                        {"T2", "表号：T2"},
                                        {"T3", "表号：T3"},
                                        {"T4", "表号：T4"},
                                        {"T5", "表号：T5"},
                                        {"T6", "表号：T6"},
                                        {"checks", "勾稽校验"},
                                        {"changes", "上年同期比较"},
                                        {"charts", "图表"},
                                        {"people", "计入本期各数的人员"},
                                        {"lists", "每个数对应的人员"}};

struct WorkbookGallery : SimulatedMonths {
    void SetUp() override {
        if (!has_libreoffice()) GTEST_SKIP() << "LibreOffice is not installed (libreoffice-calc-nogui)";
    }

    /// Prints the workbook of a month; pages with their texts.
    void print(const std::string& town) {
        simulate(60);
        auto fixed = definition();
        fixed.version = "2026-1/0123456789ab"; // a comment in a definition is no reason to look at pictures again
        Request request;
        request.month = std::chrono::year(2024) / 10;
        request.town = town;
        const auto file = place.path() / "report.xlsx";
        write_workbook(
            make_report({lives, offices(), fixed, words()}, request, long_after), words(), offices(),
            [](const std::string& number) { return number; }, file);
        const auto folder = place.path() / "pages";
        make_folder(folder);
        ASSERT_EQ(run({script("render").string(), file.string(), folder.string(), std::to_string(dpi)}), 0);
        for (int page = 1; std::filesystem::exists(folder / ("page-" + std::to_string(page) + ".txt")); ++page) {
            const auto stem = folder / ("page-" + std::to_string(page));
            texts.push_back(read_file(stem.string() + ".txt"));
            pictures.push_back(cv::imread(stem.string() + ".png", cv::IMREAD_GRAYSCALE));
        }
    }

    /// The first page of each sheet; one after the other, as the sheets are.
    std::vector<std::size_t> first_pages() const {
        std::vector<std::size_t> found;
        std::size_t page = 0;
        for (const auto& sheet : every_sheet) {
            while (page < texts.size() && texts[page].find(sheet.words) == std::string::npos) ++page;
            found.push_back(page);
        }
        return found;
    }

    void expect_as_approved(const std::string& scope) {
        const auto pages = first_pages();
        for (std::size_t i = 0; i < pages.size(); ++i) {
            ASSERT_LT(pages[i], pictures.size()) << every_sheet[i].name << " was not printed";
            dengji::test::expect_as_approved(pictures[pages[i]], "report-" + scope + "-" + every_sheet[i].name);
        }
    }

    /// What superiors expect of every page, whatever it shows.
    void expect_whole_pages() {
        const auto firsts = first_pages();
        for (std::size_t page = 0; page < pictures.size(); ++page) {
            EXPECT_NEAR(pictures[page].cols, 297 / 25.4 * dpi, 2) << "A4 landscape, page " << page + 1;
            EXPECT_NEAR(pictures[page].rows, 210 / 25.4 * dpi, 2) << "A4 landscape, page " << page + 1;
            const auto numbered =
                "第 " + std::to_string(page + 1) + " 页 共 " + std::to_string(pictures.size()) + " 页";
            EXPECT_THAT(texts[page], HasSubstr(numbered));
        }
        const auto head = [&](const char* sheet, const char* words) {
            const auto at =
                static_cast<std::size_t>(std::find_if(every_sheet.begin(), every_sheet.end(),
                                                      [&](const Sheet& each) { return each.name == sheet; }) -
                                         every_sheet.begin());
            const auto end = at + 1 < firsts.size() ? firsts[at + 1] : texts.size();
            EXPECT_GT(end - firsts[at], 1U) << sheet << " is long enough to show whether its head is repeated";
            for (auto page = firsts[at]; page < end; ++page) EXPECT_THAT(texts[page], HasSubstr(words)) << sheet;
        };
        head("checks", "规则");
        head("changes", "增减");
        head("lists", "明细行");
    }

    std::vector<std::string> texts;
    std::vector<cv::Mat> pictures;
};

TEST_F(WorkbookGallery, TheDistrictsSheetsLookAsApproved) {
    print("");
    expect_as_approved("district");
    expect_whole_pages();
}

TEST_F(WorkbookGallery, ATownsSheetsLookAsApproved) {
    print(offices().all().front().code);
    expect_as_approved("town");
}

TEST(ApprovedSheets, AMissingLineIsNoticed) {
    const auto approved = dengji::test::approved_picture("report-district-T1");
    ASSERT_FALSE(approved.empty());
    // The last line with ink above the page number: the one to sign on.
    auto without = approved.clone();
    int bottom = approved.rows * 9 / 10;
    while (bottom > 0 && cv::countNonZero(approved.row(bottom) < 160) == 0) --bottom;
    without(cv::Rect(0, bottom - 8, approved.cols, 10)) = 255;
    EXPECT_TRUE(dengji::test::is_seen(dengji::test::difference_of(without, approved)));
}

} // namespace
} // namespace dengji::monthly::test
