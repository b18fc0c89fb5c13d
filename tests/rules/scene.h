#pragma once
#include "pipeline/rules/check.h"

#include <string>
#include <vector>

namespace dengji::rules::test {

/// The templates that come with the program, loaded once.
const RuleBook& book();

/// A day that is known to exist.
Date day(const char* text);

/// A made-up identity number with its right check character.
std::string number_of(const std::string& area, Date born, bool male, int sequence = 990);

/// A case that the tests change: an application, what the register knows, and the day of the check.
struct Scene {
    Application application;
    RegisterFacts facts;
    Date on = day("2020-04-15");

    void set(const std::string& key, const std::string& text) { application.fields[key].value = text; }
    void tick(const std::string& key, std::vector<std::string> options) {
        application.fields[key].value = std::move(options);
    }
    void also(const std::string& category); ///< one category more
    void person(Date born, bool male);      ///< number and sex of such a person
    Findings findings() const;
};

/// A man of 30 of whom everything is known and in order, registered at the counter the day before; no rule has anything
/// to say of him. Nothing of his is cancelled or being issued.
Scene orderly();

/// Whether a rule says something with this action.
bool says(const Findings& findings, const std::string& rule, Action action);

} // namespace dengji::rules::test
