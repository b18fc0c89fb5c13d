#include "tests/review/workbench_fixture.h"

#include "pipeline/base/data_folder.h"
#include "pipeline/review/sessions.h"

#include <arpa/inet.h>
#include <httplib.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <sys/socket.h>
#include <unistd.h>

namespace dengji::review::test {
namespace {

int connected(int port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        ::close(socket);
        return -1;
    }
    return socket;
}

void send_all(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

} // namespace

struct Browser::Parts {
    int port;
    httplib::Client client;

    explicit Parts(int at) : port(at), client("127.0.0.1", at) {
        client.set_read_timeout(20);
        client.set_tcp_nodelay(true);
    }

    httplib::Headers headers(const Browser& browser, const Headers& more) const {
        std::map<std::string, std::string> all = {{"Origin", "http://127.0.0.1:" + std::to_string(port)},
                                                  {"X-Dengji-Token", browser.token},
                                                  {"Cookie", browser.cookie}};
        for (const auto& [name, value] : more) all[name] = value;
        httplib::Headers headers;
        for (const auto& [name, value] : all)
            if (!value.empty()) headers.emplace(name, value);
        return headers;
    }
};

Browser::Browser(int port) : parts_(std::make_unique<Parts>(port)) {}
Browser::~Browser() = default;
Browser::Browser(Browser&&) noexcept = default;

Browser::Answer Browser::answered(void* result) {
    auto& given = *static_cast<httplib::Result*>(result);
    Answer answer;
    if (!given) return answer;
    answer.status = given->status;
    answer.body = given->body;
    answer.type = given->get_header_value("Content-Type");
    for (const auto& [name, value] : given->headers) answer.headers[name] = value;
    answer.json = Json::parse(given->body, nullptr, false);
    if (given->has_header("Set-Cookie")) {
        const auto text = given->get_header_value("Set-Cookie");
        cookie = text.substr(0, text.find(';'));
    }
    if (answer.json.is_object() && answer.json.contains("token")) token = answer.json["token"].get<std::string>();
    return answer;
}

Browser::Answer Browser::get(const std::string& path, const Headers& more) {
    auto result = parts_->client.Get(path.c_str(), parts_->headers(*this, more));
    return answered(&result);
}

Browser::Answer Browser::post(const std::string& path, const Json& body, const Headers& more) {
    return post_text(path, body.dump(), more);
}

Browser::Answer Browser::post_text(const std::string& path, const std::string& body, const Headers& more) {
    auto result = parts_->client.Post(path.c_str(), parts_->headers(*this, more), body, "application/json");
    return answered(&result);
}

Browser::Answer Browser::sign_in(const std::string& name, const std::string& password) {
    get("/api/session");
    return post("/api/session", {{"name", name}, {"password", password}});
}

std::string raw_exchange(int port, const std::string& bytes, int seconds) {
    const int socket = connected(port);
    timeval limit{seconds, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    send_all(socket, bytes);
    std::string answer(4096, '\0');
    std::size_t length = 0;
    while (length < answer.size()) {
        const auto got = ::recv(socket, answer.data() + length, answer.size() - length, 0);
        if (got <= 0) break;
        length += static_cast<std::size_t>(got);
    }
    ::close(socket);
    answer.resize(length);
    return answer;
}

HalfOpen::HalfOpen(int port, const std::string& bytes) : socket_(connected(port)) {
    send_all(socket_, bytes);
}

HalfOpen::~HalfOpen() {
    ::close(socket_);
}

WorkbenchTest::WorkbenchTest() {
    settings.sample_share = 0;
    batch = the_register.begin_batch({place.path()});
}

WorkbenchTest::~WorkbenchTest() {
    if (workbench) workbench->stop();
    if (server.joinable()) server.join();
}

std::string WorkbenchTest::scan(const ledger::test::Applicant& person, const std::set<std::string>& doubtful,
                                int orientation) {
    const auto application = ledger::test::application_of(person, today(), rules::Channel::counter);
    const auto& form = ledger::test::book().form;
    const int height = 60 * static_cast<int>(form.fields.size()) + 100;
    cv::Mat paper(height, 800, CV_8UC1, cv::Scalar(255));
    reading::PageResult result;
    result.page = 1;
    result.kind = "registration";
    result.form = form.id;
    result.orientation = orientation;
    int place_on_page = 0;
    for (const auto& known : form.fields) {
        const float top = static_cast<float>(50 + 60 * place_on_page++);
        reading::Reading reading;
        reading.key = known.key;
        const auto given = application.fields.find(known.key);
        if (given != application.fields.end()) reading.value = given->second.value;
        if (const auto* text = std::get_if<std::string>(&reading.value)) reading.raw = *text;
        reading.confidence = 0.97;
        reading.review = doubtful.contains(known.key);
        if (reading.review) reading.reasons = {{"unsure", "识别把握不大，请核对", "not sure"}};
        reading.box = {cv::Point2f(100, top), cv::Point2f(500, top), cv::Point2f(500, top + 40),
                       cv::Point2f(100, top + 40)};
        cv::rectangle(paper, cv::Rect(100, static_cast<int>(top), 400, 40), cv::Scalar(0), 2);
        result.readings.push_back(std::move(reading));
    }
    cv::putText(paper, std::to_string(++scans), {600, 60}, cv::FONT_HERSHEY_SIMPLEX, 1, cv::Scalar(0));
    const auto file = place.path() / ("scan-" + std::to_string(scans) + ".png");
    cv::imwrite(file.string(), paper);
    const auto kept = the_register.add_file(batch.id, scans, file, file.filename().string());
    the_register.record_page(batch.id, kept, result);
    lives.take_in();
    return kept.sha256.substr(0, 16) + "-1";
}

void WorkbenchTest::add(const std::string& name, ledger::Role role) {
    ledger::Users(the_register).add(checked_user(name, name, password, role), "test");
}

void WorkbenchTest::start() {
    Lent lent;
    lent.page = page;
    lent.reports = data_path("templates/reports");
    lent.now = [this] { return clock; };
    desk = std::make_unique<Desk>(the_register, lives, ledger::test::book(), ledger::test::offices(), settings, lent,
                                  intake::Limits{});
    workbench = std::make_unique<Workbench>(*desk);
    port = workbench->open(0);
    server = std::thread([this] { workbench->serve(); });
}

Browser WorkbenchTest::clerk(const std::string& name, ledger::Role role) {
    add(name, role);
    if (!workbench) start();
    Browser browser(port);
    EXPECT_EQ(browser.sign_in(name, password).status, 200);
    return browser;
}

Json WorkbenchTest::field(const Json& sheet, const std::string& key) {
    for (const auto& one : sheet.at("fields"))
        if (one.at("key") == key) return one;
    return Json();
}

Json WorkbenchTest::confirm(const Json& sheet, const std::string& key, const std::string& text) {
    return {{"revision", sheet.at("revision")}, {"fields", {{{"key", key}, {"text", text}}}}};
}

} // namespace dengji::review::test
