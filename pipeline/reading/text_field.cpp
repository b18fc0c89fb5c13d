#include "pipeline/reading/text_field.h"

#include "pipeline/reading/digit_run_reader.h"
#include "pipeline/reading/line_image.h"
#include "pipeline/reading/number_reader.h"
#include "pipeline/reading/unread_ink.h"

#include <algorithm>

namespace dengji::reading {
namespace {

/// Characters that the line reader takes for each other with certainty, where each makes a word of a list.
const std::vector<std::string> mixed_up = {"仡", "仫"};
bool holds_any(const std::string& text, const std::vector<std::string>& characters) {
    return std::any_of(characters.begin(), characters.end(),
                       [&](const std::string& character) { return text.find(character) != std::string::npos; });
}

/// Detailed addresses are the long ones: they run over the word that is printed behind them.
void mark_cut_off(const SeenLines& seen, FieldText& text) {
    if (seen.runs_off && !text.value.empty()) text.reasons.push_back(number_cut_off);
}

} // namespace

const Reason mixed_up_characters{"mixed-up-characters", "“仡”与“仫”容易混淆，请核对",
                                 "the word holds a character that is easily taken for another"};

std::string with_mixed_up_character(const std::string& text) {
    for (std::size_t i = 0; i < mixed_up.size(); ++i) {
        const auto at = text.find(mixed_up[i]);
        if (at != std::string::npos) return std::string(text).replace(at, mixed_up[i].size(), mixed_up[1 - i]);
    }
    return {};
}

SeenLines TextFieldReader::look(const FieldPicture& picture) {
    SeenLines seen;
    for (const cv::Rect& extent : picture.extents) {
        seen.runs_off |= extent.br().x >= picture.flat.cols;
        cv::Mat line = tight_line(picture.flat, extent, picture.em);
        lines_.read(line, ocr::Script::chinese);
        seen.probabilities.push_back(lines_.probabilities().clone());
        seen.images.push_back(std::move(line));
        seen.wide.push_back(wide_line(picture.flat, extent, picture.em));
    }
    const GreedyReading greedy = greedy_reading(seen.probabilities, words_.classes());
    for (std::size_t i = 0; i < seen.images.size(); ++i)
        seen.unread_ink = std::max(seen.unread_ink, unread_ink(seen.images[i], greedy, static_cast<int>(i)));
    seen.digits = digit_run_reader(digits_, seen.images);
    return seen;
}

WordHints TextFieldReader::hints_of(const SeenLines& seen) const {
    WordHints hints;
    hints.unread_ink = seen.unread_ink;
    hints.digits = seen.digits;
    return hints;
}

FieldText TextFieldReader::text_of(WordReading reading) const {
    FieldText text;
    text.raw = reading.raw;
    text.value = reading.value;
    text.confidence = reading.confidence;
    text.reasons = reading.reasons;
    if (holds_any(reading.value, mixed_up)) text.reasons.push_back(mixed_up_characters);
    text.recogniser = lines_.name();
    text.alternatives = reading.alternatives;
    text.opinions.push_back({lines_.name(), reading.raw, reading.evidence.least});
    text.opinions.push_back({"as " + reading.kind, reading.value, reading.confidence});
    text.familiar = reading.evidence.familiar;
    text.decoded = std::move(reading);
    return text;
}

FieldText TextFieldReader::read(const FieldPicture& picture, const std::string& content) {
    auto seen = std::make_shared<SeenLines>(look(picture));
    FieldText text = text_of(words_.read(seen->probabilities, content, hints_of(*seen)));
    if (content == "address") mark_cut_off(*seen, text);
    text.seen = std::move(seen);
    return text;
}

void TextFieldReader::read_together(FieldText& first, FieldText& second) {
    if (!first.seen || !second.seen) return;
    auto [one, other] = words_.read_addresses(first.seen->probabilities, hints_of(*first.seen),
                                              second.seen->probabilities, hints_of(*second.seen));
    const auto replace = [this](FieldText& text, WordReading reading) {
        if (!text.decoded) return; // settled by the reader for print
        FieldText together = text_of(std::move(reading));
        mark_cut_off(*text.seen, together);
        together.seen = text.seen;
        together.content = text.content;
        together.undisputed = text.undisputed;
        for (const std::string& before : text.alternatives) {
            auto& known = together.alternatives;
            if (before != together.value && std::find(known.begin(), known.end(), before) == known.end())
                known.push_back(before);
        }
        together.opinions.insert(together.opinions.begin(), text.opinions.begin(), text.opinions.end());
        text = std::move(together);
    };
    replace(first, std::move(one));
    replace(second, std::move(other));
}

void TextFieldReader::judge_sheet(std::vector<FieldText*> fields) const {
    double sum = 0;
    int count = 0;
    for (const FieldText* field : fields)
        if (field->decoded && !field->raw.empty()) sum += field->decoded->evidence.mean, ++count;
    if (count == 0) return;
    for (FieldText* field : fields)
        if (field->decoded) field->confidence = field->undisputed * words_.confidence(*field->decoded, sum / count);
}

} // namespace dengji::reading
