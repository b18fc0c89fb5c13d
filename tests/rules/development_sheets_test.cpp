// The rules on sheets whose faults are known, with the true values as if they had been typed.
#include "pipeline/base/files.h"
#include "tests/rules/scene.h"

#include <dengji_project.h>
#include <gtest/gtest.h>
#include <iostream>
#include <nlohmann/json.hpp>

namespace dengji::rules::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

/// Which rules may answer for which fault.
const std::map<std::string, std::vector<std::string>>& rules_of_faults() {
    static const std::map<std::string, std::vector<std::string>> rules = {
        {"under_age", {"B01"}},
        {"pension_age", {"B03"}},
        {"bad_id_checksum", {"C04"}},
        {"sex_id_mismatch", {"C05"}},
        {"disability_no_grade", {"A19"}},
        {"future_unemployment", {"K10"}},
        {"4050_age", {"K01"}},
        {"category_no_number", {"A20"}},
        {"bad_mobile", {"K15"}},
        {"unsigned", {"A18"}},
        {"undated", {"A18"}},
        {"missing_required",
         {"A01", "A02", "A03", "A04", "A05", "A06", "A07", "A08", "A09", "A11", "A12", "A13", "A16"}},
        {"two_educations", {"A09"}},
        {"no_reason", {"A14"}}};
    return rules;
}

std::string two_digits(const std::string& number) {
    return number.size() == 1 ? std::string("0").append(number) : number;
}

/// The truth has dates in parts and a signature as a name.
Application typed(const Json& truth) {
    Application application;
    const auto value = [&](const char* key) { return truth.at("values").at(key).get<std::string>(); };
    const auto date = [&](const std::string& key, std::vector<const char*> parts) {
        std::string text;
        for (const char* part : parts) {
            if (!text.empty()) text.push_back('-');
            text.append(two_digits(value((key + "." + part).c_str())));
        }
        application.fields[key].value = text;
    };
    for (const auto& [key, text] : truth.at("values").items()) application.fields[key].value = text.get<std::string>();
    date("unemployed_since", {"year", "month"});
    date("signed_on", {"year", "month", "day"});
    application.fields["signature"].value = !value("signature").empty();
    for (const char* group : {"hukou_type", "education", "categories", "unemployment_reason", "claims_benefit"})
        application.fields[group].value = truth.at("choices").at(group).get<std::vector<std::string>>();
    return application;
}

/// Women from 40 and men from 50 up to 55 and 60: a sheet may be called faulty for a tick that is right.
bool is_4050(const Case& c) {
    const int age = c.age().value_or(0);
    return c.male.value_or(true) ? age >= 50 && age < 60 : age >= 40 && age < 55;
}

TEST(DevelopmentSheets, GiveAFindingForEachKnownFaultAndNoRejectionWithoutOne) {
    const auto folder = fs::path(DENGJI_SOURCE_DIR) / "../shared/eval/dev/truth";
    if (!fs::exists(folder)) GTEST_SKIP() << "../shared/eval/dev is not there";
    int sheets = 0, faults = 0, not_faults = 0;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const auto truth = Json::parse(read_file(entry.path()));
        const auto application = typed(truth);
        const RegisterFacts facts;
        const auto findings = check(Case(application, facts, book(), day("2021-01-31")));
        const auto breaks = truth.at("breaks").get<std::vector<std::string>>();
        const auto sheet = entry.path().stem().string();
        ++sheets;
        for (const auto& fault : breaks) {
            const auto& rules = rules_of_faults().at(fault);
            ++faults;
            const Case person(application, facts, book(), day("2021-01-31"));
            if (fault == "4050_age" && is_4050(person)) {
                ++not_faults;
                std::cout << sheet << " is of that age: no fault to find\n";
                continue;
            }
            EXPECT_TRUE(std::any_of(findings.begin(), findings.end(),
                                    [&](const Finding& finding) {
                                        return std::find(rules.begin(), rules.end(), finding.rule) != rules.end();
                                    }))
                << sheet << ": nothing says " << fault;
        }
        for (const auto& finding : findings)
            EXPECT_FALSE(breaks.empty() && finding.action == Action::reject) << sheet << ": " << finding.rule;
    }
    std::cout << sheets << " sheets, " << faults << " faults\n";
    EXPECT_GT(sheets, 0);
    EXPECT_LE(not_faults, 1);
}

} // namespace
} // namespace dengji::rules::test
