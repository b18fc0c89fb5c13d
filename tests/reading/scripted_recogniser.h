#pragma once
#include "ocr/recogniser.h"

#include <string>
#include <vector>

namespace dengji::reading {

/// A recogniser that says what it was told to say, however the line looks.
class Scripted final : public ocr::Recogniser {
public:
    Scripted(std::string text, double confidence) : text_(std::move(text)), confidence_(confidence) {}
    std::string name() const override { return "scripted"; }
    ocr::TextLine read(const cv::Mat&, ocr::Script script) override {
        scripts.push_back(script);
        ocr::TextLine line;
        line.text = text_;
        line.confidence = confidence_;
        return line;
    }
    bool can_write(const std::string& character) const override { return character != "蟆"; }

    std::vector<ocr::Script> scripts;

private:
    std::string text_;
    double confidence_;
};

} // namespace dengji::reading
