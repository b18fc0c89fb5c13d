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
            "  dengji event 3fa9c2d81b04e77a-1 contact --by 经办甲 --way 电话 reached=yes state=仍在求职") +
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
    command->add_option("registration", options.registration, "Number of the registration")
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
    command->add_option("--town", options.town, "Only people whom this street or town handles")->type_name("TOWN");
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
    add_report(app, commands.report);
}

} // namespace dengji::app
