#pragma once
#include "pipeline/rules/rule.h"

namespace dengji::rules {

// The sections of the table. A: what the form requires. B: who may be registered. C: documents and papers. D: clocks.
// E: services. F: follow-up. G: cancelling. H: offices. K: whether the entries agree, formats, duplicates,
// certificates.
std::vector<Rule> required_entry_rules(); ///< A
std::vector<Rule> eligibility_rules();    ///< B
std::vector<Rule> document_rules();       ///< C
std::vector<Rule> clock_rules();          ///< D
std::vector<Rule> service_rules();        ///< E
std::vector<Rule> follow_up_rules();      ///< F
std::vector<Rule> cancellation_rules();   ///< G
std::vector<Rule> office_rules();         ///< H
std::vector<Rule> consistency_rules();    ///< K01-K14
std::vector<Rule> format_rules();         ///< K15-K17
std::vector<Rule> certificate_rules();    ///< K18-K20

/// All of them, in order.
const std::vector<Rule>& rule_table();

/// Whether the applicant can put right what the rule says, with another entry or paper: such belongs into a 补正告知书.
/// All else asks the office: whether originals were seen, what other registers say, who may be registered at all.
bool is_for_applicant(const std::string& rule);

} // namespace dengji::rules
