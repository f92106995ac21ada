#pragma once
#include <string>

namespace santong::server::backup {

/// The passphrase of a backup: the first line of `file`, or SANTONG_BACKUP_PASSPHRASE, or what is typed on the
/// terminal. Throws BackupFault if there is none, or if others may read the file.
std::string known_passphrase(std::string const& file);
/// As above for a new backup: asked twice on the terminal, at least 12 characters, none that everybody tries.
std::string new_passphrase(std::string const& file);

}  // namespace santong::server::backup
