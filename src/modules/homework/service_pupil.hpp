#pragma once
// Use cases of a pupil with his homework, and of a guardian who reads along.
#include "modules/homework/service_board.hpp"

namespace santong::homework {

/// A homework as the pupil and his guardian see it.
struct PupilHomework {
    HomeworkId id;
    std::string subject;
    std::string title;
    std::string text;
    std::string teacher_name;
    Form form = Form::either;
    core::LocalDate set_on;
    core::LocalDate due_on;
    std::int32_t minutes = 0;
    std::vector<HomeworkAttachment> attachments;  ///< such as the reader may open
    SubmissionState state = SubmissionState::open;
    bool past = false;  ///< the due day is over
    bool late = false;
    std::optional<HandedBy> how;
    std::optional<core::Instant> handed_in_at;
    std::optional<core::Instant> reminded_at;
    MarkResult result = MarkResult::none;  ///< of the newest round that was given back
    std::string comment;
    std::int32_t corrections = 0;  ///< rounds after the first
};
BOOST_DESCRIBE_STRUCT(PupilHomework, (),
                      (id, subject, title, text, teacher_name, form, set_on, due_on, minutes, attachments, state, past,
                       late, how, handed_in_at, reminded_at, result, comment, corrections))

struct PupilHomeworkQuery {
    std::optional<bool> open;  ///< only what is still to do
    std::optional<std::string> after;
    std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(PupilHomeworkQuery, (), (open, after, limit))
core::Result<core::Page<PupilHomework>> pupil_homework(sql::Database& db, auth::Caller const& caller,
                                                       core::Clock const& clock, PupilHomeworkQuery const& query);
/// The child's, read-only; not_found for somebody else's child.
core::Result<core::Page<PupilHomework>> child_homework(sql::Database& db, auth::Caller const& caller,
                                                       core::Clock const& clock, core::PersonId const& child,
                                                       PupilHomeworkQuery const& query);

/// One homework with all rounds; marks stand in those that were given back.
struct PupilHomeworkView {
    PupilHomework homework;
    std::vector<RoundView> rounds;  ///< oldest first
    bool may_hand_in = false;
};
BOOST_DESCRIBE_STRUCT(PupilHomeworkView, (), (homework, rounds, may_hand_in))
core::Result<PupilHomeworkView> pupil_homework_view(sql::Database& db, auth::Caller const& caller,
                                                    core::Clock const& clock, HomeworkId const& id);
core::Result<PupilHomeworkView> child_homework_view(sql::Database& db, auth::Caller const& caller,
                                                    core::Clock const& clock, core::PersonId const& child,
                                                    HomeworkId const& id);

struct HandInRequest {
    std::string text;
    std::vector<core::FileId> files;
};
BOOST_DESCRIBE_STRUCT(HandInRequest, (), (text, files))
/// Hands in, puts right what was handed in while nobody marked it, or hands in the correction. Late is allowed and
/// noted. Refuses "homework.on_paper_only", "homework.nothing_to_hand_in", "homework.being_marked",
/// "homework.given_back".
core::Result<PupilHomeworkView> hand_in(sql::Database& db, files::Files const& files, auth::Caller const& caller,
                                        core::Clock const& clock, HomeworkId const& id, HandInRequest const& request);

}  // namespace santong::homework
