#include "modules/homework/telling.hpp"

#include "modules/messages/service.hpp"
#include "modules/roster/service.hpp"

namespace santong::homework {

void tell_returned(sql::Tx& tx, core::Instant now, Homework const& homework, Submission const& submission) {
    bool const again = submission.state == SubmissionState::correction;
    messages::Notice notice;
    notice.kind = again ? messages::MessageKind::homework_correction : messages::MessageKind::homework_returned;
    notice.about = submission.id.text();
    notice.href = "/my-homework/" + homework.id.text();
    notice.date = homework.content.due_on;
    notice.subject = homework.subject;
    messages::send(tx, now, notice, {submission.pupil_id});
    auto const today = roster::district(tx).zone().date_of(now);
    notice.href = "/children/" + submission.pupil_id.text() + "/homework/" + homework.id.text();
    notice.who = submission.pupil_id;
    messages::send(tx, now, notice, roster::guardians_of_pupil(tx, submission.pupil_id, today));
}

}  // namespace santong::homework
