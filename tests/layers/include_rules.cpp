#include "tests/layers/include_rules.h"

#include <algorithm>
#include <regex>

namespace dengji::layers {
namespace {

struct Include {
    int line = 0;
    std::string target;
};

std::vector<Include> quoted_includes(const SourceFile& file) {
    static const std::regex pattern("^\\s*#\\s*include\\s*\"([^\"]+)\".*");
    std::vector<Include> found;
    int number = 0;
    for (const auto& line : lines_of(file.content)) {
        ++number;
        std::smatch match;
        if (std::regex_match(line, match, pattern)) found.push_back({number, match[1]});
    }
    return found;
}

const LayerRule* layer_of(const std::string& path, const std::vector<LayerRule>& table) {
    const auto found =
        std::find_if(table.begin(), table.end(), [&](const auto& rule) { return lies_in(path, rule.folder); });
    return found == table.end() ? nullptr : &*found;
}

bool allowed(const LayerRule& rule, const std::string& target) {
    const auto covers = [&](const std::string& place) { return target == place || lies_in(target, place); };
    return covers(rule.folder) || std::any_of(rule.may_include.begin(), rule.may_include.end(), covers);
}

} // namespace

const std::vector<LayerRule>& layer_table() {
    static const std::vector<LayerRule> table = {
        {"pipeline/base", {}},
        {"templates", {"pipeline/base"}},
        {"ocr", {"pipeline/base"}},
        {"pipeline/intake", {"pipeline/base"}},
        {"pipeline/layout", {"pipeline/intake", "templates", "pipeline/base"}},
        {"pipeline/reading", {"pipeline/layout", "ocr", "pipeline/intake/page.h", "templates", "pipeline/base"}},
        {"pipeline/rules", {"templates", "pipeline/base"}},
        {"pipeline/ledger",
         {"pipeline/rules", "pipeline/reading/result.h", "pipeline/reading/result_json.h", "templates",
          "pipeline/base"}},
        {"exporters", {"pipeline/ledger", "templates", "pipeline/base"}},
        {"pipeline/review",
         {"pipeline/ledger", "exporters", "pipeline/reading", "pipeline/layout", "pipeline/intake", "pipeline/rules",
          "templates", "pipeline/base"}},
        {"pipeline/app", {"pipeline", "exporters", "ocr", "templates"}},
        {"samples", {"pipeline", "exporters", "ocr", "templates"}},
        {"tests", {"pipeline", "exporters", "ocr", "templates", "samples"}},
    };
    return table;
}

std::vector<Violation> forbidden_includes(const std::vector<SourceFile>& files, const std::vector<LayerRule>& table) {
    std::vector<Violation> found;
    for (const auto& file : files) {
        const auto* rule = layer_of(file.path, table);
        if (rule == nullptr) {
            found.push_back({file.path, 0, "lies in a folder that the layer table does not know"});
            continue;
        }
        for (const auto& include : quoted_includes(file)) {
            if (layer_of(include.target, table) == nullptr) {
                found.push_back({file.path, include.line,
                                 "\"" + include.target + "\" is not written from the root of the project"});
            } else if (!allowed(*rule, include.target)) {
                found.push_back(
                    {file.path, include.line, rule->folder + " must not include \"" + include.target + "\""});
            }
        }
    }
    return found;
}

std::vector<Violation> own_header_not_first(const std::vector<SourceFile>& files) {
    std::vector<Violation> found;
    for (const auto& file : files) {
        if (file.path.size() < 4 || file.path.substr(file.path.size() - 4) != ".cpp") continue;
        const auto header = file.path.substr(0, file.path.size() - 4) + ".h";
        const bool has_header =
            std::any_of(files.begin(), files.end(), [&](const auto& other) { return other.path == header; });
        if (!has_header) continue;
        static const std::regex any_include("^\\s*#\\s*include\\b.*");
        int number = 0;
        for (const auto& line : lines_of(file.content)) {
            ++number;
            if (!std::regex_match(line, any_include)) continue;
            if (line.find("\"" + header + "\"") == std::string::npos) {
                found.push_back({file.path, number, "the first include must be \"" + header + "\""});
            }
            break;
        }
    }
    return found;
}

} // namespace dengji::layers
