#include "pipeline/app/findings_json.h"

namespace dengji::app {

nlohmann::ordered_json to_json(const rules::Finding& finding) {
    return {{"rule", finding.rule},
            {"action", std::string(name_of(finding.action))},
            {"fields", finding.fields},
            {"message", finding.message},
            {"clause", finding.clause}};
}

nlohmann::ordered_json to_json(const rules::Findings& findings) {
    auto list = nlohmann::ordered_json::array();
    for (const auto& finding : findings) list.push_back(to_json(finding));
    return list;
}

} // namespace dengji::app
