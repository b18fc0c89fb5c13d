#pragma once
#include "pipeline/app/life_options.h"
#include "pipeline/ledger/lives.h"

namespace dengji::app {

/// A register with what its registrations' lives need, opened for one command.
struct OpenLives {
    /// Throws Error(usage) when there is no register and none is to be made.
    OpenLives(const std::filesystem::path& data, ledger::Register::Opening opening);

    rules::RuleBook book;
    templates::Offices offices;
    ledger::Register the_register;
    ledger::Lives lives;
};

/// The office that a word of the command line means. Throws Error(usage) when there is none.
const templates::Office& office_named(const templates::Offices& offices, const std::string& town);
/// "几江街道"; "区本级/其他" for what no town handles.
std::string town_of(const templates::Offices& offices, const std::string& code);

/// A day of the command line, today when it is empty. Throws Error(usage).
Date day_given(const std::string& text, const char* option);

/// Numbers as they are shown: masked, unless they were asked for in full. Asking is written down in the register, an
/// event for each registration that is shown, before anything is.
class Numbers {
public:
    /// Throws Error(usage) when they are asked for without a name.
    Numbers(const NumberOptions& options, OpenLives& open);

    void disclose(const std::vector<std::string>& registrations);
    std::string shown(const std::string& number) const;
    /// A text in which such numbers may stand.
    std::string shown_in(const std::string& text) const;

private:
    const NumberOptions& options_;
    OpenLives& open_;
};

} // namespace dengji::app
