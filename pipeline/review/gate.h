#pragma once
#include "pipeline/review/sessions.h"

namespace dengji::review {

/// What the names are that this server may be called by: "127.0.0.1:8116".
struct Addresses {
    std::vector<std::string> hosts;   ///< as in Host
    std::vector<std::string> origins; ///< as in Origin
};
Addresses addresses(int port, const Settings& settings);

/// Lets in what comes from pages of ours, finds who asks, and hands on to what answers. Every other page of the browser
/// is kept out: by the names (a foreign name that leads here), by the origin, by the token.
class Gate {
public:
    Gate(Desk& desk, int port);

    HttpResponse answer(const HttpRequest& request);

private:
    HttpResponse let_in(const HttpRequest& request);
    HttpResponse api(const HttpRequest& request, const std::vector<std::string>& path);
    HttpResponse page(const HttpRequest& request) const;

    Desk& desk_;
    Addresses addresses_;
    std::map<std::string, HttpResponse> files_; ///< by path: no path of a request touches the disk
};

} // namespace dengji::review
