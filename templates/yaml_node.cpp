#include "templates/yaml_node.h"

#include "pipeline/base/error.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <set>
#include <sstream>

namespace dengji::templates {
namespace {

[[noreturn]] void complain(const std::filesystem::path& file, const YAML::Mark& mark, const std::string& problem) {
    const std::string line = mark.is_null() ? "" : ", line " + std::to_string(mark.line + 1);
    throw Error(ErrorKind::data, file.string() + line + ": " + problem,
                "Correct this place of the definition and start again.");
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

std::string plain(double number) {
    std::ostringstream text;
    text << number;
    return text.str();
}

std::string kind_of(const YAML::Node& node) {
    switch (node.Type()) {
    case YAML::NodeType::Map: return "a mapping (key: value)";
    case YAML::NodeType::Sequence: return "a list";
    case YAML::NodeType::Scalar: return "the value '" + node.Scalar() + "'";
    default: return "nothing";
    }
}

} // namespace

YamlNode YamlNode::load(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream content;
    if (!in || !(content << in.rdbuf())) {
        complain(file, YAML::Mark::null_mark(), "cannot be read, or is empty");
    }
    try {
        const auto node = YAML::Load(content.str());
        return {file, node, node.Mark()};
    } catch (const YAML::Exception& error) {
        complain(file, error.mark, "not valid YAML: " + error.msg);
    }
}

void YamlNode::fail(const std::string& problem) const {
    complain(file_, mark_, problem);
}

YamlNode YamlNode::inner(const YAML::Node& node) const {
    // A value that is missing ("key:") has no place of its own: the place around it helps more than none.
    return {file_, node, node.Mark().is_null() ? mark_ : node.Mark()};
}

void YamlNode::expect_keys(std::string_view what, const std::vector<std::string>& allowed,
                           const std::vector<std::string>& required) const {
    if (!node_.IsMap()) {
        fail("expected " + std::string(what) + " as a mapping with " + joined(allowed) + "; found " + kind_of(node_));
    }
    std::set<std::string> seen;
    for (const auto& pair : node_) {
        const auto place = inner(pair.first);
        const auto key = place.words("a key of " + std::string(what));
        if (std::find(allowed.begin(), allowed.end(), key) == allowed.end()) {
            place.fail("unknown key '" + key + "' of " + std::string(what) + "; expected " + joined(allowed));
        }
        if (!seen.insert(key).second) {
            place.fail("the key '" + key + "' of " + std::string(what) + " stands there twice");
        }
    }
    for (const auto& key : required) {
        if (seen.count(key) == 0) {
            fail("the key '" + key + "' of " + std::string(what) + " is missing");
        }
    }
}

std::vector<std::string> YamlNode::keys(std::string_view what) const {
    if (!node_.IsMap()) fail("expected " + std::string(what) + " as a mapping; found " + kind_of(node_));
    std::vector<std::string> found;
    for (const auto& pair : node_) {
        const auto place = inner(pair.first);
        auto key = place.words("a key of " + std::string(what));
        if (std::find(found.begin(), found.end(), key) != found.end())
            place.fail("the key '" + key + "' of " + std::string(what) + " stands there twice");
        found.push_back(std::move(key));
    }
    return found;
}

bool YamlNode::has(const std::string& key) const {
    return node_.IsMap() && node_[key].IsDefined();
}

YamlNode YamlNode::at(const std::string& key) const {
    return inner(node_[key]);
}

std::vector<YamlNode> YamlNode::items(std::string_view what) const {
    if (!node_.IsSequence() || node_.size() == 0) {
        fail("expected " + std::string(what) + " as a list with at least one item; found " +
             (node_.IsSequence() ? "an empty list" : kind_of(node_)));
    }
    std::vector<YamlNode> found;
    for (const auto& item : node_) {
        found.push_back(inner(item));
    }
    return found;
}

std::string YamlNode::text(std::string_view what) const {
    if (!node_.IsScalar()) {
        fail("expected " + std::string(what) + " as a single value; found " + kind_of(node_));
    }
    const auto& value = node_.Scalar();
    if (!value.empty() && (std::isspace(static_cast<unsigned char>(value.front())) ||
                           std::isspace(static_cast<unsigned char>(value.back())))) {
        fail("spaces around " + std::string(what));
    }
    return value;
}

std::string YamlNode::words(std::string_view what) const {
    auto value = text(what);
    if (value.empty()) {
        fail("expected " + std::string(what) + "; found an empty value");
    }
    return value;
}

int YamlNode::whole_number(std::string_view what, int least, int most) const {
    const auto value = text(what);
    int number = 0;
    const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (problem != std::errc() || end != value.data() + value.size() || number < least || number > most)
        fail("expected " + std::string(what) + ": a whole number from " + std::to_string(least) + " to " +
             std::to_string(most) + "; found '" + value + "'");
    return number;
}

double YamlNode::number(std::string_view what, double least, double most) const {
    const auto value = text(what);
    double number = 0;
    const auto [end, problem] =
        std::from_chars(value.data(), value.data() + value.size(), number, std::chars_format::fixed);
    // "nan" is a number to from_chars, and lies within no bounds.
    if (problem != std::errc() || end != value.data() + value.size() || !(number >= least && number <= most))
        fail("expected " + std::string(what) + ": a number from " + plain(least) + " to " + plain(most) + "; found '" +
             value + "'");
    return number;
}

std::vector<double> YamlNode::numbers(std::string_view what, std::size_t count, double least, double most) const {
    const auto list = items(what);
    if (list.size() != count)
        fail("expected " + std::string(what) + " as a list of " + std::to_string(count) + " numbers; found " +
             std::to_string(list.size()));
    std::vector<double> found;
    for (const auto& item : list) found.push_back(item.number(what, least, most));
    return found;
}

bool YamlNode::yes_or_no(std::string_view what) const {
    const auto value = text(what);
    if (value != "true" && value != "false") {
        fail("expected true or false for " + std::string(what) + "; found '" + value + "'");
    }
    return value == "true";
}

std::vector<std::string> YamlNode::distinct_words(std::string_view what) const {
    std::vector<std::string> found;
    for (const auto& item : items(what)) {
        auto value = item.words("an item of " + std::string(what));
        if (std::find(found.begin(), found.end(), value) != found.end()) {
            item.fail("'" + value + "' stands twice in " + std::string(what));
        }
        found.push_back(std::move(value));
    }
    return found;
}

} // namespace dengji::templates
