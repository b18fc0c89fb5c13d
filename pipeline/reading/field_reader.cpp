#include "pipeline/reading/field_reader.h"

#include "pipeline/reading/line_image.h"
#include "pipeline/reading/print_witness.h"

#include <algorithm>

namespace dengji::reading {
namespace {

/// Of 853 readings of drawn sheets that were so sure 849 were right, whether print or handwriting; the others were of
/// fields that had been cut wrongly.
constexpr double sure_alone = 0.98;
constexpr double clearly_print = 0.9;

// When the picture is asked, and what it says, where the texts that compete are known: names and words of lists. By 84
// drawn sheets that were filled by printers. Line readers know words better than the picture does: only between
// characters that they cannot tell apart, and in names, does it overrule them.
constexpr double needs_no_witness = 0.98;
constexpr double clear_print = 0.75; // likeness; handwriting mostly stays below 0.6
constexpr double clear_lead = 0.05;
constexpr double overruling_print = 0.85, overruling_lead = 0.08;
constexpr double overruled = 0.8; // then a person looks
constexpr double says_of_lists = 30, says_of_names = 10;
constexpr std::size_t most_rivals = 7;

/// The value, what else it may be, and its like with characters that line readers take for each other.
std::vector<std::string> rivals_of(const FieldText& text) {
    std::vector<std::string> texts{text.value};
    const auto add = [&](const std::string& rival) {
        if (!rival.empty() && std::find(texts.begin(), texts.end(), rival) == texts.end()) texts.push_back(rival);
    };
    add(with_mixed_up_character(text.value));
    for (const std::string& other : text.alternatives)
        if (texts.size() < most_rivals) add(other);
    return texts;
}

bool settled_by_picture(const Reason& reason) {
    return reason == mixed_up_characters || reason == close_second;
}

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
    const bool closed_list = hand.decoded && hand.decoded->kind == "list";
    FieldText text = same ? agreed(std::move(print), hand) : differing(std::move(print), std::move(hand));
    text.opinions = std::move(opinions);
    text.seen = seen;
    if (content == "name" || closed_list || text.evidence.support == Support::for_it)
        hear_picture(picture, content == "name", text);
    return text;
}

/// The picture of the line as a third voice: what line readers take for each other looks different in print.
void FieldReader::hear_picture(const FieldPicture& picture, bool is_name, FieldText& text) {
    const bool may_settle = std::all_of(text.reasons.begin(), text.reasons.end(), settled_by_picture);
    if (picture.extents.size() != 1 || text.value.empty() || !may_settle) return;
    if (confidence_of(text) >= needs_no_witness && text.reasons.empty()) return;
    const std::vector<std::string> texts = rivals_of(text);
    if (texts.size() < 2) return;
    const auto said = compare_with_print(picture.flat, picture.extents.front(), texts);
    std::size_t best = 0;
    double nearest = 1;
    bool has_rival = false;
    for (std::size_t i = 1; i < said.size(); ++i) {
        if (said[i].likeness <= 0) continue;
        has_rival = true;
        nearest = std::min(nearest, said[i].behind);
        const bool may_overrule = is_name || texts[i] == with_mixed_up_character(text.value);
        if (may_overrule && said[i].likeness >= overruling_print && said[i].behind <= -overruling_lead &&
            said[i].likeness > said[best].likeness)
            best = i;
    }
    if (best != 0) {
        std::erase(text.alternatives, texts[best]);
        text.alternatives.insert(text.alternatives.begin(), text.value);
        text.value = texts[best];
        text.confidence = overruled;
        text.decoded.reset();
        text.familiar = 0;
    } else if (has_rival && said[0].likeness >= clear_print && nearest >= clear_lead) {
        text.witness = is_name ? says_of_names : says_of_lists;
        text.witnessed = text.value;
        std::erase_if(text.reasons, settled_by_picture);
    }
}

void FieldReader::finish_sheet(const std::vector<FieldText*>& fields, const std::vector<FieldText*>& addresses) {
    if (by_hand_ == nullptr) return;
    if (addresses.size() == 2) by_hand_->read_together(*addresses[0], *addresses[1]);
    by_hand_->judge_sheet(fields);
    for (FieldText* field : fields) {
        field->seen.reset();
        if (field->witness == 1 || field->witnessed != field->value) continue;
        const double before = confidence_of(*field), odds = before * field->witness;
        field->confidence = odds / (odds + 1 - before);
        std::erase(field->reasons, close_second);
    }
}

} // namespace dengji::reading
