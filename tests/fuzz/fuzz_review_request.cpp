#include "pipeline/base/files.h"
#include "pipeline/base/text.h"
#include "pipeline/review/gate.h"
#include "pipeline/review/queue_api.h"
#include "tests/ledger/applicants.h"

#include <cstdlib>

// Whatever somebody who signed in sends to the workbench: an answer that is JSON where it says so, and no fault. An
// input is a request: a line "POST sheets/@I/confirm" or "GET queue?state=all", then the body; @I is the sheet, @R its
// revision. Each request finds the same register. Build with -DDENGJI_FUZZ=ON and clang; seeds/review_request has one
// of each kind.
namespace {

using namespace dengji;
using namespace dengji::review;

struct Office {
    TempFolder place{"fuzz-review"};
    ledger::Register the_register{place.path()};
    ledger::Lives lives{the_register, ledger::test::book(), ledger::test::offices()};
    std::unique_ptr<Desk> desk;
    std::unique_ptr<Gate> gate;
    std::string registration, revision, cookie, token;

    Office() {
        scan();
        Settings settings;
        settings.second_pass = {"name"};
        settings.sample_share = 0.1;
        Lent lent;
        lent.now = [] { return 1'800'000'000LL; };
        desk = std::make_unique<Desk>(the_register, lives, ledger::test::book(), ledger::test::offices(), settings,
                                      lent, intake::Limits{});
        desk->users.add(checked_user("fuzz", "fuzz", "Geheim-123", ledger::Role::supervisor), "fuzz");
        gate = std::make_unique<Gate>(*desk, 8116);
        sign_in();
        prepare_queue(*desk);
        revision = std::to_string(desk->reviews.revision(registration));
    }

    HttpRequest request(const std::string& method, const std::string& path) const {
        HttpRequest made;
        made.method = method;
        made.path = "/api/" + path;
        made.host = "127.0.0.1:8116";
        made.origin = "http://127.0.0.1:8116";
        made.token = token;
        made.cookie = cookie;
        return made;
    }

private:
    void scan() {
        const auto batch = the_register.begin_batch({place.path()});
        write_file(place.path() / "scan.png", "no picture");
        const auto kept = the_register.add_file(batch.id, 0, place.path() / "scan.png", "scan.png");
        ledger::test::People people(1);
        const auto application = ledger::test::application_of(people.next(), today(), rules::Channel::counter);
        reading::PageResult page;
        page.page = 1;
        page.kind = "registration";
        page.form = ledger::test::book().form.id;
        for (const auto& [key, given] : application.fields) {
            reading::Reading reading;
            reading.key = key;
            reading.value = given.value;
            reading.review = key == "name" || key == "education" || key == "signed_on";
            page.readings.push_back(reading);
        }
        the_register.record_page(batch.id, kept, page);
        lives.take_in();
        registration = kept.sha256.substr(0, 16) + "-1";
    }

    void take_session(const HttpResponse& response) {
        for (const auto& [name, value] : response.headers)
            if (name == "Set-Cookie") cookie = value.substr(0, value.find(';'));
        token = Json::parse(response.body)["token"].get<std::string>();
    }

    void sign_in() {
        take_session(gate->answer(request("GET", "session")));
        auto words = request("POST", "session");
        words.body = R"({"name":"fuzz","password":"Geheim-123"})";
        take_session(gate->answer(words));
    }
};

void replace_all(std::string& text, const std::string& what, const std::string& with) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
}

/// nullopt: a request that takes long by its nature (hashing passwords, writing workbooks).
std::optional<HttpRequest> request_in(const Office& office, std::string text) {
    replace_all(text, "@I", office.registration);
    replace_all(text, "@R", office.revision);
    const auto line = text.substr(0, text.find('\n'));
    const auto space = line.find(' ');
    if (space == std::string::npos) return std::nullopt;
    const auto target = line.substr(space + 1);
    const auto question = target.find('?');
    const auto path = target.substr(0, question);
    for (const std::string slow : {"session", "first-user", "password", "users", "report"})
        if (path.starts_with(slow)) return std::nullopt;
    auto made = office.request(line.substr(0, space) == "POST" ? "POST" : "GET", path);
    if (question != std::string::npos)
        for (const auto& part : split(target.substr(question + 1), "&"))
            made.query.emplace(part.substr(0, part.find('=')),
                               part.find('=') == std::string::npos ? "" : part.substr(part.find('=') + 1));
    if (line.size() < text.size()) made.body = text.substr(line.size() + 1);
    return made;
}

struct Over {};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Office office;
    const auto request = request_in(office, {reinterpret_cast<const char*>(data), size});
    if (!request) return 0;
    try {
        office.lives.together([&] {
            const auto answer = office.gate->answer(*request);
            if (answer.status >= 500) std::abort();
            if (answer.type.starts_with("application/json") && !Json::accept(answer.body)) std::abort();
            throw Over(); // nothing of it stays
        });
    } catch (const Over&) {
    }
    return 0;
}
