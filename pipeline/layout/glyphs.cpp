#include "pipeline/layout/glyphs.h"

#include "pipeline/base/error.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_GLYPH_H

#include <opencv2/imgproc.hpp>
#include <unicode/utf8.h>

#include <cmath>
#include <map>
#include <mutex>
#include <tuple>
#include <vector>

namespace dengji::layout {
namespace {

struct FontFile {
    const char* path;
    FT_Long face;
};

// What Chinese offices print with, as Debian packages it: Song, Kai, Hei and relatives. Of Noto's collections, face 2
// is SC.
constexpr FontFile known_fonts[] = {
    {"/usr/share/fonts/truetype/arphic-gbsn00lp/gbsn00lp.ttf", 0},
    {"/usr/share/fonts/truetype/arphic-gkai00mp/gkai00mp.ttf", 0},
    {"/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0},
    {"/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2},
    {"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2},
    {"/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0},
    {"/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf", 0},
};

// Baseline to the middle of a Chinese character, in ems.
constexpr double middle_above_baseline = 0.38;

std::vector<char32_t> code_points(const std::string& text) {
    std::vector<char32_t> points;
    const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
    const auto length = static_cast<int32_t>(text.size());
    for (int32_t i = 0; i < length;) {
        UChar32 c = 0;
        U8_NEXT(bytes, i, length, c);
        points.push_back(c < 0 ? U'\uFFFD' : static_cast<char32_t>(c));
    }
    return points;
}

/// FreeType and its faces must not be used by two threads at once: everything here runs under one lock.
class Typesetter {
public:
    static Typesetter& instance() {
        static Typesetter typesetter;
        return typesetter;
    }

    int fonts() const { return static_cast<int>(faces_.size()); }

    std::shared_ptr<const WordPicture> draw(const std::string& word, int font, double size) {
        const std::lock_guard lock(mutex_);
        auto [place, is_new] = pictures_.try_emplace({word, font, in_eighths(size)});
        if (is_new) {
            place->second = render(code_points(word), faces_.at(static_cast<size_t>(font)), in_eighths(size));
        }
        return place->second;
    }

    std::shared_ptr<const WordPicture> draw_once(const std::string& text, int font, double size) {
        const std::lock_guard lock(mutex_);
        return render(code_points(text), faces_.at(static_cast<size_t>(font)), in_eighths(size));
    }

private:
    Typesetter() {
        if (FT_Init_FreeType(&library_) != 0) {
            throw Error(ErrorKind::internal, "FreeType could not be started");
        }
        for (const FontFile& file : known_fonts) {
            FT_Face face = nullptr;
            if (FT_New_Face(library_, file.path, file.face, &face) == 0) {
                faces_.push_back(face);
            }
        }
        if (faces_.empty()) {
            FT_Done_FreeType(library_);
            throw Error(ErrorKind::data, "no Chinese font is installed, so the printed words of a form cannot be found",
                        "install the Debian package fonts-noto-cjk or fonts-arphic-gbsn00lp");
        }
    }
    ~Typesetter() {
        glyphs_.clear();
        FT_Done_FreeType(library_);
    }
    Typesetter(const Typesetter&) = delete;
    Typesetter& operator=(const Typesetter&) = delete;

    static int in_eighths(double size) { return std::max(16, static_cast<int>(std::lround(size * 8))); }

    /// A character's outline in units of its font: words are drawn in many sizes, and reading it from the font file
    /// takes as long as drawing it.
    struct Outline {
        std::shared_ptr<FT_GlyphRec_> glyph; ///< none: the font does not have it
        double advance = 0;                  ///< ems
    };

    const Outline& outline(FT_Face face, char32_t c) {
        const auto [place, is_new] = glyphs_.try_emplace({face, c});
        Outline& outline = place->second;
        FT_Glyph glyph = nullptr;
        if (const FT_UInt index = is_new ? FT_Get_Char_Index(face, c) : 0;
            index != 0 && FT_Load_Glyph(face, index, FT_LOAD_NO_SCALE | FT_LOAD_LINEAR_DESIGN) == 0 &&
            FT_Get_Glyph(face->glyph, &glyph) == 0) {
            outline.glyph = std::shared_ptr<FT_GlyphRec_>(glyph, FT_Done_Glyph);
            outline.advance = static_cast<double>(face->glyph->linearHoriAdvance) / face->units_per_EM;
        }
        return outline;
    }

    /// The character in a size, its origin `right` (less than a pixel) of a pixel's edge; empty when it cannot be
    /// drawn.
    static std::shared_ptr<FT_BitmapGlyphRec_> drawn(const Outline& outline, FT_Fixed scale, double right) {
        FT_Matrix scaling{scale, 0, 0, scale};
        FT_Vector shift{static_cast<FT_Pos>(right * 64), 0};
        FT_Glyph copy = nullptr;
        if (!outline.glyph || FT_Glyph_Copy(outline.glyph.get(), &copy) != 0) {
            return nullptr;
        }
        if (FT_Glyph_Transform(copy, &scaling, &shift) != 0 ||
            FT_Glyph_To_Bitmap(&copy, FT_RENDER_MODE_NORMAL, nullptr, 1) != 0) {
            FT_Done_Glyph(copy);
            return nullptr;
        }
        auto* bitmap = reinterpret_cast<FT_BitmapGlyph>(copy);
        return {bitmap, [](FT_BitmapGlyph done) { FT_Done_Glyph(&done->root); }};
    }

    std::shared_ptr<const WordPicture> render(const std::vector<char32_t>& text, FT_Face face, int eighths) {
        const double size = eighths / 8.0;
        const FT_Fixed scale = FT_DivFix(static_cast<FT_Long>(eighths) * 8, face->units_per_EM);
        const int edge = static_cast<int>(size) + 2;
        cv::Mat canvas = cv::Mat::zeros(3 * edge, (static_cast<int>(text.size()) + 3) * edge, CV_8UC1);
        const int baseline = 2 * edge;
        double pen = edge;
        cv::Rect painted;
        for (const char32_t c : text) {
            const Outline& character = outline(face, c);
            const auto glyph = drawn(character, scale, pen - std::floor(pen));
            if (!glyph) {
                return nullptr;
            }
            painted |= paint(canvas, glyph->bitmap, static_cast<int>(pen) + glyph->left, baseline - glyph->top);
            pen += character.advance * size;
        }
        // A scanner's optics soften print by about this much at 200 dpi.
        constexpr int reach = 4;
        const cv::Rect softened =
            cv::Rect(painted.x - reach, painted.y - reach, painted.width + 2 * reach, painted.height + 2 * reach) &
            cv::Rect({}, canvas.size());
        if (painted.empty()) {
            return nullptr;
        }
        cv::GaussianBlur(canvas(softened), canvas(softened), {}, size > 16 ? 0.8 : 0.55, 0,
                         cv::BORDER_DEFAULT | cv::BORDER_ISOLATED);
        cv::Rect ink = cv::boundingRect(canvas(softened) > 40);
        if (ink.empty()) {
            return nullptr;
        }
        ink += softened.tl();
        const cv::Rect kept =
            cv::Rect(ink.x - 1, ink.y - 1, ink.width + 2, ink.height + 2) & cv::Rect({}, canvas.size());
        auto picture = std::make_shared<WordPicture>();
        picture->darkness = canvas(kept).clone();
        picture->middle = baseline - middle_above_baseline * size - kept.y;
        picture->characters = static_cast<int>(text.size());
        return picture;
    }

    /// Where it was painted.
    static cv::Rect paint(cv::Mat& canvas, const FT_Bitmap& bitmap, int left, int top) {
        const cv::Rect there = cv::Rect(left, top, static_cast<int>(bitmap.width), static_cast<int>(bitmap.rows)) &
                               cv::Rect({}, canvas.size());
        for (int y = there.y; y < there.br().y; ++y) {
            const uchar* from = bitmap.buffer + (y - top) * bitmap.pitch - left;
            uchar* row = canvas.ptr<uchar>(y);
            for (int x = there.x; x < there.br().x; ++x) {
                row[x] = std::max(row[x], from[x]);
            }
        }
        return there;
    }

    FT_Library library_ = nullptr;
    std::vector<FT_Face> faces_;
    std::mutex mutex_;
    std::map<std::pair<FT_Face, char32_t>, Outline> glyphs_;
    std::map<std::tuple<std::string, int, int>, std::shared_ptr<const WordPicture>> pictures_;
};

} // namespace

int font_count() {
    return Typesetter::instance().fonts();
}

std::shared_ptr<const WordPicture> draw_word(const std::string& word, int font, double size) {
    return Typesetter::instance().draw(word, font, size);
}

std::shared_ptr<const WordPicture> draw_once(const std::string& text, int font, double size) {
    return Typesetter::instance().draw_once(text, font, size);
}

} // namespace dengji::layout
