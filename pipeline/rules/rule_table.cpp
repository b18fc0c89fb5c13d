#include "pipeline/rules/rule_table.h"

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

} // namespace dengji::rules
