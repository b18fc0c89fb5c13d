#include "templates/rule_settings.h"

#include "templates/yaml_node.h"

#include <algorithm>

namespace dengji::templates {
namespace {

constexpr int most_years = 120, most_days = 3660, most_months = 600;

std::string clause_of(const YamlNode& node) {
    return node.at("clause").words("the clause");
}

Setting<int> number(const YamlNode& root, const std::string& key, int least, int most) {
    const auto node = root.at(key);
    node.expect_keys("the setting " + key, {"value", "clause"}, {"value", "clause"});
    return {node.at("value").whole_number(key, least, most), clause_of(node)};
}

Setting<bool> yes_or_no(const YamlNode& root, const std::string& key) {
    const auto node = root.at(key);
    node.expect_keys("the setting " + key, {"value", "clause"}, {"value", "clause"});
    return {node.at("value").yes_or_no(key), clause_of(node)};
}

RetirementTrack track(const YamlNode& node) {
    node.expect_keys("a column of the schedule", {"base", "first_birth", "step", "most_delay"},
                     {"base", "first_birth", "step", "most_delay"});
    const auto first = node.at("first_birth");
    const auto month = parse_month(first.words("first_birth"));
    if (!month) first.fail("expected first_birth as a month like 1965-01");
    return {node.at("base").whole_number("base", 1, most_years), *month, node.at("step").whole_number("step", 1, 120),
            node.at("most_delay").whole_number("most_delay", 0, most_months)};
}

AgeSettings ages(const std::filesystem::path& file) {
    const std::vector<std::string> keys = {"least",          "men_4050",  "women_4050", "residents_pension",
                                           "graduate_years", "retirement"};
    const auto root = YamlNode::load(file);
    root.expect_keys("the ages", keys, keys);
    AgeSettings ages;
    ages.least = number(root, "least", 0, most_years);
    ages.men_4050 = number(root, "men_4050", 0, most_years);
    ages.women_4050 = number(root, "women_4050", 0, most_years);
    ages.residents_pension = number(root, "residents_pension", 0, most_years);
    ages.graduate_years = number(root, "graduate_years", 0, most_years);
    const auto retirement = root.at("retirement");
    const std::vector<std::string> parts = {"clause", "earlier_or_later", "men", "women_55", "women_50"};
    retirement.expect_keys("the retirement", parts, parts);
    ages.retirement_clause = clause_of(retirement);
    ages.earlier_or_later = retirement.at("earlier_or_later").whole_number("earlier_or_later", 0, most_months);
    ages.men = track(retirement.at("men"));
    ages.women_55 = track(retirement.at("women_55"));
    ages.women_50 = track(retirement.at("women_50"));
    return ages;
}

DeadlineSettings deadlines(const std::filesystem::path& file) {
    const std::vector<std::string> keys = {"review_days",
                                           "review_reminder_day",
                                           "survey_days",
                                           "survey_reminder_day",
                                           "survey_stops_review",
                                           "certificate_days",
                                           "first_contact_days",
                                           "service_entry_days",
                                           "cancellation_notice_days",
                                           "follow_up_reminder_day",
                                           "refusals_in_a_row",
                                           "months_without_contact"};
    const auto root = YamlNode::load(file);
    root.expect_keys("the deadlines", keys, keys);
    DeadlineSettings found;
    found.review_days = number(root, "review_days", 1, most_days);
    found.review_reminder_day = number(root, "review_reminder_day", 1, most_days);
    found.survey_days = number(root, "survey_days", 1, most_days);
    found.survey_reminder_day = number(root, "survey_reminder_day", 1, most_days);
    found.survey_stops_review = yes_or_no(root, "survey_stops_review");
    found.certificate_days = number(root, "certificate_days", 1, most_days);
    found.first_contact_days = number(root, "first_contact_days", 1, most_days);
    found.service_entry_days = number(root, "service_entry_days", 0, most_days);
    found.cancellation_notice_days = number(root, "cancellation_notice_days", 1, most_days);
    found.follow_up_reminder_day = number(root, "follow_up_reminder_day", 1, 31);
    found.refusals_in_a_row = number(root, "refusals_in_a_row", 1, 100);
    found.months_without_contact = number(root, "months_without_contact", 1, most_months);
    return found;
}

Setting<std::vector<std::string>> documents(const YamlNode& root, const std::string& key) {
    const auto node = root.at(key);
    node.expect_keys("the documents " + key, {"names", "clause"}, {"names", "clause"});
    return {node.at("names").distinct_words("the names of documents"), clause_of(node)};
}

CategoryPapers category(const YamlNode& node, const PaperSettings& known) {
    node.expect_keys("a category", {"name", "paper", "need", "number", "clause"}, {"name", "need", "number", "clause"});
    CategoryPapers found;
    found.category = node.at("name").words("the name of a category");
    const auto need = node.at("need").words("need");
    if (need != "required" && need != "optional" && need != "none")
        node.at("need").fail("expected required, optional or none as need; found '" + need + "'");
    found.need = need == "required" ? Need::required : need == "optional" ? Need::optional : Need::none;
    if (node.has("paper")) {
        found.paper = node.at("paper").words("the paper of a category");
        if (known.paper(found.paper) == nullptr) node.at("paper").fail("there is no paper '" + found.paper + "'");
    } else if (found.need != Need::none) {
        node.fail("the category needs a paper; say which");
    }
    found.has_number = node.at("number").yes_or_no("number");
    found.clause = clause_of(node);
    return found;
}

PaperSettings papers(const std::filesystem::path& file) {
    const auto root = YamlNode::load(file);
    root.expect_keys("the papers", {"documents", "papers", "categories", "certificate"},
                     {"documents", "papers", "categories", "certificate"});
    PaperSettings found;
    const auto kinds = root.at("documents");
    kinds.expect_keys("the documents", {"mainland", "hong_kong_macao_taiwan", "held"},
                      {"mainland", "hong_kong_macao_taiwan", "held"});
    found.mainland_documents = documents(kinds, "mainland");
    found.hong_kong_macao_taiwan_documents = documents(kinds, "hong_kong_macao_taiwan");
    found.held_documents = documents(kinds, "held");
    for (const auto& item : root.at("papers").items("the papers")) {
        item.expect_keys("a paper", {"id", "name"}, {"id", "name"});
        const auto id = item.at("id").words("the id of a paper");
        if (found.paper(id) != nullptr) item.fail("the paper '" + id + "' stands there twice");
        found.papers.push_back({id, item.at("name").words("the name of a paper")});
    }
    for (const auto& item : root.at("categories").items("the categories")) {
        auto made = category(item, found);
        if (found.category(made.category) != nullptr) item.fail("the category stands there twice");
        found.categories.push_back(std::move(made));
    }
    const auto certificate = root.at("certificate");
    certificate.expect_keys("the certificate", {"digits", "county", "clause"}, {"digits", "county", "clause"});
    found.certificate_digits = certificate.at("digits").whole_number("digits", 7, 30);
    found.certificate_county = certificate.at("county").words("county");
    found.certificate_clause = clause_of(certificate);
    return found;
}

std::vector<CancellationReason> cancellations(const std::filesystem::path& file) {
    const auto root = YamlNode::load(file);
    root.expect_keys("the cancellation", {"reasons"}, {"reasons"});
    std::vector<CancellationReason> found;
    for (const auto& item : root.at("reasons").items("the reasons")) {
        item.expect_keys("a reason", {"code", "name", "clause", "notice", "evidence", "district"},
                         {"code", "name", "clause", "notice", "district"});
        CancellationReason reason;
        reason.code = item.at("code").words("the code of a reason");
        if (std::any_of(found.begin(), found.end(), [&](const auto& other) { return other.code == reason.code; }))
            item.fail("the reason '" + reason.code + "' stands there twice");
        reason.name = item.at("name").words("the name of a reason");
        reason.clause = clause_of(item);
        reason.notice = item.at("notice").yes_or_no("notice");
        if (item.has("evidence")) reason.evidence = item.at("evidence").words("the evidence");
        reason.named_by_district = item.at("district").yes_or_no("district");
        found.push_back(std::move(reason));
    }
    return found;
}

} // namespace

const Paper* PaperSettings::paper(const std::string& id) const {
    const auto found = std::find_if(papers.begin(), papers.end(), [&](const auto& each) { return each.id == id; });
    return found == papers.end() ? nullptr : &*found;
}

const CategoryPapers* PaperSettings::category(const std::string& name) const {
    const auto found =
        std::find_if(categories.begin(), categories.end(), [&](const auto& each) { return each.category == name; });
    return found == categories.end() ? nullptr : &*found;
}

const CancellationReason* RuleSettings::cancellation(const std::string& code) const {
    const auto found =
        std::find_if(cancellations.begin(), cancellations.end(), [&](const auto& each) { return each.code == code; });
    return found == cancellations.end() ? nullptr : &*found;
}

RuleSettings load_rule_settings(const std::filesystem::path& folder) {
    return {ages(folder / "ages.yaml"), deadlines(folder / "deadlines.yaml"), papers(folder / "papers.yaml"),
            cancellations(folder / "cancellation.yaml")};
}

} // namespace dengji::templates
