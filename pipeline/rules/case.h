#pragma once
#include "pipeline/rules/application.h"
#include "pipeline/rules/facts.h"
#include "pipeline/rules/identity.h"
#include "pipeline/rules/rule_book.h"

namespace dengji::rules {

/// What the rules look at: an application, what the register knows, and the day of the check; with what follows from
/// them worked out once. Refers to what it was made of, which has to live as long.
class Case {
public:
    Case(const Application& application, const RegisterFacts& facts, const RuleBook& book, Date on);

    const Application& application;
    const RegisterFacts& facts;
    const RuleBook& book;
    const Date on;

    std::string document_name; ///< as in the list of documents, else as written
    Document document = Document::none;
    std::string number; ///< citizen or document number in its normal form
    NumberFault fault = NumberFault::none;
    /// Of the number, even when its check character does not fit; else as seen on the document.
    std::optional<Date> born;
    std::optional<bool> male; ///< by the field 性别
    std::optional<Month> unemployed_since;
    std::optional<Date> signed_on;
    /// The day that ages are counted on: of receipt; else of the signature, unless it lies ahead; else of the check.
    Date applied_on;

    std::string text(const std::string& key) const { return application.text(key); }
    bool empty(const std::string& key) const { return application.text(key).empty(); }
    std::size_t ticks(const std::string& key) const { return application.chosen(key).size(); }
    bool ticked(const std::string& key, const std::string& option) const { return application.has_chosen(key, option); }
    bool is(const std::string& category) const { return ticked("categories", category); }
    bool because(const std::string& reason) const { return ticked("unemployment_reason", reason); }
    bool attached(const std::string& paper) const;
    /// An option that the form does not have.
    bool ticked_unknown(const std::string& key) const;

    bool online() const; ///< came through one of the two platforms
    bool number_gives_birth() const;
    std::optional<int> age() const; ///< on applied_on
};

} // namespace dengji::rules
