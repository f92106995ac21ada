#pragma once
// The jobs of an intake: unpack and look into every file; make resources of the rows that are sure.
#include <filesystem>

#include "modules/resources/service_author.hpp"
#include "platform/jobs/runner.hpp"

namespace santong::resources {

/// What an archive may unpack to.
struct IntakeLimits {
    std::int64_t bytes = std::int64_t{16} << 30;
    std::int64_t file_bytes = std::int64_t{4} << 30;
    std::int64_t ratio = 100;                              ///< unpacked ÷ packed …
    std::int64_t always_allowed = std::int64_t{64} << 20;  ///< … beyond this many bytes
    std::int64_t disk_reserve = std::int64_t{512} << 20;   ///< that stay free
};

struct IntakePlace {
    sql::Database& db;
    files::Files& files;
    jobs::Jobs const& jobs;
    core::Clock const& clock;
    std::filesystem::path folder;  ///< for temporary files, on the disk of the data
    IntakeLimits limits = {};

    Library library() const { return {db, clock, files, &jobs}; }
};

void register_intake_jobs(jobs::JobRunner& runner, IntakePlace const& place);

}  // namespace santong::resources
