#include "pipeline/reading/print_hearing.h"

#include "pipeline/base/text.h"
#include "pipeline/reading/field_reader.h"
#include "pipeline/reading/number_prior.h"
#include "pipeline/reading/number_reader.h"
#include "pipeline/reading/number_rules.h"
#include "pipeline/reading/print_witness.h"

#include <algorithm>

namespace dengji::reading {
namespace {

// All figures by 216 drawn sheets that were filled by printers, 96 of them very thin 1-bit scans: 3,731 readings, 153
// of them wrong, as this file treated them in the end.

/// When the picture confirms a value: it is that like it, and that far ahead of all rivals where they differ. Of the
/// values that were in question so it was for 56 of 90 right and 2 of 36 wrong ones of lists and free words, 17 of 33
/// and none of 10 names, 212 of 258 and 2 of 15 addresses, 10 of 26 and none of 11 numbers, 8 of 60 and none of 25
/// parts of dates.
struct Confirmation {
    double likeness, lead;
    double says; ///< times as often when the value is right as when it is wrong
};
constexpr Confirmation of_words{0.8, 0.05, 9}, of_names{0.8, 0.05, 10}, of_addresses{0.8, 0, 5},
    of_numbers{0.85, 0.02, 9}, of_dates{0.9, 0.02, 7};

/// When a rival takes the value's place: 33 wrong ones became right by it, 15 wrong in another way, no right one wrong.
constexpr double clear_print = 0.8, neat_hand = 0.85;
constexpr double clearly_more_alike = 0.02, clear_loss = 0.05;
constexpr double much_more_alike = 0.03;                // of another length: then all that follows lies elsewhere
constexpr double overruled = 0.7;                       // then a person looks
constexpr double sure_number = 0.9;                     // this sure, numbers were right more often than their rivals
constexpr double printed_date = 0.8, unlike_date = 0.7; // between them handwriting
/// When a rival only makes the value doubtful.
constexpr double more_alike = 0.005, loss = 0.03, in_doubt = 0.85;
/// A text with characters of thin strokes more is hardly less like a line that lost them.
constexpr double nearly_as_alike = 0.05;

constexpr double teaches = 0.97, believed = 0.98;
constexpr std::size_t teachers = 8, shortest_teacher = 2; // characters
constexpr int most_steps = 4;                             // from one text to a better one, each differing in one place
constexpr std::size_t most_digits = 24;

const std::vector<std::string> settled_by_picture = {"mixed-up-characters", "close-second", "number-repaired"};
const std::vector<std::string> about_the_reading = {"mixed-up-characters", "close-second",      "not-in-list",
                                                    "illegible",           "character-dropped", "number-repaired"};

bool is_one_of(const Reason& reason, const std::vector<std::string>& codes) {
    return std::find(codes.begin(), codes.end(), reason.code) != codes.end();
}

bool is_seen(const FieldText& text) {
    return text.seen && text.seen->wide.size() == 1 && !text.value.empty();
}

bool is_number(const FieldText& text) {
    return NumberReader::reads(text.content);
}

/// By the longest of the clear words; digits are of different widths in fonts that are alike otherwise.
PrintWitness taught_by(const std::vector<FieldText*>& fields) {
    std::vector<const FieldText*> clear;
    for (const FieldText* field : fields)
        if (is_seen(*field) && !is_number(*field) && field->reasons.empty() && confidence_of(*field) >= teaches &&
            code_points(field->value).size() >= shortest_teacher)
            clear.push_back(field);
    std::erase_if(clear, [](const FieldText* field) { return code_points(field->value).front() < 0x80; }); // a letter
    std::stable_sort(clear.begin(), clear.end(),
                     [](const FieldText* a, const FieldText* b) { return a->value.size() > b->value.size(); });
    clear.resize(std::min(teachers, clear.size()));
    std::vector<PrintWitness::ClearLine> lines;
    for (const FieldText* field : clear) lines.push_back({field->seen->wide.front(), field->value});
    return PrintWitness(lines);
}

void add(std::vector<std::string>& texts, const std::string& text) {
    if (!text.empty() && std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
}

/// The text, what else it may be, and its like with characters and digits that line readers take for each other.
/// `elsewhere`: what stands in fields that often say the same.
std::vector<std::string> rivals_of(const std::string& value, const FieldText& text,
                                   const std::vector<std::string>& elsewhere) {
    std::vector<std::string> texts{value};
    add(texts, with_mixed_up_character(value));
    for (const std::string& other : text.alternatives) add(texts, other);
    for (const std::string& other : elsewhere) add(texts, other);
    if (!is_number(text)) add(texts, text.raw);
    std::size_t digits = 0;
    for (std::size_t i = 0; i < value.size() && digits < most_digits; ++i) {
        if (value[i] < '0' || value[i] > '9') continue;
        ++digits;
        std::string other = value;
        for (other[i] = '0'; other[i] <= '9'; ++other[i]) add(texts, other);
    }
    // Against the rules of numbers no picture is believed, but the value itself may be wrong on the paper.
    const auto breaks_rule = [&](const std::string& other) {
        return other != value &&
               (!may_stand(text.content, other) ||
                (text.content == "id_number" && check_number(text.content, other).support != Support::for_it));
    };
    if (is_number(text)) std::erase_if(texts, breaks_rule);
    return texts;
}

/// The text that the line looks most like, if that is clearly another one than the first; else the first.
std::size_t likeliest(const std::vector<std::string>& texts, const std::vector<PrintStatement>& said,
                      const FieldText& text, double least_likeness) {
    const bool is_date = NumberPrior::is_part_of_date(text.content);
    const bool unknown = said[0].likeness <= 0; // the font lacks one of its characters
    if (unknown || (is_date && said[0].likeness >= unlike_date)) return 0;
    if (is_date) least_likeness = printed_date;
    std::size_t best = 0;
    for (std::size_t i = 1; i < said.size(); ++i) {
        const double gain = said[i].likeness - said[0].likeness;
        const bool here = gain >= clearly_more_alike && said[i].behind <= -clear_loss;
        const bool everywhere = gain >= much_more_alike && texts[i].size() != texts[0].size();
        if (said[i].likeness < least_likeness || !(here || everywhere)) continue;
        if (best == 0 || said[i].likeness > said[best].likeness) best = i;
    }
    return best;
}

/// `longer` is `shorter` with 一, 二 or 三 put in, which are nothing but the strokes that thin print loses first.
bool has_lost_strokes(const std::string& shorter, const std::string& longer) {
    const std::u32string without = code_points(shorter);
    std::u32string kept = code_points(longer);
    if (kept.size() <= without.size()) return false;
    std::erase_if(kept, [](char32_t c) { return c == U'一' || c == U'二' || c == U'三'; });
    return kept == without;
}

/// What an unlisted value may have been before it lost its strokes, as the most alike of `texts`; 0: nothing.
std::size_t before_the_loss(const std::vector<std::string>& texts, const std::vector<PrintStatement>& said) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < texts.size(); ++i)
        if (has_lost_strokes(texts[0], texts[i]) && said[i].likeness >= said[0].likeness - nearly_as_alike &&
            (best == 0 || said[i].likeness > said[best].likeness))
            best = i;
    return best;
}

void replace(FieldText& text, const std::string& value) {
    std::erase(text.alternatives, value);
    text.alternatives.insert(text.alternatives.begin(), text.value);
    text.value = value;
    text.confidence = std::min(overruled, confidence_of(text));
    text.decoded.reset();
    text.familiar = 0;
    std::erase_if(text.reasons, [](const Reason& reason) { return is_one_of(reason, about_the_reading); });
}

const Confirmation& confirmation_of(const std::string& content) {
    if (content == "name") return of_names;
    if (content == "address") return of_addresses;
    if (NumberPrior::is_part_of_date(content)) return of_dates;
    return NumberReader::reads(content) ? of_numbers : of_words;
}

bool may_be_replaced(const FieldText& text) {
    return !is_number(text) || confidence_of(text) < sure_number;
}

/// The value stays: the picture confirms it, doubts it, or says nothing.
void weigh(const std::vector<PrintStatement>& said, FieldText& text) {
    const Confirmation& confirmation = confirmation_of(text.content);
    double nearest = 1;
    bool rival_is_better = false;
    for (std::size_t i = 1; i < said.size(); ++i) {
        if (said[i].likeness <= 0) continue;
        nearest =
            std::min(nearest, said[i].likeness > said[0].likeness ? std::min(said[i].behind, 0.0) : said[i].behind);
        const double gain = said[i].likeness - said[0].likeness;
        rival_is_better |= said[i].likeness >= clear_print && ((gain >= more_alike && said[i].behind <= -loss) ||
                                                               (gain > 0 && said[i].behind <= -clear_loss));
    }
    if (rival_is_better && !is_number(text)) {
        text.confidence = std::min(in_doubt, confidence_of(text));
        if (std::find(text.reasons.begin(), text.reasons.end(), close_second) == text.reasons.end())
            text.reasons.push_back(close_second);
        return;
    }
    const bool may_settle = std::all_of(text.reasons.begin(), text.reasons.end(),
                                        [](const Reason& reason) { return is_one_of(reason, settled_by_picture); });
    if (!may_settle || said[0].likeness < confirmation.likeness || nearest < confirmation.lead) return;
    const double before = confidence_of(text), odds = before * confirmation.says;
    text.confidence = odds / (odds + 1 - before);
    text.reasons.clear();
}

/// Sure readings are believed, but in addresses a digit too many looks as sure.
bool needs_witness(const FieldText& text) {
    return is_seen(text) && (text.content == "address" || confidence_of(text) < believed || !text.reasons.empty());
}

void hear(const PrintWitness& witness, const std::vector<std::string>& elsewhere, FieldText& text) {
    const WideLine& line = text.seen->wide.front();
    std::string value = text.value;
    std::vector<std::string> texts = rivals_of(value, text, elsewhere);
    std::vector<PrintStatement> said = witness.compare(line, texts);
    for (int step = 0; step < most_steps && may_be_replaced(text); ++step) {
        const std::size_t best = likeliest(texts, said, text, witness.is_print() ? clear_print : neat_hand);
        if (best == 0) break;
        value = texts[best];
        texts = rivals_of(value, text, elsewhere);
        said = witness.compare(line, texts);
    }
    const bool unlisted = std::any_of(text.reasons.begin(), text.reasons.end(),
                                      [](const Reason& reason) { return reason.code == "not-in-list"; });
    std::size_t whole = 0;
    if (value == text.value && unlisted && witness.is_worn()) whole = before_the_loss(texts, said);
    value = texts[whole];
    text.opinions.push_back({"as print", value, said[whole].likeness}); // for the debug picture
    if (value != text.value)
        replace(text, value);
    else
        weigh(said, text);
}

} // namespace

void hear_print(const std::vector<FieldText*>& fields) {
    const PrintWitness witness = taught_by(fields);
    for (FieldText* field : fields) {
        if (!needs_witness(*field) || !(witness.is_print() || field->content == "name")) continue;
        std::vector<std::string> elsewhere;
        for (const FieldText* other : fields)
            if (other != field && field->content == "address" && other->content == "address")
                elsewhere.push_back(other->value);
        hear(witness, elsewhere, *field);
    }
}

} // namespace dengji::reading
