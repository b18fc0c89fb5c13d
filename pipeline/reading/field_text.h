#pragma once
#include "pipeline/reading/evidence.h"
#include "pipeline/reading/result.h"
#include "pipeline/reading/word_reader.h"

#include <memory>
#include <opencv2/core.hpp>
#include <optional>
#include <string>
#include <vector>

namespace dengji::reading {

struct SeenLines;

/// The image of a field, made ready for reading.
struct FieldPicture {
    cv::Mat flat;                  ///< CV_8UC1, paper flattened to 255; upright
    std::vector<cv::Rect> extents; ///< of its written lines, top to bottom; empty: nothing is written
    double em = 0;                 ///< size of the form's printed characters in it, pixels
};

/// What was read in one field's image, with everything that speaks for it.
struct FieldText {
    std::string raw;   ///< as the line reader gave it; lines joined
    std::string value; ///< after the rules of the content
    Evidence evidence;
    std::optional<double> confidence; ///< 0..1, where it was measured how often such readings are right; else it
                                      ///< follows from the evidence
    Reasons reasons;                  ///< what speaks against the value
    std::string recogniser;
    std::vector<std::string> alternatives;
    std::vector<Opinion> opinions;
    /// Kept while the sheet is being read: the value rests on this decoding alone, of these lines.
    std::optional<WordReading> decoded;
    double familiar = 0;   ///< see WordEvidence::familiar, where the value was decoded or equals what was
    double undisputed = 1; ///< what is left of its confidence after another reader said something else
    std::string content;   ///< what may stand in the field, as in the form definition
    std::shared_ptr<const SeenLines> seen;
};

} // namespace dengji::reading
