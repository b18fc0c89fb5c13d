#include "pipeline/base/error.h"
#include "pipeline/base/files.h"
#include "templates/certificate.h"

#include <dengji_project.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dengji::templates {
namespace {

using ::testing::HasSubstr;

const std::filesystem::path certificates = std::filesystem::path(DENGJI_SOURCE_DIR) / "templates" / "certificates";

/// A small booklet with these items on its only page.
std::string with_items(const std::string& items) {
    return "id: small\ntitle: 小证\npage: {width: 80, height: 100}\n"
           "marking: [{text: 样张, in: [0, 0, 80, 5]}]\npages:\n  - name: one\n    items:\n" +
           items;
}

std::string complaint(const std::string& definition) {
    const TempFolder folder("certificate");
    write_file(folder.path() / "small.yaml", definition);
    try {
        load_certificate(folder.path() / "small.yaml");
        return "";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::data);
        EXPECT_THAT(error.message(), HasSubstr("small.yaml, line "));
        return error.message();
    }
}

TEST(CertificateLoader, TheBookletsThatComeWithTheProgramLoad) {
    for (const auto& file : std::filesystem::directory_iterator(certificates)) {
        const auto booklet = load_certificate(file.path());
        EXPECT_EQ(booklet.id, file.path().stem().string());
        EXPECT_FALSE(booklet.pages.empty());
    }
}

TEST(CertificateLoader, ATableGoesOnOverPages) {
    const auto booklet = load_certificate(certificates / "national-2015.yaml");
    EXPECT_EQ(booklet.rows_of("registrations"), 14);
    const auto& second = booklet.pages[8].tables.at(0);
    EXPECT_EQ(second.first_row, 8);
    const auto cell = second.cell(9, 1);
    EXPECT_DOUBLE_EQ(cell.x, second.x + second.columns[0].width);
    EXPECT_DOUBLE_EQ(cell.y, second.y + second.head_height + second.row_height);
}

TEST(CertificateLoader, MistakesAreNamedWithFileAndLine) {
    const std::vector<std::pair<std::string, std::string>> mistakes = {
        {"      - {field: nmae, label: 姓名, in: [1, 1, 10, 5]}\n", "unknown field 'nmae'"},
        {"      - {field: name, label: 姓名, in: [75, 1, 10, 5]}\n", "over the edge"},
        {"      - {field: name, label: 姓名, in: [1, 1, 10]}\n", "list of 4 numbers"},
        {"      - {field: name, label: 姓名, in: [1, 1, 10, 0]}\n", "width and a height"},
        {"      - {field: name, label: 姓名, in: [1, nan, 10, 5]}\n", "a number from"},
        {"      - {text: 字, in: [1, 1, 10, 5], font: arial}\n", "unknown font"},
        {"      - {text: 字, in: [1, 1, 10, 5], size: 8, smallest: 9}\n", "smallest size"},
        {"      - {seal: [5, 5], diameter: 20}\n", "over the edge"},
        {"      - {tabel: policies}\n", "expected an item"},
        {"      - table: policies\n        at: [1, 10]\n        row_height: 10\n        rows: 20\n        columns:\n"
         "          - {key: policy, title: 政策, width: 20}\n",
         "over the edge"},
        {"      - table: policies\n        at: [1, 10]\n        row_height: 10\n        rows: 2\n        columns:\n"
         "          - {key: cancelled_on, title: 日期, width: 20}\n",
         "unknown key of a column"},
    };
    for (const auto& [items, expected] : mistakes) EXPECT_THAT(complaint(with_items(items)), HasSubstr(expected));
    EXPECT_EQ(complaint(with_items("      - {line: [1, 1, 10, 1]}\n")), "");
}

} // namespace
} // namespace dengji::templates
