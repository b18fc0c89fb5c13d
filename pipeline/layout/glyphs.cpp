#include "pipeline/layout/glyphs.h"

#include "pipeline/base/error.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H

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
        const int eighths = std::max(16, static_cast<int>(std::lround(size * 8)));
        const std::lock_guard lock(mutex_);
        auto [place, is_new] = pictures_.try_emplace({word, font, eighths});
        if (is_new) {
            place->second = render(code_points(word), faces_.at(static_cast<size_t>(font)), eighths);
        }
        return place->second;
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
    ~Typesetter() { FT_Done_FreeType(library_); }
    Typesetter(const Typesetter&) = delete;
    Typesetter& operator=(const Typesetter&) = delete;

    static std::shared_ptr<const WordPicture> render(const std::vector<char32_t>& text, FT_Face face, int eighths) {
        const double size = eighths / 8.0;
        if (FT_Set_Char_Size(face, 0, static_cast<FT_F26Dot6>(eighths) * 8, 72, 72) != 0) {
            return nullptr;
        }
        const int edge = static_cast<int>(size) + 2;
        cv::Mat canvas = cv::Mat::zeros(3 * edge, (static_cast<int>(text.size()) + 3) * edge, CV_8UC1);
        const int baseline = 2 * edge;
        double pen = edge;
        cv::Rect painted;
        for (const char32_t c : text) {
            const FT_UInt glyph = FT_Get_Char_Index(face, c);
            if (glyph == 0 || FT_Load_Glyph(face, glyph, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) != 0) {
                return nullptr;
            }
            FT_Outline_Translate(&face->glyph->outline, static_cast<FT_Pos>((pen - std::floor(pen)) * 64), 0);
            if (FT_Render_Glyph(face->glyph, FT_RENDER_MODE_NORMAL) != 0) {
                return nullptr;
            }
            painted |= paint(canvas, face->glyph->bitmap, static_cast<int>(pen) + face->glyph->bitmap_left,
                             baseline - face->glyph->bitmap_top);
            pen += static_cast<double>(face->glyph->linearHoriAdvance) / 65536.0;
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
    std::map<std::tuple<std::string, int, int>, std::shared_ptr<const WordPicture>> pictures_;
};

} // namespace

int font_count() {
    return Typesetter::instance().fonts();
}

std::shared_ptr<const WordPicture> draw_word(const std::string& word, int font, double size) {
    return Typesetter::instance().draw(word, font, size);
}

} // namespace dengji::layout
