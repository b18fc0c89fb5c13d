#include "pipeline/review/gate.h"

#include "pipeline/base/text.h"
#include "pipeline/review/groups_api.h"
#include "pipeline/review/lists_api.h"
#include "pipeline/review/page_files.h"
#include "pipeline/review/papers_api.h"
#include "pipeline/review/queue_api.h"
#include "pipeline/review/second_api.h"
#include "pipeline/review/sheets_api.h"

namespace dengji::review {
namespace {

using ledger::Role;

struct Route {
    const char* method;
    const char* pattern; ///< words split by "/", * for any
    Role least;
    HttpResponse (*answer)(Desk&, const Call&);
};

const std::vector<Route>& routes() {
    static const std::vector<Route> table = {
        {"GET", "form/*", Role::clerk, tell_form},
        {"GET", "queue", Role::clerk, list_queue},
        {"GET", "next", Role::clerk, tell_next},
        {"POST", "sheets/*/open", Role::clerk, open_sheet},
        {"POST", "sheets/*/close", Role::clerk, close_sheet},
        {"POST", "sheets/*/confirm", Role::clerk, confirm_fields},
        {"POST", "sheets/*/undo", Role::clerk, undo_confirm},
        {"POST", "sheets/*/postpone", Role::clerk, postpone_sheet},
        {"POST", "sheets/*/step", Role::clerk, take_step},
        {"POST", "sheets/*/number", Role::clerk, tell_number},
        {"GET", "sheets/*/image", Role::clerk, sheet_image},
        {"GET", "sheets/*/crop/*", Role::clerk, field_crop},
        {"GET", "papers/*/image", Role::clerk, paper_image},
        {"GET", "sheets/*/notice", Role::clerk, print_notice},
        {"GET", "sheets/*/receipt", Role::clerk, print_receipt},
        {"POST", "sheets/*/certificate", Role::clerk, print_certificate},
        {"GET", "groups", Role::clerk, list_groups},
        {"GET", "groups/items", Role::clerk, list_group_items},
        {"POST", "groups/settle", Role::clerk, settle_group},
        {"GET", "second", Role::clerk, list_second},
        {"POST", "second/*", Role::clerk, enter_second},
        {"GET", "third", Role::checker, list_third},
        {"POST", "third/*", Role::checker, enter_third},
        {"GET", "quality", Role::supervisor, tell_quality},
        {"GET", "due", Role::clerk, list_due},
        {"GET", "find", Role::clerk, find_people},
        {"POST", "find", Role::clerk, find_people},
        {"GET", "towns", Role::clerk, list_towns},
        {"GET", "report", Role::clerk, write_report},
        {"POST", "password", Role::clerk, change_own_password},
        {"GET", "users", Role::administrator, list_users},
        {"POST", "users", Role::administrator, add_user},
        {"POST", "users/*", Role::administrator, change_user},
        {"GET", "audit", Role::supervisor, list_audit},
    };
    return table;
}

/// What stands for the stars; nullopt when the path is another.
std::optional<std::vector<std::string>> matched(const std::string& pattern, const std::vector<std::string>& path) {
    const auto words = split(pattern, "/");
    if (words.size() != path.size()) return std::nullopt;
    std::vector<std::string> stars;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "*")
            stars.push_back(path[i]);
        else if (words[i] != path[i])
            return std::nullopt;
    }
    return stars;
}

bool is_among(const std::string& text, const std::vector<std::string>& list) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

Json parsed_body(const HttpRequest& request) {
    if (request.method != "POST") return Json::object();
    if (request.body.empty()) return Json::object();
    Json body = Json::parse(request.body, nullptr, false);
    if (!body.is_object()) throw ApiError(400, "bad-request", "请求的内容不是JSON");
    return body;
}

/// What an error of the register is for a browser; its own text is for people at the command line.
ApiError for_browser(const Error& error) {
    switch (error.kind()) {
    case ErrorKind::input: return {404, "not-found", "没有找到，可能已经变动；请刷新"};
    case ErrorKind::usage: return {400, "bad-request", "请求不完整或者不对"};
    case ErrorKind::database: return {503, "busy", "登记册正忙，请稍候再试；没有写入任何内容"};
    case ErrorKind::space: return {503, "busy", "磁盘已满或者不能写入，请先清理；没有写入任何内容"};
    case ErrorKind::data: return {500, "internal", "登记册或者定义文件有损坏，请联系系统管理员"};
    case ErrorKind::internal: break;
    }
    return {500, "internal", "程序出错，已有的记录不受影响；请重试，仍不行请报告"};
}

} // namespace

Addresses addresses(int port, const Settings& settings) {
    Addresses known;
    for (const std::string name : {"127.0.0.1", "localhost", "[::1]"}) {
        const auto host = name + ":" + std::to_string(port);
        known.hosts.push_back(host);
        known.origins.push_back("http://" + host);
    }
    for (const auto& host : settings.hosts) {
        known.hosts.push_back(host);
        known.origins.push_back("https://" + host);
    }
    return known;
}

Gate::Gate(Desk& desk, int port)
    : desk_(desk), addresses_(addresses(port, desk.settings)), files_(page_files(desk.lent.page)) {
    files_["/print.css"] = print_style();
}

HttpResponse Gate::answer(const HttpRequest& request) {
    try {
        return let_in(request);
    } catch (const ApiError& error) {
        return error.answer();
    } catch (const Error& error) {
        return for_browser(error).answer();
    }
}

HttpResponse Gate::let_in(const HttpRequest& request) {
    if (!is_among(request.host, addresses_.hosts)) throw ApiError(403, "forbidden", "这个网址不是本系统的地址");
    if (!request.path.starts_with("/api/")) return page(request);
    const bool foreign = !request.origin.empty() && !is_among(request.origin, addresses_.origins);
    const bool from_elsewhere = request.fetch_site == "cross-site" || request.fetch_site == "same-site";
    if (foreign || from_elsewhere || (request.method == "POST" && request.origin.empty()))
        throw ApiError(403, "forbidden", "请求来自别的网页，没有受理");
    return api(request, split(request.path.substr(5), "/"));
}

HttpResponse Gate::api(const HttpRequest& request, const std::vector<std::string>& path) {
    const auto visitor = visitor_of(desk_, request);
    const bool post = request.method == "POST";
    if (path == std::vector<std::string>{"session"} && !post) return tell_session(desk_, visitor);
    if (post && !has_token(visitor, request)) throw ApiError(403, "forbidden", "页面已经过期，请刷新以后再试");
    if (post && path == std::vector<std::string>{"session"}) return sign_in(desk_, visitor, parsed_body(request));
    if (post && path == std::vector<std::string>{"session", "end"}) return sign_out(desk_, visitor);
    if (post && path == std::vector<std::string>{"first-user"}) return add_first_user(desk_, parsed_body(request));
    if (!visitor.user) throw ApiError(401, "signed-out", "请登录");
    for (const auto& route : routes()) {
        if (request.method != route.method) continue;
        auto words = matched(route.pattern, path);
        if (!words) continue;
        if (visitor.user->role < route.least) throw ApiError(403, "forbidden", "您的角色不能做这件事");
        const Call call{request, *visitor.user, std::move(*words), parsed_body(request)};
        return route.answer(desk_, call);
    }
    throw ApiError(404, "not-found", "没有这个地址");
}

HttpResponse Gate::page(const HttpRequest& request) const {
    if (request.method == "POST") throw ApiError(405, "bad-request", "这个地址不接受提交");
    const auto found = files_.find(request.path);
    if (found != files_.end()) return found->second;
    HttpResponse response;
    response.status = 404;
    response.type = "text/plain; charset=utf-8";
    response.body = files_.contains("/") ? "没有这个页面\n"
                                         : "核对工作台的网页还没有生成。请在安装有npm的电脑上运行一次 ./dengji "
                                           "review，或者重新安装本程序。\n";
    return response;
}

} // namespace dengji::review
