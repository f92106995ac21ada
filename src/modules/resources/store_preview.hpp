#pragma once
#include <vector>

#include "modules/resources/domain.hpp"
#include "modules/resources/domain_preview.hpp"
#include "platform/sql/database.hpp"

namespace santong::resources::store {

std::optional<Preview> find_preview(sql::Tx& tx, std::string const& sha256);
void put_preview(sql::Tx& tx, Preview const& preview);
/// The one that waits longest, its try counted.
std::optional<Preview> begin_preview(sql::Tx& tx, core::Instant now);
std::int64_t waiting_previews(sql::Tx& tx);

/// Versions with this content.
std::vector<Version> versions_of_content(sql::Tx& tx, std::string const& sha256);
void set_preview_files(sql::Tx& tx, Version const& version);

}  // namespace santong::resources::store
