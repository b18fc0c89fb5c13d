#pragma once
#include "pipeline/review/desk.h"

namespace dengji::review {

/// The workbench as a server: the page, and what answers it.
class Workbench {
public:
    /// Refers to `desk`, which has to live as long.
    explicit Workbench(Desk& desk);
    ~Workbench();

    /// Binds 127.0.0.1; `port` 0: any that is free. Returns the port. Throws Error(usage) when it is taken.
    int open(int port);
    /// Answers until stop() is called from another thread. Needs open().
    void serve();
    void stop();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

/// A user as the command line adds one. Throws Error(input) for a name or password that is no good, or is taken.
void add_user(ledger::Register& the_register, const std::string& name, const std::string& display,
              const std::string& password, ledger::Role role, const std::string& by);

} // namespace dengji::review
