// Every kind of file that certificates come in, looked at by programs of others: qpdf, and PDFBox for PDF/A-1b.
#include "exporters/certificate/printers.h"
#include "pipeline/base/files.h"
#include "tests/exporters/booklets.h"

#include <dengji_project.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>

namespace dengji::certificate::test {
namespace {

class CertificateCheckers : public ::testing::Test {
protected:
    void SetUp() override {
        if (!has_fonts()) GTEST_SKIP() << "a font of templates/fonts/debian.yaml is not installed";
        add("full", pdf_of(national(), holder("阿依古丽·𠮷㵾")));
        add("full-long-name", pdf_of(national(), holder("古丽夏提·阿不都热合曼·买买提明·吐尔逊江·艾克拜尔江")));
        auto bare = holder("王𬱖");
        bare.photo.clear();
        bare.tables.clear();
        add("full-without-photo-and-rows", pdf_of(national(), bare));
        const BookletPrinter region(definition("region-a5"), fonts());
        add("region", pdf_of(region, holder("龚䶮")));
        std::vector<SetBooklet> several;
        for (const auto* name : {"张喆", "李旻", "赵祎", "陈𠮷"}) {
            const auto contents = holder(name);
            several.push_back(national().set(contents, everything(contents)));
        }
        add("several", pdf_of(national(), several));
        const auto contents = holder("堃昇");
        const Wanted all{Printing::overprint, all_rows(contents), {"page-1", "page-3"}};
        add("overprint", pdf_of(national(), {national().set(contents, all)}, Printing::overprint, {0.4, -0.3, 1.002}));
        const Wanted row{Printing::overprint, {{"registrations", 2, {{"reason", "从各类单位辞职"}}}}, {}};
        add("overprint-one-row", pdf_of(national(), {national().set(contents, row)}, Printing::overprint));
        std::string page;
        write_calibration(national(), {0.4, -0.3, 1}, *parse_date("2024-03-06"),
                          [&](std::string_view piece) { page += piece; });
        add("calibration", page);
    }
    void add(const std::string& name, const std::string& pdf) {
        ASSERT_GT(pdf.size(), 1000u) << name;
        files_[name] = folder_.path() / (name + ".pdf");
        write_file(files_[name], pdf);
    }

    TempFolder folder_{"checkers"};
    std::map<std::string, std::filesystem::path> files_;
};

TEST_F(CertificateCheckers, QpdfFindsNothingWrongInAnyKindOfFile) {
    if (!said_by({"qpdf", "--version"})) GTEST_SKIP() << "qpdf is not installed";
    for (const auto& [name, file] : files_) {
        const auto said = said_by({"qpdf", "--check", file.string()});
        ASSERT_TRUE(said) << name;
        EXPECT_THAT(*said, ::testing::HasSubstr("No syntax or stream encoding errors found")) << name;
    }
}

TEST_F(CertificateCheckers, PdfBoxAcceptsEveryKindOfFileAsPdfA1b) {
    const auto validator = std::filesystem::path(DENGJI_SOURCE_DIR) / "tests/exporters/validate_pdfa";
    if (!said_by({validator.string(), "--available"})) GTEST_SKIP() << "PDFBox is not installed (libpdfbox2-java)";
    std::vector<std::string> command = {validator.string()};
    for (const auto& [name, file] : files_) command.push_back(file.string());
    const auto said = said_by(command);
    EXPECT_TRUE(said) << "run " << validator << " to see which are not accepted";
    // It does find what is wrong.
    auto broken = read_file(files_["full"]);
    const std::string part = "<pdfaid:part>1</pdfaid:part>";
    broken.replace(broken.find(part), part.size(), "<pdfaid:part>7</pdfaid:part>");
    write_file(folder_.path() / "broken.pdf", broken);
    EXPECT_FALSE(said_by({validator.string(), (folder_.path() / "broken.pdf").string()}));
}

} // namespace
} // namespace dengji::certificate::test
