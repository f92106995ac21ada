#pragma once
// The door of homework for other modules and the server; the screens' use cases stand in service_*.hpp. Feed:
// homework.Homework (put), homework.Submission (put): no words of anybody, people by id only.
#include <memory>

#include "modules/homework/domain.hpp"
#include "platform/auth/caller.hpp"
#include "platform/files/service.hpp"
#include "platform/sql/database.hpp"

namespace santong::homework {

void register_permissions(auth::PermissionRegistry& registry);

/// Who may read attachments, and who may read works: the pupil, his guardians, the teachers of that class and subject.
std::unique_ptr<files::FileAccess> attachment_access(core::Clock const& clock);
std::unique_ptr<files::FileAccess> work_access(core::Clock const& clock);

/// Works that wait for the caller's marking; homework that a pupil has open. For the numbers in the rail.
std::int64_t waiting_for_marking(sql::Tx& tx, auth::Caller const& caller);
std::int64_t open_for_pupil(sql::Tx& tx, auth::Caller const& caller, core::Clock const& clock);

/// Erases pictures and ink of works whose term is over: by a timer of the server. What was written and said stays.
void keep_house(sql::Database& db, files::Files& files, core::DistrictId district, core::Clock const& clock);

/// Rows as they are, for the demo district; each homework and each submission is said in the feed.
struct BulkHomework {
    std::vector<Homework> homework;
    std::vector<Submission> submissions;
    std::vector<Work> works;
    std::vector<std::pair<SubmissionId, InkSheet>> ink;  ///< over first rounds
};
void write_bulk(sql::Tx& tx, files::Files const& files, BulkHomework const& bulk);

inline constexpr char const* homework_holder = "homework.Homework";
inline constexpr char const* work_holder = "homework.Submission";

}  // namespace santong::homework
