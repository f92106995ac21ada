#pragma once
// A folder or an archive that lies on this machine and becomes somebody's batch without a browser (`santong import
// resources`). Whoever calls this stands at the machine; what the batch's owner may not do is refused here as well.
#include <filesystem>
#include <functional>

#include "modules/resources/intake_work.hpp"
#include "modules/resources/service_intake.hpp"

namespace santong::resources {

/// What lies there, and where it is to go.
struct LocalBatch {
    std::filesystem::path path;  ///< a folder, or a .zip or .iso file
    core::OrgId school_id;
    std::string name = {};  ///< of the batch; empty = the last part of the path
};

/// Told while it goes: the i18n key of what is being done, and how far.
using IntakeTell = std::function<void(std::string const& step_key, std::int64_t done, std::int64_t total)>;

/// One line of what became, or would become, of a file.
struct IntakeLine {
    std::string path;
    Verdict verdict = Verdict::expected;
    std::string reason;
    std::string hint;  ///< what to do; empty where there is nothing to do
};

/// The owner of a batch with what he may do today.
auth::Caller owner_caller(Library const& library, core::DistrictId district, core::AccountId const& account,
                          core::PersonId const& person);

/// Keeps what has not come before: the files of a folder one by one, an archive as it is. A batch of the same owner and
/// name (of an archive: with the same bytes) goes on; what it has is left as it is. Nothing is looked into yet:
/// `work_on` does that. Refuses a path that is neither folder nor archive ("resources.intake.not_there"), an empty
/// folder ("resources.intake.nothing_there"), more files than `most_intake_files`, and what `add_intake` refuses.
core::Result<IntakeView> bring(IntakePlace const& place, auth::Caller const& owner, LocalBatch const& batch,
                               IntakeTell const& tell);

/// What `bring` and the work on the batch would find, without keeping anything: names, kinds, words of the path and
/// duplicates. Whether a file opens is not tried.
core::Result<std::vector<IntakeRow>> foretell(IntakePlace const& place, auth::Caller const& owner,
                                              LocalBatch const& batch, IntakeTell const& tell);

/// All rows of the owner's batch.
core::Result<std::vector<IntakeRow>> all_rows(Library const& library, auth::Caller const& owner, IntakeId const& id);
/// Rows as lines in a language, in the order of the batch.
std::vector<IntakeLine> lines_of(std::vector<IntakeRow> const& rows, std::string const& language);
/// The table of `--report`: path, result, reason, what to do.
std::string lines_table(std::vector<IntakeLine> const& lines, std::string const& language);

}  // namespace santong::resources
