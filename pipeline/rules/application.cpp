#include "pipeline/rules/application.h"

#include "pipeline/base/text.h"

#include <algorithm>

namespace dengji::rules {
namespace {

template <class T>
const T* value_of(const Application& application, const std::string& key) {
    const auto found = application.fields.find(key);
    return found == application.fields.end() ? nullptr : std::get_if<T>(&found->second.value);
}

} // namespace

std::string Application::text(const std::string& key) const {
    const auto* value = value_of<std::string>(*this, key);
    return value == nullptr ? std::string() : std::string(trimmed(*value));
}

std::vector<std::string> Application::chosen(const std::string& key) const {
    const auto* value = value_of<std::vector<std::string>>(*this, key);
    return value == nullptr ? std::vector<std::string>() : *value;
}

bool Application::has_chosen(const std::string& key, const std::string& option) const {
    const auto* value = value_of<std::vector<std::string>>(*this, key);
    return value != nullptr && std::find(value->begin(), value->end(), option) != value->end();
}

bool Application::present(const std::string& key) const {
    const auto* value = value_of<bool>(*this, key);
    return value != nullptr && *value;
}

bool Application::by_machine(const std::string& key) const {
    const auto found = fields.find(key);
    return found != fields.end() && found->second.by_machine;
}

bool Application::doubtful(const std::string& key) const {
    const auto found = fields.find(key);
    return found != fields.end() && found->second.doubtful;
}

} // namespace dengji::rules
