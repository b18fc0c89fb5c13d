#pragma once
#include "ocr/recogniser.h"

#include <filesystem>

namespace dengji::ocr {

/// PP-OCRv4's line recogniser: reads print that a scan has broken, rare characters, and much handwriting. Those of one
/// process share the net's weights.
class PpOcr final : public Recogniser {
public:
    /// `folder` holds recogniser.weights and characters.txt, as scripts/models/fetch makes them. Null when they are not
    /// there; throws Error(data) when they are there and broken.
    static std::unique_ptr<PpOcr> load(const std::filesystem::path& folder);
    ~PpOcr() override;

    std::string name() const override;

    /// Best on lines cut closely: 48 px high, of which the writing takes about 34.
    /// Confidence is the least of the characters', lowered where the net hesitated between two of them (a character may
    /// have been dropped there). A script narrows what is said: digits are 0-9, "-" and space; identity numbers 0-9 and
    /// X; Latin is ASCII.
    TextLine read(const cv::Mat& line, Script script) override;

    bool can_write(const std::string& character) const override;

    /// The character of each class (a column of probabilities()), UTF-8; class 0 is "nothing" and empty, the last is
    /// the space.
    const std::vector<std::string>& characters() const;

    /// Of the last line: a row for each step (8 px of a line 48 px high), a column for each class; class 0 is
    /// "nothing". Over all classes, whatever the script. Empty before the first line and after an empty one.
    const cv::Mat& probabilities() const;

private:
    struct Parts;
    explicit PpOcr(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

} // namespace dengji::ocr
