#pragma once

namespace dengji::ocr {

/// How many vectors the next panel of a packed matrix is wide, when so many are left.
constexpr int panel_width(int vectors_left) {
    if (vectors_left == 2 || vectors_left == 4) return 2;
    return vectors_left == 1 ? 1 : 3;
}

} // namespace dengji::ocr
