#include "platform/auth/audit.hpp"

#include <pwd.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <cstdlib>

#include "core/assert.hpp"
#include "core/json.hpp"
#include "platform/auth/audit_log.hpp"
#include "platform/auth/gate.hpp"
#include "platform/feed/feed.hpp"

namespace santong::auth {

Caller terminal_caller(core::DistrictId district) {
    // Who became root by sudo is still who he is.
    char const* user = std::getenv("SUDO_USER");
    auto const* entry = ::getpwuid(::getuid());
    if (!user || *user == '\0') user = entry ? entry->pw_name : "";
    Caller caller;
    caller.district = district;
    caller.client = std::string(terminal_client) + (*user == '\0' ? "" : ":" + std::string(user));
    return caller;
}

namespace {

/// A detail that is no JSON would make every list that shows its row unreadable.
bool is_json(std::string const& detail) {
    boost::system::error_code failed;
    boost::json::parse(detail, failed);
    return !failed;
}

}  // namespace

void audit(sql::Tx& tx, Caller const& caller, AuditEvent const& event) {
    SANTONG_ASSERT(is_json(event.detail));
    AuditRecord record;
    record.at = gate_now();
    if (!caller.account.is_nil()) record.account_id = caller.account.text();
    if (!caller.person.is_nil()) record.person_id = caller.person.text();
    record.action = event.action;
    record.subject = event.subject;
    record.detail = event.detail;
    record.client = caller.client;
    record.trace_id = caller.trace_id;
    feed::event(tx, {audit_event_type, core::Uuid::make().text(), {}}, record);
}

}  // namespace santong::auth
