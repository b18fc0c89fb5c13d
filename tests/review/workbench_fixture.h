#pragma once
#include "pipeline/base/files.h"
#include "pipeline/review/workbench.h"
#include "tests/ledger/applicants.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <thread>

namespace dengji::review::test {

/// A browser without a page: keeps the cookie and sends the token.
class Browser {
public:
    explicit Browser(int port);
    ~Browser();
    Browser(Browser&&) noexcept;

    struct Answer {
        int status = 0; ///< 0: no answer at all
        Json json;
        std::string body, type;
        std::map<std::string, std::string> headers;
    };
    using Headers = std::map<std::string, std::string>;

    Answer get(const std::string& path, const Headers& more = {});
    Answer post(const std::string& path, const Json& body = Json::object(), const Headers& more = {});
    Answer post_text(const std::string& path, const std::string& body, const Headers& more = {});
    Answer sign_in(const std::string& name, const std::string& password);

    std::string cookie, token;

private:
    Answer answered(void* result);

    struct Parts;
    std::unique_ptr<Parts> parts_;
};

/// Sends bytes as they are and returns what comes back until the server closes or `seconds` are over.
std::string raw_exchange(int port, const std::string& bytes, int seconds = 10);
/// An open connection that says only this much. Closed when it goes.
class HalfOpen {
public:
    HalfOpen(int port, const std::string& bytes);
    ~HalfOpen();
    HalfOpen(const HalfOpen&) = delete;
    HalfOpen& operator=(const HalfOpen&) = delete;

private:
    int socket_ = -1;
};

/// A register with scanned sheets of made-up people, served on a free port.
struct WorkbenchTest : testing::Test {
    WorkbenchTest();
    ~WorkbenchTest() override;

    /// A scanned sheet whose fields of `doubtful` wait for review. Returns the registration.
    std::string scan(const ledger::test::Applicant& person, const std::set<std::string>& doubtful, int orientation = 0);
    std::string scan(const std::set<std::string>& doubtful) { return scan(people.next(), doubtful); }
    void add(const std::string& name, ledger::Role role);
    /// Starts the server with what the settings say by then.
    void start();
    /// Somebody of that role, signed in.
    Browser clerk(const std::string& name, ledger::Role role = ledger::Role::clerk);

    static Json field(const Json& sheet, const std::string& key);
    static Json confirm(const Json& sheet, const std::string& key, const std::string& text);

    static constexpr auto password = "Geheim-123";
    TempFolder place{"workbench-test"};
    std::filesystem::path data = place.path() / "data";
    ledger::Register the_register{data};
    ledger::Lives lives{the_register, ledger::test::book(), ledger::test::offices()};
    ledger::test::People people{7};
    ledger::Batch batch;
    Settings settings;
    long long clock = 1'800'000'000; ///< what the server takes for the present
    std::filesystem::path page;      ///< folder of the built page
    std::unique_ptr<Desk> desk;
    std::unique_ptr<Workbench> workbench;
    std::thread server;
    int port = 0;
    int scans = 0;
};

} // namespace dengji::review::test
