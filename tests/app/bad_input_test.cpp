// What offices deliver by mistake: each is named with its reason, and everything else is done.
#include "pipeline/intake/qpdf_headers.h"
#include "tests/app/run_program.h"
#include "tests/intake/pdf_fixtures.h"
#include "tests/intake/tiff_fixtures.h"

#include <dengji_project.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>
#include <unistd.h>

namespace dengji::app {
namespace {

namespace fs = std::filesystem;
using intake::test::Data;
using ::testing::HasSubstr;

Data half_of(const Data& whole) {
    return {whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(whole.size() / 2)};
}

Data scan_in_pdf(const std::string& page_entries = {}) {
    const auto sheet = intake::test::sheet(630, 891);
    return intake::test::scan_pdf(sheet.size(), "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode",
                                  intake::test::jpeg(sheet), page_entries);
}

void encrypt(const fs::path& plain, const fs::path& encrypted) {
    QPDF pdf;
    pdf.processFile(plain.c_str());
    QPDFWriter writer(pdf, encrypted.c_str());
    writer.setR6EncryptionParameters("secret", "secret", true, true, true, true, true, true, qpdf_r3p_full, true);
    writer.write();
}

/// Its directory names itself as the next one.
void write_looping_tiff(const fs::path& file) {
    intake::test::write_tiff(file, {{intake::test::sheet(420, 594), COMPRESSION_CCITTFAX4, 1}});
    auto bytes = intake::test::read_file(file);
    intake::test::Directories directories(bytes);
    const auto first = static_cast<std::uint32_t>(directories.place(0));
    directories.set(directories.link(0), first);
    intake::test::TempFolder scratch;
    fs::copy_file(scratch.write("loop", bytes), file, fs::copy_options::overwrite_existing);
}

/// 30,000 × 30,000 pixels of one bit: 109 KB that become 900 MB as grey.
void write_huge_png(const fs::path& file) {
    cv::Mat white(30000, 30000, CV_8UC1, cv::Scalar(255));
    cv::imwrite(file.string(), white, {cv::IMWRITE_PNG_BILEVEL, 1, cv::IMWRITE_PNG_COMPRESSION, 9});
}

class BadInput : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        folder_ = std::make_unique<intake::test::TempFolder>();
        const auto sheet = intake::test::sheet(630, 891);
        const auto tiff = folder_->path() / "truncated.tif";
        intake::test::write_tiff(tiff, {{sheet}});
        folder_->write("truncated.tif", half_of(intake::test::read_file(tiff)));
        folder_->write("a-good.png", intake::test::encode(".png", sheet));
        folder_->write("empty.jpg", std::string_view());
        folder_->write("text.pdf", "This is only a letter that somebody renamed.\n");
        folder_->write("truncated.jpg", half_of(intake::test::jpeg(sheet)));
        folder_->write("truncated.pdf", half_of(scan_in_pdf()));
        encrypt(folder_->write("plain.pdf", scan_in_pdf()), folder_->path() / "encrypted.pdf");
        folder_->write("rotated.pdf", scan_in_pdf("/Rotate 90"));
        write_looping_tiff(folder_->path() / "loop.tif");
        write_huge_png(folder_->path() / "huge.png");
        folder_->write("it's a \"scan\" & more.png", intake::test::encode(".png", sheet));
        folder_->write("z-good.jpg", intake::test::jpeg(sheet));
        run_ = std::make_unique<test::ProgramRun>(test::run_dengji({"read", folder_->path().string()}));
    }
    static void TearDownTestSuite() {
        run_.reset();
        folder_.reset();
    }

    /// What was printed for the pages of a file.
    static std::vector<nlohmann::json> pages(const std::string& name) {
        std::vector<nlohmann::json> found;
        for (const auto& line : test::lines_of(run_->out)) {
            auto page = nlohmann::json::parse(line);
            if (fs::path(page["source"].get<std::string>()).filename() == name) found.push_back(std::move(page));
        }
        return found;
    }

    /// What standard error says of a file.
    static std::string complaint(const std::string& name) {
        for (const auto& line : test::lines_of(run_->err))
            if (line.find("/" + name + "'") != std::string::npos) return line;
        return "nothing about " + name;
    }

    static inline std::unique_ptr<intake::test::TempFolder> folder_;
    static inline std::unique_ptr<test::ProgramRun> run_;
};

TEST_F(BadInput, EndsWithCode3AndASummary) {
    EXPECT_EQ(run_->exit_code, 3);
    EXPECT_THAT(run_->err, HasSubstr("Set aside: "));
    EXPECT_THAT(run_->err, HasSubstr("What to do: "));
}

TEST_F(BadInput, EverythingElseIsDone) {
    for (const auto* name : {"a-good.png", "plain.pdf", "rotated.pdf", "it's a \"scan\" & more.png", "z-good.jpg"}) {
        ASSERT_EQ(pages(name).size(), 1u) << name;
        EXPECT_FALSE(pages(name)[0].contains("failed")) << name;
    }
}

TEST_F(BadInput, WhatCannotBeOpenedIsNamedWithItsReason) {
    EXPECT_THAT(complaint("empty.jpg"), HasSubstr("empty"));
    EXPECT_THAT(complaint("text.pdf"), HasSubstr("not"));
    EXPECT_THAT(complaint("encrypted.pdf"), HasSubstr("password"));
    EXPECT_THAT(complaint("huge.png"), HasSubstr("megapixel"));
    for (const auto* name : {"truncated.jpg", "truncated.tif", "truncated.pdf"}) {
        // Set aside as a whole, or page by page where the rest of it is sound.
        const auto found = pages(name);
        const bool no_good_page =
            std::all_of(found.begin(), found.end(), [](const auto& page) { return page.contains("failed"); });
        EXPECT_TRUE(no_good_page) << name;
        EXPECT_THAT(complaint(name), ::testing::Not(HasSubstr("nothing about"))) << name;
    }
}

TEST_F(BadInput, ALoopingTiffEnds) {
    EXPECT_LE(pages("loop.tif").size(), 2u);
    EXPECT_TRUE(!pages("loop.tif").empty() || complaint("loop.tif").find("nothing about") == std::string::npos);
}

TEST_F(BadInput, ThePageNumberLimitIsASetting) {
    intake::test::TempFolder folder;
    const auto file = folder.path() / "three.tif";
    const auto sheet = intake::test::sheet(420, 594);
    intake::test::write_tiff(file, {{sheet}, {sheet}, {sheet}});
    const auto run = test::run_dengji({"read", file.string(), "--max-pages", "2"});
    EXPECT_EQ(run.exit_code, 3);
    EXPECT_EQ(run.out, "");
    EXPECT_THAT(run.err, HasSubstr("more than 2 pages"));
}

TEST_F(BadInput, AFileThatIsNotThere) {
    const auto run = test::run_dengji({"read", "/no/such/scan.jpg", (folder_->path() / "a-good.png").string()});
    EXPECT_EQ(run.exit_code, 3);
    EXPECT_THAT(run.err, HasSubstr("'/no/such/scan.jpg'"));
    EXPECT_EQ(test::lines_of(run.out).size(), 1u);
}

TEST_F(BadInput, AFolderThatMayNotBeRead) {
    if (geteuid() == 0) GTEST_SKIP() << "root may read everything";
    intake::test::TempFolder folder;
    fs::create_directory(folder.path() / "locked");
    folder.write("good.png", intake::test::encode(".png", intake::test::sheet()));
    fs::permissions(folder.path() / "locked", fs::perms::none);
    const auto run = test::run_dengji({"read", folder.path().string()});
    fs::permissions(folder.path() / "locked", fs::perms::owner_all);
    EXPECT_EQ(run.exit_code, 3);
    EXPECT_THAT(run.err, HasSubstr("locked"));
    EXPECT_EQ(test::lines_of(run.out).size(), 1u);
}

TEST_F(BadInput, ANameThatIsNotUtf8StillGivesValidJson) {
    intake::test::TempFolder folder;
    folder.write("\xb5\xc7\xbc\xc7.png", intake::test::encode(".png", intake::test::sheet(630, 891)));
    const auto run = test::run_dengji({"read", folder.path().string()});
    ASSERT_EQ(test::lines_of(run.out).size(), 1u);
    EXPECT_TRUE(nlohmann::json::accept(test::lines_of(run.out)[0]));
    const auto into_register =
        test::run_dengji({"run", folder.path().string(), "--data", (folder.path() / "data").string(), "--json"});
    EXPECT_TRUE(nlohmann::json::accept(into_register.out)) << into_register.err;
}

TEST_F(BadInput, SheetsThatAreNotWholeSheetsAreSetAside) {
    const auto odd = fs::path(DENGJI_SOURCE_DIR) / "samples" / "odd";
    if (!fs::exists(odd)) GTEST_SKIP() << "samples/odd is not there";
    const auto run = test::run_dengji({"read", odd.string()});
    EXPECT_EQ(run.exit_code, 3);
    for (const auto* name : {"half-form.tif", "two-forms-a3.tif"}) EXPECT_THAT(run.err, HasSubstr(name));
    for (const auto& line : test::lines_of(run.out)) EXPECT_EQ(nlohmann::json::parse(line)["kind"], "other");
}

} // namespace
} // namespace dengji::app
