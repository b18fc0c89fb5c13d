#include "tests/exporters/booklets.h"

#include "exporters/certificate/photo.h"
#include "pipeline/base/files.h"
#include "pipeline/intake/child_process.h"

#include <dengji_project.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace dengji::certificate::test {
namespace {

const std::filesystem::path source = DENGJI_SOURCE_DIR;

} // namespace

bool has_fonts() {
    const auto list = templates::load_font_list(source / "templates/fonts/debian.yaml");
    auto all = list.rare;
    for (const auto& [lettering, fonts] : list.of) all.insert(all.end(), fonts.begin(), fonts.end());
    return std::all_of(all.begin(), all.end(), [](const auto& font) { return std::filesystem::exists(font.file); });
}

const FontBook& fonts() {
    static const FontBook book(templates::load_font_list(source / "templates/fonts/debian.yaml"));
    return book;
}

templates::Certificate definition(const std::string& id) {
    return templates::load_certificate(source / "templates/certificates" / (id + ".yaml"));
}

const BookletPrinter& national() {
    static const BookletPrinter printer(definition("national-2015"), fonts());
    return printer;
}

Contents holder(const std::string& name) {
    Contents contents;
    contents.number = "5001160024000123";
    contents.code = "DJ1-5001160024000123-7F3K9QX2";
    contents.fields = {{"number", contents.number},
                       {"name", name},
                       {"sex", "女"},
                       {"born", "1990年01月20日"},
                       {"ethnicity", "土家族"},
                       {"id_number", "500116199001209910"},
                       {"hukou_type", "农村居民家庭"},
                       {"hukou_address", "重庆市江津区白沙镇虚构路1号"},
                       {"residence_address", "重庆市江津区几江街道不存在的很长很长的大道一百二十三号附四号5幢6单元7-8"},
                       {"education", "大学本科或同等学历"},
                       {"qualification.1.name", "中式烹调师"},
                       {"qualification.1.level", "三级/高级工"},
                       {"office", "几江街道劳动就业和社会保障服务所"},
                       {"issued_on", "2024年03月06日"}};
    const std::string office = "几江街道";
    contents.tables["registrations"] = {{11,
                                         {{"unemployed_since", "2021年02月"},
                                          {"registered_on", "2021年03月01日"},
                                          {"reason", "从各类单位辞职"},
                                          {"office", office}},
                                         12,
                                         {{"cancelled_on", "2021年09月10日"}, {"cancel_reason", "被用人单位录用"}}},
                                        {31,
                                         {{"unemployed_since", "2024年02月"},
                                          {"registered_on", "2024年03月05日"},
                                          {"reason", "私营企业、民办非企业业主停业、破产"},
                                          {"office", office}},
                                         0,
                                         {}}};
    contents.tables["cancellations"] = {{12, contents.tables["registrations"][0].later, 0, {}}};
    contents.tables["assistance"] = {
        {41, {{"recognised_on", "2024年03月20日"}, {"category", "4050人员"}, {"office", office}}, 0, {}}};
    contents.tables["policies"] = {{51,
                                    {{"policy", "职业培训"},
                                     {"result", "中式烹调师培训补贴"},
                                     {"granted_on", "2024年04月08日"},
                                     {"office", office}},
                                    0,
                                    {}}};
    contents.photo = prepare_photo(drawn_photo(826, 1158)).jpeg;
    return contents;
}

Wanted everything(const Contents& contents) {
    return {Printing::full, all_rows(contents), {}};
}

cv::Mat drawn_photo(int width, int height) {
    cv::Mat photo(height, width, CV_8UC3, cv::Scalar(200, 120, 60));
    cv::ellipse(photo, {width / 2, height}, {width * 2 / 5, height / 3}, 0, 0, 360, {90, 60, 50}, cv::FILLED);
    cv::ellipse(photo, {width / 2, height * 2 / 5}, {width / 5, height / 5}, 0, 0, 360, {170, 200, 235}, cv::FILLED);
    return photo;
}

std::string pdf_of(const BookletPrinter& printer, const std::vector<SetBooklet>& booklets, Printing printing,
                   const PrinterOffset& offset) {
    std::vector<const SetBooklet*> all;
    for (const auto& booklet : booklets) all.push_back(&booklet);
    std::string bytes;
    printer.write(all, printing, offset, Date{std::chrono::year(2024), std::chrono::month(3), std::chrono::day(6)},
                  [&](std::string_view piece) { bytes += piece; });
    return bytes;
}

std::string pdf_of(const BookletPrinter& printer, const Contents& contents) {
    return pdf_of(printer, {printer.set(contents, everything(contents))});
}

std::optional<std::string> said_by(const std::vector<std::string>& command) {
    std::string said;
    const auto result = intake::run_child(command, {}, [&](std::span<const std::uint8_t> bytes) {
        said.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        return true;
    });
    if (result.end != intake::ChildResult::End::exited || result.exit_code != 0) return std::nullopt;
    return said;
}

std::string text_of(const std::string& pdf) {
    const TempFolder folder("text");
    write_file(folder.path() / "a.pdf", pdf);
    return said_by({"pdftotext", "-layout", (folder.path() / "a.pdf").string(), "-"}).value_or("");
}

cv::Mat picture_of(const std::string& pdf, int page, int dpi) {
    const TempFolder folder("picture");
    write_file(folder.path() / "a.pdf", pdf);
    const auto number = std::to_string(page);
    const auto png = said_by({"pdftoppm", "-png", "-gray", "-r", std::to_string(dpi), "-f", number, "-l", number,
                              (folder.path() / "a.pdf").string()});
    if (!png) return {};
    return cv::imdecode(std::vector<char>(png->begin(), png->end()), cv::IMREAD_GRAYSCALE);
}

} // namespace dengji::certificate::test
