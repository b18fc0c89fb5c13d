#pragma once
#include <memory>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

namespace dengji::ocr {

/// What a line may consist of, as a hint that narrows the reading.
enum class Script { chinese, digits, id_number, latin };

/// One character of a reading.
struct Symbol {
    std::string text;      ///< UTF-8, one character
    double confidence = 0; ///< 0..1
    cv::Rect box;          ///< in the line's image; empty when unknown
};

struct TextLine {
    std::string text;      ///< UTF-8, as read
    double confidence = 0; ///< 0..1, the least sure character counts most
    std::vector<Symbol> symbols;
};

/// Reads the image of one line. Knows nothing of forms. Not thread-safe: one for each worker.
class Recogniser {
public:
    virtual ~Recogniser() = default;
    virtual std::string name() const = 0; ///< e.g. "tesseract-5.3"
    /// `line`: CV_8UC1 or CV_8UC3, dark writing on light paper, upright, cut closely around one line. An empty image
    /// gives an empty reading.
    virtual TextLine read(const cv::Mat& line, Script script) = 0;
    /// Whether it can say this character (UTF-8, one) at all: what it cannot say, it replaces by something alike.
    virtual bool can_write(const std::string& /*character*/) const { return true; }
};

} // namespace dengji::ocr
