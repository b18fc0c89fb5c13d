#pragma once
#include "pipeline/app/certificate_options.h"

namespace CLI {
class App;
}

namespace dengji::app {

/// The commands about what happens to registrations after they came in.
struct LifeCommands {
    EventOptions event;
    ShowOptions show;
    FindOptions find;
    DueOptions due;
    ReportOptions report;
    ImportOptions import;
    CertificateOptions certificates;
};

/// Adds them to a command line; `commands` takes what is given and has to live as long as that.
void add_life_commands(CLI::App& app, LifeCommands& commands);

} // namespace dengji::app
