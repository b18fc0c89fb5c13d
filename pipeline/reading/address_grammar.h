#pragma once
#include "pipeline/reading/address_words.h"
#include "pipeline/reading/word_automaton.h"

#include <string>
#include <vector>

namespace dengji::reading {

/// Which known words a written address begins with.
struct AddressParts {
    std::string town;  ///< of the county's list; empty: none
    std::string place; ///< the village of that town, or the listed road, that follows it; empty: none
    bool has_digits = false;
};

AddressParts parts_of_address(const std::string& address, const AddressWords& words,
                              const std::vector<std::string>& counties);

/// What a detailed address may look like here, as a weighted automaton: a town of the county or another; a village of
/// that town or a road, known or not; numbers, each with its unit (组 号 幢 单元 室 ...). Free names are possible
/// everywhere, so an address that nobody foresaw is only less likely. Weights are rough shares of what people write.
WordAutomaton address_grammar(const AddressWords& words, const std::vector<std::string>& counties);

} // namespace dengji::reading
