#include "pipeline/reading/id_card.h"

#include "ocr/ppocr.h"
#include "ocr/tesseract.h"
#include "pipeline/base/data_folder.h"
#include "pipeline/intake/document.h"
#include "tests/reading/drawn_card.h"

#include <filesystem>
#include <gtest/gtest.h>

namespace dengji::reading {
namespace {

class IdCardTest : public ::testing::Test {
protected:
    static std::string value(const CardCopy& card, const std::string& key) {
        for (const Reading& reading : card.readings)
            if (reading.key == key) return std::get<std::string>(reading.value);
        return "(none)";
    }

    static const Vocabularies& vocabularies() {
        static const Vocabularies all = load_vocabularies(data_path("templates/codes"));
        return all;
    }

    /// The number and what follows from it must be right; a character of the rest may be misread.
    static void expect_person(const std::optional<CardCopy>& card, const Person& person) {
        ASSERT_TRUE(card);
        EXPECT_EQ(value(*card, "card.id_number"), person.number);
        EXPECT_EQ(value(*card, "card.sex"), person.sex);
        EXPECT_EQ(value(*card, "card.birth_date"), "1983-11-02");
        EXPECT_EQ(value(*card, "card.name"), person.name);
    }

    ocr::Tesseract tesseract;
    std::unique_ptr<ocr::PpOcr> second = ocr::PpOcr::load(data_folder() / "models");
    IdCardReader reader{tesseract, second.get(), vocabularies()};
    const Person person;
};

TEST_F(IdCardTest, EveryWayUpAndTilted) {
    cv::Mat page = page_with_card(drawn_card(person), 3);
    for (const int turn : {0, 270, 180, 90}) {
        const auto card = reader.read(page);
        expect_person(card, person);
        if (card) {
            EXPECT_EQ(card->orientation, turn);
        }
        cv::rotate(page, page, cv::ROTATE_90_CLOCKWISE);
    }
}

TEST_F(IdCardTest, WithTesseractAlone) {
    IdCardReader alone(tesseract, nullptr, vocabularies());
    const auto card = alone.read(page_with_card(drawn_card(person), -2, {700, 1400}));
    ASSERT_TRUE(card);
    EXPECT_EQ(value(*card, "card.id_number"), person.number);
    EXPECT_EQ(value(*card, "card.sex"), person.sex);
}

TEST_F(IdCardTest, InColourAndInBlackAndWhite) {
    const cv::Mat page = page_with_card(drawn_card(person), 1);
    cv::Mat colour, bits;
    cv::cvtColor(page, colour, cv::COLOR_GRAY2BGR);
    expect_person(reader.read(colour), person);
    if (second == nullptr) GTEST_SKIP() << "the second reader's model is not installed";
    cv::threshold(page, bits, 160, 255, cv::THRESH_BINARY);
    // The labels are gone and the print is broken, but what is said twice holds.
    const auto copied = reader.read(bits);
    ASSERT_TRUE(copied);
    EXPECT_EQ(value(*copied, "card.id_number"), person.number);
    EXPECT_EQ(value(*copied, "card.birth_date"), "1983-11-02");
    EXPECT_EQ(value(*copied, "card.sex"), person.sex);
}

TEST_F(IdCardTest, TheAddressRunsOverItsLines) {
    const auto card = reader.read(page_with_card(drawn_card(person)));
    ASSERT_TRUE(card);
    const std::string address = value(*card, "card.address");
    EXPECT_NE(address.find("江津区白沙镇"), std::string::npos) << address.size();
    EXPECT_NE(address.find("64号"), std::string::npos) << address.size();
    EXPECT_EQ(value(*card, "card.ethnicity"), "土家族");
}

TEST_F(IdCardTest, TheCopyInTheSampleStack) {
    const auto file = data_path("samples/stack/office.pdf");
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "samples/stack is not there";
    const auto document = intake::open_document(file, {});
    const auto card = reader.read(document->page(4).image);
    ASSERT_TRUE(card);
    EXPECT_EQ(value(*card, "card.name"), "戴兰"); // made up by the generator
    EXPECT_EQ(value(*card, "card.sex"), "女");
    EXPECT_EQ(value(*card, "card.birth_date"), "1965-12-30");
    EXPECT_EQ(value(*card, "card.id_number"), "500116196512308327");
    EXPECT_FALSE(reader.read(document->page(7).image)) << "a letter";
}

TEST_F(IdCardTest, BoxesLieOnTheCard) {
    const cv::Mat drawn = drawn_card(person);
    const auto card = reader.read(page_with_card(drawn));
    ASSERT_TRUE(card);
    for (const Reading& reading : card->readings)
        for (const cv::Point2f& corner : reading.box)
            EXPECT_TRUE(cv::Rect2f(395, 295, static_cast<float>(drawn.cols) + 10, static_cast<float>(drawn.rows) + 10)
                            .contains(corner))
                << reading.key << " " << corner;
}

TEST_F(IdCardTest, TwoCardsOnAPageAreNoticed) {
    cv::Mat page = page_with_card(drawn_card(person));
    Person other;
    other.number = "513524197907049973";
    const cv::Mat second_card = drawn_card(other);
    second_card.copyTo(page(cv::Rect({500, 1300}, second_card.size())));
    const auto card = reader.read(page);
    ASSERT_TRUE(card);
    ASSERT_EQ(card->reasons.size(), 1u);
    EXPECT_EQ(card->reasons[0].code, "several-cards");
}

TEST_F(IdCardTest, LettersAndNumbersAreNoCards) {
    cv::Mat letter(2339, 1654, CV_8UC1, cv::Scalar(250));
    for (int y = 150; y < 2100; y += 45)
        draw_text(letter, "各镇街要进一步加强对失业人员的登记服务引导通过网上渠道办理有关事项并按月上报", {150, y}, 30,
                  20);
    EXPECT_FALSE(reader.read(letter));
    cv::Mat certificate(2339, 1654, CV_8UC1, cv::Scalar(250));
    draw_text(certificate, "兹证明沈试样同志", {300, 600}, 30, 20);
    int x = 300;
    for (const char digit : person.number) {
        draw_text(certificate, std::string(1, digit), {x, 700}, 32, 20);
        x += 19;
    }
    draw_text(certificate, "系本单位职工", {300, 800}, 30, 20);
    EXPECT_FALSE(reader.read(certificate));
    EXPECT_FALSE(reader.read(cv::Mat(2339, 1654, CV_8UC1, cv::Scalar(250))));
}

} // namespace
} // namespace dengji::reading
