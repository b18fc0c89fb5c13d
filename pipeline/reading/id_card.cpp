#include "pipeline/reading/id_card.h"

#include "pipeline/base/error.h"
#include "pipeline/layout/working_image.h"
#include "pipeline/reading/card_judgement.h"
#include "pipeline/reading/card_picture.h"
#include "pipeline/reading/card_text.h"
#include "pipeline/reading/identity_number.h"
#include "pipeline/reading/levels.h"
#include "pipeline/reading/line_image.h"

#include <algorithm>
#include <cmath>

namespace dengji::reading {

namespace {

constexpr std::size_t most_runs = 6;     // a page of numbers must not be read whole
constexpr std::size_t least_digits = 15; // of a number that a card may have

const Reason several_cards{"several-cards", "这一页上有不止一张身份证，请查看原件",
                           "there is more than one identity card on this page; one was read"};

constexpr Framing first_framing{26, 10, 1}, second_framing{34, 7, 1};

DigitRun on_page(const DigitRun& run, const cv::Matx23d& to_page) {
    const auto mapped = [&](const cv::Point2d& p) {
        return cv::Point2d(to_page(0, 0) * p.x + to_page(0, 1) * p.y + to_page(0, 2),
                           to_page(1, 0) * p.x + to_page(1, 1) * p.y + to_page(1, 2));
    };
    DigitRun moved = run;
    moved.first = mapped(run.first);
    moved.last = mapped(run.last);
    moved.height = run.height * (run.upright ? to_page(1, 1) : to_page(0, 0));
    return moved;
}

/// Degrees clockwise that turn the page so that the picture stands upright.
int orientation_of(const CardPicture& card) {
    const double x = card.to_page(0, 0), y = card.to_page(1, 0);
    if (std::abs(x) >= std::abs(y)) return x > 0 ? 0 : 180;
    return y > 0 ? 270 : 90;
}

std::string number_in(const std::string& text) {
    std::string number;
    for (const char c : text) {
        if (c >= '0' && c <= '9') number.push_back(c);
        if (c == 'X' || c == 'x') number.push_back('X');
    }
    return number;
}

cv::Rect with_paper(const cv::Rect& part, const cv::Mat& image) {
    constexpr int border = card_digit_height / 8;
    return (part + cv::Size(2 * border, 2 * border) - cv::Point(border, border)) & cv::Rect({}, image.size());
}

/// The number alone, without its label.
ocr::TextLine read_number(ocr::Recogniser& recogniser, const CardPicture& card, const Framing& framing) {
    return recogniser.read(frame_line(card.norm, with_paper(card.number, card.norm), framing).grey,
                           ocr::Script::id_number);
}

std::vector<CardLine> read_lines(ocr::Recogniser& recogniser, const CardPicture& card, const Framing& framing) {
    std::vector<CardLine> lines;
    for (std::size_t i = 0; i < card.lines.size(); ++i) {
        const auto line = recogniser.read(frame_line(card.norm, with_paper(card.lines[i], card.norm), framing).grey,
                                          ocr::Script::chinese);
        lines.push_back({line.text, line.confidence, i});
    }
    return lines;
}

/// One way to hold a card, and its number as read that way.
struct Held {
    CardPicture picture;
    std::string number;
    double confidence = 0;
    bool sound = false;
};

bool better(const Held& a, const Held& b) {
    if (a.sound != b.sound) return a.sound;
    const auto off = [](const Held& held) { return std::abs(static_cast<int>(held.number.size()) - 18); };
    if (off(a) != off(b)) return off(a) < off(b);
    return a.confidence > b.confidence;
}

Held hold(ocr::Recogniser& recogniser, const Framing& framing, const cv::Mat& grey, const DigitRun& run, bool turned) {
    Held held;
    held.picture = cut_card(grey, run, turned);
    if (held.picture.norm.empty() || held.picture.number.empty()) return held;
    const ocr::TextLine line = read_number(recogniser, held.picture, framing);
    held.number = number_in(line.text);
    held.confidence = line.confidence;
    held.sound = check_identity_number(held.number).support == Support::for_it;
    return held;
}

const Vocabulary& needed(const Vocabularies& vocabularies, const std::string& content) {
    const auto found = vocabularies.find(content);
    if (found == vocabularies.end())
        throw Error(ErrorKind::data, "there is no list of the content '" + content + "'",
                    "Restore templates/codes from the release.");
    return found->second;
}

void place(std::vector<Reading>& readings, const CardText& text, const CardPicture& card, const std::string& name) {
    const CardEntry* entries[] = {&text.name, &text.sex, &text.ethnicity, &text.birth, &text.address, &text.number};
    for (std::size_t i = 0; i < readings.size(); ++i) {
        readings[i].recogniser = name;
        cv::Rect box;
        for (std::size_t line = entries[i]->from; line < std::min(entries[i]->to, card.lines.size()); ++line)
            box = box.empty() ? card.lines[line] : (box | card.lines[line]);
        if (readings[i].key == "card.id_number") box = card.number;
        if (!box.empty()) readings[i].box = corners_on_page(card, box);
    }
}

} // namespace

IdCardReader::IdCardReader(ocr::Recogniser& recogniser, ocr::Recogniser* second, const Vocabularies& vocabularies)
    : recogniser_(recogniser), second_(second), ethnicities_(needed(vocabularies, "ethnicity")) {}

std::optional<CardCopy> IdCardReader::read(const cv::Mat& image) {
    const layout::WorkingImage work = layout::make_working_image(image);
    std::vector<DigitRun> runs = find_digit_runs(work.ink);
    if (runs.empty()) return std::nullopt;
    if (runs.size() > most_runs) runs.resize(most_runs);
    const cv::Mat grey = without_red(image);

    std::optional<CardCopy> copy;
    std::string copied_number;
    for (const DigitRun& seen : runs) {
        const DigitRun run = on_page(seen, work.to_page);
        Held held = hold(recogniser_, first_framing, grey, run, false);
        if (!held.sound) {
            Held turned = hold(recogniser_, first_framing, grey, run, true);
            if (better(turned, held)) held = std::move(turned);
        }
        if (held.number.size() < least_digits) continue;
        if (copy) {
            if (held.sound && held.number != copied_number && copy->reasons.empty())
                copy->reasons.push_back(several_cards);
            continue;
        }

        CardPicture& card = held.picture;
        find_card_lines(card);
        ocr::Recogniser& reader = second_ != nullptr ? *second_ : recogniser_;
        CardText first =
            sort_out_card(read_lines(reader, card, second_ != nullptr ? second_framing : first_framing), ethnicities_);
        std::vector<std::string> numbers{held.number, first.number.text};
        complete_birth(first, numbers);
        if (!is_card_front(first, numbers)) continue;
        std::optional<CardText> other;
        if (second_ != nullptr) {
            other = sort_out_card(read_lines(recogniser_, card, first_framing), ethnicities_);
            numbers.push_back(number_in(read_number(*second_, card, second_framing).text));
            complete_birth(*other, numbers);
        }
        copy.emplace();
        copy->orientation = orientation_of(card);
        copy->readings = judge_card(first, other, numbers);
        place(copy->readings, first, card, reader.name());
        copied_number = std::get<std::string>(copy->readings.back().value);
    }
    return copy;
}

} // namespace dengji::reading
