#pragma once
// The data folder's own santong.toml: what the first start has decided. It is written aside and gets its name when the
// district stands, so that a cut leaves either all or nothing.
#include <string>

#include "server/setup/answers.hpp"

namespace santong::server::setup {

/// Where it will lie.
std::string site_file(std::string const& data);
std::string site_text(PlaceAnswer const& place, CertificateAnswer const& certificate);

/// Writes it aside, durably.
void prepare_site_file(std::string const& data, std::string const& text);
/// Gives it its name. Told without a prepared file, it does nothing.
void name_site_file(std::string const& data);
/// After a cut: named if the district stands, else taken away.
void mend_site_file(std::string const& data, bool district_stands);

}  // namespace santong::server::setup
