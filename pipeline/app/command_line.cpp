// With command_line_life.cpp the only file that includes CLI11, which is slow to compile.
#include "pipeline/app/command_line_life.h"
#include "pipeline/app/commands.h"
#include "pipeline/app/nearest_word.h"
#include "pipeline/base/error.h"

#include <CLI/CLI.hpp>
#include <iostream>

namespace dengji::app {
namespace {

void add_work_options(CLI::App& command, WorkOptions& options) {
    command.add_option("--jobs", options.jobs, "Worker threads; as many as there are cores when not given")
        ->check(CLI::Range(1, 1024))
        ->type_name("N");
    command.add_option("--debug", options.debug, "Draw what was found on a picture of each page, in this folder")
        ->type_name("DIR");
    command.add_option("--max-megapixels", options.megapixels, "Refuse larger pages; 100 when not given")
        ->check(CLI::Range(1.0, 2000.0))
        ->type_name("N");
    command.add_option("--max-pages", options.pages, "Refuse files of more pages; 2000 when not given")
        ->check(CLI::Range(1, 1000000))
        ->type_name("N");
    command.add_option("--forms", options.forms, "Take the form definitions from this folder")->type_name("DIR");
    command.add_option("--settings", options.settings, "Settings in YAML; what is given here beats them")
        ->type_name("FILE");
    command.add_flag("--no-progress", options.no_progress, "No progress bar, not even on a terminal");
}

CLI::App* add_command(CLI::App& app, const char* name, const char* what, const char* more) {
    auto* command = app.add_subcommand(name, what);
    command->footer(more);
    return command;
}

void add_read(CLI::App& app, ReadOptions& options) {
    auto* command =
        add_command(app, "read", "Read pages and print what they say, one JSON object a line; keeps nothing",
                    "Exit code 3: done, but some files or pages were set aside; each is named with its reason.");
    command->add_option("files", options.files, "PDF, TIFF, JPEG, PNG or WebP files, or folders of them")
        ->required()
        ->type_name("FILE...");
    add_work_options(*command, options.work);
}

void add_run(CLI::App& app, RunOptions& options) {
    auto* command = add_command(app, "run", "Take a stack of scans into the register",
                                "May be stopped at any moment: give the same command again and it goes on.\n"
                                "The same file a second time changes nothing.");
    command->add_option("paths", options.paths, "PDF, TIFF, JPEG, PNG or WebP files, or folders of them")
        ->required()
        ->type_name("PATH...");
    command->add_option("--data", options.data, "Where the register is, or is to be made")
        ->type_name("DIR")
        ->capture_default_str();
    command->add_flag("--json", options.json, "End with the account as one JSON object on standard output");
    add_work_options(*command, options.work);
}

void add_rows(CLI::App& app, RowsOptions& options) {
    auto* command = add_command(app, "rows", "Write the rows of the register as CSV or JSON lines",
                                "Rows hold personal data: --mask hides the middle of all numbers.");
    command->add_option("--data", options.data, "Where the register is")->type_name("DIR")->capture_default_str();
    static const std::map<std::string, rows::Format> formats{{"csv", rows::Format::csv},
                                                             {"jsonl", rows::Format::json_lines}};
    command->add_option("--format", options.rows.format, "csv (for spreadsheets) or jsonl (for programs)")
        ->transform(CLI::CheckedTransformer(formats).description(""))
        ->type_name("csv|jsonl")
        ->default_str("csv");
    command->add_option("-o,--output", options.file, "Write to this file; standard output when not given")
        ->type_name("FILE");
    command->add_option("--forms", options.forms, "Take the form definitions from this folder")->type_name("DIR");
    command->add_flag("--mask", options.rows.mask, "Hide the middle of identity, certificate and telephone numbers");
}

void add_check(CLI::App& app, CheckOptions& options) {
    auto* command = add_command(
        app, "check", "Check applications by the rules of registration and print findings, one JSON object a line",
        "A line of FILE is one application:\n"
        "  {\"fields\": {KEY: {\"value\": TEXT | [OPTION, ...] | true | false}}, \"received_on\": \"2020-04-15\",\n"
        "   \"channel\": \"counter\" | \"app12333\" | \"national\" | \"disabled_agency\" | \"social_insurance\",\n"
        "   \"original_seen\": true, \"attachments\": [\"graduation\"], \"photo\": true, \"wants_certificate\": true,\n"
        "   \"draws_pension\": null, \"born_on\": \"1990-01-31\", \"confirmed\": [\"A10\"]}\n"
        "All but fields may be missing. Lines of 'dengji read' may be given as they are.\n"
        "Exit code 3: done, but some lines were set aside; each is named with its reason.");
    command->add_option("file", options.file, "JSON lines; - for standard input")->required()->type_name("FILE");
    command->add_option("--on", options.on, "Check as if it were this day; today when not given")
        ->type_name("YYYY-MM-DD");
}

void add_bench(CLI::App& app, BenchOptions& options) {
    auto* command = add_command(app, "bench", "Measure accuracy and speed on pages whose truth is known",
                                "Speed is measured on one thread unless --jobs says otherwise.");
    command
        ->add_option("sets", options.sets,
                     "A folder with truth/*.json, or a stack FILE with FILE's NAME.truth.json beside it")
        ->required()
        ->type_name("SET...");
    command->add_option("--by", options.by, "Also by hand, profile, edition (of the sheets) or field")
        ->check(CLI::IsMember({"hand", "profile", "edition", "field"}).description(""))
        ->type_name("hand|profile|edition|field");
    command->add_option("--wrong", options.wrong, "List so many of the fields that were read wrongly")
        ->check(CLI::NonNegativeNumber.description(""))
        ->type_name("N");
    command->add_option("--worst", options.worst, "Draw so many of the worst, the picture beside the words")
        ->check(CLI::NonNegativeNumber.description(""))
        ->type_name("N");
    command->add_option("--worst-picture", options.worst_picture, "Where --worst draws them")
        ->type_name("FILE.jpg")
        ->capture_default_str();
    command->add_option("--repeat", options.repeat, "Read everything so often, for steadier times")
        ->check(CLI::Range(1, 1000))
        ->type_name("N")
        ->capture_default_str();
    add_work_options(*command, options.work);
}

void add_review(CLI::App& app, ReviewOptions& options) {
    auto* command = add_command(
        app, "review", "Serve the workbench, where people settle what the program is not sure of",
        "Prints its address and serves this machine alone until Ctrl-C. The first visitor makes the administrator.\n"
        "  dengji review --add-user wang --display 王经办 --role clerk   (asks for the password)\n"
        "  dengji review --export DIR --by NAME   (settled sheets as a set for 'dengji bench')");
    command->add_option("--data", options.data, "Where the register is")->type_name("DIR")->capture_default_str();
    command->add_option("--port", options.port, "Port of 127.0.0.1; 0 for any that is free")
        ->check(CLI::Range(0, 65535))
        ->type_name("N")
        ->capture_default_str();
    command->add_option("--settings", options.settings, "Settings in YAML")->type_name("FILE");
    auto* user = command->add_option("--add-user", options.add_user, "Add somebody who may sign in, and end");
    user->type_name("NAME");
    command->add_option("--display", options.display, "What the register calls that person; the name when not given")
        ->type_name("TEXT")
        ->needs(user);
    command->add_option("--role", options.role, "clerk, checker, supervisor or administrator")
        ->type_name("ROLE")
        ->capture_default_str()
        ->needs(user);
    command->add_option("--export", options.export_truth, "Write the settled sheets into this folder, and end")
        ->type_name("DIR")
        ->excludes(user);
    command->add_option("--by", options.by, "Who exports")->type_name("NAME");
}

/// CLI11 calls an unknown command an unexpected argument; people are helped better by the word that they meant.
void check_command_name(const CLI::App& app, int argc, const char* const* argv) {
    std::vector<std::string> names;
    for (const auto* command : app.get_subcommands([](const CLI::App*) { return true; }))
        names.push_back(command->get_name());
    if (argc < 2)
        throw Error(
            ErrorKind::usage, "no command was given",
            "Say what to do: dengji read, run, rows, check, review, import, event, show, find, due, certificates, "
            "report or bench; 'dengji "
            "--help' tells more.");
    const std::string word = argv[1];
    if (word.empty() || word[0] == '-' || std::find(names.begin(), names.end(), word) != names.end()) return;
    const auto nearest = nearest_word(word, names);
    throw Error(ErrorKind::usage, "there is no command '" + word + "'",
                (nearest.empty() ? std::string() : "Did you mean 'dengji " + nearest + "'? ") +
                    "'dengji --help' lists the commands.");
}

} // namespace

Command parse_command_line(int argc, const char* const* argv) {
    CLI::App app("Dengji turns scans of hand-filled registration forms (失业人员登记表) into rows of a register.",
                 "dengji");
    app.set_version_flag("--version", "dengji " DENGJI_VERSION);
    app.require_subcommand(1);
    app.footer(
        "Each command has its own --help.\n"
        "Exit codes: 0 done; 2 wrong call; 3 done, but some inputs were set aside; 4 a data or definition file is\n"
        "broken; 5 out of space or not writable; 6 register not reachable; 1 a fault of the program;\n"
        "130 stopped.");
    ReadOptions read;
    RunOptions run;
    RowsOptions rows;
    CheckOptions check;
    BenchOptions bench;
    ReviewOptions review;
    LifeCommands life;
    add_read(app, read);
    add_run(app, run);
    add_rows(app, rows);
    add_check(app, check);
    add_review(app, review);
    add_life_commands(app, life);
    add_bench(app, bench);
    check_command_name(app, argc, argv);
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& answer) {
        return app.exit(answer, std::cout, std::cerr);
    } catch (const CLI::ParseError& error) {
        const auto given = app.get_subcommands();
        const auto command = given.empty() ? std::string("dengji") : "dengji " + given.front()->get_name();
        throw Error(ErrorKind::usage, error.what(), "'" + command + " --help' lists what may be given.");
    }
    if (app.got_subcommand("read")) return read;
    if (app.got_subcommand("run")) return run;
    if (app.got_subcommand("rows")) return rows;
    if (app.got_subcommand("check")) return check;
    if (app.got_subcommand("review")) return review;
    if (app.got_subcommand("import")) return life.import;
    if (app.got_subcommand("event")) return life.event;
    if (app.got_subcommand("show")) return life.show;
    if (app.got_subcommand("find")) return life.find;
    if (app.got_subcommand("due")) return life.due;
    if (app.got_subcommand("certificates")) return life.certificates;
    if (app.got_subcommand("report")) return life.report;
    return bench;
}

} // namespace dengji::app
