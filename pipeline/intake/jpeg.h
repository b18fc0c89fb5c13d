#pragma once
#include "pipeline/intake/picture.h"

namespace dengji::intake {

/// How the four inks of a CMYK picture are stored.
enum class InkPolarity {
    as_marked,   ///< inverted when an Adobe marker is there: files
    full_is_255, ///< the stored value is the amount of ink: PDF
    full_is_0    ///< the stored value is the lack of ink: PDF with an inverse /Decode
};

/// Decodes a JPEG stream to grey or BGR. Refuses what ends early or is corrupt, which libjpeg alone takes with a
/// warning.
cv::Mat decode_jpeg(Bytes stream, InkPolarity polarity);

/// Samples a pixel of a JPEG stream: 1 grey, 3 colour, 4 inks.
int jpeg_components(Bytes stream);

} // namespace dengji::intake
