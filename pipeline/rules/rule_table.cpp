#include "pipeline/rules/rule_table.h"

#include <set>

namespace dengji::rules {

const std::vector<Rule>& rule_table() {
    static const std::vector<Rule> table = [] {
        std::vector<Rule> rules;
        for (const auto section :
             {required_entry_rules, eligibility_rules, document_rules, clock_rules, service_rules, follow_up_rules,
              cancellation_rules, office_rules, consistency_rules, format_rules, certificate_rules}) {
            for (auto& rule : section()) rules.push_back(std::move(rule));
        }
        return rules;
    }();
    return table;
}

bool is_for_applicant(const std::string& rule) {
    // The counter's own: C03 originals seen, C14 and K16 what is on record, C16 fees. Of section B only B07 asks for a
    // paper.
    static const std::set<std::string> of_the_office = {"C03", "C14", "C16", "K16"};
    if (rule == "B07") return true;
    const bool of_the_paper = rule.starts_with("A") || rule.starts_with("C") || rule.starts_with("K");
    const bool of_certificates = rule == "K18" || rule == "K19" || rule == "K20";
    return of_the_paper && !of_certificates && !of_the_office.contains(rule);
}

} // namespace dengji::rules
