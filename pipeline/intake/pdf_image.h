#pragma once
#include "pipeline/intake/fax.h"
#include "pipeline/intake/qpdf_headers.h"

#include <optional>
#include <variant>

namespace dengji::intake {

struct JpegData {
    std::vector<std::uint8_t> stream;
};
struct FaxData {
    std::vector<std::uint8_t> stream;
    FaxCoding coding;
};
/// Samples without compression, rows padded to bytes.
struct SampleData {
    std::vector<std::uint8_t> samples;
    int bits = 8;
    int channels = 1;
};

/// A picture taken out of a PDF, still coded, independent of the PDF.
struct PdfImage {
    int width = 0;
    int height = 0;
    bool inverted = false; ///< /Decode turns black and white round
    std::variant<JpegData, FaxData, SampleData> data;
};

/// Takes a picture out of its PDF. Nothing when it is of a kind that is left to the renderer (masks, JBIG2, JPEG 2000,
/// rare colour spaces). Throws Error(input) when its data is damaged or it is beyond the limits.
std::optional<PdfImage> take_image(QPDFObjectHandle image, const Limits& limits);

/// Decodes to grey or BGR. Needs no PDF any more, so any number can run at the same time.
cv::Mat decode_image(const PdfImage& image, const Limits& limits);

} // namespace dengji::intake
