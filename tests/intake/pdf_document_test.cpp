#include "tests/intake/pdf_fixtures.h"

#include "pipeline/intake/qpdf_headers.h"

#include <opencv2/imgproc.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace dengji::intake::test {
namespace {

using testing::AllOf;
using testing::AnyOf;
using testing::HasSubstr;

const std::string grey_jpeg = "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode";

/// As many pages as asked for, each of another width.
Data stack_of(int pages, const std::string& tree_entries = {}, int count = -1) {
    PdfWriter pdf;
    for (int i = 0; i < pages; ++i) {
        const cv::Mat image = sheet(210 + 21 * i, (210 + 21 * i) * 421 / 298);
        pdf.add_scan(add_image(pdf, image.size(), grey_jpeg, jpeg(image)));
    }
    return pdf.finish(tree_entries, count);
}

class PdfDocument : public testing::Test {
protected:
    TempFolder folder;
};

TEST_F(PdfDocument, PagesComeInOrder) {
    const auto document = open_document(folder.write("a.pdf", stack_of(3)));
    ASSERT_EQ(document->page_count(), 3);
    EXPECT_EQ(document->page(3).image.cols, 252);
    EXPECT_EQ(document->page(1).image.cols, 210);
    EXPECT_EQ(document->page(2).number, 2);
}

TEST_F(PdfDocument, PagesAreDecodedByManyThreads) {
    constexpr int pages = 8;
    const auto document = open_document(folder.write("a.pdf", stack_of(pages)));
    std::vector<int> widths(pages);
    std::vector<std::thread> threads;
    for (int start = 0; start < 4; ++start) {
        threads.emplace_back([&, start] {
            for (int i = start; i < pages; i += 4)
                widths[static_cast<std::size_t>(i)] = document->page(i + 1).image.cols;
        });
    }
    for (auto& thread : threads) thread.join();
    for (int i = 0; i < pages; ++i) EXPECT_EQ(widths[static_cast<std::size_t>(i)], 210 + 21 * i);
}

TEST_F(PdfDocument, OtherBytesAheadOfTheMarkDoNoHarm) {
    const auto file = folder.write("a.pdf", bytes_of("From a mail program\r\n\r\n") + stack_of(1));
    EXPECT_EQ(first_page(file).image.cols, 210);
}

std::filesystem::path encrypted(const TempFolder& folder, const char* user_password) {
    const auto plain = folder.write("plain.pdf", stack_of(1));
    const auto locked = folder.path() / "locked.pdf";
    QPDF pdf;
    pdf.processFile(plain.c_str());
    QPDFWriter writer(pdf, locked.c_str());
    writer.setR6EncryptionParameters(user_password, "owner", true, true, true, true, true, true, qpdf_r3p_full, true);
    writer.write();
    return locked;
}

TEST_F(PdfDocument, PasswordIsAskedFor) {
    const Error error = refusal_of([&] { open_document(encrypted(folder, "secret")); });
    EXPECT_THAT(error.message(), HasSubstr("protected by a password"));
    EXPECT_THAT(error.next_step(), HasSubstr("without protection"));
}

TEST_F(PdfDocument, ProtectionAgainstChangesOnlyIsNoObstacle) {
    EXPECT_EQ(first_page(encrypted(folder, "")).image.cols, 210);
}

TEST_F(PdfDocument, TruncatedGivesWhatIsThereAndSaysWhatIsMissing) {
    const Data whole = stack_of(4);
    int opened = 0;
    for (std::size_t size = 20; size < whole.size() - 100; size += whole.size() / 40) {
        const auto file = folder.write("cut.pdf", std::span(whole).first(size));
        refusal_of([&] {
            const auto document = open_document(file);
            ++opened;
            for (int number = 1; number <= document->page_count(); ++number) document->page(number);
        });
    }
    SUCCEED() << opened;
}

TEST_F(PdfDocument, PagesThatAreLostAreSaid) {
    // Two kids of which the second is no object of the file, in a file whose table is broken.
    Data file = stack_of(1, {}, 2);
    const std::string text(file.begin(), file.end());
    const auto table = text.find("xref\n0");
    file.resize(table);
    file = file + bytes_of("trailer << /Root 1 0 R >>");
    const auto document = open_document(folder.write("a.pdf", file));
    ASSERT_EQ(document->page_count(), 2);
    EXPECT_EQ(document->page(1).image.cols, 210);
    EXPECT_THAT(refusal_of([&] { document->page(2); }).message(), HasSubstr("announces 2 pages, only 1 can be found"));
}

TEST_F(PdfDocument, BrokenFilesAreRefused) {
    for (const std::string_view text :
         {"%PDF-1.4", "%PDF-1.4\n1 0 obj\n<<", "%PDF-1.4\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF",
          "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\ntrailer << /Root 1 0 R >>"}) {
        EXPECT_THAT(refusal_of([&] { open_document(folder.write("a.pdf", text)); }).message(),
                    HasSubstr("PDF is damaged"))
            << text;
    }
    EXPECT_THAT(refusal_of([&] { open_document(folder.write("b.pdf", stack_of(0))); }).message(), HasSubstr("no page"));
}

TEST_F(PdfDocument, PageTreeThatLoopsEnds) {
    PdfWriter pdf;
    pdf.add("<< /Type /Pages /Count 1 /Kids [2 0 R] /Parent 2 0 R >>");
    Data file = pdf.finish();
    std::string text(file.begin(), file.end());
    const auto kids = text.find("/Kids []");
    ASSERT_NE(kids, std::string::npos);
    text.replace(kids, 8, "/Kids [3 0 R]"); // the table is wrong then and is made anew
    refusal_of([&] {
        const auto document = open_document(folder.write("a.pdf", text));
        for (int number = 1; number <= document->page_count(); ++number) document->page(number);
    });
}

TEST_F(PdfDocument, NumberOfPagesIsLimited) {
    Limits limits;
    limits.pages = 2;
    EXPECT_THAT(refusal_of([&] { open_document(folder.write("a.pdf", stack_of(3)), limits); }).message(),
                HasSubstr("has 3 pages, the limit is 2"));
}

} // namespace
} // namespace dengji::intake::test
