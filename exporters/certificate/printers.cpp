#include "exporters/certificate/printers.h"

#include "exporters/certificate/printed_items.h"
#include "pipeline/base/error.h"
#include "templates/yaml_node.h"

namespace dengji::certificate {
namespace {

constexpr double edge = 10;  ///< mm from the edges of the page to the crosses
constexpr double cross = 3;  ///< half of a cross
constexpr double thin = 0.1; ///< mm

void draw_cross(PageContent& content, double x, double y) {
    content.line(x - cross, y, x + cross, y, thin);
    content.line(x, y - cross, x, y + cross, thin);
}

void draw_words(PageContent& content, const FontBook& fonts, const std::string& words,
                const templates::Rectangle& place, bool paragraph = false) {
    templates::PrintedText text;
    text.words = words;
    text.paragraph = paragraph;
    text.writing.in = place;
    text.writing.lettering = templates::Lettering::hei;
    text.writing.size = 7;
    text.writing.align = paragraph ? templates::Align::left : templates::Align::centre;
    print_text(content, fonts, text);
}

/// Millimetres from the left and the upper edge of the paper, every ten of them longer.
void draw_rulers(PageContent& content, const FontBook& fonts, double width, double height) {
    const auto length = [](int millimetre) { return millimetre % 10 == 0 ? 4.0 : millimetre % 5 == 0 ? 3.0 : 2.0; };
    for (int x = 0; x <= static_cast<int>(width); ++x) {
        content.line(x, 0, x, length(x), thin);
        if (x % 10 == 0 && x > 0 && x + 3 < width) draw_words(content, fonts, std::to_string(x), {x - 3.0, 4, 6, 3.5});
    }
    for (int y = 0; y <= static_cast<int>(height); ++y) {
        content.line(0, y, length(y), y, thin);
        if (y % 10 == 0 && y > 0 && y + 3 < height) draw_words(content, fonts, std::to_string(y), {4, y - 1.8, 6, 3.6});
    }
}

} // namespace

PrinterOffset printer_named(const std::filesystem::path& file, const std::string& name) {
    const std::string example =
        "Write a line for it into " + file.string() + ": NAME: {x: 0.4, y: -0.3, scale: 1.002}.";
    if (!std::filesystem::exists(file))
        throw Error(ErrorKind::usage, "there is no printer '" + name + "': no printer was measured yet", example);
    const auto root = templates::YamlNode::load(file);
    root.keys("the printers");
    if (!root.has(name)) throw Error(ErrorKind::usage, "there is no printer '" + name + "'", example);
    const auto node = root.at(name);
    node.expect_keys("a printer", {"x", "y", "scale"}, {"x", "y"});
    PrinterOffset offset;
    offset.x = node.at("x").number("how far to move to the right (mm)", -50, 50);
    offset.y = node.at("y").number("how far to move down (mm)", -50, 50);
    if (node.has("scale")) offset.scale = node.at("scale").number("the scale", 0.9, 1.1);
    return offset;
}

void write_calibration(const BookletPrinter& printer, const PrinterOffset& offset, Date day,
                       const PdfWriter::Sink& sink) {
    const auto& definition = printer.definition();
    const double width = definition.width, height = definition.height;
    FontSubsets subsets(printer.fonts(), 'A');
    PageContent content(width, height, offset, subsets);
    draw_rulers(content, printer.fonts(), width, height);
    for (const double x : {2 * edge, width - edge})
        for (const double y : {2 * edge, height - edge}) draw_cross(content, x, y);
    draw_cross(content, width / 2, height / 2);
    const auto mm = [](double number) { return pdf_number(number); };
    draw_words(content, printer.fonts(),
               "打印机校准页：按实际大小（100%）打印，用尺子量十字中心到纸边的距离。\n左上十字应距左边" + mm(2 * edge) +
                   "毫米、距上边" + mm(2 * edge) + "毫米；右下十字应距左边" + mm(width - edge) + "毫米、距上边" +
                   mm(height - edge) + "毫米。\nx=应有的左距−量得的左距；y=应有的上距−量得的上距；scale=" +
                   mm(width - 3 * edge) + "÷量得的两十字横向间距。\n本页已按x=" + mm(offset.x) + "、y=" + mm(offset.y) +
                   "、scale=" + mm(offset.scale) + "打印，量出的差值加在这些数上。",
               {2 * edge, 3 * edge - 2, width - 3.5 * edge, height / 2 - 3 * edge}, true);
    PdfDocument document(sink, "打印机校准页", day);
    PdfPage page{width * points_of_mm, height * points_of_mm, {}, {}, {}};
    page.contents.push_back(document.writer().deflated_stream("", content.take()));
    const auto fonts = subsets.embed();
    for (std::size_t i = 0; i < fonts.size(); ++i) {
        const int object = document.writer().reserve();
        fonts[i].write(document.writer(), object);
        page.fonts.push_back(subsets.name(i) + " " + pdf_reference(object));
    }
    document.add_page(page);
    document.finish();
}

} // namespace dengji::certificate
