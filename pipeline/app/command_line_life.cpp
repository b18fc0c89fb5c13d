// With command_line.cpp the only file that includes CLI11, which is slow to compile.
#include "pipeline/app/command_line_life.h"

#include <CLI/CLI.hpp>

namespace dengji::app {
namespace {

CLI::App* add_command(CLI::App& app, const char* name, const char* what, const char* more, LifeOptions& options,
                      const char* json) {
    auto* command = app.add_subcommand(name, what);
    command->footer(more);
    command->add_option("--data", options.data, "Where the register is")->type_name("DIR")->capture_default_str();
    command->add_flag("--json", options.json, json);
    return command;
}

void add_numbers(CLI::App& command, NumberOptions& options) {
    command.add_flag("--full-numbers", options.full,
                     "Show identity numbers in full; that is written into the register");
    command.add_option("--by", options.by, "Who asks for them")->type_name("NAME");
}

constexpr auto exit_codes =
    "\nExit codes: 0 done; 2 wrong call; 3 not done, the reason is told; 4 a data or definition file is\n"
    "broken; 5 out of space; 6 register not reachable.";

void add_event(CLI::App& app, EventOptions& options) {
    static const std::string more =
        std::string(
            "A step that is not allowed, or that a rule rejects or holds, is refused with the reason and with what "
            "is possible\ninstead. A hold that was looked into is answered: --answer C03=已核验原件. Nothing is ever "
            "deleted: corrections are\nevents, too (correct, withdraw, restore).\n"
            "  dengji event 3fa9c2d81b04e77a-1 check --by 经办甲 original_seen=yes\n"
            "  dengji event 3fa9c2d81b04e77a-1 contact --by 经办甲 --way 电话 reached=yes state=仍在求职\n"
            "What holds for the whole office is said of 'office': --steps lists it, too.\n"
            "  dengji event office agencies --by 经办甲 published=yes") +
        exit_codes;
    auto* command = add_command(app, "event", "Record what happened to a registration", more.c_str(), options.life,
                                "Print what became of it as one JSON object");
    command->add_option("registration", options.registration, "Number of the registration")->type_name("REGISTRATION");
    command->add_option("step", options.step, "What happened; --steps lists what there is")->type_name("STEP");
    command->add_option("particulars", options.particulars, "What else is to be said of it")->type_name("KEY=VALUE...");
    command->add_option("--by", options.by, "Who did it")->type_name("NAME");
    command->add_option("--on", options.on, "The day it took effect; today when not given")->type_name("YYYY-MM-DD");
    command->add_option("--way", options.way, "How it was done: 当面, 电话, 走访, 信息比对 …")->type_name("TEXT");
    command->add_option("--paper", options.paper, "What it rests on")->type_name("TEXT");
    command->add_option("--answer", options.answers, "Answer to the question of a rule")
        ->type_name("RULE=TEXT")
        ->expected(1)
        ->take_all();
    command->add_flag("--steps", options.list_steps, "List the steps, where they lead and what they need");
}

void add_show(CLI::App& app, ShowOptions& options) {
    auto* command = add_command(app, "show", "Show a registration: its fields, what happened, what is possible",
                                "Identity numbers are masked unless --full-numbers is given.", options.life,
                                "Print one JSON object");
    command
        ->add_option("registration", options.registration,
                     "Number of the registration, of its certificate, or the text of the certificate's QR code")
        ->required()
        ->type_name("REGISTRATION");
    add_numbers(*command, options.numbers);
}

void add_find(CLI::App& app, FindOptions& options) {
    auto* command =
        add_command(app, "find", "Find registrations by name, number, town or state",
                    "What is not given matches everything. Identity numbers are masked unless --full-numbers "
                    "is given.",
                    options.life, "Print one JSON object a line");
    command->add_option("--name", options.name, "A part of the name")->type_name("TEXT");
    command->add_option("--number", options.number, "Number of the identity document, of 15 or 18 digits")
        ->type_name("NUMBER");
    command->add_option("--town", options.town, "Street or town that handles the person")->type_name("TOWN");
    command
        ->add_option("--state", options.state,
                     "received, checked, in-survey, registered, refused, returned, followed-up or cancelled")
        ->type_name("STATE");
    command->add_option("--most", options.most, "Show so many at most, the latest first")
        ->check(CLI::Range(1, 1000000))
        ->type_name("N")
        ->capture_default_str();
    add_numbers(*command, options.numbers);
}

void add_due(CLI::App& app, DueOptions& options) {
    auto* command =
        add_command(app, "due", "List what falls due, is overdue, or waits for somebody to decide",
                    "By the notice: decisions, surveys, feedback, services, monthly contact, certificates, telling of\n"
                    "cancellations; and which cancellations are to be proposed. A person decides them.",
                    options.life, "Print one JSON object a line");
    command->add_option("--on", options.on, "By the end of this day; today when not given")->type_name("YYYY-MM-DD");
    auto* town = command->add_option("--town", options.town, "Only people whom this street or town handles");
    town->type_name("TOWN");
    command->add_option("--person", options.person, "Only the person of this registration, over all registrations")
        ->type_name("REGISTRATION")
        ->excludes(town);
    add_numbers(*command, options.numbers);
}

void add_import(CLI::App& app, ImportOptions& options) {
    static const std::string more =
        std::string(
            "A line is one application as for 'dengji check'. The same application a second time changes nothing.\n"
            "The file is kept unchanged. What the rules say of each application is printed; nothing is decided.") +
        exit_codes;
    auto* command = add_command(app, "import", "Take applications from another channel into the register", more.c_str(),
                                options.life, "Print one JSON object a line");
    command->add_option("file", options.file, "JSON lines")->required()->type_name("FILE");
    command
        ->add_option("--channel", options.channel, "counter, app12333, national, disabled_agency or social_insurance")
        ->required()
        ->type_name("CHANNEL");
}

void add_certificates(CLI::App& app, CertificateOptions& options) {
    static const std::string more =
        std::string(
            "Whoever has none yet gets a number from the ranges of the year; a name that cannot be printed uses none.\n"
            "Without a photo the certificate waits; the registration does not. Every print is logged; what was\n"
            "printed before is printed again only with --why. Offsets of printers are in DIR/printers.yaml.\n"
            "  dengji certificates --enter-range 5001160024000001-5001160024000500 --by 经办甲\n"
            "  dengji certificates --registration 3fa9c2d81b04e77a-1 --photo photo.jpg --by 经办甲\n"
            "  dengji certificates --due -o certificates.pdf --by 经办甲\n"
            "  dengji certificates --registration 3fa9c2d81b04e77a-1 --overprint --printer counter-1 -o a.pdf "
            "--by 经办甲") +
        exit_codes;
    auto* command = add_command(app, "certificates", "Issue and print certificates (就业创业证) as PDF", more.c_str(),
                                options.life, "Print one JSON object a line");
    command->add_option("--registration", options.registrations, "These registrations")->type_name("ID...");
    command->add_option("--month", options.month, "Those issued, or asked for and not issued, in this month")
        ->type_name("YYYY-MM");
    command->add_flag("--due", options.due, "All that were asked for and not issued, or never printed");
    command->add_option("-o,--output", options.output, "One file (NAME.pdf), or a folder for one file each")
        ->type_name("FILE.pdf|DIR");
    command->add_option("--by", options.by, "Who does it")->type_name("NAME");
    command->add_option("--why", options.why, "Why it is printed again, or why a number is void")->type_name("TEXT");
    command->add_option("--on", options.on, "Day of issue; today when not given")->type_name("YYYY-MM-DD");
    command->add_option("--booklet", options.booklet, "Which booklet of templates/certificates")
        ->type_name("ID")
        ->capture_default_str();
    command->add_flag("--overprint", options.overprint, "Only what is new, onto the pre-printed booklet");
    command->add_flag("--replacement", options.replacement, "A new booklet under the old number");
    command->add_option("--printer", options.printer, "Whose offset to apply")->type_name("NAME");
    command->add_flag("--calibrate", options.calibrate, "Write a page to measure a printer with");
    command->add_option("--enter-range", options.enter_range, "Numbers that may be given")->type_name("FIRST-LAST");
    command->add_flag("--ranges", options.list_ranges, "List the ranges and what is left of them");
    command->add_option("--void", options.void_number, "A number never to be given; needs --why")->type_name("NUMBER");
    auto* photo = command->add_option("--photo", options.photo, "Take in the photo of one registration");
    photo->type_name("FILE");
    command
        ->add_option("--photo-page", options.photo_page, "Page of that file (the first when not given), or which paper")
        ->check(CLI::Range(1, 100000).description(""))
        ->type_name("N");
    command->add_flag("--photo-on-page", options.photo_on_page, "The file is a scanned page with the photo on it");
    command
        ->add_flag("--photo-attached", options.photo_attached,
                   "Take the photo from the papers that were scanned with the sheet")
        ->excludes(photo);
}

void add_report(CLI::App& app, ReportOptions& options) {
    static const std::string more =
        std::string(
            "The figures come from the events, so that any past month gives the same again. --close freezes a "
            "month with its figures:\nwhat is written down later counts in the next one, and --recompute shows "
            "the difference. A check that fails is said on\nthe cover, on standard error and by exit code 3; the "
            "file is written all the same.") +
        exit_codes;
    auto* command = add_command(app, "report", "Write the statistics of a month", more.c_str(), options.life,
                                "Print an account of the report as one JSON object");
    command->add_option("--month", options.month, "The month that the report is about")
        ->required()
        ->type_name("YYYY-MM");
    command->add_option("-o,--output", options.file, "Write to this file")->type_name("FILE");
    auto* town = command->add_option("--town", options.town, "Only people whom this street or town handles");
    town->type_name("TOWN");
    command->add_flag("--district", options.district, "All towns; so it is when no town is given")->excludes(town);
    command->add_option("--format", options.format, "xlsx (a workbook), csv or json (the figures alone)")
        ->check(CLI::IsMember({"xlsx", "csv", "json"}).description(""))
        ->type_name("xlsx|csv|json")
        ->capture_default_str();
    command->add_flag("--no-details", options.no_details, "Leave out the people behind the figures");
    command->add_flag("--for-others", options.for_others,
                      "A copy that leaves the office: small figures hidden, nobody named");
    auto* again = command->add_flag("--recompute", options.recompute,
                                    "Of a closed month: by all that is known today, with the difference");
    command->add_flag("--close", options.close, "Freeze the month first; --by says who does it")->excludes(again);
    command->add_option("--definition", options.definition, "Take the report's definition from this folder")
        ->type_name("DIR");
    add_numbers(*command, options.numbers);
}

} // namespace

void add_life_commands(CLI::App& app, LifeCommands& commands) {
    add_import(app, commands.import);
    add_event(app, commands.event);
    add_show(app, commands.show);
    add_find(app, commands.find);
    add_due(app, commands.due);
    add_certificates(app, commands.certificates);
    add_report(app, commands.report);
}

} // namespace dengji::app
