#include "pipeline/app/commands.h"
#include "pipeline/app/output.h"
#include "pipeline/base/data_folder.h"
#include "pipeline/base/error.h"
#include "pipeline/rules/application_json.h"
#include "pipeline/rules/check.h"

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

namespace dengji::app {
namespace {

constexpr std::size_t longest_line = 1 << 20;
constexpr std::size_t most_complaints = 200;

/// What earlier lines held, so that the same person twice is seen.
class EarlierLines {
public:
    rules::DuplicateFacts compare(const rules::Case& the_case, long long line) {
        rules::DuplicateFacts facts{false, false, {}};
        if (the_case.number.empty()) return facts;
        const auto [number, is_new] = by_number_.emplace(the_case.number, line);
        if (!is_new) {
            facts.same_number = true;
            facts.where = place(number->second);
        }
        if (!the_case.born || the_case.empty("name")) return facts;
        const auto [person, first] =
            by_person_.emplace(the_case.text("name") + format(*the_case.born), std::pair(the_case.number, line));
        if (!first && person->second.first != the_case.number) {
            facts.look_alike = true;
            if (facts.where.empty()) facts.where = place(person->second.second);
        }
        return facts;
    }

private:
    static std::string place(long long line) { return "第" + std::to_string(line) + "行"; }

    std::map<std::string, long long> by_number_;
    std::map<std::string, std::pair<std::string, long long>> by_person_; ///< name and birth date -> number and line
};

std::string to_json(const rules::Finding& finding, long long line) {
    const nlohmann::ordered_json json = {{"line", line},
                                         {"rule", finding.rule},
                                         {"action", std::string(name_of(finding.action))},
                                         {"fields", finding.fields},
                                         {"message", finding.message},
                                         {"clause", finding.clause}};
    return json.dump();
}

class Checker {
public:
    Checker(const rules::RuleBook& book, Date on) : book_(book), on_(on) {}

    void line(const std::string& text, long long number) {
        try {
            if (text.size() > longest_line)
                throw Error(ErrorKind::input, "longer than a mebibyte", "Give one application a line.");
            check(text, number);
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::input) throw;
            ++set_aside_;
            complain(number, "set aside: " + error.message());
        }
    }

    bool closed() const { return output_.closed(); }

    int conclude() const {
        std::cerr << applications_ << (applications_ == 1 ? " application" : " applications") << " checked";
        for (const auto action : {rules::Action::reject, rules::Action::hold, rules::Action::warn,
                                  rules::Action::remind, rules::Action::info}) {
            const auto found = findings_.find(action);
            std::cerr << (action == rules::Action::reject ? ": " : ", ")
                      << (found == findings_.end() ? 0 : found->second) << ' ' << name_of(action);
        }
        std::cerr << ".\n";
        if (set_aside_ > 0) std::cerr << "Set aside: " << set_aside_ << (set_aside_ == 1 ? " line" : " lines") << ".\n";
        const rules::RegisterFacts facts = facts_of_a_line({});
        std::cerr << "Not asked, because they need the register: ";
        const char* between = "";
        for (const auto& rule : rules::rules_not_asked(facts)) {
            std::cerr << between << rule;
            between = " ";
        }
        std::cerr << ".\n";
        return set_aside_ == 0 ? 0 : exit_code(ErrorKind::input);
    }

private:
    static rules::RegisterFacts facts_of_a_line(rules::DuplicateFacts duplicates) {
        rules::RegisterFacts facts;
        facts.duplicates = std::move(duplicates);
        return facts;
    }

    void check(const std::string& text, long long number) {
        const auto parsed = rules::parse_application(text, book_.form, book_.settings.papers);
        for (const auto& warning : parsed.warnings) complain(number, "warning: " + warning);
        if (!parsed.kind.empty() && parsed.kind != book_.form.kind) {
            complain(number, "left out: this page is no application");
            return;
        }
        ++applications_;
        rules::RegisterFacts facts;
        const rules::Case alone(parsed.application, facts, book_, on_);
        facts = facts_of_a_line(earlier_.compare(alone, number));
        for (const auto& finding : rules::check(rules::Case(parsed.application, facts, book_, on_))) {
            ++findings_[finding.action];
            if (!output_.line(to_json(finding, number))) return;
        }
    }

    void complain(long long number, const std::string& what) {
        if (++complaints_ <= most_complaints) std::cerr << "line " << number << ": " << what << '\n';
        if (complaints_ == most_complaints) std::cerr << "Further lines of this kind are not shown.\n";
    }

    const rules::RuleBook& book_;
    const Date on_;
    Output output_;
    EarlierLines earlier_;
    std::map<rules::Action, long long> findings_;
    long long applications_ = 0, set_aside_ = 0;
    std::size_t complaints_ = 0;
};

Date day_of(const CheckOptions& options) {
    if (options.on.empty()) return today();
    const auto day = parse_date(options.on);
    if (!day) throw Error(ErrorKind::usage, "--on is not a day of the calendar", "Give it like 2020-04-15.");
    return *day;
}

} // namespace

int run_check(const CheckOptions& options) {
    const auto on = day_of(options);
    const auto book = rules::load_rule_book(data_path("templates"));
    std::ifstream file;
    const bool from_file = options.file != "-";
    if (from_file) file.open(options.file, std::ios::binary);
    std::istream& in = from_file ? file : std::cin;
    if (from_file && (!file || std::filesystem::is_directory(options.file)))
        throw Error(ErrorKind::input, "'" + options.file.string() + "' cannot be read",
                    "Give a file of JSON lines, or - for standard input.");
    Checker checker(book, on);
    std::string text;
    for (long long number = 1; std::getline(in, text) && !checker.closed(); ++number) {
        if (number == 1 && text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
        if (text.find_first_not_of(" \t\r") != std::string::npos) checker.line(text, number);
    }
    if (in.bad()) throw Error(ErrorKind::input, "the applications could not be read to their end", "Try again.");
    return checker.closed() ? 0 : checker.conclude();
}

} // namespace dengji::app
