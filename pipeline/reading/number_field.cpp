#include "pipeline/reading/number_field.h"

#include "pipeline/base/text.h"
#include "pipeline/reading/contact.h"
#include "pipeline/reading/identity_number.h"
#include "pipeline/reading/line_image.h"
#include "pipeline/reading/number_line.h"

#include <algorithm>

namespace dengji::reading {
namespace {

constexpr int text_height = 24;
constexpr double two_agree = 0.995; // a net and a print reader hardly ever make the same mistake
constexpr double print_agrees = 50; // how often more such an agreement is seen of right readings than of wrong ones
// The same of the net and the reader for handwriting, on the handwritten numbers of 160 drawn sheets: of the right
// readings 85 % were shared, of the wrong ones 15 %.
constexpr double hand_agrees = 5.5, hand_differs = 1 / 5.5;
constexpr double sure = 0.99;           // then the reader for handwriting need not be asked
constexpr double pictures_agree = 0.97; // the digits' pictures mix up 3 and 8 as the print reader does
constexpr double alone = 0.7;
constexpr double net_is_lost = 0.5; // below it, the likeness of print decides
const std::string net_name = "digits", pictures_name = "digit pictures";

ocr::Script script_of(const std::string& content) {
    return content == "id_number" || content == "id_number_like" ? ocr::Script::id_number : ocr::Script::digits;
}

/// What printed numbers may look like; most 0: not compared with pictures.
struct NumberShape {
    std::string alphabet = "0123456789";
    int least = 0, most = 0;
};

NumberShape shape_of(const std::string& content) {
    NumberShape shape;
    if (content == "id_number") shape.least = 17, shape.most = 19;
    if (content == "id_number_like") shape.least = 8, shape.most = 20;
    if (content == "id_number" || content == "id_number_like") shape.alphabet += 'X';
    if (content == "mobile") shape.least = 10, shape.most = 12;
    if (content == "landline") shape.least = 7, shape.most = 13, shape.alphabet += '-';
    if (content == "year") shape.least = shape.most = 4;
    if (content == "month" || content == "day") shape.least = 1, shape.most = 2;
    return shape;
}

/// Below, a line of digits is no print. Few handwritten digits may look like print by chance.
double least_print_likeness(const NumberShape& shape) {
    return shape.most <= 2 ? 0.8 : shape.most <= 4 ? 0.7 : 0.62;
}

std::string only_plain(const std::string& text) {
    std::string kept;
    for (const char32_t c : code_points(with_plain_digits(text)))
        if (c != U' ' && c != U'\n') kept += utf8(c);
    return kept;
}

Verdict check_number(const std::string& content, const std::string& text) {
    if (content == "id_number") return check_identity_number(text);
    if (content == "mobile") return check_mobile(text);
    if (content == "landline") return check_landline(text);
    return {text, Support::none, {}};
}

/// `confidence` after evidence that is seen `ratio` times as often when the reading is right as when it is wrong.
double with_evidence(double confidence, double ratio) {
    return confidence * ratio / (confidence * ratio + 1 - confidence);
}

/// Numbers of a known length that have it: nothing of them was cut off.
bool surely_whole(const std::string& content, const FieldText& text) {
    if (content == "id_number") return text.evidence.support == Support::for_it;
    if (content == "mobile") return text.evidence.support != Support::against && !text.value.empty();
    return content == "year" && text.value.size() == 4;
}

/// One reader's number under the rules of its content.
struct Vote {
    Verdict verdict;
    std::string raw, reader;
    double confidence = 0; ///< 0..1, by itself
    bool is(const Vote& other) const { return !verdict.value.empty() && verdict.value == other.verdict.value; }
};

void decide(FieldText& result, Vote vote, double confidence) {
    if (vote.verdict.value != result.value && !result.value.empty())
        result.alternatives.insert(result.alternatives.begin(), result.value);
    std::erase(result.alternatives, vote.verdict.value);
    result.value = std::move(vote.verdict.value);
    result.raw = std::move(vote.raw);
    result.recogniser = std::move(vote.reader);
    result.reasons = std::move(vote.verdict.reasons);
    result.evidence.support = vote.verdict.support;
    result.confidence = confidence;
}

} // namespace

FieldText NumberFieldReader::read(const FieldPicture& picture, const std::string& content, const NumberHints& hints,
                                  WritingStyle& style) {
    const cv::Rect line = number_extent(picture.extents);
    const NumberReading net = net_.read(number_line(picture.flat, line), content, hints);
    FieldText result = vote(picture, line, net, content, style);
    if (result.recogniser == net_name) ask_second(picture, line, content, result);
    const auto holds = [](const Reasons& reasons) {
        return std::find(reasons.begin(), reasons.end(), number_cut_off) != reasons.end();
    };
    if (holds(net.reasons) && !holds(result.reasons) && !surely_whole(content, result))
        result.reasons.push_back(number_cut_off);
    return result;
}

FieldText NumberFieldReader::vote(const FieldPicture& picture, const cv::Rect& line, const NumberReading& net,
                                  const std::string& content, WritingStyle& style) {
    FieldText result;
    result.opinions.push_back({net_name, net.raw, net.confidence});
    for (const NumberCandidate& other : net.alternatives)
        if (other.value != net.value && other.posterior > 0.01) result.alternatives.push_back(other.value);
    const Vote by_net{check_number(content, net.value), net.raw, net_name, net.confidence};
    decide(result, by_net, net.confidence);
    result.reasons.insert(result.reasons.end(), net.reasons.begin(), net.reasons.end());
    if (style.by_hand() || (net.confidence >= sure && result.reasons.empty())) return result;

    Framing framing;
    framing.text_height = text_height;
    framing.least_height = 0.6 * picture.em;
    const ocr::TextLine printed = print_.read(frame_line(picture.flat, line, framing).grey, script_of(content));
    const Vote by_print{check_number(content, NumberPrior::plain(content, only_plain(printed.text))), printed.text,
                        print_.name(), printed.confidence};
    result.opinions.push_back({by_print.reader, by_print.raw, by_print.confidence});
    const bool same = by_print.is(by_net);
    style.note(same);
    if (same && !net.rejected) {
        decide(result, by_net,
               std::max(net.confidence, std::min(two_agree, with_evidence(net.confidence, print_agrees))));
        return result;
    }

    // They differ. Where the line is print, the digits' pictures see broken characters best.
    const NumberShape shape = shape_of(content);
    const auto match =
        shape.most > 0 ? pictures_.match(picture.flat, line, shape.alphabet, shape.least, shape.most) : std::nullopt;
    if (!match || match->score < least_print_likeness(shape)) return result;
    const Vote by_pictures{check_number(content, match->text), match->text, pictures_name, match->score};
    result.opinions.push_back({by_pictures.reader, by_pictures.raw, by_pictures.confidence});
    const bool checked = by_pictures.verdict.support == Support::for_it;
    if (by_pictures.is(by_net) || by_pictures.is(by_print))
        decide(result, by_pictures.is(by_net) ? by_net : by_print, checked ? two_agree : pictures_agree);
    else if ((by_net.verdict.support == Support::for_it && content == "id_number") || net.confidence >= net_is_lost)
        return result; // the check digit speaks for it, or the net knows what it sees: writing has its likeness of
                       // print, too
    else
        decide(result, by_pictures, checked && content == "id_number" ? pictures_agree : alone);
    for (const Vote* vote : {&by_net, &by_print, &by_pictures}) {
        const std::string& other = vote->verdict.value;
        const bool known =
            std::find(result.alternatives.begin(), result.alternatives.end(), other) != result.alternatives.end();
        if (!other.empty() && other != result.value && !known) result.alternatives.push_back(other);
    }
    return result;
}

/// The reader for handwriting is worse at digits than the net, but fails at others.
void NumberFieldReader::ask_second(const FieldPicture& picture, const cv::Rect& line, const std::string& content,
                                   FieldText& text) {
    const double before = text.confidence.value_or(0);
    if (by_hand_ == nullptr || text.value.empty() || before >= sure) return;
    const ocr::TextLine seen = by_hand_->read(tight_line(picture.flat, line, picture.em), script_of(content));
    const std::string value = check_number(content, NumberPrior::plain(content, only_plain(seen.text))).value;
    text.opinions.push_back({by_hand_->name(), seen.text, seen.confidence});
    text.confidence = with_evidence(before, value == text.value ? hand_agrees : hand_differs);
    const auto& known = text.alternatives;
    if (!value.empty() && value != text.value && std::find(known.begin(), known.end(), value) == known.end())
        text.alternatives.push_back(value);
}

} // namespace dengji::reading
