#include "pipeline/reading/number_votes.h"

#include <algorithm>

namespace dengji::reading {
namespace {

constexpr double share_of_unknown = 0.03;  // of what the net leaves open: for values that it has no candidate for
constexpr double share_of_unlawful = 0.05; // of that: people seldom write what may not stand there
constexpr double least_named = 0.01;       // below it, a candidate is not worth showing

struct Weighed {
    std::string value;
    double weight = 0;
};

Weighed& entry_of(std::vector<Weighed>& list, const std::string& value) {
    const auto found = std::find_if(list.begin(), list.end(), [&](const Weighed& w) { return w.value == value; });
    if (found != list.end()) return *found;
    return list.emplace_back(Weighed{value, 0});
}

/// The net's own candidates as shares of one: its value has its confidence, the others divide the rest.
std::vector<Weighed> candidates_of(const NumberReading& net) {
    std::vector<Weighed> list;
    if (!net.value.empty()) list.push_back({net.value, net.confidence});
    double rest = 0;
    for (const NumberCandidate& candidate : net.alternatives)
        if (candidate.value != net.value) rest += candidate.posterior;
    const double open = 1 - net.confidence;
    for (const NumberCandidate& candidate : net.alternatives) {
        if (candidate.value == net.value || candidate.value.empty()) continue;
        list.push_back({candidate.value, open * (1 - share_of_unknown) * candidate.posterior / std::max(rest, 0.05)});
    }
    return list;
}

} // namespace

NumberElection elect_number(const NumberReading& net, const std::vector<NumberVote>& votes) {
    std::vector<Weighed> list = candidates_of(net);
    double named = 0;
    for (const Weighed& one : list) named += one.weight;
    const double unknown = share_of_unknown * (1 - net.confidence);
    for (const NumberVote& vote : votes) {
        if (vote.value.empty() || vote.weight <= 1) continue;
        Weighed& entry = entry_of(list, vote.value);
        entry.weight = std::max(entry.weight, unknown * (vote.lawful ? 1 : share_of_unlawful)) * vote.weight;
    }
    const double nothing = std::max(0.0, 1 - named); // what nobody has named: above all, no number
    double sum = nothing;
    for (const Weighed& one : list) sum += one.weight;
    std::stable_sort(list.begin(), list.end(), [](const Weighed& a, const Weighed& b) { return a.weight > b.weight; });
    NumberElection election;
    const bool none = list.empty() || sum <= 0 || (net.value.empty() && list.front().weight < nothing);
    if (none) return election;
    election.value = list.front().value;
    election.confidence = list.front().weight / sum;
    for (std::size_t i = 1; i < list.size(); ++i)
        if (list[i].weight / sum > least_named) election.others.push_back(list[i].value);
    return election;
}

} // namespace dengji::reading
