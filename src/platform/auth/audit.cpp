#include "platform/auth/audit.hpp"

#include "platform/auth/audit_log.hpp"
#include "platform/auth/gate.hpp"
#include "platform/feed/feed.hpp"

namespace santong::auth {

void audit(sql::Tx& tx, Caller const& caller, AuditEvent const& event) {
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
