#include "templates/font_list.h"

#include "templates/yaml_node.h"

namespace dengji::templates {
namespace {

std::vector<FontFile> fonts_of(const YamlNode& node) {
    std::vector<FontFile> fonts;
    for (const auto& item : node.items("the fonts of a lettering")) {
        item.expect_keys("a font", {"file", "face", "package"}, {"file", "face", "package"});
        FontFile font;
        font.file = item.at("file").words("the file of a font");
        font.face = item.at("face").whole_number("the face in the file", 0, 255);
        font.package = item.at("package").words("the package of a font");
        fonts.push_back(std::move(font));
    }
    return fonts;
}

} // namespace

FontList load_font_list(const std::filesystem::path& file) {
    const auto root = YamlNode::load(file);
    root.expect_keys("a list of fonts", {"song", "hei", "kai", "rare"}, {"song", "hei", "kai", "rare"});
    FontList list;
    list.of[Lettering::song] = fonts_of(root.at("song"));
    list.of[Lettering::hei] = fonts_of(root.at("hei"));
    list.of[Lettering::kai] = fonts_of(root.at("kai"));
    list.rare = fonts_of(root.at("rare"));
    return list;
}

} // namespace dengji::templates
