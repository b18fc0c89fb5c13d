#include "pipeline/app/set_aside.h"

namespace dengji::app {
namespace {

constexpr std::size_t most_in_summary = 200;

/// Control characters in a file's name must not reach the terminal.
std::string quoted(const std::string& name) {
    std::string text = "'";
    for (const char c : name) text += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
    return text + "'";
}

} // namespace

std::optional<SetAside> set_aside_of(const reading::PageResult& result) {
    if (!result.failed && result.kind != "other") return std::nullopt;
    if (!result.paper.empty() && result.attached_to) return std::nullopt;
    auto reason = english(result.reasons);
    if (reason.empty()) reason = "this page is none of the known forms";
    return SetAside{result.source, result.page, std::move(reason), {}};
}

SetAside set_aside_of(const intake::Delivered& file, const FileProblem& problem) {
    return {file.file.string(), 0, problem.message, problem.next_step};
}

std::string describe(const SetAside& item) {
    auto text = quoted(item.source);
    if (item.page > 0) text += ", page " + std::to_string(item.page);
    return text + ": " + item.reason;
}

std::string english(const Reasons& reasons) {
    std::string text;
    for (const auto& reason : reasons) text += (text.empty() ? "" : "; ") + reason.en;
    return text;
}

std::string summary(const std::vector<SetAside>& items) {
    if (items.empty()) return {};
    auto text =
        "Set aside: " + std::to_string(items.size()) + (items.size() == 1 ? " file or page" : " files or pages") + "\n";
    for (std::size_t i = 0; i < items.size() && i < most_in_summary; ++i) text += "  " + describe(items[i]) + "\n";
    if (items.size() > most_in_summary)
        text += "  and " + std::to_string(items.size() - most_in_summary) + " more, each named above\n";
    return text;
}

} // namespace dengji::app
