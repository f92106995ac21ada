#pragma once
#include "platform/auth/gate.hpp"

namespace santong::http {
class Router;
struct Call;
struct Identity;
}  // namespace santong::http

namespace santong::auth {

/// Adds sign-in, sessions, classroom sign-in, grants, accounts and the audit log to the routes.
void register_routes(http::Router& router, sql::Database& db, Gate& gate);

/// The server's authentication hook: finds the session of the cookie (`__Host-sid` under TLS, `sid` on loopback http)
/// and fills `call.caller`. Refuses a session that is over, and one that has something to do first.
core::Result<http::Identity> authenticate(sql::Database& db, Gate& gate, http::Call& call);
/// The same from what was looked up a moment ago; nothing if that needs the database.
std::optional<http::Identity> recall(Gate& gate, http::Call& call);

/// Parts of the above, one file each.
void register_session_routes(http::Router& router, sql::Database& db, Gate& gate);
void register_administration_routes(http::Router& router, sql::Database& db, Gate& gate);

}  // namespace santong::auth
