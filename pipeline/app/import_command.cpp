#include "pipeline/app/findings_json.h"
#include "pipeline/app/open_lives.h"
#include "pipeline/app/output.h"
#include "pipeline/base/error.h"
#include "pipeline/base/files.h"
#include "pipeline/base/sha256.h"
#include "pipeline/base/text.h"
#include "pipeline/rules/application_json.h"

#include <iostream>

namespace dengji::app {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::uintmax_t largest_file = 1u << 30;
constexpr std::size_t longest_line = 1 << 20;

/// The same for the same application, however its line is written.
std::string digest_of(const std::string& line, const std::string& channel) {
    return sha256_of(channel + "\n" + json::parse(line, nullptr, false).dump());
}

class Importer {
public:
    Importer(OpenLives& open, const ImportOptions& options, long long batch, ledger::File file)
        : open_(open), options_(options), channel_(*ledger::channel_named(options.channel)), batch_(batch),
          file_(std::move(file)) {}

    void line(const std::string& text, int number) {
        try {
            if (text.size() > longest_line)
                throw Error(ErrorKind::input, "longer than a mebibyte", "Give one application a line.");
            take(text, number);
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::input) throw;
            ++set_aside_;
            std::cerr << "line " << number << ": set aside: " << error.message() << '\n';
        }
    }

    int conclude() const {
        std::cerr << taken_ << (taken_ == 1 ? " application" : " applications") << " received, " << already_
                  << " already there, " << set_aside_ << " set aside.\n";
        return set_aside_ == 0 ? 0 : exit_code(ErrorKind::input);
    }

private:
    void take(const std::string& text, int number) {
        auto parsed = rules::parse_application(text, open_.book.form, open_.book.settings.papers);
        for (const auto& warning : parsed.warnings) std::cerr << "line " << number << ": warning: " << warning << '\n';
        if (!parsed.kind.empty() && parsed.kind != open_.book.form.kind) {
            std::cerr << "line " << number << ": left out: this page is no application\n";
            return;
        }
        auto& application = parsed.application;
        if (application.channel && *application.channel != channel_)
            throw Error(ErrorKind::input, "'channel' is another than that of --channel", "Import it by its channel.");
        application.channel = channel_;
        const auto received =
            open_.lives.receive(batch_, file_, number, digest_of(text, options_.channel), application);
        ++(received.already ? already_ : taken_);
        print(received, number);
    }

    void print(const ledger::Received& received, int number) {
        if (options_.life.json) {
            const ordered_json line = {{"line", number},
                                       {"registration", received.registration},
                                       {"already", received.already},
                                       {"findings", to_json(received.findings)}};
            output_.line(line.dump());
            return;
        }
        const auto count = [&](rules::Action action) {
            return std::count_if(received.findings.begin(), received.findings.end(),
                                 [&](const auto& finding) { return finding.action == action; });
        };
        output_.line(received.registration +
                     (received.already
                          ? "  已收过"
                          : "  已收件  应退回或不予登记的问题" + std::to_string(count(rules::Action::reject)) +
                                "个，需核实的问题" + std::to_string(count(rules::Action::hold)) + "个"));
    }

    OpenLives& open_;
    const ImportOptions& options_;
    const rules::Channel channel_;
    const long long batch_;
    const ledger::File file_;
    Output output_;
    long long taken_ = 0, already_ = 0, set_aside_ = 0;
};

void check_channel(const std::string& channel) {
    if (ledger::channel_named(channel)) return;
    throw Error(ErrorKind::usage, "there is no channel '" + channel + "'",
                "The channels are: counter, app12333, national, disabled_agency, social_insurance.");
}

} // namespace

int run_import(const ImportOptions& options) {
    check_channel(options.channel);
    const auto text = read_file(options.file, largest_file);
    OpenLives open(options.life.data, ledger::Register::Opening::create);
    const auto batch = open.the_register.begin_batch({options.file});
    const auto file = open.the_register.add_file(batch.id, 0, options.file, options.file.string());
    const auto lines = split(text, "\n");
    Importer importer(open, options, batch.id, file);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        std::string line = lines[i];
        if (i == 0 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
        if (line.find_first_not_of(" \t\r") != std::string::npos) importer.line(line, static_cast<int>(i + 1));
    }
    open.the_register.record_page_count(file, static_cast<int>(lines.size()));
    open.the_register.finish_batch(batch.id);
    return importer.conclude();
}

} // namespace dengji::app
