#pragma once
#include "pipeline/reading/field_text.h"
#include "pipeline/reading/line_image.h"
#include "pipeline/reading/print_witness.h"
#include "pipeline/reading/text_field.h"
#include "tests/reading/drawn_line.h"

#include <memory>
#include <string>
#include <utility>

namespace dengji::reading {

/// A field's image as readers see its line.
inline WideLine seen_line(const cv::Mat& field, double em = 40) {
    const cv::Mat flat = flatten_paper(field, em);
    return wide_line(flat, find_lines(flat, em).front(), em);
}

/// What a reader made of a field's image.
inline FieldText seen_as(const cv::Mat& field, std::string value, double confidence, std::string content = "text") {
    FieldText text;
    text.raw = text.value = std::move(value);
    text.confidence = confidence;
    text.content = std::move(content);
    auto seen = std::make_shared<SeenLines>();
    seen->wide.push_back(seen_line(field));
    text.seen = std::move(seen);
    return text;
}

/// As a scan in two tones delivers print when its threshold is low: the thin strokes are lost.
inline cv::Mat thinned(const cv::Mat& field, int level) {
    return field > level;
}

} // namespace dengji::reading
