#pragma once
// Rules about the answers of the first start; each names the field that breaks it.
#include "core/result.hpp"
#include "server/setup/answers.hpp"

namespace santong::server::setup {

core::Result<void> check_place(PlaceAnswer const& answer);
core::Result<void> check_district(DistrictAnswer const& answer);
/// `others`: who is known already. The password only if one is given or `needs_password`.
core::Result<void> check_person(PersonAnswer const& answer, auth::Role role, std::vector<KeptPerson> const& others,
                                bool needs_password);
/// Also opens the files, and tries the ports but `own_port`, on which the wizard itself is served.
core::Result<void> check_certificate(CertificateAnswer const& answer, int own_port);
/// What can be known before a backup is tried. `data`: the folder that is to be saved.
core::Result<void> check_backup(BackupAnswer const& answer, std::string const& data);

/// The term that runs on a day: school year, number, first and last day as most districts have them.
DistrictAnswer proposed_term(core::LocalDate today);

}  // namespace santong::server::setup
