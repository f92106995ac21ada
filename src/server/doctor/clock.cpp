#include <sys/timex.h>

#include "platform/sql/installation.hpp"
#include "server/backup/nightly.hpp"
#include "server/doctor/checks.hpp"

namespace santong::server::doctor {

namespace {

constexpr std::int64_t day_ms = 86'400'000;
/// This program was written in 2026; a machine that says otherwise has lost its battery.
constexpr std::int64_t earliest_ms = 1'767'225'600'000;
constexpr std::int64_t backup_days = 7;
constexpr std::int64_t bearable_drift_ms = 120'000;

void look_at_clock(Findings& findings) {
    auto const now = core::system_now();
    timex state{};
    bool const synchronised = ::adjtimex(&state) != TIME_ERROR;
    auto const date = core::Zone{}.date_of(now).text();
    if (now.ms < earliest_ms)
        fault(findings, "clock", "the machine says it is " + date,
              "set the clock (timedatectl); sessions and lessons would bear wrong times");
    else if (!synchronised)
        warn(findings, "clock", "nobody keeps the machine's clock right; it says " + date,
             "turn on NTP (timedatectl set-ntp true)");
    else
        ok(findings, "clock", "it is " + date + ", kept by NTP");
}

/// A backup is noted with the machine's time: one from the future means that the clock was put back.
void look_at_backup(sql::Database& db, Findings& findings) {
    auto const nightly = backup::nightly_status(db);
    auto const when = std::to_string(nightly.minute / 60) + ":" + (nightly.minute % 60 < 10 ? "0" : "") +
                      std::to_string(nightly.minute % 60);
    if (!nightly.fault.empty())
        fault(findings, "backup.nightly", "the last one failed: " + nightly.fault,
              "look at " + nightly.folder + ": is it there, writable, with room?");
    else if (nightly.planned)
        ok(findings, "backup.nightly",
           "every night at " + when + " into " + nightly.folder + "; " + std::to_string(nightly.kept) + " of " +
               std::to_string(nightly.keep) + " lie there");
    auto const noted = db.read(0, [](sql::Tx& tx) { return sql::installation_value(tx, "backup_at"); });
    bool const demo = db.read(0, [](sql::Tx& tx) { return sql::installation_value(tx, "demo"); }) == "yes";
    auto const advice = "santong backup FILE (see the README), best every night";
    if (!noted) {
        if (demo)
            ok(findings, "backup", "none; this is the demo");
        else
            warn(findings, "backup", "none was ever made", advice);
        return;
    }
    auto const age = core::system_now().ms - std::stoll(*noted);
    auto const text = "the last one was made " + std::to_string(age / day_ms) + " days ago";
    if (age < -bearable_drift_ms)
        fault(findings, "clock", "the last backup was made in the future: the clock was put back", "set the clock");
    else if (age > backup_days * day_ms)
        warn(findings, "backup", text, advice);
    else
        ok(findings, "backup", text);
}

}  // namespace

void look_at_time(Patient const& patient, Findings& findings) {
    look_at_clock(findings);
    if (patient.db) look_at_backup(*patient.db, findings);
}

}  // namespace santong::server::doctor
