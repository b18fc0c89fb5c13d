// Other programs read the workbook: openpyxl every sheet, LibreOffice every value when it calculates all of them anew.
#include "pipeline/base/files.h"
#include "tests/exporters/month_fixture.h"

#include <array>
#include <dengji_project.h>
#include <sys/wait.h>
#include <unistd.h>

namespace dengji::monthly::test {
namespace {

const std::filesystem::path here = std::filesystem::path(DENGJI_SOURCE_DIR) / "tests/exporters";

/// Exit code; -1 when it could not be started.
int run(const std::vector<std::string>& command) {
    std::vector<char*> words;
    for (const auto& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    const pid_t child = ::fork();
    if (child == 0) {
        ::execvp(words[0], words.data());
        ::_exit(127);
    }
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child) return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

bool is_there(const std::string& program) {
    return std::filesystem::exists("/usr/bin/" + program);
}

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
    if (run({"/usr/bin/python3", "-c", "import openpyxl"}) != 0) GTEST_SKIP() << "python3-openpyxl is not installed";
    EXPECT_EQ(run({"/usr/bin/python3", (here / "read_workbook.py").string(), write(true)}), 0);
}

TEST_F(Readers, LibreOfficeCalculatesTheSameValues) {
    if (!is_there("soffice")) GTEST_SKIP() << "LibreOffice is not installed (libreoffice-calc-nogui)";
    if (run({"/usr/bin/python3", "-c", "import openpyxl"}) != 0) GTEST_SKIP() << "python3-openpyxl is not installed";
    const auto file = write(false);
    const auto folder = place.path() / "recalculated";
    make_folder(folder);
    ASSERT_EQ(run({(here / "recalculate").string(), file, folder.string()}), 0);
    EXPECT_EQ(run({"/usr/bin/python3", (here / "read_workbook.py").string(), file, (folder / "report.xlsx").string()}),
              0);
}

} // namespace
} // namespace dengji::monthly::test
