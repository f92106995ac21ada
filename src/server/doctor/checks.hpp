#pragma once
// The checks of `doctor`, by what they look at. Each adds its lines.
#include "server/application.hpp"
#include "server/doctor/doctor.hpp"

namespace santong::server::doctor {

/// What is being examined; `db` is null if the database does not open.
struct Patient {
    config::Config settings;
    Place place;
    std::unique_ptr<sql::Database> db;
    bool deep = false;
};

void ok(Findings& findings, std::string check, std::string text);
void warn(Findings& findings, std::string check, std::string text, std::string advice);
void fault(Findings& findings, std::string check, std::string text, std::string advice);

/// Rights of the folders, free room, what a cut left behind.
void look_at_folder(Patient const& patient, Findings& findings);
/// Opens the database; integrity, version, migrations, feed.
void look_at_database(Patient& patient, Findings& findings);
/// Master keys and the audit chain, which they sign.
void look_at_keys(Patient const& patient, Findings& findings);
/// Stored files that records name, and their digests.
void look_at_contents(Patient const& patient, Findings& findings);
/// The programs that previews are made with.
void look_at_tools(Findings& findings);
/// Ports.
void look_at_network(Patient const& patient, Findings& findings);
/// The certificate that is served, and the district authority.
void look_at_certificates(Patient const& patient, Findings& findings);
/// The machine's clock; age of the last backup.
void look_at_time(Patient const& patient, Findings& findings);

}  // namespace santong::server::doctor
