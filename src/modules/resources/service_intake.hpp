#pragma once
// Taking in a folder, an archive or a disc as a whole (D-25, S-70, D-58): what came, what is known of it, and into the
// library with it. A batch is its giver's own business; nobody else sees it.
#include "modules/resources/domain_intake.hpp"
#include "modules/resources/service_author.hpp"

namespace santong::resources {

/// One file of a folder before it is sent.
struct IntakeEntry {
    std::string path;
    std::int64_t size = 0;
};
BOOST_DESCRIBE_STRUCT(IntakeEntry, (), (path, size))

/// A batch: an uploaded archive, or the list of a folder's files.
struct NewIntake {
    std::string name;
    std::optional<core::FileId> file_id;
    std::vector<IntakeEntry> entries;
    std::optional<core::OrgId> school_id;
};
BOOST_DESCRIBE_STRUCT(NewIntake, (), (name, file_id, entries, school_id))

struct IntakeView {
    IntakeId id;
    std::string name;
    IntakeState state = IntakeState::receiving;
    bool archive = false;
    std::string school_name;
    std::int64_t files = 0;
    std::int64_t bytes = 0;
    std::map<std::string, std::int64_t> counts;  ///< by verdict
    std::optional<core::JobId> job_id;           ///< while it works
    std::string error_key;
    core::Instant created_at;
    core::Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(IntakeView, (),
                      (id, name, state, archive, school_name, files, bytes, counts, job_id, error_key, created_at,
                       updated_at))

/// What the list of rows asks for; `verdict` empty = all.
struct IntakeQuery {
    std::string verdict;
    std::string q;
    int after = 0;
    int limit = 50;
};
BOOST_DESCRIBE_STRUCT(IntakeQuery, (), (verdict, q, after, limit))

struct IntakeRowView {
    int number = 1;
    std::string path;
    std::int64_t size = 0;
    std::string media_type;
    Verdict verdict = Verdict::expected;
    std::string reason;
    std::string doubt;
    int twin_number = 0;
    std::optional<ResourceId> twin_id;  ///< only of one that the caller may open
    std::string twin_title;
    std::string title;
    Kind kind = Kind::document;
    std::vector<Kind> fits;
    std::string subject;
    int grade_from = 0;
    int grade_to = 0;
    std::optional<ChapterId> chapter_id;
    std::string chapter_title;
    std::optional<ResourceId> resource_id;
};
BOOST_DESCRIBE_STRUCT(IntakeRowView, (),
                      (number, path, size, media_type, verdict, reason, doubt, twin_number, twin_id, twin_title, title,
                       kind, fits, subject, grade_from, grade_to, chapter_id, chapter_title, resource_id))

/// A file of a folder that has been uploaded, or that the uploads refused.
struct IntakeArrival {
    int number = 0;
    std::optional<core::FileId> file_id;
    std::optional<std::string> refused;  ///< key of the refusal
};
BOOST_DESCRIBE_STRUCT(IntakeArrival, (), (number, file_id, refused))
struct IntakeArrivals {
    std::vector<IntakeArrival> files;
};
BOOST_DESCRIBE_STRUCT(IntakeArrivals, (), (files))

/// What somebody says of some rows at once; absent = as it is. `aside` puts them aside or takes them back.
struct IntakeChange {
    std::vector<int> numbers;
    std::optional<std::string> title;
    std::optional<Kind> kind;
    std::optional<std::string> subject;
    std::optional<int> grade_from;
    std::optional<int> grade_to;
    std::optional<std::string> chapter_id;  ///< empty = none
    std::optional<bool> aside;
};
BOOST_DESCRIBE_STRUCT(IntakeChange, (), (numbers, title, kind, subject, grade_from, grade_to, chapter_id, aside))
struct IntakeChanged {
    std::int64_t changed = 0;
    std::int64_t left_out = 0;  ///< the kind does not fit the file, or the row is not open
};
BOOST_DESCRIBE_STRUCT(IntakeChanged, (), (changed, left_out))

/// Where the rows go: drafts of one's own, or the reviewers' queue.
struct IntakeSubmit {
    bool review = false;
    Scope scope = Scope::school;
    Licence licence = Licence::none;
    Source source = Source::legacy;
    std::string source_note;
    std::string attribution;
    /// Of what was bought: who holds the rights, the contract, the last day (YYYY-MM-DD; none = without end).
    std::optional<std::string> holder;
    std::optional<std::string> terms;
    std::optional<std::string> valid_from;
    std::optional<std::string> valid_until;

    bool bought() const { return source == Source::bought || licence == Licence::bought; }
};
BOOST_DESCRIBE_STRUCT(IntakeSubmit, (),
                      (review, scope, licence, source, source_note, attribution, holder, terms, valid_from,
                       valid_until))

/// Refuses an archive that is not the caller's own upload of that purpose ("resources.intake.not_a_collection"),
/// neither or both, and more files than `most_intake_files` ("resources.intake.too_many"). An archive is worked on at
/// once.
core::Result<IntakeView> add_intake(Library const& library, auth::Caller const& caller, NewIntake const& wish);
std::vector<IntakeView> intakes(Library const& library, auth::Caller const& caller);
core::Result<IntakeView> intake(Library const& library, auth::Caller const& caller, IntakeId const& id);
core::Result<core::Page<IntakeRowView>> intake_rows(Library const& library, auth::Caller const& caller,
                                                    IntakeId const& id, IntakeQuery const& query);
/// Notes uploaded files of a folder. One that was noted before stays as it is.
core::Result<IntakeView> note_arrivals(Library const& library, auth::Caller const& caller, IntakeId const& id,
                                       IntakeArrivals const& arrivals);
/// Looks into what has come; goes on where it was stopped.
core::Result<IntakeView> work_on(Library const& library, auth::Caller const& caller, IntakeId const& id);
core::Result<IntakeChanged> change_rows(Library const& library, auth::Caller const& caller, IntakeId const& id,
                                        IntakeChange const& change);
/// What `submit_intake` refuses before it looks at the batch.
core::Result<void> check_submit(IntakeSubmit const& wish);
/// Makes resources of all rows that are sure. Refuses an own work without licence as `submit` does.
core::Result<IntakeView> submit_intake(Library const& library, auth::Caller const& caller, IntakeId const& id,
                                       IntakeSubmit const& wish);
/// Forgets the batch; resources that it has become stay.
core::Result<core::Nothing> remove_intake(Library const& library, auth::Caller const& caller, IntakeId const& id);
/// What became of each file, as a table for spreadsheets, in the caller's language.
core::Result<std::string> intake_report(Library const& library, auth::Caller const& caller, IntakeId const& id,
                                        std::string const& language);
/// Forgets batches that nobody has touched for three months.
void forget_old_intakes(Library const& library, core::DistrictId district);

}  // namespace santong::resources
