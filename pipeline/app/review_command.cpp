#include "exporters/certificate/printers.h"
#include "pipeline/app/certificate_batch.h"
#include "pipeline/app/open_lives.h"
#include "pipeline/app/output.h"
#include "pipeline/app/review_options.h"
#include "pipeline/app/settings.h"
#include "pipeline/app/stopping.h"
#include "pipeline/base/data_folder.h"
#include "pipeline/base/error.h"
#include "pipeline/base/files.h"
#include "pipeline/base/text.h"
#include "pipeline/review/truth_export.h"
#include "pipeline/review/workbench.h"

#include <atomic>
#include <chrono>
#include <iostream>
#include <termios.h>
#include <thread>
#include <unistd.h>

namespace dengji::app {
namespace {

/// A line of standard input; not echoed on a terminal.
std::string password_given() {
    const bool terminal = isatty(STDIN_FILENO) != 0;
    termios before{};
    if (terminal) {
        std::cerr << "Password: ";
        tcgetattr(STDIN_FILENO, &before);
        termios silent = before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    std::string password;
    std::getline(std::cin, password);
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        std::cerr << '\n';
    }
    return password;
}

int add_user(const ReviewOptions& options) {
    const auto role = ledger::role_named(options.role);
    if (!role)
        throw Error(ErrorKind::usage, "there is no role '" + options.role + "'",
                    "The roles are: clerk, checker, supervisor, administrator.");
    ledger::Register the_register(options.data);
    review::add_user(the_register, options.add_user, options.display, password_given(), *role, "command line");
    std::cerr << "The user was added.\n";
    return 0;
}

int export_truth(const ReviewOptions& options, const Settings& settings) {
    if (trimmed(options.by).empty())
        throw Error(ErrorKind::usage, "it is not said who exports", "Give the name with --by; it is written down.");
    OpenLives open(options.data, ledger::Register::Opening::existing);
    ledger::Reviews reviews(open.the_register);
    ledger::Users(open.the_register).note(options.by, "truth-exported", "");
    const auto exported = review::export_truth(reviews, open.book.form, settings.limits, options.export_truth);
    std::cerr << exported.sheets << " sheets with " << exported.corrected_fields << " corrected fields written to '"
              << options.export_truth.string() << "'; measure with 'dengji bench'. They hold personal data.\n";
    for (const auto& registration : exported.left_out)
        std::cerr << registration << "  left out: its scan is missing.\n";
    return exported.left_out.empty() ? 0 : exit_code(ErrorKind::input);
}

/// The built page: beside the program's data, where setting up puts it. Empty when it was not built.
std::filesystem::path page_folder() {
    for (const auto& place : {data_folder() / "build" / "web", data_folder() / "web"}) {
        std::error_code ignored;
        if (std::filesystem::is_regular_file(place / "index.html", ignored)) return place;
    }
    return {};
}

/// Prints one certificate for the workbench, as 'dengji certificates' does.
class CertificatePrinting {
public:
    explicit CertificatePrinting(OpenLives& open)
        : open_(open), certificates_(open.the_register, open.lives, open.book) {}

    review::MadeCertificate print(const std::string& registration, const std::string& by, const std::string& why) {
        const std::lock_guard one_at_a_time(mutex_);
        if (!printer_) {
            fonts_.emplace(templates::load_font_list(data_path("templates/fonts/debian.yaml")));
            printer_.emplace(templates::load_certificate(data_path("templates/certificates/national-2015.yaml")),
                             *fonts_);
        }
        BatchOrder order;
        order.by = by;
        order.why = why;
        order.on = today();
        const auto batch = prepare_batch(open_, certificates_, *printer_, {registration}, order);
        if (batch.ready.empty())
            return {"", batch.set_aside.empty() ? "没有可以打印的证书" : batch.set_aside.front().reason};
        TempFolder folder("certificate");
        const auto file = folder.path() / "certificate.pdf";
        write_batch(certificates_, *printer_, batch, order, file);
        return {read_file(file), ""};
    }

private:
    OpenLives& open_;
    ledger::Certificates certificates_;
    std::mutex mutex_;
    std::optional<certificate::FontBook> fonts_;
    std::optional<certificate::BookletPrinter> printer_;
};

long long seconds_now() {
    using namespace std::chrono;
    return duration_cast<seconds>(system_clock::now().time_since_epoch()).count();
}

int serve(const ReviewOptions& options, const Settings& settings) {
    OpenLives open(options.data, ledger::Register::Opening::existing);
    for (const auto& key : settings.review.second_pass)
        if (open.book.form.field(key) == nullptr)
            throw Error(ErrorKind::data, "the settings ask for a second entry of '" + key + "', which is no field",
                        "The keys are those of templates/forms/registration-2020.yaml.");
    CertificatePrinting printing(open);
    review::Lent lent;
    lent.certificate = [&](const std::string& registration, const std::string& by, const std::string& why) {
        return printing.print(registration, by, why);
    };
    lent.page = page_folder();
    lent.reports = data_path("templates/reports");
    lent.now = seconds_now;
    review::Desk desk(open.the_register, open.lives, open.book, open.offices, settings.review, lent, settings.limits);
    review::Workbench workbench(desk);
    const int port = workbench.open(options.port);
    Output().line("http://127.0.0.1:" + std::to_string(port) + "/");
    if (lent.page.empty())
        std::cerr << "dengji: the page of the workbench was not built; only its interface answers\n"
                     "    What to do: install npm and start ./dengji review, which builds it.\n";
    std::atomic<bool> over = false;
    std::thread server([&] {
        workbench.serve();
        over = true;
    });
    while (!stop_requested() && !over) std::this_thread::sleep_for(std::chrono::milliseconds(100));
    workbench.stop();
    server.join();
    if (!stop_requested()) throw Error(ErrorKind::internal, "the workbench stopped by itself", "Start it again.");
    std::cerr << "Stopped.\n";
    return 0;
}

} // namespace

int run_review(const ReviewOptions& options) {
    const auto settings = options.settings.empty() ? Settings{} : load_settings(options.settings);
    if (!options.add_user.empty()) return add_user(options);
    if (!options.export_truth.empty()) return export_truth(options, settings);
    return serve(options, settings);
}

} // namespace dengji::app
