// The only file that includes cpp-httplib, which is slow to compile.
#include "pipeline/review/http.h"

#include "pipeline/base/error.h"

#include <httplib.h>

namespace dengji::review {
namespace {

constexpr int patience = 5; // seconds for each piece that a peer sends or takes
constexpr std::size_t threads = 96;
constexpr std::size_t longest_path = 500;

constexpr auto content_security = "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; base-uri 'none'; "
                                  "form-action 'self'; frame-ancestors 'none'";

HttpRequest taken_over(const httplib::Request& given) {
    HttpRequest request;
    request.method = given.method;
    request.path = given.path;
    for (const auto& [key, value] : given.params) request.query.emplace(key, value);
    request.body = given.body;
    request.host = given.get_header_value("Host");
    request.origin = given.get_header_value("Origin");
    request.fetch_site = given.get_header_value("Sec-Fetch-Site");
    request.token = given.get_header_value("X-Dengji-Token");
    request.cookie = given.get_header_value("Cookie");
    return request;
}

void protect(httplib::Response& response) {
    response.set_header("Content-Security-Policy", content_security);
    response.set_header("X-Content-Type-Options", "nosniff");
    response.set_header("X-Frame-Options", "DENY");
    response.set_header("Referrer-Policy", "no-referrer");
    response.set_header("Cross-Origin-Resource-Policy", "same-origin");
    response.set_header("Cross-Origin-Opener-Policy", "same-origin");
    response.set_header("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
}

void refuse(httplib::Response& response, int status, const char* code, const char* message) {
    response.status = status;
    response.set_header("Cache-Control", "no-store");
    response.set_content(std::string(R"({"error":{"code":")") + code + R"(","message":")" + message + R"("}})",
                         "application/json; charset=utf-8");
}

/// Status of what is refused unread, 0 for none.
int unwanted(const httplib::Request& request) {
    if (request.has_header("Range")) return 416;
    if (request.has_header("Content-Encoding")) return 415;
    if (request.path.size() > longest_path || request.target.size() > 4 * longest_path) return 414;
    if (request.method != "GET" && request.method != "HEAD" && request.method != "POST") return 405;
    return 0;
}

} // namespace

std::string HttpRequest::asked(const std::string& key) const {
    const auto found = query.find(key);
    return found == query.end() ? std::string() : found->second;
}

struct HttpServer::Parts {
    httplib::Server server;
    std::function<HttpResponse(const HttpRequest&)> answer;

    void respond(const httplib::Request& request, httplib::Response& response) {
        const HttpResponse made = answer(taken_over(request));
        response.status = made.status;
        for (const auto& [name, value] : made.headers) response.set_header(name, value);
        response.set_content(made.body, made.type);
    }
};

HttpServer::HttpServer(std::function<HttpResponse(const HttpRequest&)> answer) : parts_(std::make_unique<Parts>()) {
    parts_->answer = std::move(answer);
    auto& server = parts_->server;
    server.set_tcp_nodelay(true); // else each answer waits for the peer's acknowledgement
    server.set_payload_max_length(most_body);
    server.set_read_timeout(patience);
    server.set_write_timeout(patience);
    // A connection for each request: idle ones would hold a thread, and what was refused unread could be taken for a
    // request of its own.
    server.set_keep_alive_max_count(1);
    server.new_task_queue = [] { return new httplib::ThreadPool(threads); };
    server.set_pre_routing_handler([](const httplib::Request& request, httplib::Response& response) {
        protect(response);
        const int status = unwanted(request);
        if (status == 0) return httplib::Server::HandlerResponse::Unhandled;
        // Whatever ranges were asked for must not be cut out of the refusal.
        const_cast<httplib::Request&>(request).ranges.clear();
        refuse(response, status, "bad-request", "这样的请求不受理");
        return httplib::Server::HandlerResponse::Handled;
    });
    server.set_error_handler([](const httplib::Request&, httplib::Response& response) {
        if (response.status == 413) {
            protect(response);
            refuse(response, 413, "too-large", "内容太大，没有受理");
        }
    });
    server.set_exception_handler([](const httplib::Request&, httplib::Response& response, std::exception_ptr) {
        refuse(response, 500, "internal", "程序出错，已有的记录不受影响；请重试，仍不行请报告");
    });
    const auto respond = [this](const httplib::Request& request, httplib::Response& response) {
        parts_->respond(request, response);
    };
    server.Get("/.*", respond);
    server.Post("/.*", respond);
}

HttpServer::~HttpServer() = default;

int HttpServer::bind(int port) {
    auto& server = parts_->server;
    const int bound = port == 0                                ? server.bind_to_any_port("127.0.0.1")
                      : server.bind_to_port("127.0.0.1", port) ? port
                                                               : -1;
    if (bound < 0)
        throw Error(ErrorKind::usage, "port " + std::to_string(port) + " of 127.0.0.1 is taken",
                    "Is the workbench running already? Else give another port with --port.");
    return bound;
}

void HttpServer::serve() {
    parts_->server.listen_after_bind();
}

void HttpServer::stop() {
    parts_->server.stop();
}

} // namespace dengji::review
