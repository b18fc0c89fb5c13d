#include "tests/intake/fixtures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

#include <sys/stat.h>
#include <unistd.h>

namespace dengji::intake::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class OpenDocument : public testing::Test {
protected:
    Error refusal(const std::string& name, std::string_view content) const {
        return refusal_of([&] { open_document(folder.write(name, content)); });
    }

    TempFolder folder;
};

TEST_F(OpenDocument, ContentDecidesNotTheName) {
    EXPECT_EQ(first_page(folder.write("scan.pdf", jpeg(sheet()))).image.size(), sheet().size());
    EXPECT_EQ(first_page(folder.write("scan.jpg", encode(".png", sheet()))).image.size(), sheet().size());
    EXPECT_EQ(first_page(folder.write("no extension", jpeg(sheet()))).image.size(), sheet().size());
}

TEST_F(OpenDocument, OddNamesAreNamesLikeOthers) {
    for (const char* name :
         {"two words.jpg", "it's \"quoted\".jpg", "失业人员登记表 第1页.jpg", "-f.jpg", "$(x);`y`.jpg", "a\nb.jpg"}) {
        const auto file = folder.write(name, jpeg(sheet()));
        const Page page = first_page(file);
        EXPECT_EQ(page.image.size(), sheet().size()) << name;
        EXPECT_EQ(page.source, file.string());
        EXPECT_EQ(page.number, 1);
    }
}

TEST_F(OpenDocument, EmptyFileIsSaidToBeEmpty) {
    EXPECT_THAT(refusal("a.pdf", "").message(), HasSubstr("empty"));
}

TEST_F(OpenDocument, TextNamedPdfIsSaidToBeText) {
    EXPECT_THAT(refusal("a.pdf", "Dear Sir or Madam,\n").message(), HasSubstr("text file"));
    EXPECT_THAT(refusal("b.pdf", "尊敬的先生或女士：\r\n").message(), HasSubstr("text file"));
}

TEST_F(OpenDocument, OtherKindsAreNamed) {
    using namespace std::string_literals;
    EXPECT_THAT(refusal("a", "PK\x03\x04\x14\0\0\0"s).message(), HasSubstr("Word"));
    EXPECT_THAT(refusal("b", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0"s).message(), HasSubstr("old Word"));
    EXPECT_THAT(refusal("c", "\0\0\0\x18"
                             "ftypheic\0\0\0\0"s)
                    .next_step(),
                HasSubstr("JPEG"));
    EXPECT_THAT(refusal("d", "GIF89a\x01\0\x01\0"s).message(), HasSubstr("GIF"));
    EXPECT_THAT(refusal("e", "BM\x46\0\0\0\0\0\0\0"s).message(), HasSubstr("BMP"));
    EXPECT_THAT(refusal("f", "\x7F"
                             "ELF\x02\x01\x01\0"s)
                    .message(),
                HasSubstr("neither"));
    EXPECT_THAT(refusal("g", "\x01"s).message(), HasSubstr("neither"));
}

TEST_F(OpenDocument, WhatIsNoFileIsRefused) {
    EXPECT_THAT(refusal_of([&] { open_document(folder.path()); }).message(), HasSubstr("folder"));
    EXPECT_THAT(refusal_of([&] { open_document(folder.path() / "not there.pdf"); }).message(), HasSubstr("not there"));
    const auto pipe = folder.path() / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_THAT(refusal_of([&] { open_document(pipe); }).message(), HasSubstr("not an ordinary file"));
    const auto loop = folder.path() / "loop";
    fs::create_symlink(loop, loop);
    refusal_of([&] { open_document(loop); });
}

TEST_F(OpenDocument, WithoutPermissionItSaysSo) {
    if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
    const auto file = folder.write("a.jpg", jpeg(sheet()));
    fs::permissions(file, fs::perms::none);
    EXPECT_THAT(refusal_of([&] { open_document(file); }).message(), HasSubstr("no permission"));
}

TEST_F(OpenDocument, FileThatVanishesIsSaidToBeGone) {
    const auto picture = folder.write("a.jpg", jpeg(sheet()));
    const auto document = open_document(picture);
    fs::remove(picture);
    EXPECT_THAT(refusal_of([&] { document->page(1); }).message(), HasSubstr("not there (any more)"));
}

TEST_F(OpenDocument, FileThatIsReplacedIsCheckedAgain) {
    const auto picture = folder.write("a.jpg", jpeg(sheet()));
    Limits limits;
    limits.megapixels = 0.1;
    const auto document = open_document(picture, limits);
    folder.write("a.jpg", jpeg(sheet(840, 1188)));
    EXPECT_THAT(refusal_of([&] { document->page(1); }).message(), HasSubstr("too large"));
    folder.write("a.jpg", "now a text");
    refusal_of([&] { document->page(1); });
}

TEST_F(OpenDocument, FileSizeIsLimited) {
    Limits limits;
    limits.file_bytes = 100;
    EXPECT_THAT(refusal_of([&] { open_document(folder.write("a.jpg", jpeg(sheet())), limits); }).message(),
                HasSubstr("file is too large"));
    // A picture file far larger than its pixels could need is not read into memory.
    const auto file = folder.write("b.jpg", jpeg(sheet()));
    fs::resize_file(file, 2ull << 30);
    EXPECT_THAT(refusal_of([&] { open_document(file); }).message(), HasSubstr("larger"));
}

TEST_F(OpenDocument, PageThatDoesNotExistIsAFaultOfTheCaller) {
    const auto document = open_document(folder.write("a.jpg", jpeg(sheet())));
    for (const int number : {0, 2, -1}) {
        try {
            document->page(number);
            ADD_FAILURE() << number;
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::internal);
        }
    }
}

TEST_F(OpenDocument, PagesAreDecodedByManyThreads) {
    const auto document = open_document(folder.write("a.jpg", jpeg(sheet())));
    std::vector<double> differences(4, 255);
    std::vector<std::thread> threads;
    for (auto& result : differences)
        threads.emplace_back([&] { result = difference(document->page(1).image, sheet()); });
    for (auto& thread : threads) thread.join();
    for (const double result : differences) EXPECT_LT(result, 2);
}

} // namespace
} // namespace dengji::intake::test
