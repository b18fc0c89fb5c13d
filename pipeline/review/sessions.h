#pragma once
#include "pipeline/review/desk.h"

namespace dengji::review {

/// Who a browser is: an unguessable word in a cookie, of which the register holds a hash, and a token that only pages
/// of ours can read and that every change has to bring.
struct Visitor {
    std::string cookie; ///< "" when the browser has none of ours yet
    std::optional<ledger::User> user;
};

Visitor visitor_of(Desk& desk, const HttpRequest& request);
bool has_token(const Visitor& visitor, const HttpRequest& request);

/// GET /api/session: also gives a cookie to whoever has none.
HttpResponse tell_session(Desk& desk, Visitor visitor);
/// POST /api/session, /api/session/end, /api/first-user.
HttpResponse sign_in(Desk& desk, const Visitor& visitor, const Json& body);
HttpResponse sign_out(Desk& desk, const Visitor& visitor);
HttpResponse add_first_user(Desk& desk, const Json& body);

// Of people who are signed in.
HttpResponse change_own_password(Desk& desk, const Call& call);
HttpResponse list_users(Desk& desk, const Call& call);
HttpResponse add_user(Desk& desk, const Call& call);
HttpResponse change_user(Desk& desk, const Call& call);
HttpResponse list_audit(Desk& desk, const Call& call);

/// A user as given, with the password hashed. Throws ApiError for a name or password that is no good.
ledger::User checked_user(const std::string& name, const std::string& display, const std::string& password,
                          ledger::Role role);

} // namespace dengji::review
