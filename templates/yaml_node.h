#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>
#include <yaml-cpp/yaml.h>

namespace dengji::templates {

/// A node of a definition file that knows where it stands, so that every complaint names file and line.
/// All readers throw Error(data) when the node is not what was asked for.
class YamlNode {
public:
    /// Reads and parses a file.
    static YamlNode load(const std::filesystem::path& file);

    bool is_list() const { return node_.IsSequence(); }

    /// Throws unless this is a mapping whose keys are all in `allowed`, each at most once, with all of `required`.
    void expect_keys(std::string_view what, const std::vector<std::string>& allowed,
                     const std::vector<std::string>& required) const;

    /// The keys of a mapping that may have any, each once, in their order.
    std::vector<std::string> keys(std::string_view what) const;

    bool has(const std::string& key) const;
    /// The value of a key that is known to be there.
    YamlNode at(const std::string& key) const;

    /// The items of a list that has at least one.
    std::vector<YamlNode> items(std::string_view what) const;
    /// A single value, valid UTF-8 without spaces around it.
    std::string text(std::string_view what) const;
    /// A single value that is not empty.
    std::string words(std::string_view what) const;
    /// A whole number within these bounds.
    int whole_number(std::string_view what, int least, int most) const;
    /// A number within these bounds, decimal point or none.
    double number(std::string_view what, double least, double most) const;
    /// A list of so many such numbers.
    std::vector<double> numbers(std::string_view what, std::size_t count, double least, double most) const;
    /// true or false.
    bool yes_or_no(std::string_view what) const;
    /// A list of values that are not empty and differ from each other.
    std::vector<std::string> distinct_words(std::string_view what) const;

    [[noreturn]] void fail(const std::string& problem) const;

private:
    YamlNode(std::filesystem::path file, const YAML::Node& node, YAML::Mark mark)
        : file_(std::move(file)), node_(node), mark_(mark) {}
    YamlNode inner(const YAML::Node& node) const;

    std::filesystem::path file_;
    YAML::Node node_;
    YAML::Mark mark_;
};

} // namespace dengji::templates
