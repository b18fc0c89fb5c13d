#include "exporters/certificate/photo.h"
#include "exporters/certificate/printers.h"
#include "pipeline/app/attached_photo.h"
#include "pipeline/app/certificate_batch.h"
#include "pipeline/app/certificate_options.h"
#include "pipeline/app/output.h"
#include "pipeline/base/data_folder.h"
#include "pipeline/base/error.h"
#include "pipeline/base/files.h"
#include "pipeline/base/text.h"
#include "pipeline/intake/document.h"
#include "templates/citizen_number.h"

#include <iostream>
#include <nlohmann/json.hpp>

namespace dengji::app {
namespace {

using nlohmann::ordered_json;

Error usage(const std::string& what, const std::string& next) {
    return {ErrorKind::usage, what, next};
}

void expect_name(const CertificateOptions& options) {
    if (trimmed(options.by).empty()) throw usage("it is not said who does this", "Give the name with --by.");
}

templates::Certificate booklet_named(const std::string& name) {
    const auto file = data_path("templates/certificates") / (name + ".yaml");
    if (name.find('/') != std::string::npos || !std::filesystem::exists(file))
        throw usage("there is no booklet '" + name + "'", "The booklets are the files of templates/certificates.");
    return templates::load_certificate(file);
}

certificate::PrinterOffset offset_of(const CertificateOptions& options) {
    if (options.printer.empty()) return {};
    return certificate::printer_named(options.life.data / "printers.yaml", options.printer);
}

int calibrate(const CertificateOptions& options) {
    const certificate::FontBook fonts(templates::load_font_list(data_path("templates/fonts/debian.yaml")));
    const certificate::BookletPrinter printer(booklet_named(options.booklet), fonts);
    if (options.output.empty()) throw usage("it is not said where the page goes", "Give a file with -o.");
    const auto offset = offset_of(options);
    AtomicFile file(options.output);
    certificate::write_calibration(printer, offset, day_given(options.on, "--on"),
                                   [&](std::string_view piece) { file.write(piece); });
    file.commit();
    std::cerr << "Calibration page written to '" << options.output.string()
              << "'. Print it at 100 %, measure, and write the offset into '"
              << (options.life.data / "printers.yaml").string() << "'.\n";
    return 0;
}

int list_ranges(const CertificateOptions& options, ledger::Certificates& certificates) {
    Output output;
    for (const auto& range : certificates.ranges()) {
        if (options.life.json)
            output.line(ordered_json{{"first", range.first},
                                     {"last", range.last},
                                     {"next", range.next},
                                     {"left", range.left},
                                     {"by", range.entered_by}}
                            .dump());
        else
            output.line(range.first + "－" + range.last + "  剩余" + std::to_string(range.left) + "个  " +
                        (range.next.empty() ? "已用完" : "下一个" + range.next) + "  录入：" + range.entered_by);
    }
    return 0;
}

/// The picture in the file that was named.
AttachedPhoto photo_in_file(const CertificateOptions& options) {
    const int page = std::max(1, options.photo_page);
    const auto document = intake::open_document(options.photo);
    if (page > document->page_count())
        throw usage("the file has no page of this number", "Give another one with --photo-page.");
    auto picture = document->page(page).image;
    if (!options.photo_on_page) return {picture, std::nullopt};
    picture = certificate::photo_on_page(picture);
    if (!picture.empty()) return {picture, std::nullopt};
    return {{},
            Reason{"photo-not-found", "扫描页上没有找到一张2寸照片，请裁好照片后用文件录入",
                   "no single photo of 35 x 49 mm was found on the page"}};
}

int take_photo(const CertificateOptions& options, OpenLives& open, ledger::Certificates& certificates) {
    expect_name(options);
    if (options.registrations.size() != 1)
        throw usage("a photo belongs to one registration", "Name it with --registration.");
    const auto& registration = options.registrations.front();
    const auto found =
        options.photo_attached ? attached_photo(open, registration, options.photo_page) : photo_in_file(options);
    certificate::PreparedPhoto photo;
    photo.problem = found.problem;
    if (!photo.problem) photo = certificate::prepare_photo(found.picture);
    if (photo.problem) {
        std::cerr << "照片没有录入：" << photo.problem->zh << "。登记不受影响。\n";
        return exit_code(ErrorKind::input);
    }
    certificates.keep_photo(registration, photo.jpeg, options.by);
    Output().line("照片已录入。");
    return 0;
}

void enter_range(const CertificateOptions& options, ledger::Certificates& certificates) {
    const auto ends = split(options.enter_range, "-");
    if (ends.size() != 2)
        throw usage("a range is two numbers with a hyphen between them",
                    "Give it like 5001160024000001-5001160024000500.");
    certificates.enter_range(ends[0], ends[1], options.by);
    Output().line("编号段已录入。");
}

std::vector<std::string> wanted(const CertificateOptions& options, ledger::Certificates& certificates, Date on) {
    const int ways = (options.registrations.empty() ? 0 : 1) + (options.month.empty() ? 0 : 1) + (options.due ? 1 : 0);
    if (ways != 1)
        throw usage("it is not said which certificates, or in more than one way",
                    "Give --registration ID..., --month YYYY-MM or --due.");
    if (!options.registrations.empty()) return options.registrations;
    if (options.due) return certificates.waiting(on);
    const auto month = parse_month(options.month);
    if (!month) throw usage("--month is not a month of the calendar", "Give it like 2024-03.");
    return certificates.of_month(*month);
}

void tell(const CertificateOptions& options, const certificate::BookletPrinter& printer, const Batch& batch) {
    if (options.life.json) {
        Output output;
        for (const auto& ready : batch.ready) {
            auto pages = ordered_json::array();
            for (const auto& page : ready.set.pages) pages.push_back(printer.definition().pages[page.page].name);
            output.line(ordered_json{
                {"registration", ready.registration},
                {"printed", true},
                {"number", ready.held.number},
                {"issued_now", ready.issued_now},
                {"pages",
                 pages}}.dump());
        }
        for (const auto& other : batch.set_aside)
            output.line(
                ordered_json{{"registration", other.registration}, {"printed", false}, {"why", other.reason}}.dump());
    } else {
        for (const auto& other : batch.set_aside)
            std::cerr << other.registration << "  没有打印：" << other.reason << "\n";
    }
    std::cerr << batch.ready.size() << (batch.ready.size() == 1 ? " certificate" : " certificates") << " written, "
              << batch.set_aside.size() << " set aside.\n";
}

int print(const CertificateOptions& options, OpenLives& open, ledger::Certificates& certificates) {
    expect_name(options);
    if (options.output.empty()) throw usage("it is not said where they go", "Give a file or folder with -o.");
    const certificate::FontBook fonts(templates::load_font_list(data_path("templates/fonts/debian.yaml")));
    const certificate::BookletPrinter printer(booklet_named(options.booklet), fonts);
    BatchOrder order;
    order.printing = options.overprint ? certificate::Printing::overprint : certificate::Printing::full;
    order.offset = offset_of(options);
    order.by = options.by;
    order.why = options.why;
    order.on = day_given(options.on, "--on");
    order.replacement = options.replacement;
    const auto batch = prepare_batch(open, certificates, printer, wanted(options, certificates, order.on), order);
    const auto written = write_batch(certificates, printer, batch, order, options.output);
    tell(options, printer, batch);
    if (!written.broken_before.empty())
        std::cerr << "An earlier batch into '" << options.output.string()
                  << "' was broken off: " << written.broken_before.size()
                  << " of its certificates are not logged as printed, though their files may be there. '--due' prints "
                     "them; the note in the folder names them.\n";
    return batch.set_aside.empty() ? 0 : exit_code(ErrorKind::input);
}

} // namespace

int run_certificates(const CertificateOptions& options) {
    if (options.calibrate) return calibrate(options);
    OpenLives open(options.life.data, ledger::Register::Opening::existing);
    ledger::Certificates certificates(open.the_register, open.lives, open.book);
    if (options.list_ranges) return list_ranges(options, certificates);
    if (!options.photo.empty() || options.photo_attached) return take_photo(options, open, certificates);
    if (!options.enter_range.empty()) {
        enter_range(options, certificates);
        return 0;
    }
    if (!options.void_number.empty()) {
        certificates.void_number(options.void_number, options.why, options.by);
        Output().line("编号已作废。");
        return 0;
    }
    return print(options, open, certificates);
}

std::optional<std::string> registration_of_certificate(const std::string& word, const std::filesystem::path& data) {
    const bool is_code = word.starts_with("DJ1-");
    if (!is_code && !(word.size() == 16 && templates::is_all_digits(word))) return std::nullopt;
    OpenLives open(data, ledger::Register::Opening::existing);
    ledger::Certificates certificates(open.the_register, open.lives, open.book);
    const auto held = certificates.with_number(is_code ? certificates.number_in(word) : word);
    if (!held) throw Error(ErrorKind::input, "no certificate has this number here", "Look with 'dengji find'.");
    return held->registration;
}

} // namespace dengji::app
