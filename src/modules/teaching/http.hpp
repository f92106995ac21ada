#pragma once
#include "modules/teaching/service.hpp"
#include "platform/http/router.hpp"
#include "platform/notify/hub.hpp"

namespace santong::teaching {

void register_routes(http::Router& router, sql::Database& db, core::Clock const& clock);
/// The topic of classroom screens. `hub` must outlive the process's listeners or be taken off by `on_screen_call({})`.
void allow_topics(notify::Hub& hub);

}  // namespace santong::teaching
