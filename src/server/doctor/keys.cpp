#include <sys/stat.h>

#include <algorithm>

#include "platform/auth/audit_log.hpp"
#include "platform/auth/key_proof.hpp"
#include "platform/sql/installation.hpp"
#include "server/doctor/checks.hpp"

namespace santong::server::doctor {

namespace {

std::string by_sheet(Patient const& patient) {
    return "santong key restore --data " + patient.place.data;
}

/// Each key that the records need is here, and is the one that they were sealed with.
void look_at_needed(Patient const& patient, std::vector<auth::MasterKey> const& keys, Findings& findings) {
    for (auto const& id : auth::master_keys_needed(*patient.db)) {
        auto const advice = "put " + auth::master_key_file(id) + " back from its copy, or " + by_sheet(patient);
        auto const here = std::find_if(keys.begin(), keys.end(), [&](auto const& key) { return key.id == id; });
        if (here == keys.end())
            fault(findings, "keys.missing", "records are sealed with master key " + id + ", which is not here", advice);
        else if (!auth::key_fits(*patient.db, *here))
            fault(findings, "keys.damaged", auth::master_key_file(id) + " opens nothing here: it was changed", advice);
    }
}

void look_at_audit(Patient const& patient, Findings& findings) {
    auth::Keys::use(auth::Keys::open(patient.place.keys_folder()));
    for (auto const district : sql::districts(*patient.db)) {
        auto const verdict = patient.db->read(district, [](sql::Tx& tx) { return auth::verify_audit(tx); });
        auto const name = "district " + std::to_string(district) + ": ";
        if (verdict.fault == auth::AuditFault::none) {
            ok(findings, "audit.chain", name + std::to_string(verdict.rows) + " rows, unbroken");
        } else {
            fault(findings, "audit.chain",
                  name + "row " + std::to_string(verdict.number) + " " + std::string(core::enum_text(verdict.fault)),
                  "somebody changed the log: keep the folder as it is and tell the auditor");
        }
    }
}

}  // namespace

void look_at_keys(Patient const& patient, Findings& findings) {
    auto const folder = patient.place.keys_folder();
    auto const keys = auth::read_master_keys(folder);  // throws for a file that others may read
    if (keys.empty()) {
        fault(findings, "keys", "there are no master keys in " + folder,
              "put the copy of keys/ back, type the recovery sheet (" + by_sheet(patient) +
                  "), or restore a backup; without them no personal field opens");
        return;
    }
    struct stat facts{};
    if (::stat(folder.c_str(), &facts) == 0 && (facts.st_mode & 077) != 0) {
        warn(findings, "keys", folder + " may be opened by other users of the machine", "chmod 700 " + folder);
    } else {
        ok(findings, "keys", std::to_string(keys.size()) + " master keys, for their owner only");
    }
    if (!patient.db) return;
    look_at_needed(patient, keys, findings);
    look_at_audit(patient, findings);
}

}  // namespace santong::server::doctor
