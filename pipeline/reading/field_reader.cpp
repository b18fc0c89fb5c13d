#include "pipeline/reading/field_reader.h"

#include "pipeline/reading/line_image.h"
#include "pipeline/reading/print_hearing.h"

#include <algorithm>

namespace dengji::reading {
namespace {

/// Of 853 readings of drawn sheets that were so sure 849 were right, whether print or handwriting; the others were of
/// fields that had been cut wrongly.
constexpr double sure_alone = 0.98;
constexpr double clearly_print = 0.9;

/// Two readers that work differently say the same: the chance that both are wrong in the same way is small, unless the
/// other one doubts what it says itself (then 12 of 15 drawn fields were right: a stroke is missing for both).
FieldText agreed(FieldText print, const FieldText& hand) {
    constexpr double least = 0.97, in_doubt = 0.6, share_right_in_doubt = 0.8;
    const double doubt = (1 - confidence_of(print)) * (1 - confidence_of(hand));
    print.confidence = confidence_of(hand) < in_doubt ? share_right_in_doubt : std::max(least, 1 - doubt / 2);
    std::erase_if(print.reasons, [&](const Reason& reason) {
        return std::find(hand.reasons.begin(), hand.reasons.end(), reason) == hand.reasons.end();
    });
    print.familiar = hand.familiar;
    for (const std::string& other : hand.alternatives)
        if (std::find(print.alternatives.begin(), print.alternatives.end(), other) == print.alternatives.end())
            print.alternatives.push_back(other);
    // Two readers can fall for the same likeness.
    for (const Reason& reason : hand.reasons)
        if (reason == mixed_up_characters) print.reasons.push_back(reason);
    return print;
}

/// They differ: the other one is among the alternatives. Measured on drawn sheets: of 485 readings for print that
/// nothing speaks for (no list, no picture of the words) and that differed, 2 were right, however sure they were; and
/// the other reader was as often right as it says. A supported one is in earnest.
FieldText differing(FieldText print, FieldText hand) {
    constexpr double disputed = 0.85;
    const bool supported = print.evidence.support == Support::for_it || print.evidence.word_agrees;
    const bool print_wins = supported && disputed * confidence_of(print) > confidence_of(hand);
    FieldText& winner = print_wins ? print : hand;
    const FieldText& loser = print_wins ? hand : print;
    if (!loser.value.empty()) winner.alternatives.insert(winner.alternatives.begin(), loser.value);
    if (print_wins || (supported && confidence_of(loser) > 0.5)) winner.undisputed = disputed;
    winner.confidence = confidence_of(winner) * winner.undisputed;
    if (print_wins) winner.decoded.reset(), winner.familiar = 0;
    return std::move(winner);
}

} // namespace

double confidence_of(const FieldText& text) {
    return text.confidence ? *text.confidence : confidence_of(text.evidence);
}

FieldText FieldReader::read(const cv::Mat& field, double em, const std::string& content, const NumberHints& hints,
                            WritingStyle& style) {
    if (field.empty()) return {};
    FieldPicture picture{flatten_paper(field, em), {}, em};
    picture.extents = find_lines(picture.flat, em);
    if (picture.extents.empty()) return {};
    if (NumberReader::reads(content)) return numbers_.read(picture, content, hints, style);
    return read_words(picture, content, style);
}

FieldText FieldReader::read_words(const FieldPicture& picture, const std::string& content, WritingStyle& style) {
    if (by_hand_ == nullptr) return printed_.read(picture, content);
    FieldText hand = by_hand_->read(picture, content);
    hand.content = content;
    if (style.by_hand()) return hand;
    // Names hold characters that the reader for handwriting has no class for and puts others for.
    const bool alone = content != "name" && hand.reasons.empty() && confidence_of(hand) >= sure_alone;
    if (alone) return hand;
    FieldText print = printed_.read(picture, content);
    const bool same = print.value == hand.value && !print.value.empty();
    style.note(same || confidence_of(print) >= clearly_print);
    std::vector<Opinion> opinions = print.opinions;
    opinions.insert(opinions.end(), hand.opinions.begin(), hand.opinions.end());
    const auto seen = hand.seen;
    FieldText text = same ? agreed(std::move(print), hand) : differing(std::move(print), std::move(hand));
    text.opinions = std::move(opinions);
    text.seen = seen;
    text.content = content;
    return text;
}

void FieldReader::finish_sheet(const std::vector<FieldText*>& fields, const std::vector<FieldText*>& addresses) {
    if (by_hand_ == nullptr) return;
    if (addresses.size() == 2) by_hand_->read_together(*addresses[0], *addresses[1]);
    by_hand_->judge_sheet(fields);
    hear_print(fields);
    for (FieldText* field : fields) field->seen.reset();
}

} // namespace dengji::reading
