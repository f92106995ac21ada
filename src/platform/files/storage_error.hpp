#pragma once
#include <string>

#include "platform/sql/database.hpp"

namespace santong::files {

/// The disk is full or refuses. Nothing that was acknowledged is lost; the edge of a request answers 507 or 500.
class StorageError : public sql::DatabaseError {
public:
    /// From `errno` after a system call named `what`.
    StorageError(std::string const& what, int error_number);
};

}  // namespace santong::files
