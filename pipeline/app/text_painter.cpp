#include "pipeline/app/text_painter.h"

#include "pipeline/base/error.h"
#include "pipeline/base/text.h"

#include <array>
#include <ft2build.h>
#include FT_FREETYPE_H

namespace dengji::app {
namespace {

struct FontPlace {
    const char* file;
    FT_Long face;
};

/// Simplified Chinese faces of Debian's fonts-noto-cjk and fonts-wqy-zenhei.
constexpr std::array<FontPlace, 3> font_places{{
    {"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2},
    {"/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2},
    {"/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0},
}};

void blend(cv::Mat& picture, const FT_Bitmap& glyph, cv::Point at, const cv::Scalar& colour) {
    for (int y = 0; y < static_cast<int>(glyph.rows); ++y) {
        const int row = at.y + y;
        if (row < 0 || row >= picture.rows) continue;
        for (int x = 0; x < static_cast<int>(glyph.width); ++x) {
            const int column = at.x + x;
            if (column < 0 || column >= picture.cols) continue;
            const double cover = glyph.buffer[y * glyph.pitch + x] / 255.0;
            auto& pixel = picture.at<cv::Vec3b>(row, column);
            for (int c = 0; c < 3; ++c) pixel[c] = cv::saturate_cast<uchar>(pixel[c] * (1 - cover) + colour[c] * cover);
        }
    }
}

} // namespace

struct TextPainter::Face {
    FT_Library library = nullptr;
    FT_Face face = nullptr;
    ~Face() {
        if (face) FT_Done_Face(face);
        if (library) FT_Done_FreeType(library);
    }
};

TextPainter::TextPainter() : face_(std::make_unique<Face>()) {
    if (FT_Init_FreeType(&face_->library) == 0)
        for (const auto& place : font_places)
            if (FT_New_Face(face_->library, place.file, place.face, &face_->face) == 0) return;
    throw Error(ErrorKind::data, "no Chinese font was found for the pictures of --debug",
                "Install the Debian package fonts-noto-cjk, or leave --debug out.");
}

TextPainter::~TextPainter() = default;

void TextPainter::draw(cv::Mat& picture, cv::Point left_base, const std::string& text, int size,
                       const cv::Scalar& colour) {
    FT_Set_Pixel_Sizes(face_->face, 0, static_cast<FT_UInt>(size));
    int x = left_base.x;
    for (const char32_t character : code_points(text)) {
        if (FT_Load_Char(face_->face, character, FT_LOAD_RENDER) != 0) continue;
        const auto* slot = face_->face->glyph;
        blend(picture, slot->bitmap, {x + slot->bitmap_left, left_base.y - slot->bitmap_top}, colour);
        x += static_cast<int>(slot->advance.x >> 6);
    }
}

int TextPainter::width(const std::string& text, int size) {
    FT_Set_Pixel_Sizes(face_->face, 0, static_cast<FT_UInt>(size));
    int width = 0;
    for (const char32_t character : code_points(text)) {
        if (FT_Load_Char(face_->face, character, FT_LOAD_DEFAULT) == 0)
            width += static_cast<int>(face_->face->glyph->advance.x >> 6);
    }
    return width;
}

} // namespace dengji::app
