#include "pipeline/reading/text_decoder.h"

#include "pipeline/base/text.h"
#include "pipeline/reading/word_beam.h"

#include <algorithm>

namespace dengji::reading {

namespace {

const std::u32string email_signs = U"._-";
// In free words stand mobile phones, landlines and QQ numbers: a longer one has a stroke too many, nearly always.
constexpr std::size_t longest_number = 11;
constexpr double cost_of_longer = 5;    // nats
constexpr double digits_of_hosts = .02; // beside those of names before the @
const std::vector<std::pair<std::u32string, double>> usual_hosts = {
    {U"qq.com", 60},   {U"163.com", 20}, {U"126.com", 6},     {U"139.com", 5},     {U"sina.com", 3},
    {U"sina.cn", 1},   {U"189.cn", 1},   {U"foxmail.com", 2}, {U"hotmail.com", 1}, {U"outlook.com", 1},
    {U"gmail.com", 1}, {U"sohu.com", 1}, {U"yeah.net", 1},    {U"aliyun.com", 1},  {U"vip.qq.com", 1}};

WordAutomaton free_text() {
    WordAutomaton grammar;
    const int any = grammar.add_shares(CharacterShares({}, 0));
    const auto state = grammar.add_state();
    grammar.on_any(any, state, state, .5);
    for (char32_t c = U'0'; c <= U'9'; ++c) grammar.on(c, state, state, .03);
    for (char32_t c = U'A'; c <= U'Z'; ++c) {
        grammar.on(c, state, state, .002);
        grammar.on(c + (U'a' - U'A'), state, state, .002);
    }
    for (const char32_t c : std::u32string_view(U"-，。、：；（）")) grammar.on(c, state, state, .01);
    grammar.finish(state, 1);
    grammar.set_first(state);
    return grammar;
}

void add_digits(WordAutomaton& grammar, WordAutomaton::State from, WordAutomaton::State to, double weight) {
    for (char32_t c = U'0'; c <= U'9'; ++c) grammar.on(c, from, to, weight * .06);
}

void add_letters(WordAutomaton& grammar, WordAutomaton::State from, WordAutomaton::State to, double weight) {
    for (char32_t c = U'a'; c <= U'z'; ++c) grammar.on(c, from, to, weight * .013);
    for (char32_t c = U'A'; c <= U'Z'; ++c) grammar.on(c, from, to, weight * .001);
    for (const char32_t c : email_signs) grammar.on(c, from, to, weight * .01);
}

void add_email_characters(WordAutomaton& grammar, WordAutomaton::State from, WordAutomaton::State to, double weight) {
    add_digits(grammar, from, to, weight);
    add_letters(grammar, from, to, weight);
}

WordAutomaton email() {
    WordAutomaton grammar;
    const auto first = grammar.add_state(), user = grammar.add_state(), host = grammar.add_state(),
               in_host = grammar.add_state(), in_end = grammar.add_state(), end = grammar.add_state();
    add_email_characters(grammar, first, user, 1);
    add_email_characters(grammar, user, user, .9);
    grammar.on(U'@', user, host, .1);
    grammar.words(usual_hosts, host, end, .9);
    // Hosts of digits are in the list above, nearly all: 99.com is qq.com with a round q.
    add_letters(grammar, host, in_host, .1);
    add_letters(grammar, in_host, in_host, .8);
    add_digits(grammar, host, in_host, .1 * digits_of_hosts);
    add_digits(grammar, in_host, in_host, .8 * digits_of_hosts);
    grammar.on(U'.', in_host, in_end, .2);
    grammar.words({{U"com", 8}, {U"cn", 3}, {U"net", 2}, {U"org", 1}, {U"com.cn", 1}, {U"edu.cn", 1}}, in_end, end, 1);
    grammar.finish(end, 1);
    grammar.set_first(first);
    return grammar;
}

std::size_t longest_run_of_digits(std::string_view text) {
    std::size_t longest = 0, run = 0;
    for (const char c : text) {
        run = c >= '0' && c <= '9' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

TextCandidates candidates(const CtcSteps& steps, const WordAutomaton& grammar, const BeamOptions& options) {
    TextCandidates found;
    for (const Hypothesis& h : beam_search(steps, grammar, options))
        if (!h.text.empty()) found.push_back({utf8(h.text), h.score, h.picture, h.language});
    return found;
}

} // namespace

TextCandidates decode_free_text(const CtcSteps& steps) {
    static const WordAutomaton grammar = free_text();
    BeamOptions options;
    options.width = 12;
    options.language_share = .3;
    options.length_bonus = 2;
    TextCandidates found = candidates(steps, grammar, options);
    for (TextCandidate& candidate : found)
        if (longest_run_of_digits(candidate.text) > longest_number) candidate.score -= cost_of_longer;
    std::stable_sort(found.begin(), found.end(),
                     [](const TextCandidate& a, const TextCandidate& b) { return a.score > b.score; });
    return found;
}

TextCandidates decode_email(const CtcSteps& steps) {
    static const WordAutomaton grammar = email();
    BeamOptions options;
    options.width = 20;
    options.language_share = .5;
    options.length_bonus = 2;
    return candidates(steps, grammar, options);
}

bool has_usual_host(std::string_view email) {
    const std::size_t at = email.rfind('@');
    if (at == std::string_view::npos) return false;
    const std::u32string host = code_points(email.substr(at + 1));
    return std::any_of(usual_hosts.begin(), usual_hosts.end(), [&](const auto& usual) { return usual.first == host; });
}

} // namespace dengji::reading
