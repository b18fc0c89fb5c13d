#include "pipeline/review/workbench.h"

#include "pipeline/review/gate.h"
#include "pipeline/review/queue_api.h"

namespace dengji::review {

struct Workbench::Parts {
    Desk& desk;
    std::unique_ptr<Gate> gate;
    HttpServer server;

    explicit Parts(Desk& of) : desk(of), server([this](const HttpRequest& request) { return gate->answer(request); }) {}
};

Workbench::Workbench(Desk& desk) : parts_(std::make_unique<Parts>(desk)) {}
Workbench::~Workbench() = default;

int Workbench::open(int port) {
    const int bound = parts_->server.bind(port);
    prepare_queue(parts_->desk);
    parts_->gate = std::make_unique<Gate>(parts_->desk, bound);
    return bound;
}

void Workbench::serve() {
    parts_->server.serve();
}

void Workbench::stop() {
    parts_->server.stop();
}

void add_user(ledger::Register& the_register, const std::string& name, const std::string& display,
              const std::string& password, ledger::Role role, const std::string& by) {
    ledger::Users users(the_register);
    users.add(checked_user(name, display, password, role), by);
}

} // namespace dengji::review
