#pragma once
// Taking in a whole folder or disc (D-25): what becomes of each file of it. May include: core/ only.
#include <map>

#include "modules/resources/domain.hpp"

namespace santong::resources {

using IntakeId = core::Id<struct IntakeTag>;

/// Where a batch stands (批量导入).
enum class IntakeState : int {
    receiving,   ///< files of a folder are coming
    working,     ///< a job unpacks and looks into them
    ready,       ///< rows may be mended and given to the library
    submitting,  ///< a job makes resources of the rows
    stopped,     ///< cancelled; may go on
    failed       ///< `error_key` says why
};
BOOST_DESCRIBE_ENUM(IntakeState, receiving, working, ready, submitting, stopped, failed)

/// What was found of a file.
enum class Verdict : int {
    expected,   ///< has not come yet
    waiting,    ///< has come, not looked at yet
    sure,       ///< everything that is needed is known
    unsure,     ///< `doubt` says what somebody has to say
    duplicate,  ///< the library or the batch has the same bytes
    refused,    ///< cannot be taken; `reason`
    junk,       ///< left by a machine: Thumbs.db, autorun.inf
    aside,      ///< put aside by hand
    taken       ///< has become a resource
};
BOOST_DESCRIBE_ENUM(Verdict, expected, waiting, sure, unsure, duplicate, refused, junk, aside, taken)

inline constexpr int most_intake_files = 5000;

/// A folder, an archive or the image of a disc that somebody gives as a whole.
struct Intake {
    IntakeId id;
    core::PersonId owner_person;
    core::AccountId owner_account;
    core::OrgId school_id;
    std::string name;
    std::optional<core::FileId> archive_file_id;  ///< absent for a folder, whose files come one by one
    IntakeState state = IntakeState::receiving;
    bool unpacked = false;
    std::optional<core::JobId> job_id;
    std::string error_key;
    core::Instant created_at;
    core::Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(Intake, (),
                      (id, owner_person, owner_account, school_id, name, archive_file_id, state, unpacked, job_id,
                       error_key, created_at, updated_at))

/// One file of a batch.
struct IntakeRow {
    IntakeId intake_id;
    int number = 1;    ///< its place in the batch
    std::string path;  ///< with forward slashes, below the folder that was given
    std::int64_t size = 0;
    std::string sha256;
    std::optional<core::FileId> file_id;
    std::string media_type;
    int pages = 0;
    int duration_seconds = 0;
    Verdict verdict = Verdict::expected;
    std::string reason;   ///< i18n key of `refused` and `junk`
    std::string doubt;    ///< of `unsure`: "subject", "grade", "kind", with commas
    int twin_number = 0;  ///< row of this batch with the same bytes; 0 = none
    std::optional<ResourceId> twin_id;
    std::string title;
    Kind kind = Kind::document;
    std::string subject;
    int grade_from = 0;
    int grade_to = 0;
    std::optional<TextbookId> textbook_id;
    std::optional<ChapterId> chapter_id;
    std::optional<ResourceId> resource_id;
};
BOOST_DESCRIBE_STRUCT(IntakeRow, (),
                      (intake_id, number, path, size, sha256, file_id, media_type, pages, duration_seconds, verdict,
                       reason, doubt, twin_number, twin_id, title, kind, subject, grade_from, grade_to, textbook_id,
                       chapter_id, resource_id))

/// What machines leave in folders and on discs; nullptr for a file of somebody's own. Else an i18n key.
char const* junk_reason(std::string_view path);
/// What somebody still has to say of a row, as `doubt` has it.
std::string doubts(IntakeRow const& row);
/// A row that is kept takes the description of one with the same bytes where that says more of them: a chapter, a
/// subject that was said, a grade. Says whether it did. Only of a row that nobody has given away or put aside.
bool take_richer(IntakeRow& kept, IntakeRow const& twin);
/// Whether its description may still be changed, and it may be given to the library.
inline bool is_open(Verdict verdict) {
    return verdict == Verdict::sure || verdict == Verdict::unsure || verdict == Verdict::aside;
}
/// The version that a row would become, for the rules that look at content.
Version version_of(IntakeRow const& row);

}  // namespace santong::resources
