#include "tests/exporters/booklets.h"

#include "pipeline/base/error.h"
#include "pipeline/base/files.h"
#include "pipeline/base/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dengji::certificate::test {
namespace {

using ::testing::HasSubstr;

class CertificatePdf : public ::testing::Test {
protected:
    void SetUp() override {
        if (!has_fonts()) GTEST_SKIP() << "a font of templates/fonts/debian.yaml is not installed";
    }
};

/// Names that programs print wrongly: outside the first plane, in extension A, rare, with a middle dot, very long.
const std::vector<std::string> names = {"陈𠮷",
                                        "李㵾",
                                        "龚䶮",
                                        "王𬱖",
                                        "张喆",
                                        "堃昇",
                                        "李旻",
                                        "赵祎",
                                        "阿依古丽·买买提",
                                        "诸葛测试甲",
                                        "⼀二一", // a radical that looks like 一
                                        "古丽夏提·阿不都热合曼·买买提明·吐尔逊江·艾克拜尔江",
                                        "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥金木水火土天地玄"};

TEST_F(CertificatePdf, EveryNameCopiesOutAsItWasWritten) {
    for (const auto& name : names) {
        const auto contents = holder(name);
        const auto set = national().set(contents, everything(contents));
        ASSERT_TRUE(set.problems.empty()) << name << set.problems.front().en;
        EXPECT_THAT(text_of(pdf_of(national(), {set})), HasSubstr(name));
    }
}

TEST_F(CertificatePdf, EveryNameIsSeen) {
    for (const auto& name : names) {
        auto contents = holder(name);
        const auto with = picture_of(pdf_of(national(), contents), 3, 150);
        contents.fields["name"] = "";
        const auto without = picture_of(pdf_of(national(), contents), 3, 150);
        cv::Mat differs;
        cv::compare(with, without, differs, cv::CMP_NE);
        // Each character is several square millimetres of strokes; a missing one would be an empty box or nothing.
        EXPECT_GT(cv::countNonZero(differs), 25 * static_cast<int>(code_points(name).size())) << name;
    }
}

TEST_F(CertificatePdf, ACharacterThatNoFontHasIsNamedBeforeAnythingIsPrinted) {
    const auto contents = holder("测\U00031350");
    const auto set = national().set(contents, everything(contents));
    ASSERT_EQ(set.problems.size(), 1u);
    EXPECT_EQ(set.problems[0].code, "no-font");
    EXPECT_THAT(set.problems[0].zh, HasSubstr("姓名"));
    EXPECT_THAT(set.problems[0].zh, HasSubstr("U+31350"));
}

TEST_F(CertificatePdf, WhatIsTooLongIsRefusedAndNeverCut) {
    std::string name;
    for (int i = 0; i < 60; ++i) name += "长";
    const auto contents = holder(name);
    const auto set = national().set(contents, everything(contents));
    ASSERT_EQ(set.problems.size(), 1u);
    EXPECT_EQ(set.problems[0].code, "too-long");
    EXPECT_THAT(set.problems[0].en, ::testing::Not(HasSubstr("长")));
}

TEST_F(CertificatePdf, ATableThatIsFullAsksForANewBooklet) {
    const auto contents = holder();
    const auto set = national().set(contents, {Printing::overprint, {{"assistance", 7, {{"category", "甲"}}}}, {}});
    ASSERT_EQ(set.problems.size(), 1u);
    EXPECT_EQ(set.problems[0].code, "no-row-left");
}

TEST_F(CertificatePdf, TheSameInputGivesTheSameBytes) {
    const BookletPrinter other(definition("national-2015"), fonts());
    EXPECT_EQ(pdf_of(national(), holder()), pdf_of(other, holder()));
    EXPECT_NE(pdf_of(national(), holder("测试乙")), pdf_of(national(), holder()));
}

TEST_F(CertificatePdf, IsSmall) {
    auto contents = holder("阿依古丽·𠮷㵾");
    contents.photo.clear();
    EXPECT_LT(pdf_of(national(), contents).size(), 60u * 1024);
}

TEST_F(CertificatePdf, IsSoundForQpdf) {
    const TempFolder folder("qpdf");
    write_file(folder.path() / "a.pdf", pdf_of(national(), holder("阿依古丽·𠮷㵾")));
    if (!said_by({"qpdf", "--version"})) GTEST_SKIP() << "qpdf is not installed";
    const auto said = said_by({"qpdf", "--check", (folder.path() / "a.pdf").string()});
    ASSERT_TRUE(said);
    EXPECT_THAT(*said, HasSubstr("No syntax or stream encoding errors found"));
}

TEST_F(CertificatePdf, HoldsWhatFilesForArchivesNeed) {
    const auto pdf = pdf_of(national(), holder());
    EXPECT_TRUE(pdf.starts_with("%PDF-1.4\n%"));
    for (const auto* part :
         {"<pdfaid:part>1</pdfaid:part>", "<pdfaid:conformance>B</pdfaid:conformance>", "/GTS_PDFA1",
          "/DestOutputProfile", "/ID [<", "/CIDSet", "/ToUnicode", "/FontFile3", "/FontFile2", "/Type /Metadata"})
        EXPECT_THAT(pdf, HasSubstr(part));
    for (const auto* part : {"/Encrypt", "/JavaScript", "/SMask", "/Type /ObjStm", "/LZWDecode", "/AcroForm"})
        EXPECT_THAT(pdf, ::testing::Not(HasSubstr(part)));
}

TEST_F(CertificatePdf, IsMarkedAsAPrintoutOnEveryPage) {
    const auto pages = split(text_of(pdf_of(national(), holder())), "\f");
    ASSERT_EQ(pages.size(), national().definition().pages.size() + 1); // the last form feed ends the last page
    for (std::size_t i = 0; i + 1 < pages.size(); ++i) EXPECT_THAT(pages[i], HasSubstr("不作为正式证件")) << i;
}

TEST_F(CertificatePdf, AnotherRegionsBookletIsDataAlone) {
    const BookletPrinter printer(definition("region-a5"), fonts());
    const auto pages = split(text_of(pdf_of(printer, holder())), "\f");
    ASSERT_EQ(pages.size(), 4u);
    EXPECT_THAT(pages[0], HasSubstr("测试甲"));
    EXPECT_THAT(pages[1], HasSubstr("被用人单位录用"));
}

TEST_F(CertificatePdf, ManyPeopleShareFontsAndFixedPages) {
    std::vector<SetBooklet> booklets;
    for (int i = 0; i < 20; ++i) {
        auto contents = holder("测试甲");
        contents.photo.clear();
        booklets.push_back(national().set(contents, everything(contents)));
    }
    const auto one = pdf_of(national(), {booklets.front()}).size();
    EXPECT_LT(pdf_of(national(), booklets).size(), 5 * one);
}

} // namespace
} // namespace dengji::certificate::test
