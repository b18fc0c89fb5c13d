// Other programs read the workbook: openpyxl every sheet, LibreOffice every value when it calculates all of them anew.
#include "pipeline/base/files.h"
#include "tests/exporters/month_fixture.h"
#include "tests/exporters/office_programs.h"

namespace dengji::monthly::test {
namespace {

struct Readers : SimulatedMonths {
    std::string write(bool details) {
        simulate(60);
        Request request;
        request.month = std::chrono::year(2024) / 10;
        request.details = details;
        const auto file = place.path() / "report.xlsx";
        write_workbook(
            make_report(sources(lives), request, long_after), words(), offices(),
            [](const std::string& number) { return number; }, file);
        return file.string();
    }
};

TEST_F(Readers, OpenpyxlReadsEverySheet) {
    if (!has_openpyxl()) GTEST_SKIP() << "python3-openpyxl is not installed";
    EXPECT_EQ(run_python("read_workbook.py", {write(true)}), 0);
}

TEST_F(Readers, EachFigureLeadsToItsPeople) {
    if (!has_openpyxl()) GTEST_SKIP() << "python3-openpyxl is not installed";
    EXPECT_EQ(run_python("follow_links.py", {write(true)}), 0);
}

TEST_F(Readers, LibreOfficeCalculatesTheSameValues) {
    if (!has_libreoffice()) GTEST_SKIP() << "LibreOffice is not installed (libreoffice-calc-nogui)";
    if (!has_openpyxl()) GTEST_SKIP() << "python3-openpyxl is not installed";
    const auto file = write(true);
    const auto folder = place.path() / "recalculated";
    make_folder(folder);
    ASSERT_EQ(run({script("recalculate").string(), file, folder.string()}), 0);
    EXPECT_EQ(run_python("read_workbook.py", {file, (folder / "report.xlsx").string()}), 0);
}

} // namespace
} // namespace dengji::monthly::test
