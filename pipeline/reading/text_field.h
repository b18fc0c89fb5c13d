#pragma once
#include "ocr/digit_net.h"
#include "ocr/ppocr.h"
#include "pipeline/reading/field_text.h"
#include "pipeline/reading/line_image.h"
#include "pipeline/reading/word_reader.h"

namespace dengji::reading {

/// The written lines of a field as the line reader for handwriting saw them.
struct SeenLines {
    std::vector<cv::Mat> probabilities; ///< of each line, top to bottom; see ocr::PpOcr::probabilities
    std::vector<cv::Mat> images;        ///< what it looked at, CV_8UC1, 48 px high
    std::vector<WideLine> wide;         ///< the same lines with their surroundings
    double unread_ink = 0;              ///< see unread_ink.h; the worst line
    DigitRunReader digits;              ///< of these lines
    bool runs_off = false;              ///< writing reaches the right edge of the field
};

/// The word holds a character that every line reader takes for another with certainty.
extern const Reason mixed_up_characters;

/// The same text with the other one of two such characters; empty when it holds none.
std::string with_mixed_up_character(const std::string& text);

/// Reads fields of words, written by hand or printed, under what may stand in them. One for each worker.
class TextFieldReader {
public:
    /// All must outlive it.
    TextFieldReader(ocr::PpOcr& lines, const WordReader& words, ocr::DigitNet& digits)
        : lines_(lines), words_(words), digits_(digits) {}

    FieldText read(const FieldPicture& picture, const std::string& content);

    /// Two addresses of one person, read before, which may be the same value: then both say so.
    void read_together(FieldText& first, FieldText& second);

    /// When the whole sheet was read: a hand that can hardly be read makes every field of it less sure.
    void judge_sheet(std::vector<FieldText*> fields) const;

private:
    SeenLines look(const FieldPicture& picture);
    WordHints hints_of(const SeenLines& seen) const;
    FieldText text_of(WordReading reading) const;

    ocr::PpOcr& lines_;
    const WordReader& words_;
    ocr::DigitNet& digits_;
};

} // namespace dengji::reading
