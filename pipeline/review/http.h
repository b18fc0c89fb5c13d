#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace dengji::review {

/// What of a request anything here looks at.
struct HttpRequest {
    std::string method, path; ///< path: decoded, without the query
    std::map<std::string, std::string> query;
    std::string body;
    std::string host, origin, fetch_site, token, cookie; ///< headers as sent; "" when there is none

    std::string asked(const std::string& key) const; ///< of the query; "" when it is not there
};

struct HttpResponse {
    int status = 200;
    std::string type = "application/json; charset=utf-8";
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers = {};
};

/// HTTP on the loopback interface. Refuses what no page of ours sends (ranges, encodings, large bodies, endless paths)
/// before anything is made of it, closes each connection after its answer, and waits for nobody longer than some
/// seconds, so that half-open connections hold nothing up. The only class that knows cpp-httplib.
class HttpServer {
public:
    static constexpr std::size_t most_body = 256 * 1024;

    /// `answer` is called from many threads at once. What it throws becomes an answer with status 500.
    explicit HttpServer(std::function<HttpResponse(const HttpRequest&)> answer);
    ~HttpServer();

    /// Binds 127.0.0.1; `port` 0: any that is free. Returns the port. Throws Error(usage) when it is taken.
    int bind(int port);
    /// Answers until stop() is called from another thread. Needs bind().
    void serve();
    void stop();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace dengji::review
