#include "pipeline/reading/result_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace dengji::reading {

namespace {

using Json = nlohmann::ordered_json;

double rounded(double value, double steps) {
    return std::isfinite(value) ? std::round(value * steps) / steps : 0;
}

Json texts(const Reasons& reasons) {
    Json list = Json::array();
    for (const Reason& reason : reasons) list.push_back(reason.zh);
    return list;
}

Json quality_json(const intake::Quality& quality) {
    return {{"dpi", rounded(quality.dpi, 1)},
            {"skew", rounded(quality.skew_degrees, 100)},
            {"darkness", rounded(quality.darkness, 10000)},
            {"contrast", rounded(quality.contrast, 1)},
            {"streaks", quality.streaks},
            {"bitonal", quality.bitonal},
            {"blank", quality.blank}};
}

Json reading_json(const Reading& reading) {
    Json json;
    std::visit([&](const auto& value) { json["value"] = value; }, reading.value);
    json["raw"] = reading.raw;
    json["confidence"] = rounded(reading.confidence, 1000);
    json["review"] = reading.review;
    json["reasons"] = texts(reading.reasons);
    Json box = Json::array();
    for (const cv::Point2f& corner : reading.box)
        box.push_back({rounded(static_cast<double>(corner.x), 10), rounded(static_cast<double>(corner.y), 10)});
    json["box"] = std::move(box);
    if (!reading.alternatives.empty()) json["alternatives"] = reading.alternatives;
    return json;
}

} // namespace

std::string to_json(const PageResult& result) {
    Json json;
    json["source"] = result.source;
    json["page"] = result.page;
    json["kind"] = result.kind;
    const bool is_form = !result.form.empty();
    if (!result.paper.empty()) json["paper"] = result.paper;
    if (is_form) {
        json["form"] = result.form;
        json["form_page"] = result.form_page + 1;
    }
    if (is_form || !result.paper.empty()) json["orientation"] = result.orientation;
    if (result.attached_to)
        json["attached_to"] = {{"source", result.attached_to->source}, {"page", result.attached_to->page}};
    if (result.failed) json["failed"] = true;
    if (!result.reasons.empty()) json["why"] = texts(result.reasons);
    json["quality"] = quality_json(result.quality);
    if (is_form || !result.readings.empty()) {
        Json fields = Json::object();
        for (const Reading& reading : result.readings) fields[reading.key] = reading_json(reading);
        json["fields"] = std::move(fields);
    }
    Json ms = Json::object();
    for (const auto& [stage, time] : result.ms) ms[stage] = rounded(time, 10);
    json["ms"] = std::move(ms);
    // A file name may hold any bytes; the line must be valid JSON all the same.
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace dengji::reading
