#include "pipeline/ledger/stored_values.h"

#include "pipeline/base/error.h"
#include "pipeline/base/text.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace dengji::ledger {
namespace {

using nlohmann::json;

std::string dumped(const json& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

json parsed(const std::string& text) {
    json value = json::parse(text, nullptr, false);
    if (value.is_discarded())
        throw Error(ErrorKind::data, "the register holds a text that is not the JSON it should be",
                    "Restore it from a backup.");
    return value;
}

/// Rounded to `places` decimals: a measured number, not its noise.
double rounded(double number, double places) {
    if (!std::isfinite(number)) return 0;
    const double scale = std::pow(10.0, places);
    return std::round(number * scale) / scale;
}

[[noreturn]] void refuse_type() {
    throw Error(ErrorKind::data, "the register holds a value of a type that this program does not know",
                "Use a newer program, or restore the register from a backup.");
}

} // namespace

std::string storable(std::string_view text) {
    std::string valid = is_valid_utf8(text) ? std::string(text) : utf8(code_points(text));
    std::erase(valid, char{});
    return valid;
}

StoredValue stored(const reading::Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return {"text", storable(*text)};
    if (const auto* list = std::get_if<std::vector<std::string>>(&value)) return {"list", to_json(*list)};
    return {"truth", std::get<bool>(value) ? "true" : "false"};
}

reading::Value value_of(const std::string& type, const std::string& text) {
    if (type == "text") return text;
    if (type == "truth") return text == "true";
    if (type != "list") refuse_type();
    return texts_of(text);
}

std::vector<std::string> texts_of(const std::string& text) {
    std::vector<std::string> list;
    for (const auto& entry : parsed(text)) {
        if (!entry.is_string()) refuse_type();
        list.push_back(entry.get<std::string>());
    }
    return list;
}

std::string to_json(const Reasons& reasons) {
    json list = json::array();
    for (const auto& reason : reasons) list.push_back({{"code", reason.code}, {"zh", reason.zh}, {"en", reason.en}});
    return dumped(list);
}

Reasons reasons_of(const std::string& text) {
    Reasons reasons;
    for (const auto& entry : parsed(text)) {
        if (!entry.is_object()) refuse_type();
        reasons.push_back({entry.value("code", ""), entry.value("zh", ""), entry.value("en", "")});
    }
    return reasons;
}

std::string to_json(const std::vector<std::string>& texts) {
    return dumped(json(texts));
}

std::string to_json(const intake::Quality& quality) {
    return dumped({{"dpi", rounded(quality.dpi, 1)},
                   {"skew", rounded(quality.skew_degrees, 2)},
                   {"darkness", rounded(quality.darkness, 4)},
                   {"contrast", rounded(quality.contrast, 1)},
                   {"streaks", quality.streaks},
                   {"bitonal", quality.bitonal},
                   {"blank", quality.blank}});
}

std::string to_json(const std::array<cv::Point2f, 4>& box) {
    json corners = json::array();
    for (const auto& corner : box)
        corners.push_back(
            json::array({rounded(static_cast<double>(corner.x), 1), rounded(static_cast<double>(corner.y), 1)}));
    return dumped(corners);
}

std::array<cv::Point2f, 4> box_of(const std::string& text) {
    const json corners = parsed(text);
    std::array<cv::Point2f, 4> box{};
    if (!corners.is_array() || corners.size() != box.size()) refuse_type();
    for (std::size_t i = 0; i < box.size(); ++i) {
        if (!corners[i].is_array() || corners[i].size() != 2 || !corners[i][0].is_number() ||
            !corners[i][1].is_number())
            refuse_type();
        box[i] = {corners[i][0].get<float>(), corners[i][1].get<float>()};
    }
    return box;
}

std::string to_json(const std::map<std::string, double>& numbers) {
    json object = json::object();
    for (const auto& [name, number] : numbers) object[name] = rounded(number, 2);
    return dumped(object);
}

} // namespace dengji::ledger
