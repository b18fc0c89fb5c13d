#pragma once
#include "ocr/recogniser.h"
#include "pipeline/reading/field_text.h"
#include "pipeline/reading/number_reader.h"
#include "pipeline/reading/printed_digit_matcher.h"
#include "pipeline/reading/writing_style.h"

namespace dengji::reading {

/// Reads number fields: by the net for digits, and where the sheet may be printed also by the reader for print and by
/// the digits' pictures. One for each worker.
class NumberFieldReader {
public:
    /// Both must outlive it.
    NumberFieldReader(NumberReader& net, ocr::Recogniser& print) : net_(net), print_(print) {}

    FieldText read(const FieldPicture& picture, const std::string& content, const NumberHints& hints,
                   WritingStyle& style);

private:
    FieldText vote(const FieldPicture& picture, const cv::Rect& line, const NumberReading& net,
                   const std::string& content, WritingStyle& style);

    NumberReader& net_;
    ocr::Recogniser& print_;
    PrintedDigitMatcher pictures_;
};

} // namespace dengji::reading
