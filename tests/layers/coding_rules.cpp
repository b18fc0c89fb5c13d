#include "tests/layers/coding_rules.h"

#include <algorithm>
#include <cctype>
#include <regex>

namespace dengji::layers {
namespace {

/// Where the comment or quotation that begins at `at` ends; `at` itself when none begins there.
std::size_t end_of_words(const std::string& text, std::size_t at) {
    const auto end_after = [&](const std::string& mark, std::size_t from) {
        const auto place = text.find(mark, from);
        return place == std::string::npos ? text.size() : place + mark.size();
    };
    if (text.compare(at, 2, "//") == 0) return std::min(text.find('\n', at), text.size());
    if (text.compare(at, 2, "/*") == 0) return end_after("*/", at + 2);
    if (text.compare(at, 2, "R\"") == 0) {
        const auto open = text.find('(', at);
        return open == std::string::npos ? text.size()
                                         : end_after(")" + text.substr(at + 2, open - at - 2) + "\"", open);
    }
    const char quote = text[at];
    const bool digit_separator =
        quote == '\'' && at > 0 && std::isxdigit(static_cast<unsigned char>(text[at - 1])) != 0;
    if ((quote != '"' && quote != '\'') || digit_separator) return at;
    auto end = at + 1;
    while (end < text.size() && text[end] != quote && text[end] != '\n') end += text[end] == '\\' ? 2 : 1;
    return std::min(end + 1, text.size());
}

/// Comments and what stands between quotation marks blanked out, line by line; good enough for searching, not a parser.
std::string without_words(std::string text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto end = end_of_words(text, at);
        std::replace_if(
            text.begin() + static_cast<std::ptrdiff_t>(at), text.begin() + static_cast<std::ptrdiff_t>(end),
            [](char c) { return c != '\n'; }, ' ');
        at = std::max(end, at + 1);
    }
    return text;
}

bool covered(const std::string& path, const std::vector<std::string>& places) {
    return std::any_of(places.begin(), places.end(),
                       [&](const auto& place) { return path == place || lies_in(path, place); });
}

bool is_header(const std::string& path) {
    return path.size() > 2 && path.substr(path.size() - 2) == ".h";
}

} // namespace

const std::vector<CodingRule>& coding_rules() {
    static const std::vector<std::string> house = {"pipeline", "exporters", "ocr", "templates"};
    static const std::vector<std::string> everywhere = {"pipeline",  "exporters", "ocr",
                                                        "templates", "samples",   "tests"};
    static const std::vector<CodingRule> rules = {
        {"\\b(f|v|vf)?printf\\b|\\bputs\\b|std::cout\\b|std::cerr\\b|std::clog\\b",
         "only commands print: a library returns values, so that standard output stays a clean format",
         house,
         {"pipeline/app"}},
        // A pipeline of qpdf tells qpdf of trouble by any std::exception, and qpdf keeps it to itself.
        {"\\bthrow\\s+std::",
         "throw dengji::Error: it carries the exit code and the next step",
         house,
         {"pipeline/intake/bounded_pipeline.h"}},
        {"\\b(system|popen)\\s*\\(",
         "start a child process with its list of arguments: a shell takes file names for commands", house},
        {"\\bato[ifl]l?\\s*\\(|\\bsetlocale\\b|\\bstd::locale\\b|\\bstrtod\\b|\\bstd::sto[df]\\b",
         "use std::from_chars: these swallow mistakes or change with the locale", house},
        {"\\b(localtime|gmtime|strtok|asctime|ctime|rand)\\s*\\(",
         "not safe with one page on each thread; use the _r form or <random>", house},
        {"TO"
         "DO|FIX"
         "ME|\\bX"
         "XX\\b",
         "unfinished work is an issue, not a comment",
         everywhere,
         {},
         true},
        {"/wor"
         "k/|/ho"
         "me/",
         "no path of one machine",
         everywhere,
         {},
         true},
    };
    return rules;
}

std::vector<Violation> broken_rules(const std::vector<SourceFile>& files, const std::vector<CodingRule>& rules) {
    std::vector<std::regex> patterns;
    for (const auto& rule : rules) patterns.emplace_back(rule.pattern, std::regex::ECMAScript | std::regex::optimize);
    std::vector<Violation> found;
    for (const auto& file : files) {
        const auto words = lines_of(file.content);
        const auto code = lines_of(without_words(file.content));
        for (std::size_t i = 0; i < rules.size(); ++i) {
            const auto& rule = rules[i];
            if (!covered(file.path, rule.where) || covered(file.path, rule.not_in)) continue;
            const auto& lines = rule.in_words ? words : code;
            for (std::size_t line = 0; line < lines.size(); ++line) {
                if (std::regex_search(lines[line], patterns[i]))
                    found.push_back({file.path, static_cast<int>(line) + 1, rule.reason});
            }
        }
    }
    return found;
}

std::vector<Violation> unguarded_headers(const std::vector<SourceFile>& files) {
    std::vector<Violation> found;
    for (const auto& file : files) {
        if (is_header(file.path) && file.content.rfind("#pragma once\n", 0) != 0) {
            found.push_back({file.path, 1, "a header begins with #pragma once"});
        }
    }
    return found;
}

std::vector<Violation> long_files(const std::vector<SourceFile>& files, int most_lines) {
    std::vector<Violation> found;
    for (const auto& file : files) {
        const auto lines = static_cast<int>(lines_of(file.content).size());
        if (lines > most_lines)
            found.push_back(
                {file.path, lines, "more than " + std::to_string(most_lines) + " lines: split it by subject"});
    }
    return found;
}

} // namespace dengji::layers
