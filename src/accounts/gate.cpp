#include "accounts/gate.hpp"

#include "net/http/head.hpp"

namespace ae::accounts {

namespace {

constexpr std::string_view kBearer = "Bearer ";

api::Role role_for(Role role) {
    switch (role) {
        case Role::viewer: return api::Role::signed_in;
        case Role::creator: return api::Role::creator;
        case Role::moderator: return api::Role::moderator;
        case Role::admin: return api::Role::admin;
    }
    return api::Role::signed_in;
}

// The sessions and the request outlive the question.
io::Task<Result<api::Caller>> ask(Sessions& sessions, const http::Request& request) {
    api::Caller caller;
    std::optional<Presence> presence;
    const auto authorization = request.headers.get("authorization");
    if (http::equals_ignoring_case(authorization.substr(0, kBearer.size()), kBearer)) {
        Secret token{std::string{authorization.substr(kBearer.size())}};
        presence = co_await sessions.find_by_token(std::move(token), request.address);
    } else {
        Secret token{api::cookie_value(request.headers.get("cookie"), session_cookie_name(request.scheme == "https"))};
        if (!token.empty()) presence = co_await sessions.find(std::move(token), request.address);
    }
    if (!presence) co_return caller;
    caller.role = role_for(presence->role);
    caller.account = presence->user.str();
    caller.session = presence->session.str();
    caller.recent = presence->recent;
    caller.only_reads = presence->only_reads;
    co_return caller;
}

}  // namespace

std::string_view session_cookie_name(bool secure) { return secure ? "__Host-aethex_session" : "aethex_session"; }

api::Cookie session_cookie(const Secret& token, Duration lifetime, bool secure) {
    return {std::string{session_cookie_name(secure)}, token.reveal(), std::chrono::duration_cast<std::chrono::seconds>(lifetime),
            secure};  // for its owner's browser
}

api::Cookie no_session_cookie(bool secure) { return {std::string{session_cookie_name(secure)}, "", std::chrono::seconds{0}, secure}; }

api::Gate make_gate(Sessions& sessions) {
    return [&sessions](const http::Request& request) { return ask(sessions, request); };
}

}  // namespace ae::accounts
