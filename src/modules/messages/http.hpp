#pragma once
#include "modules/messages/service.hpp"
#include "platform/http/router.hpp"
#include "platform/notify/hub.hpp"

namespace santong::messages {

/// /api/v1/me/messages, and the topic "messages:<person>". `hub` must outlive the process's listeners or be taken off
/// by `on_change({})`.
void register_routes(http::Router& router, sql::Database& db, core::Clock const& clock, notify::Hub& hub);

}  // namespace santong::messages
