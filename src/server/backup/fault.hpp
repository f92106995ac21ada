#pragma once
#include "server/cannot_begin.hpp"

namespace santong::server::backup {

/// A backup that is not taken, or cannot be made or restored here; `what()` says why, for the operator's terminal.
class BackupFault : public CannotBegin {
    using CannotBegin::CannotBegin;
};

}  // namespace santong::server::backup
