#include "pipeline/reading/number_field.h"

#include "pipeline/base/dates.h"
#include "pipeline/base/text.h"
#include "pipeline/reading/line_image.h"
#include "pipeline/reading/number_line.h"
#include "pipeline/reading/number_rules.h"
#include "pipeline/reading/number_votes.h"
#include "pipeline/reading/text_field.h"

#include <algorithm>

namespace dengji::reading {
namespace {

constexpr int text_height = 24;
constexpr double two_agree = 0.995; // a net and a print reader hardly ever make the same mistake
constexpr double sure = 0.99;       // then nobody else is asked
// Of 112 drawn numbers that the net gave 0.9 to 0.99 all but one were right, whoever differed: it is not overruled.
constexpr double net_knows = 0.9;
// Where the net doubts there is mostly something wrong with the picture, and all readers see the same picture.
constexpr double net_doubts = 0.7, doubtful_picture = 0.95;
constexpr double disputed = 0.85; // of its confidence, when both readers of print say the same other number
// How many times as often a reader says a number when it is right as when it is wrong, where the net is not sure; by
// the numbers of drawn sheets. The digits' pictures mix up 3 and 8 as the print reader does.
constexpr double print_agrees = 50, print_says = 6, pictures_say = 20, hand_says = 4, print_says_of_hand = 3;
constexpr double year_in_a_run_says = 20;
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

/// Numbers of a known length that have it: nothing of them was cut off.
bool surely_whole(const std::string& content, const FieldText& text) {
    if (content == "id_number") return text.evidence.support == Support::for_it;
    if (content == "mobile") return text.evidence.support != Support::against && !text.value.empty();
    return content == "year" && text.value.size() == 4;
}

/// One reader's number under the rules of its content.
struct Opinionated {
    Verdict verdict;
    std::string raw, reader;
    double confidence = 0; ///< 0..1, by itself
    double weight = 1;     ///< of its vote
    const std::string& value() const { return verdict.value; }
    NumberVote vote(const std::string& content) const {
        return {verdict.value, may_stand(content, verdict.value) ? weight : 1, verdict.support != Support::against};
    }
};

/// The one year of the last dozen at either end of a longer run of digits: the field's picture holds some of its
/// neighbour's. Empty: none, or more than one.
std::string year_at_an_end(const std::string& raw) {
    std::string digits = only_plain(raw);
    std::erase_if(digits, [](char c) { return c < '0' || c > '9'; });
    if (digits.size() <= 4) return {};
    const int this_year = static_cast<int>(today().year());
    std::string found;
    for (const std::string& end : {digits.substr(0, 4), digits.substr(digits.size() - 4)}) {
        const int year = std::stoi(end);
        if (year > this_year || year <= this_year - 12 || end == found) continue;
        if (!found.empty()) return {};
        found = end;
    }
    return found;
}

void add(std::vector<std::string>& list, const std::string& value, const std::string& chosen) {
    if (!value.empty() && value != chosen && std::find(list.begin(), list.end(), value) == list.end())
        list.push_back(value);
}

} // namespace

/// All that the readers made of one line.
struct NumberFieldReader::Ballot {
    Opinionated net;
    std::vector<Opinionated> others;
    bool print_agrees_with_net = false, print_agrees_with_pictures = false;
};

FieldText NumberFieldReader::read(const FieldPicture& picture, const std::string& content, const NumberHints& hints,
                                  WritingStyle& style) {
    const cv::Rect line = number_extent(picture.extents);
    const NumberReading net = net_.read(number_line(picture.flat, line), content, hints);
    Ballot ballot;
    ballot.net = {check_number(content, net.value), net.raw, net_name, net.confidence, 1};
    if (net.confidence < sure || !net.reasons.empty()) ask(picture, line, net, content, style, ballot);
    FieldText result = count(net, content, ballot);
    const auto holds = [](const Reasons& reasons) {
        return std::find(reasons.begin(), reasons.end(), number_cut_off) != reasons.end();
    };
    if (holds(net.reasons) && !holds(result.reasons) && !surely_whole(content, result))
        result.reasons.push_back(number_cut_off);
    result.content = content;
    auto seen = std::make_shared<SeenLines>();
    seen->wide.push_back(wide_line(picture.flat, line, picture.em));
    result.seen = std::move(seen);
    return result;
}

/// Asks as many of the others as are needed.
void NumberFieldReader::ask(const FieldPicture& picture, const cv::Rect& line, const NumberReading& net,
                            const std::string& content, WritingStyle& style, Ballot& ballot) {
    const auto checked = [&](const std::string& text) {
        return check_number(content, NumberPrior::plain(content, only_plain(text)));
    };
    const bool by_hand = style.by_hand();
    if (!by_hand || net.confidence < net_knows) {
        Framing framing;
        framing.text_height = text_height;
        framing.least_height = 0.6 * picture.em;
        const ocr::TextLine seen = print_.read(frame_line(picture.flat, line, framing).grey, script_of(content));
        Opinionated print{checked(seen.text), seen.text, print_.name(), seen.confidence, print_says};
        const bool same = !print.value().empty() && print.value() == ballot.net.value();
        if (!by_hand) style.note(same);
        ballot.print_agrees_with_net = same && !by_hand;
        print.weight = by_hand ? print_says_of_hand : same ? print_agrees : print_says;
        ballot.others.push_back(std::move(print));
        if (ballot.print_agrees_with_net && !net.rejected) return;
    }
    if (content == "year" && net.confidence < net_knows)
        ballot.others.push_back(
            {{year_at_an_end(net.raw), Support::none, {}}, net.raw, net_name, 0, year_in_a_run_says});
    // Where the line is print, the digits' pictures see broken characters best.
    const NumberShape shape = shape_of(content);
    if (!by_hand && shape.most > 0) {
        const auto match = pictures_.match(picture.flat, line, shape.alphabet, shape.least, shape.most);
        if (match && match->score >= least_print_likeness(shape)) {
            Opinionated pictures{check_number(content, match->text), match->text, pictures_name, match->score,
                                 pictures_say};
            ballot.print_agrees_with_pictures = pictures.value() == ballot.others.front().value();
            ballot.others.push_back(std::move(pictures));
        }
    }
    // The reader for handwriting is worse at digits than the net, but fails at others.
    if (by_hand_ != nullptr) {
        const ocr::TextLine seen = by_hand_->read(tight_line(picture.flat, line, picture.em), script_of(content));
        ballot.others.push_back({checked(seen.text), seen.text, by_hand_->name(), seen.confidence, hand_says});
    }
}

/// What the votes come to.
FieldText NumberFieldReader::count(const NumberReading& net, const std::string& content, const Ballot& ballot) {
    std::vector<NumberVote> votes;
    for (const Opinionated& other : ballot.others) votes.push_back(other.vote(content));
    NumberElection election = elect_number(net, votes);
    const std::string& by_net = ballot.net.value();
    if (net.confidence >= net_knows && !by_net.empty() && election.value != net.value) {
        election.others.insert(election.others.begin(), election.value);
        election.value = net.value;
        election.confidence = disputed * net.confidence;
    } else if (!NumberPrior::is_part_of_date(content) && ballot.print_agrees_with_pictures &&
               !ballot.print_agrees_with_net && election.value == net.value) {
        election.confidence = std::min(election.confidence, disputed);
    }
    // Dates of signature are written by hand on printed sheets, too; of one or two digits print readers know little.
    if (NumberPrior::is_part_of_date(content) && net.confidence >= net_knows && election.value == net.value)
        election.confidence = std::max(election.confidence, net.confidence);
    FieldText result;
    result.opinions.push_back({net_name, net.raw, net.confidence});
    for (const Opinionated& other : ballot.others)
        if (other.reader != net_name) result.opinions.push_back({other.reader, other.raw, other.confidence});
    Opinionated winner = ballot.net;
    if (election.value != net.value) {
        winner = {check_number(content, election.value), election.value, net_name, 0, 1};
        for (const Opinionated& other : ballot.others)
            if (other.value() == election.value) winner = other;
    }
    result.value = winner.value();
    result.raw = winner.raw;
    result.recogniser = winner.reader;
    result.reasons = winner.verdict.reasons;
    result.evidence.support = winner.verdict.support;
    result.confidence = std::min(election.confidence, std::max(two_agree, net.confidence));
    if (net.confidence < net_doubts && winner.verdict.support != Support::for_it)
        result.confidence = std::min(*result.confidence, doubtful_picture);
    if (election.value == net.value && (!ballot.print_agrees_with_net || net.rejected))
        result.reasons.insert(result.reasons.end(), net.reasons.begin(), net.reasons.end());
    for (const std::string& other : election.others) add(result.alternatives, other, result.value);
    add(result.alternatives, by_net, result.value);
    for (const Opinionated& other : ballot.others) add(result.alternatives, other.value(), result.value);
    return result;
}

} // namespace dengji::reading
