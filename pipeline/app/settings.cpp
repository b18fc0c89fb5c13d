#include "pipeline/app/settings.h"

#include "templates/yaml_node.h"

#include <charconv>

namespace dengji::app {
namespace {

using templates::YamlNode;

double number(const YamlNode& node, const std::string& what, double least, double most) {
    const auto text = node.words(what);
    double value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = problem == std::errc() && end == text.data() + text.size();
    if (!whole || !(value >= least && value <= most)) {
        char expected[120];
        std::snprintf(expected, sizeof expected, "expected %s: a number from %g to %g", what.c_str(), least, most);
        node.fail(expected);
    }
    return value;
}

int whole_number(const YamlNode& node, const std::string& what, int least, int most) {
    const double value = number(node, what, least, most);
    if (value != static_cast<int>(value)) node.fail("expected " + what + ": a whole number");
    return static_cast<int>(value);
}

void read_limits(const YamlNode& node, intake::Limits& limits) {
    node.expect_keys("limits", {"megapixels", "pages", "file_megabytes", "render_seconds"}, {});
    if (node.has("megapixels")) limits.megapixels = number(node.at("megapixels"), "megapixels of a page", 1, 2000);
    if (node.has("pages")) limits.pages = whole_number(node.at("pages"), "pages of a file", 1, 1'000'000);
    if (node.has("file_megabytes"))
        limits.file_bytes =
            static_cast<std::uintmax_t>(number(node.at("file_megabytes"), "megabytes of a file", 1, 1'000'000) * 1e6);
    if (node.has("render_seconds"))
        limits.render_seconds = whole_number(node.at("render_seconds"), "seconds for rendering a page", 1, 3600);
}

/// "usual" and keys of fields. Below a half a reading is more likely wrong than right; nothing is ever surer than 1.
void read_acceptance(const YamlNode& node, reading::Acceptance& acceptance) {
    for (const std::string& key : node.keys("accept")) {
        const double least = number(node.at(key), "least confidence of " + key, 0.5, 1);
        if (key == "usual")
            acceptance.usual = least;
        else
            acceptance.of_field[key] = least;
    }
}

void read_review(const YamlNode& node, review::Settings& review) {
    node.expect_keys("review", {"second_pass", "sample_share", "idle_minutes", "lock_minutes", "tries", "hosts"}, {});
    if (node.has("second_pass")) review.second_pass = node.at("second_pass").distinct_words("fields entered twice");
    if (node.has("sample_share"))
        review.sample_share = number(node.at("sample_share"), "share of sure fields that are shown", 0, 1);
    if (node.has("idle_minutes"))
        review.idle_minutes = whole_number(node.at("idle_minutes"), "minutes until an unused session ends", 1, 1440);
    if (node.has("lock_minutes"))
        review.lock_minutes = whole_number(node.at("lock_minutes"), "minutes until a sheet is free again", 1, 1440);
    if (node.has("tries")) review.tries = whole_number(node.at("tries"), "wrong passwords before waiting", 1, 100);
    if (node.has("hosts")) review.hosts = node.at("hosts").distinct_words("names of the server");
}

} // namespace

Settings load_settings(const std::filesystem::path& file) {
    const auto root = YamlNode::load(file);
    root.expect_keys("settings", {"limits", "jobs", "accept", "review"}, {});
    Settings settings;
    if (root.has("limits")) read_limits(root.at("limits"), settings.limits);
    if (root.has("jobs")) settings.jobs = whole_number(root.at("jobs"), "jobs (worker threads)", 1, 1024);
    if (root.has("accept")) read_acceptance(root.at("accept"), settings.acceptance);
    if (root.has("review")) read_review(root.at("review"), settings.review);
    return settings;
}

Settings settings_of(const WorkOptions& options) {
    auto settings = options.settings.empty() ? Settings{} : load_settings(options.settings);
    if (options.jobs) settings.jobs = *options.jobs;
    if (options.megapixels) settings.limits.megapixels = *options.megapixels;
    if (options.pages) settings.limits.pages = *options.pages;
    return settings;
}

} // namespace dengji::app
