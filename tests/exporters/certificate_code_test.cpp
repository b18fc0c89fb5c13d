// The QR code, read from the printed page by a program of others.
#include "pipeline/base/files.h"
#include "tests/exporters/booklets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>

namespace dengji::certificate::test {
namespace {

struct CertificateCode : ::testing::Test {
    void SetUp() override {
        if (!has_fonts()) GTEST_SKIP() << "a font of templates/fonts/debian.yaml is not installed";
        if (!said_by({"zbarimg", "--version"})) GTEST_SKIP() << "zbarimg is not installed (zbar-tools)";
    }
    /// What zbarimg reads on a page, as an office scanner would show it.
    static std::string read_on(const std::string& pdf, int page) {
        const TempFolder folder("code");
        const auto file = (folder.path() / "page.png").string();
        cv::imwrite(file, picture_of(pdf, page, 300));
        return said_by({"zbarimg", "--raw", "-q", file}).value_or("");
    }
};

TEST_F(CertificateCode, IsReadFromEveryKindOfPrint) {
    const auto contents = holder();
    EXPECT_EQ(read_on(pdf_of(national(), contents), 3), contents.code + "\n");
    const Wanted one{Printing::overprint, {}, {"page-1"}};
    EXPECT_EQ(read_on(pdf_of(national(), {national().set(contents, one)}, Printing::overprint), 1),
              contents.code + "\n");
    const BookletPrinter region(definition("region-a5"), fonts());
    EXPECT_EQ(read_on(pdf_of(region, contents), 1), contents.code + "\n");
}

TEST_F(CertificateCode, HoldsNothingOfThePerson) {
    const auto contents = holder();
    const auto read = read_on(pdf_of(national(), contents), 3);
    EXPECT_THAT(read, ::testing::HasSubstr(contents.number));
    EXPECT_THAT(read, ::testing::Not(::testing::HasSubstr(contents.fields.at("id_number"))));
}

} // namespace
} // namespace dengji::certificate::test
