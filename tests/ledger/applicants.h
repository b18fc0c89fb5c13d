#pragma once
#include "pipeline/rules/application.h"
#include "pipeline/rules/rule_book.h"
#include "templates/offices.h"

#include <random>
#include <set>

namespace dengji::ledger::test {

/// The templates that come with the program, loaded once.
const rules::RuleBook& book();
const templates::Offices& offices();

/// A day that is known to exist.
Date day(const std::string& text);

/// A made-up person who may be registered.
struct Applicant {
    std::string name, number;
    Date born;
    bool male = true;
    std::string town;   ///< "" lives in another county, hukou in 江津
    std::string street; ///< the rest of the address; of no two people the same
    std::string mobile;
    std::string education, hukou, category, reason, health;
    bool claims_benefit = false;
    bool disabled = false;
};

/// Makes people up, the same for the same seed; numbers have their right check character and are never twice the same.
class People {
public:
    explicit People(unsigned seed) : random_(seed) {}
    Applicant next();

private:
    int below(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }
    std::string unused_number(Date born, bool male);

    std::mt19937 random_;
    std::set<std::string> numbers_;
    int count_ = 0;
};

/// What such a person hands in on a day: complete, and no rule rejects or holds it on its own account.
rules::Application application_of(const Applicant& applicant, Date received_on, rules::Channel channel);

/// A made-up number with its right check character.
std::string number_of(const std::string& area, Date born, bool male, int sequence);

} // namespace dengji::ledger::test
