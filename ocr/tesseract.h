#pragma once
#include "ocr/recogniser.h"

#include <filesystem>

namespace dengji::ocr {

/// Tesseract's LSTM reader: good on print and digits, of no use on handwriting. Holds a Chinese and an English engine
/// (about 60 MB). Narrow scripts (digits, identity numbers, Latin) go to the English engine with a whitelist.
class Tesseract final : public Recogniser {
public:
    /// `tessdata`: folder of chi_sim.traineddata and eng.traineddata; empty: Tesseract's own place (TESSDATA_PREFIX or
    /// as installed). Throws Error(data) when one of them is missing.
    explicit Tesseract(const std::filesystem::path& tessdata = {});
    ~Tesseract() override;
    Tesseract(const Tesseract&) = delete;
    Tesseract& operator=(const Tesseract&) = delete;

    std::string name() const override;

    /// Best on lines whose characters are 26–30 px high with 10 px of paper around (reading/line_image makes such
    /// lines).
    TextLine read(const cv::Mat& line, Script script) override;

    /// Of the Chinese engine: about 3,900 Chinese characters; many of names and places (璜, 蟆, 玥) are not among them.
    bool can_write(const std::string& character) const override;

private:
    struct Engines;
    std::unique_ptr<Engines> engines_;
};

} // namespace dengji::ocr
