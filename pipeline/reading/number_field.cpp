#include "pipeline/reading/number_field.h"

#include "pipeline/base/text.h"
#include "pipeline/reading/contact.h"
#include "pipeline/reading/identity_number.h"
#include "pipeline/reading/line_image.h"

#include <algorithm>

namespace dengji::reading {
namespace {

constexpr int text_height = 24;
constexpr double least_print_likeness = 0.6; // below, a line of digits is no print
constexpr double two_agree = 0.995;          // a net and a print reader hardly ever make the same mistake
constexpr double pictures_agree = 0.97;      // the digits' pictures mix up 3 and 8 as the print reader does
constexpr double sure_of_print = 0.9;
const std::string net_name = "digits";

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

/// The line that holds the number: the widest, with what stands beside it on the same height.
cv::Rect number_line(const std::vector<cv::Rect>& extents) {
    cv::Rect line = *std::max_element(extents.begin(), extents.end(),
                                      [](const cv::Rect& a, const cv::Rect& b) { return a.width < b.width; });
    for (const cv::Rect& other : extents) {
        const int shared = std::min(line.br().y, other.br().y) - std::max(line.y, other.y);
        if (2 * shared > std::min(line.height, other.height)) line |= other;
    }
    return line;
}

cv::Mat with_margin(const cv::Mat& flat, const cv::Rect& line, double em) {
    const int margin = cvRound(0.35 * em);
    return flat(cv::Rect(line.x - margin, line.y - margin, line.width + 2 * margin, line.height + 2 * margin) &
                cv::Rect({}, flat.size()));
}

} // namespace

FieldText NumberFieldReader::read(const FieldPicture& picture, const std::string& content, const NumberHints& hints,
                                  WritingStyle& style) {
    FieldText result;
    const cv::Rect line = number_line(picture.extents);
    NumberReading net = net_.read(with_margin(picture.flat, line, picture.em), content, hints);
    result.opinions.push_back({net_name, net.raw, net.confidence});
    result.raw = net.raw;
    result.recogniser = net_name;
    for (const NumberCandidate& other : net.alternatives)
        if (other.value != net.value && other.posterior > 0.01) result.alternatives.push_back(other.value);
    Verdict verdict = check_number(content, net.value);
    result.value = verdict.value;
    result.confidence = net.confidence;
    result.evidence.support = verdict.support;
    result.reasons = std::move(verdict.reasons);
    result.reasons.insert(result.reasons.end(), net.reasons.begin(), net.reasons.end());
    if (style.by_hand()) return result;

    Framing framing;
    framing.text_height = text_height;
    framing.least_height = 0.6 * picture.em;
    const ocr::TextLine printed = print_.read(frame_line(picture.flat, line, framing).grey, script_of(content));
    Verdict by_print = check_number(content, only_plain(printed.text));
    result.opinions.push_back({print_.name(), printed.text, printed.confidence});
    const bool same = by_print.value == result.value;
    style.note(same);
    if (same && !net.rejected) {
        result.confidence = std::max(net.confidence, two_agree);
        if (verdict.support != Support::against) result.reasons.clear();
        return result;
    }

    // They differ: where the line is print, the digits' pictures decide, which see broken characters best.
    const NumberShape shape = shape_of(content);
    const auto match =
        shape.most > 0 ? pictures_.match(picture.flat, line, shape.alphabet, shape.least, shape.most) : std::nullopt;
    const bool is_print = match && match->score >= least_print_likeness;
    if (is_print) result.opinions.push_back({"digit pictures", match->text, match->score});
    Verdict by_pictures = check_number(content, is_print ? match->text : std::string());
    if (is_print && by_pictures.value == result.value) {
        result.confidence = std::max(net.confidence, pictures_agree);
        return result;
    }
    const bool print_wins = (is_print && by_pictures.value == by_print.value && !by_print.value.empty()) ||
                            (printed.confidence >= sure_of_print && net.confidence < printed.confidence &&
                             by_print.support != Support::against && !by_print.value.empty());
    if (!print_wins) return result;
    result.alternatives.insert(result.alternatives.begin(), result.value);
    result.value = by_print.value;
    result.raw = printed.text;
    result.recogniser = print_.name();
    result.reasons = std::move(by_print.reasons);
    result.evidence.support = by_print.support;
    const bool pictures_too = is_print && by_pictures.value == by_print.value;
    result.confidence = pictures_too ? (by_print.support == Support::for_it ? two_agree : pictures_agree)
                                     : std::min(0.8, printed.confidence);
    return result;
}

} // namespace dengji::reading
