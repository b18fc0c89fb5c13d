#include "exporters/certificate/font_subset.h"

#include "pipeline/base/sha256.h"
#include "pipeline/base/text.h"

#include <algorithm>
#include <cmath>

namespace dengji::certificate {
namespace {

constexpr unsigned most_codes = 0xFFFF;

std::string two_bytes(unsigned number) {
    return {static_cast<char>(number >> 8), static_cast<char>(number & 255)};
}

/// Six capital letters that tell the parts of one font apart, the same for the same characters.
std::string tag_of(const std::string& program, std::size_t font) {
    const auto digest = sha256_of(program + std::to_string(font));
    std::string tag;
    for (std::size_t i = 0; i < 6; ++i) {
        const auto digit = digest[i];
        tag += static_cast<char>('A' + (digit <= '9' ? digit - '0' : digit - 'a' + 10));
    }
    return tag;
}

/// "<0012> <4E00>" lines in blocks of a hundred, as the format asks for.
std::string character_map(const std::map<unsigned, Glyph>& by_code) {
    std::string map = "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                      "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                      "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
    std::size_t left = by_code.size(), in_block = 0;
    for (const auto& [code, glyph] : by_code) {
        if (in_block == 0) map += std::to_string(std::min<std::size_t>(left, 100)) + " beginbfchar\n";
        std::string text = pdf_text(utf8(glyph.character));
        text.erase(1, 4); // the byte order mark
        map += pdf_hex(two_bytes(code)) + " " + text + "\n";
        --left;
        if (++in_block == 100 || left == 0) {
            map += "endbfchar\n";
            in_block = 0;
        }
    }
    return map + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

} // namespace

std::optional<FontSubsets::Code> FontSubsets::known(const Glyph& glyph) const {
    for (std::size_t font = 0; font < subsets_.size(); ++font) {
        if (subsets_[font].face != glyph.face) continue;
        const auto found = subsets_[font].codes.find(glyph.character);
        if (found != subsets_[font].codes.end()) return Code{font, found->second};
    }
    return std::nullopt;
}

FontSubsets::Code FontSubsets::code_of(const Glyph& glyph) {
    if (shared_ != nullptr)
        if (const auto code = shared_->known(glyph)) return *code;
    if (const auto code = known(glyph)) return {shared_fonts() + code->font, code->code};
    const auto& face = *book_.faces()[glyph.face];
    for (std::size_t font = 0; font <= subsets_.size(); ++font) {
        if (font == subsets_.size()) {
            subsets_.emplace_back();
            subsets_.back().face = glyph.face;
        }
        auto& subset = subsets_[font];
        if (subset.face != glyph.face) continue;
        // A CFF font is called by the numbers that its glyphs have; of others the codes are ours to give.
        const auto code = face.has_cff() ? glyph.glyph : static_cast<unsigned>(subset.codes.size()) + 1;
        if (code > most_codes || subset.by_code.contains(code)) continue;
        subset.by_code.emplace(code, glyph);
        subset.codes.emplace(glyph.character, code);
        return {shared_fonts() + font, code};
    }
    return {};
}

std::string FontSubsets::name(std::size_t font) const {
    if (font < shared_fonts()) return shared_->name(font);
    return std::string("/") + first_letter_ + std::to_string(font - shared_fonts());
}

std::vector<EmbeddedFont> FontSubsets::embed() const {
    std::vector<EmbeddedFont> fonts;
    for (std::size_t font = 0; font < subsets_.size(); ++font) fonts.push_back(embed(subsets_[font], font));
    return fonts;
}

EmbeddedFont FontSubsets::embed(const Subset& subset, std::size_t font) const {
    const auto& face = *book_.faces()[subset.face];
    std::vector<std::uint32_t> glyphs;
    for (const auto& [code, glyph] : subset.by_code) glyphs.push_back(glyph.glyph);
    const auto program = face.subset(glyphs);
    const auto last = subset.by_code.rbegin()->first;
    std::string glyph_map(face.has_cff() ? 0 : 2 * (last + 1), '\0'), used((last + 8) / 8, '\0');
    const auto use = [&](unsigned code) {
        used[code / 8] = static_cast<char>(static_cast<unsigned char>(used[code / 8]) | (0x80u >> (code % 8)));
    };
    use(0);
    EmbeddedFont embedded;
    std::string widths(1, '[');
    std::size_t i = 0;
    for (const auto& [code, glyph] : subset.by_code) {
        use(code);
        const auto renamed = program.glyphs[i++];
        if (!face.has_cff()) {
            glyph_map[2 * code] = static_cast<char>(renamed >> 8);
            glyph_map[2 * code + 1] = static_cast<char>(renamed & 255);
        }
        if (std::abs(glyph.advance - 1000) > 0.5)
            widths.append(" ").append(std::to_string(code)).append(" [").append(pdf_number(glyph.advance)).append("]");
    }
    embedded.widths = widths.append(" ]");
    embedded.base_name = tag_of(program.bytes, font) + "+" + face.postscript_name();
    embedded.cff = face.has_cff();
    embedded.program = deflated(program.bytes);
    embedded.program_length = program.bytes.size();
    embedded.characters = deflated(character_map(subset.by_code));
    embedded.glyph_map = deflated(glyph_map);
    embedded.used = deflated(used);
    embedded.ascent = face.ascent();
    embedded.descent = face.descent();
    return embedded;
}

void EmbeddedFont::write(PdfWriter& writer, int number) const {
    const std::string packed = " /Filter /FlateDecode";
    const int file = writer.stream(
        (cff ? "/Subtype /CIDFontType0C" : "/Length1 " + std::to_string(program_length)) + packed, program);
    const int set = writer.stream(packed, used);
    const int descriptor =
        writer.object("<< /Type /FontDescriptor /FontName /" + base_name + " /Flags 4 /FontBBox [-200 " +
                      pdf_number(descent) + " 1200 " + pdf_number(ascent) + "] /ItalicAngle 0 /Ascent " +
                      pdf_number(ascent) + " /Descent " + pdf_number(descent) + " /CapHeight 700 /StemV 80 /CIDSet " +
                      pdf_reference(set) + (cff ? " /FontFile3 " : " /FontFile2 ") + pdf_reference(file) + " >>");
    const auto map = cff ? "" : " /CIDToGIDMap " + pdf_reference(writer.stream(packed, glyph_map));
    const int descendant = writer.object(
        std::string("<< /Type /Font /Subtype ") + (cff ? "/CIDFontType0" : "/CIDFontType2") + " /BaseFont /" +
        base_name + " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor " +
        pdf_reference(descriptor) + map + " /DW 1000 /W " + widths + " >>");
    const int to_unicode = writer.stream(packed, characters);
    writer.object(number, "<< /Type /Font /Subtype /Type0 /BaseFont /" + base_name +
                              " /Encoding /Identity-H /DescendantFonts [" + pdf_reference(descendant) +
                              "] /ToUnicode " + pdf_reference(to_unicode) + " >>");
}

} // namespace dengji::certificate
