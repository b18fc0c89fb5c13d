#include "pipeline/intake/pdf_page.h"

#include "pipeline/intake/bounded_pipeline.h"
#include "pipeline/intake/qpdf_headers.h"

namespace dengji::intake {
namespace {

constexpr PdfBox letter_page{0, 0, 612, 792};

std::optional<PdfBox> read_box(QPDFObjectHandle array) {
    if (!array.isRectangle()) return std::nullopt;
    const auto r = array.getArrayAsRectangle();
    return PdfBox{std::min(r.llx, r.urx), std::min(r.lly, r.ury), std::max(r.llx, r.urx), std::max(r.lly, r.ury)};
}

int read_rotation(QPDFPageObjectHelper& page) {
    auto rotate = page.getAttribute("/Rotate", false);
    if (!rotate.isInteger()) return 0;
    const auto degrees = static_cast<int>(rotate.getIntValue() % 360);
    return degrees % 90 == 0 ? (degrees + 360) % 360 : 0;
}

double read_user_unit(QPDFPageObjectHelper& page) {
    auto unit = page.getObjectHandle().getKey("/UserUnit");
    const double value = unit.isNumber() ? unit.getNumericValue() : 1;
    return value > 0 ? value : 1;
}

/// Notes, stamps, filled fields: whatever lies over the page and is more than a place to click on.
bool has_visible_annotations(QPDFPageObjectHelper& page) {
    auto annotations = page.getObjectHandle().getKey("/Annots");
    if (!annotations.isArray()) return false;
    for (auto& annotation : annotations.getArrayAsVector()) {
        if (!annotation.isDictionary()) continue;
        auto subtype = annotation.getKey("/Subtype");
        const std::string kind = subtype.isName() ? subtype.getName() : std::string();
        if (kind != "/Link" && kind != "/Popup") return true;
    }
    return false;
}

bool changes_appearance(QPDFObjectHandle state) {
    if (!state.isDictionary()) return true;
    auto mask = state.getKey("/SMask");
    if (!mask.isNull() && !(mask.isName() && mask.getName() == "/None")) return true;
    auto blend = state.getKey("/BM");
    if (!blend.isNull() && !(blend.isName() && (blend.getName() == "/Normal" || blend.getName() == "/Compatible")))
        return true;
    auto opacity = state.getKey("/ca");
    return opacity.isNumber() && opacity.getNumericValue() != 1;
}

/// The page's content, or nothing when it is broken or longer than that of a scanned page would be.
std::optional<std::string> read_content(QPDFPageObjectHelper& page) {
    constexpr std::size_t most = 4u << 20; // room for the invisible text of a recognised page
    BoundedPipeline content(most);
    try {
        page.pipeContents(&content);
    } catch (const std::exception&) {
        return std::nullopt;
    }
    if (content.overflowed()) return std::nullopt;
    const auto bytes = content.take();
    return std::string(bytes.begin(), bytes.end());
}

struct Placement {
    int orientation = 1; ///< as in EXIF
    double width = 0;    ///< of the picture's rows, in points
    double height = 0;
};

/// How the matrix sets the picture, when its sides stay parallel to the page's.
std::optional<Placement> read_placement(const PdfMatrix& m) {
    const double straight = std::max(std::abs(m.a), std::abs(m.d));
    const double crossed = std::max(std::abs(m.b), std::abs(m.c));
    constexpr double parallel = 1e-3;
    if (straight > 0 && crossed < parallel * straight) {
        const int orientation = m.a > 0 ? (m.d > 0 ? 1 : 4) : (m.d > 0 ? 2 : 3);
        return Placement{orientation, std::abs(m.a), std::abs(m.d)};
    }
    if (crossed > 0 && straight < parallel * crossed) {
        const int orientation = m.b > 0 ? (m.c > 0 ? 7 : 8) : (m.c > 0 ? 6 : 5);
        return Placement{orientation, std::abs(m.b), std::abs(m.c)};
    }
    return std::nullopt;
}

QPDFObjectHandle find_resource(QPDFPageObjectHelper& page, const std::string& kind, const std::string& name) {
    auto resources = page.getAttribute("/Resources", false);
    auto group = resources.isDictionary() ? resources.getKey(kind) : QPDFObjectHandle::newNull();
    return group.isDictionary() ? group.getKey(name) : QPDFObjectHandle::newNull();
}

} // namespace

PdfBox visible_box(QPDFPageObjectHelper& page) {
    const PdfBox media = read_box(page.getAttribute("/MediaBox", false)).value_or(letter_page);
    const PdfBox crop = read_box(page.getAttribute("/CropBox", false)).value_or(media);
    const PdfBox both{std::max(media.left, crop.left), std::max(media.bottom, crop.bottom),
                      std::min(media.right, crop.right), std::min(media.top, crop.top)};
    const PdfBox& box = both.width() > 0 && both.height() > 0 ? both : media;
    return box.width() > 0 && box.height() > 0 ? box : letter_page;
}

std::optional<ScannedPage> take_scanned_page(QPDFPageObjectHelper& page, const Limits& limits) {
    const PdfBox visible = visible_box(page);
    if (has_visible_annotations(page)) return std::nullopt;
    const auto content = read_content(page);
    if (!content) return std::nullopt;
    const auto only = find_only_object(*content, visible);
    // The picture fills the page, and the page's edge cuts nothing off it.
    if (!only || !covers(bounds(only->matrix), visible) || !covers(visible, bounds(only->matrix))) return std::nullopt;
    for (const auto& state : only->states_used) {
        if (changes_appearance(find_resource(page, "/ExtGState", state))) return std::nullopt;
    }
    const auto placement = read_placement(only->matrix);
    if (!placement) return std::nullopt;
    auto object = find_resource(page, "/XObject", only->name);
    if (!object.isStream()) return std::nullopt;
    auto subtype = object.getDict().getKey("/Subtype");
    if (!subtype.isName() || subtype.getName() != "/Image") return std::nullopt;
    auto image = take_image(object, limits);
    if (!image) return std::nullopt;

    constexpr double points_per_inch = 72;
    const double inch = points_per_inch / read_user_unit(page);
    ScannedPage scanned;
    scanned.dpi_x = image->width * inch / placement->width;
    scanned.dpi_y = image->height * inch / placement->height;
    scanned.image = std::move(*image);
    scanned.orientation = placement->orientation;
    scanned.rotate = read_rotation(page);
    return scanned;
}

} // namespace dengji::intake
