#pragma once
#include "pipeline/layout/unroll.h"
#include "templates/form.h"

#include <map>
#include <utility>
#include <vector>

namespace dengji::layout {

/// What a row looks like: the number of cells in each of its columns, e.g. {1, 3, 3, 3}.
using Signature = std::vector<int>;

Signature signature_of(const templates::Row& row);

/// Rows [definition_begin, definition_end) of the definition are bands [band_begin, band_end) of the table.
/// Either may be empty (a row that is missing, a band too many).
struct AlignedRows {
    int definition_begin, definition_end, band_begin, band_end;
    double misfit; ///< 0: exactly as defined
};

struct Alignment {
    double residual = 9;            ///< misfit for each column of the definition
    std::vector<AlignedRows> steps; ///< top to bottom
};

/// The table's bands (between its full-width rules), compared with form pages. Keeps what it has cut. The table must
/// outlive it.
class BandSequence {
public:
    explicit BandSequence(const Unrolled& unrolled);

    /// Best alignment to a form page; upside_down: as if the table were turned by 180 degrees (steps count bands from
    /// the new top).
    Alignment align(const templates::FormPage& page, bool upside_down) const;
    int count() const { return static_cast<int>(signatures_.size()); }

private:
    Signature cut(int begin, int end) const;

    const Unrolled& unrolled_;
    std::vector<Signature> signatures_;
    std::vector<double> heights_; ///< of the bands, table pixels
    double usual_height_ = 0;
    mutable std::map<std::pair<int, int>, Signature> merged_;
};

/// Alignments up to this residual are accepted: sheets stay below 0.14, other papers above 0.59.
inline constexpr double accepted_residual = .25;

} // namespace dengji::layout
