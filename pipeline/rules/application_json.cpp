#include "pipeline/rules/application_json.h"

#include "pipeline/base/error.h"
#include "pipeline/base/text.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

namespace dengji::rules {
namespace {

using Json = nlohmann::json;
using templates::FieldKind;

[[noreturn]] void refuse(const std::string& what) {
    throw Error(ErrorKind::input, what, "Correct the line; 'dengji check --help' shows what it may hold.");
}

/// A key as it may be shown: keys are written by programs, but what stands in their place may be anything.
std::string shown(const std::string& key) {
    const bool plain = !key.empty() && key.size() <= 40 && std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || c == '_' || c == '.';
    });
    return plain ? "'" + key + "'" : "that is not made of small letters";
}

Date day_of(const Json& json, const char* key) {
    const auto day = json.is_string() ? parse_date(json.get_ref<const std::string&>()) : std::nullopt;
    if (!day) refuse(std::string("'") + key + "' is not a day like 2020-04-15");
    return *day;
}

bool yes_or_no(const Json& json, const char* key) {
    if (!json.is_boolean()) refuse(std::string("'") + key + "' is neither true nor false nor null");
    return json.get<bool>();
}

Channel channel_of(const Json& json) {
    static const std::map<std::string, Channel> channels = {{"counter", Channel::counter},
                                                            {"app12333", Channel::app12333},
                                                            {"national", Channel::national},
                                                            {"disabled_agency", Channel::disabled_agency},
                                                            {"social_insurance", Channel::social_insurance}};
    const auto found = json.is_string() ? channels.find(json.get<std::string>()) : channels.end();
    if (found == channels.end())
        refuse("'channel' is none of counter, app12333, national, disabled_agency, social_insurance");
    return found->second;
}

std::vector<std::string> texts_of(const Json& json, const std::string& what) {
    if (!json.is_array()) refuse(what + " is not a list of texts");
    std::vector<std::string> texts;
    for (const auto& item : json) {
        if (!item.is_string()) refuse(what + " is not a list of texts");
        texts.push_back(item.get<std::string>());
    }
    return texts;
}

std::set<std::string> set_of(const Json& json, const char* key) {
    const auto texts = texts_of(json, std::string("'") + key + "'");
    return {texts.begin(), texts.end()};
}

/// The options of a group, each once; an empty text ticks nothing.
std::vector<std::string> options_of(const Json& json, const std::string& what) {
    std::vector<std::string> options;
    auto given = json.is_string() ? std::vector<std::string>{json.get<std::string>()} : texts_of(json, what);
    for (auto& option : given) {
        std::string plain(trimmed(option));
        if (!plain.empty() && std::find(options.begin(), options.end(), plain) == options.end())
            options.push_back(std::move(plain));
    }
    return options;
}

Given field_of(const Json& json, const templates::Field& field) {
    const std::string what = "the value of '" + field.key + "'";
    if (!json.is_object()) refuse("the field '" + field.key + "' is not an object with a value");
    Given given;
    given.by_machine = json.contains("raw") || json.contains("confidence");
    if (const auto review = json.find("review"); review != json.end() && !review->is_null())
        given.doubtful = yes_or_no(*review, "review");
    const auto value = json.find("value");
    if (value == json.end()) refuse("the field '" + field.key + "' has no value");
    switch (field.kind) {
    case FieldKind::choice:
    case FieldKind::choices:
        given.value = value->is_null() ? std::vector<std::string>() : options_of(*value, what);
        break;
    case FieldKind::presence:
        if (!value->is_null() && !value->is_boolean() && !value->is_string())
            refuse(what + " is neither true nor false");
        given.value = value->is_string() ? !trimmed(value->get_ref<const std::string&>()).empty()
                                         : value->is_boolean() && value->get<bool>();
        break;
    case FieldKind::text:
    case FieldKind::date:
    case FieldKind::number:
        if (!value->is_null() && !value->is_string()) refuse(what + " is not a text");
        given.value = value->is_null() ? std::string() : value->get<std::string>();
        break;
    }
    return given;
}

void read_fields(const Json& json, const templates::Form& form, ParsedApplication& into) {
    if (!json.is_object()) refuse("'fields' is not an object");
    for (const auto& [key, value] : json.items()) {
        const auto* field = form.field(key);
        if (field == nullptr) {
            into.warnings.push_back("unknown field " + shown(key) + " is left out");
        } else {
            into.application.fields[key] = field_of(value, *field);
        }
    }
}

void read_attachments(const Json& json, const templates::PaperSettings& papers, ParsedApplication& into) {
    into.application.attachments = set_of(json, "attachments");
    for (const auto& paper : *into.application.attachments)
        if (papers.paper(paper) == nullptr) into.warnings.push_back("unknown attachment " + shown(paper));
}

using KeyReader = void (*)(const Json&, Application&);

/// The keys of a line that say something of the application besides its fields and attachments.
const std::map<std::string, KeyReader>& key_readers() {
    static const std::map<std::string, KeyReader> readers = {
        {"received_on", [](const Json& json, Application& into) { into.received_on = day_of(json, "received_on"); }},
        {"born_on", [](const Json& json, Application& into) { into.born_on = day_of(json, "born_on"); }},
        {"channel", [](const Json& json, Application& into) { into.channel = channel_of(json); }},
        {"original_seen",
         [](const Json& json, Application& into) { into.original_seen = yes_or_no(json, "original_seen"); }},
        {"photo", [](const Json& json, Application& into) { into.photo = yes_or_no(json, "photo"); }},
        {"wants_certificate",
         [](const Json& json, Application& into) { into.wants_certificate = yes_or_no(json, "wants_certificate"); }},
        {"draws_pension",
         [](const Json& json, Application& into) { into.draws_pension = yes_or_no(json, "draws_pension"); }},
        {"confirmed", [](const Json& json, Application& into) { into.confirmed = set_of(json, "confirmed"); }},
    };
    return readers;
}

/// What `read` writes of a page besides kind and fields.
bool is_of_a_reading(const std::string& key) {
    static const std::set<std::string> keys = {"source", "page", "form",    "form_page", "orientation",
                                               "failed", "why",  "quality", "ms"};
    return keys.count(key) != 0;
}

} // namespace

ParsedApplication parse_application(std::string_view line, const templates::Form& form,
                                    const templates::PaperSettings& papers) {
    if (!is_valid_utf8(line)) refuse("not valid UTF-8");
    const auto json = Json::parse(line, nullptr, false);
    if (json.is_discarded()) refuse("not valid JSON");
    if (!json.is_object()) refuse("expected one JSON object a line");
    ParsedApplication parsed;
    for (const auto& [key, value] : json.items()) {
        const auto reader = key_readers().find(key);
        if (reader != key_readers().end()) {
            if (!value.is_null()) reader->second(value, parsed.application);
        } else if (key == "fields") {
            read_fields(value, form, parsed);
        } else if (key == "attachments") {
            if (!value.is_null()) read_attachments(value, papers, parsed);
        } else if (key == "kind") {
            if (!value.is_string()) refuse("'kind' is not a text");
            parsed.kind = value.get<std::string>();
        } else if (!is_of_a_reading(key)) {
            parsed.warnings.push_back("unknown key " + shown(key) + " is left out");
        }
    }
    const bool is_page_without_sheet = !parsed.kind.empty() && parsed.kind != form.kind;
    if (!json.contains("fields") && !is_page_without_sheet) refuse("'fields' is missing");
    return parsed;
}

} // namespace dengji::rules
