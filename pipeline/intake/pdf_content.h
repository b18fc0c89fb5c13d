#pragma once
#include <optional>
#include <set>
#include <string>

namespace dengji::intake {

/// A rectangle in points, edges in ascending order.
struct PdfBox {
    double left = 0, bottom = 0, right = 0, top = 0;
    double width() const { return right - left; }
    double height() const { return top - bottom; }
};

/// Whether `inner` reaches over nearly all of `outer`, in both directions.
bool covers(const PdfBox& inner, const PdfBox& outer);

/// x' = a x + c y + e, y' = b x + d y + f
struct PdfMatrix {
    double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;
};

/// First `inner`, then `outer`.
PdfMatrix concatenate(const PdfMatrix& inner, const PdfMatrix& outer);

/// Where the unit square comes to lie.
PdfBox bounds(const PdfMatrix& matrix);

/// The one thing that a page shows.
struct PlacedObject {
    std::string name;                  ///< in the page's /XObject resources, with its slash
    PdfMatrix matrix;                  ///< the unit square's place on the page
    std::set<std::string> states_used; ///< names in /ExtGState
};

/// Reads a page's content and gives the object it draws, when that is all that can be seen: no visible text, no lines
/// after it, no clip that cuts the page (`visible`), no layer that can be switched off. Invisible text (recognised by
/// the scanner's program) is let pass.
std::optional<PlacedObject> find_only_object(const std::string& content, const PdfBox& visible);

} // namespace dengji::intake
