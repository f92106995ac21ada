#pragma once
// A master key comes back from its recovery sheet.
#include <string>

#include "server/application.hpp"

namespace santong::server {

/// What was put back.
struct RestoredKey {
    std::string id;
    std::string fingerprint;
    std::string set_aside;  ///< a damaged file of the same key, where it lies now; empty if there was none
};

/// Finds out which of the missing master keys this is by opening what the records hold under it, and writes its file.
/// Throws CannotBegin, and writes nothing, where that key is in its place and works, or nothing here opens with it.
RestoredKey restore_key(Place const& place, std::string const& secret);

}  // namespace santong::server
