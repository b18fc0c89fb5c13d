#include "pipeline/reading/read_page.h"

#include "ocr/ppocr.h"
#include "ocr/tesseract.h"
#include "pipeline/base/data_folder.h"
#include "pipeline/layout/layout.h"
#include "pipeline/reading/field_reader.h"
#include "pipeline/reading/id_card.h"
#include "pipeline/reading/sheet_reader.h"
#include "pipeline/reading/vocabulary.h"

#include <algorithm>
#include <chrono>

namespace dengji::reading {

namespace {

using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

const Reason no_page_shape{"not-a-page", "图像过小或过窄，不是一页表格",
                           "the image is too small or too narrow to be a page"};

constexpr int least_side = 64;          // pixels
constexpr int longest_of_shortest = 20; // a page's long side is no more than this many times its short side

} // namespace

struct PageReader::Parts {
    Parts(const std::vector<templates::Form>& all_forms, Acceptance limits)
        : forms(all_forms), acceptance(std::move(limits)),
          vocabularies(load_vocabularies(data_path("templates/codes"))), address_words(data_path("templates/codes")),
          second(ocr::PpOcr::load(data_folder() / "models")), digits(data_folder()),
          numbers(digits, recogniser, second.get()), printed(recogniser, vocabularies, address_words),
          id_cards(recogniser, second.get(), vocabularies) {
        if (second) {
            words.emplace(second->characters(), vocabularies, address_words, data_path("templates/words"));
            digit_net.emplace(data_path("ocr/data/digits.onnx"));
            by_hand.emplace(*second, *words, *digit_net);
        }
        fields.emplace(printed, by_hand ? &*by_hand : nullptr, numbers);
    }

    const std::vector<templates::Form>& forms;
    Acceptance acceptance;
    Vocabularies vocabularies;
    AddressWords address_words;
    ocr::Tesseract recogniser;
    std::unique_ptr<ocr::PpOcr> second; ///< null when its model is not installed
    NumberReader digits;
    NumberFieldReader numbers;
    PrintedTextReader printed;
    std::optional<ocr::DigitNet> digit_net; ///< for the digits inside addresses
    std::optional<WordReader> words;
    std::optional<TextFieldReader> by_hand;
    std::optional<FieldReader> fields;
    IdCardReader id_cards;
};

namespace {

void take_card(CardCopy&& card, PageResult& result) {
    result.paper = id_card_paper;
    result.orientation = card.orientation;
    result.readings = std::move(card.readings);
    result.reasons = std::move(card.reasons); // it is not the table that a form would have
}

} // namespace

PageReader::PageReader(const std::vector<templates::Form>& forms, Acceptance acceptance)
    : parts_(std::make_unique<Parts>(forms, std::move(acceptance))) {}

PageReader::~PageReader() = default;

bool PageReader::has_second_reader() const {
    return parts_->second != nullptr;
}

PageResult PageReader::read(const intake::Page& page, layout::Sheet* seen) {
    PageResult result;
    result.source = page.source;
    result.page = page.number;
    const int shorter = std::min(page.image.cols, page.image.rows), longer = std::max(page.image.cols, page.image.rows);
    if (shorter < least_side || longer > longest_of_shortest * shorter) {
        result.quality = page.quality;
        result.reasons.push_back(no_page_shape);
        return result;
    }
    const auto start = Clock::now();
    layout::Sheet sheet = layout::lay_out(page, parts_->forms);
    result.ms = sheet.ms;
    result.ms["layout"] = ms_since(start);
    result.quality = sheet.quality;
    result.reasons = sheet.reasons;
    result.orientation = sheet.orientation;
    if (sheet.kind == layout::PageKind::form && sheet.form != nullptr) {
        result.kind = sheet.form->kind;
        result.form = sheet.form->id;
        result.form_page = sheet.form_page;
        const auto reading_start = Clock::now();
        result.readings = read_sheet(page.image, sheet, *parts_->fields, parts_->acceptance);
        result.ms["ocr"] = ms_since(reading_start);
    } else {
        result.kind = sheet.kind == layout::PageKind::blank ? "blank" : "other";
    }
    if (result.kind == "other") {
        const auto card_start = Clock::now();
        if (auto card = parts_->id_cards.read(page.image)) take_card(std::move(*card), result);
        result.ms["id_card"] = ms_since(card_start);
    }
    result.ms["page"] = ms_since(start);
    if (seen != nullptr) *seen = std::move(sheet);
    return result;
}

} // namespace dengji::reading
