#pragma once
#include "pipeline/intake/bytes.h"
#include "pipeline/intake/document.h"

namespace dengji::intake {

/// A fax-coded picture as PDF describes it (CCITTFaxDecode).
struct FaxCoding {
    int k = 0;               ///< below 0 Group 4, 0 Group 3 in one dimension, above 0 in two
    bool black_is_1 = false; ///< true shows black runs as white, unless /Decode turns it again
    bool rows_byte_aligned = false;
    int columns = 1728;
};

/// Whether libtiff can decode it; the rest (aligned rows in two dimensions, two dimensions without end-of-line marks)
/// goes to the renderer.
bool can_decode_fax(Bytes data, const FaxCoding& coding);

/// Decodes to grey levels 0 and 255, by wrapping the data as a one-strip TIFF. `inverted` swaps black and white of the
/// natural sense (black runs are black). Throws Error(input) when it ends early or is damaged.
cv::Mat decode_fax(Bytes data, const FaxCoding& coding, int height, bool inverted, const Limits& limits);

} // namespace dengji::intake
