#include "pipeline/reading/number_reader.h"

#include "pipeline/base/dates.h"

namespace dengji::reading {
namespace {

constexpr std::size_t most_alternatives = 10;

const Reason holds_foreign{"number-foreign-glyph", "数字栏内有文字、涂改或划掉的数字，请核对",
                           "the number field holds words, a scribble or struck-out digits"};
const Reason was_repaired{"number-repaired", "数字按填写规则改读，与笔迹不完全一致，请核对",
                          "the number was read differently from the picture alone, by the rules of the field"};
const Reason breaks_rules{"number-breaks-rules", "笔迹清楚但数字不合填写规则，请核对",
                          "the writing is clear, but the number breaks the rules of the field"};
} // namespace

const Reason number_cut_off{"number-cut-off", "字迹写到栏外，可能不完整，请核对",
                            "the writing touches the edge of the field; some of it may be cut off"};

NumberReader::NumberReader(const std::filesystem::path& folder)
    : net_(folder / "ocr" / "data" / "digits.onnx"),
      decoder_(NumberPrior(NearAreas::load(folder / "templates"), static_cast<int>(today().year()))),
      confidence_(NumberConfidence::load(folder / "ocr" / "data" / "number_confidence.csv")) {}

NumberReading NumberReader::read(const cv::Mat& line, const std::string& content, const NumberHints& hints) {
    const ocr::DigitLine seen = net_.read(line);
    DecodedNumber decoded = decoder_.decode(seen, content, hints);
    NumberReading reading;
    reading.raw = std::move(decoded.raw);
    reading.value = std::move(decoded.value);
    reading.margin = decoded.margin;
    reading.override_nats = decoded.override_nats;
    reading.rejected = decoded.origin == NumberOrigin::foreign;
    if (reading.rejected) reading.reasons.push_back(holds_foreign);
    if (decoded.origin == NumberOrigin::repaired) reading.reasons.push_back(was_repaired);
    if (decoded.origin == NumberOrigin::kept) reading.reasons.push_back(breaks_rules);
    if (seen.at_edge) reading.reasons.push_back(number_cut_off);
    if (!reading.value.empty()) reading.confidence = confidence_.of(content, decoded.origin, decoded.margin);
    if (decoded.candidates.size() > most_alternatives) decoded.candidates.resize(most_alternatives);
    reading.alternatives = std::move(decoded.candidates);
    return reading;
}

} // namespace dengji::reading
