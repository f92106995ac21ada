#pragma once
// Use cases of a teacher with the works of one class: who handed in, collecting on paper, a stack of photographs,
// reminding, marking, giving back.
#include "modules/homework/service_set.hpp"

namespace santong::homework {

/// A pupil in the list of a class. Nobody is called missing: who has not handed in is `open`.
struct BoardRow {
    core::PersonId pupil_id;
    std::string name;
    std::string pupil_number;
    SubmissionId submission_id;
    SubmissionState state = SubmissionState::open;
    std::int32_t round = 0;
    std::optional<HandedBy> how;
    bool late = false;
    std::optional<core::Instant> handed_in_at;
    std::int32_t files = 0;
    bool has_text = false;
    bool marked = false;  ///< of the newest round
    MarkResult result = MarkResult::none;
    std::vector<WorkFile> photos;  ///< of a photographed work that is not marked yet: they can be put right
    std::optional<core::Instant> reminded_at;
};
BOOST_DESCRIBE_STRUCT(BoardRow, (),
                      (pupil_id, name, pupil_number, submission_id, state, round, how, late, handed_in_at, files,
                       has_text, marked, result, photos, reminded_at))
struct ClassBoard {
    HomeworkView homework;
    core::OrgId class_id;
    core::Instant now;
    std::vector<BoardRow> rows;
};
BOOST_DESCRIBE_STRUCT(ClassBoard, (), (homework, class_id, now, rows))
core::Result<ClassBoard> class_board(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                     HomeworkId const& id, core::OrgId const& class_id);

/// Ticks or unticks pupils of a class as collected on paper. What came online or is marked stays as it is.
struct CollectRequest {
    std::vector<core::PersonId> pupils;
    bool collected = true;
};
BOOST_DESCRIBE_STRUCT(CollectRequest, (), (pupils, collected))
core::Result<ClassBoard> collect(sql::Database& db, files::Files const& files, auth::Caller const& caller,
                                 core::Clock const& clock, HomeworkId const& id, core::OrgId const& class_id,
                                 CollectRequest const& request);

/// Photographs of a stack: after this, each pupil named has exactly these pages. A page goes from one pupil to another
/// by naming both. No pages = collected on paper.
struct PhotographedWork {
    core::PersonId pupil_id;
    std::vector<core::FileId> files;
};
BOOST_DESCRIBE_STRUCT(PhotographedWork, (), (pupil_id, files))
struct PhotoRequest {
    std::vector<PhotographedWork> works;
};
BOOST_DESCRIBE_STRUCT(PhotoRequest, (), (works))
/// Refuses "homework.handed_in_online" {name} and "homework.marked_already" {name}.
core::Result<ClassBoard> put_photos(sql::Database& db, files::Files const& files, auth::Caller const& caller,
                                    core::Clock const& clock, HomeworkId const& id, core::OrgId const& class_id,
                                    PhotoRequest const& request);

/// Reminds, on their own page, those of a class of whom nothing came.
struct Reminded {
    std::int32_t pupils = 0;
};
BOOST_DESCRIBE_STRUCT(Reminded, (), (pupils))
core::Result<Reminded> remind(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                              HomeworkId const& id, core::OrgId const& class_id);

// ---- marking

/// A round with the ink over it.
struct RoundView {
    Work work;
    std::vector<InkSheet> ink;
    std::string marked_by;  ///< name
};
BOOST_DESCRIBE_STRUCT(RoundView, (), (work, ink, marked_by))
struct SubmissionView {
    Submission submission;
    std::string pupil_name;
    std::string class_name;
    HomeworkId homework_id;
    std::string title;
    std::string subject;
    std::string text;
    core::LocalDate due_on;
    std::vector<HomeworkAttachment> attachments;
    std::vector<RoundView> rounds;  ///< oldest first
    std::optional<SubmissionId> previous;
    std::optional<SubmissionId> next;  ///< in the order of the class list, of those that handed in
    std::int32_t place = 0;
    std::int32_t of = 0;
};
BOOST_DESCRIBE_STRUCT(SubmissionView, (),
                      (submission, pupil_name, class_name, homework_id, title, subject, text, due_on, attachments,
                       rounds, previous, next, place, of))
core::Result<SubmissionView> submission_view(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                             SubmissionId const& id);

/// The mark of the newest round, saved as the teacher works; only the sheets named are written.
struct MarkRequest {
    std::int32_t round = 1;
    std::int64_t mark_version = 0;
    MarkResult result = MarkResult::none;
    std::string comment;
    std::vector<InkSheet> ink;
};
BOOST_DESCRIBE_STRUCT(MarkRequest, (), (round, mark_version, result, comment, ink))
struct MarkSaved {
    std::int64_t mark_version = 0;
    bool marked = false;
};
BOOST_DESCRIBE_STRUCT(MarkSaved, (), (mark_version, marked))
/// Refuses "homework.marked_elsewhere" and "homework.given_back".
core::Result<MarkSaved> save_mark(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                  SubmissionId const& id, MarkRequest const& request);

struct ReturnRequest {
    bool correction = false;  ///< ask for a correction (订正)
};
BOOST_DESCRIBE_STRUCT(ReturnRequest, (), (correction))
/// Gives a work back; without a mark it counts as read (已阅).
core::Result<Submission> give_back(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                   SubmissionId const& id, ReturnRequest const& request);
/// Takes a work back that was given back, while the pupil has not handed in again.
core::Result<Submission> take_back(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                   SubmissionId const& id);
/// Gives all marked works of a class back.
struct GivenBack {
    std::vector<SubmissionId> submissions;
};
BOOST_DESCRIBE_STRUCT(GivenBack, (), (submissions))
core::Result<GivenBack> give_all_back(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                      HomeworkId const& id, core::OrgId const& class_id);

struct PhraseList {
    std::vector<std::string> phrases;
};
BOOST_DESCRIBE_STRUCT(PhraseList, (), (phrases))
core::Result<PhraseList> my_phrases(sql::Database& db, auth::Caller const& caller);
core::Result<PhraseList> put_my_phrases(sql::Database& db, auth::Caller const& caller, PhraseList const& wish);

}  // namespace santong::homework
