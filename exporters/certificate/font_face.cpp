#include "exporters/certificate/font_face.h"

#include "pipeline/base/error.h"

#include <hb-ot.h>
#include <hb-subset.h>
#include <hb.h>

namespace dengji::certificate {
namespace {

using Blob = std::unique_ptr<hb_blob_t, decltype(&hb_blob_destroy)>;
using Face = std::unique_ptr<hb_face_t, decltype(&hb_face_destroy)>;
using Font = std::unique_ptr<hb_font_t, decltype(&hb_font_destroy)>;

/// What a PDF needs of a font: outlines and measures. Characters are found by the program itself and lines are set by
/// it, so the large tables for both stay out, and cutting need not look at them. Hints for screens stay out, too.
constexpr hb_tag_t kept_tables[] = {HB_TAG('h', 'e', 'a', 'd'), HB_TAG('h', 'h', 'e', 'a'), HB_TAG('h', 'm', 't', 'x'),
                                    HB_TAG('m', 'a', 'x', 'p'), HB_TAG('C', 'F', 'F', ' '), HB_TAG('g', 'l', 'y', 'f'),
                                    HB_TAG('l', 'o', 'c', 'a')};

Face outlines_of(hb_face_t* whole) {
    Face outlines(hb_face_builder_create(), &hb_face_destroy);
    for (const auto tag : kept_tables) {
        Blob table(hb_face_reference_table(whole, tag), &hb_blob_destroy);
        if (hb_blob_get_length(table.get()) > 0) hb_face_builder_add_table(outlines.get(), tag, table.get());
    }
    // The builder's face only lists its tables; cutting wants one that reads them as a file has them.
    Blob file(hb_face_reference_blob(outlines.get()), &hb_blob_destroy);
    Face face(hb_face_create(file.get(), 0), &hb_face_destroy);
    hb_face_make_immutable(face.get());
    return face;
}

std::string name_in(hb_face_t* face) {
    char name[128] = {};
    unsigned length = sizeof name;
    hb_ot_name_get_utf8(face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &length, name);
    std::string plain;
    for (const char letter : std::string_view(name, length))
        if ((letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
            letter == '-')
            plain += letter;
    return plain.empty() ? "Font" : plain;
}

std::string bytes_of(hb_blob_t* blob) {
    unsigned length = 0;
    const char* data = hb_blob_get_data(blob, &length);
    return {data, length};
}

} // namespace

struct FontFace::Parts {
    Blob file{nullptr, &hb_blob_destroy};
    Face face{nullptr, &hb_face_destroy}, outlines{nullptr, &hb_face_destroy};
    Font font{nullptr, &hb_font_destroy};
    double unit = 1; ///< thousandths of the size for one unit of the font
    double ascent = 0, descent = 0;
    bool cff = false;
    std::string name;
};

FontFace::FontFace(const templates::FontFile& font) : parts_(std::make_unique<Parts>()) {
    const auto broken = [&](const char* what) {
        return Error(ErrorKind::data, "the font " + font.file.string() + " " + what,
                     "Install it again (Debian package " + font.package + "), or name another in templates/fonts.");
    };
    parts_->file.reset(hb_blob_create_from_file_or_fail(font.file.c_str()));
    if (!parts_->file) throw broken("cannot be read");
    const auto face = static_cast<unsigned>(font.face);
    if (face >= hb_face_count(parts_->file.get())) throw broken("is no font, or has no such face");
    parts_->face.reset(hb_face_create(parts_->file.get(), face));
    hb_face_make_immutable(parts_->face.get());
    const unsigned units = hb_face_get_upem(parts_->face.get());
    parts_->font.reset(hb_font_create(parts_->face.get()));
    hb_font_set_scale(parts_->font.get(), static_cast<int>(units), static_cast<int>(units));
    hb_font_make_immutable(parts_->font.get());
    parts_->unit = 1000.0 / units;
    hb_font_extents_t extents = {};
    hb_font_get_h_extents(parts_->font.get(), &extents);
    parts_->ascent = extents.ascender * parts_->unit;
    parts_->descent = extents.descender * parts_->unit;
    parts_->name = name_in(parts_->face.get());
    parts_->outlines = outlines_of(parts_->face.get());
    Blob cff(hb_face_reference_table(parts_->outlines.get(), HB_TAG('C', 'F', 'F', ' ')), &hb_blob_destroy);
    Blob glyf(hb_face_reference_table(parts_->outlines.get(), HB_TAG('g', 'l', 'y', 'f')), &hb_blob_destroy);
    parts_->cff = hb_blob_get_length(cff.get()) > 0;
    if (!parts_->cff && hb_blob_get_length(glyf.get()) == 0) throw broken("has no outlines that can be embedded");
}

FontFace::~FontFace() = default;

std::uint32_t FontFace::glyph(char32_t character) const {
    hb_codepoint_t glyph = 0;
    return hb_font_get_nominal_glyph(parts_->font.get(), character, &glyph) ? glyph : 0;
}

double FontFace::advance(std::uint32_t glyph) const {
    return hb_font_get_glyph_h_advance(parts_->font.get(), glyph) * parts_->unit;
}

double FontFace::ascent() const {
    return parts_->ascent;
}

double FontFace::descent() const {
    return parts_->descent;
}

bool FontFace::has_cff() const {
    return parts_->cff;
}

const std::string& FontFace::postscript_name() const {
    return parts_->name;
}

FontProgram FontFace::subset(const std::vector<std::uint32_t>& glyphs) const {
    const auto failed = [] { return Error(ErrorKind::internal, "a font could not be cut to the characters in use"); };
    std::unique_ptr<hb_subset_input_t, decltype(&hb_subset_input_destroy)> input(hb_subset_input_create_or_fail(),
                                                                                 &hb_subset_input_destroy);
    if (!input) throw failed();
    hb_set_t* wanted = hb_subset_input_glyph_set(input.get());
    hb_set_add(wanted, 0);
    for (const auto glyph : glyphs) hb_set_add(wanted, glyph);
    hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE |
                                               HB_SUBSET_FLAGS_DESUBROUTINIZE);
    std::unique_ptr<hb_subset_plan_t, decltype(&hb_subset_plan_destroy)> plan(
        hb_subset_plan_create_or_fail(parts_->outlines.get(), input.get()), &hb_subset_plan_destroy);
    if (!plan) throw failed();
    Face cut(hb_subset_plan_execute_or_fail(plan.get()), &hb_face_destroy);
    if (!cut) throw failed();
    FontProgram program;
    const hb_map_t* renamed = hb_subset_plan_old_to_new_glyph_mapping(plan.get());
    for (const auto glyph : glyphs) program.glyphs.push_back(hb_map_get(renamed, glyph));
    Blob blob(parts_->cff ? hb_face_reference_table(cut.get(), HB_TAG('C', 'F', 'F', ' '))
                          : hb_face_reference_blob(cut.get()),
              &hb_blob_destroy);
    program.bytes = bytes_of(blob.get());
    return program;
}

} // namespace dengji::certificate
