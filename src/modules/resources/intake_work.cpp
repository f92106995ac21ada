#include "modules/resources/intake_work.hpp"

#include "modules/resources/content.hpp"
#include "modules/resources/guess_words.hpp"
#include "modules/resources/intake_unpack.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/audit.hpp"
#include "platform/text/utf8.hpp"

namespace santong::resources {

namespace {

constexpr int rows_in_piece = 20;

/// Looks into files that have come: what they are, whether they open, whether the library has them, what their path
/// says.
class Examination {
public:
    Examination(IntakePlace const& place, jobs::JobContext& job, Intake const& intake)
        : place_(place), job_(job), intake_(intake) {
        place.db.read(job.district(), [&](sql::Tx& tx) {
            giver_ = giver_of(tx, place.clock, intake);
            chapters_.emplace(tx);
            if (auto const person = roster::person(tx, intake.owner_person)) own_subject_ = person->subject;
            for (auto const& count : store::count_rows(tx, intake.id)) {
                if (count.verdict == Verdict::waiting) total_ = count.files;
            }
        });
    }

    /// False if somebody wants the job to stop.
    bool run() {
        for (std::int64_t done = 0;;) {
            auto rows = place_.db.read(job_.district(), [&](sql::Tx& tx) {
                return store::rows_with_verdict(tx, intake_.id, Verdict::waiting, 0, rows_in_piece);
            });
            if (rows.empty()) return true;
            for (auto& row : rows) {
                look_into(row);
                job_.progress(++done, total_, "resources.intake.step_look");
            }
            place_.db.transact(job_.district(), [&](sql::Tx& tx) {
                for (auto row : rows) {
                    if (row.verdict == Verdict::waiting) judge(tx, row);
                    store::update_row(tx, row);
                }
            });
            job_.checkpoint("{}");
            if (job_.cancelled()) return false;
        }
    }

private:
    /// Reads the file; no transaction is open.
    void look_into(IntakeRow& row) {
        NewVersion wish;
        wish.file_id = row.file_id;
        auto const content = content_of(place_.library(), giver_, wish);
        if (!content || !content->version.opens) {
            row.verdict = Verdict::refused;
            row.reason = content ? "resources.file_broken" : reason_of(content.error());
            return;
        }
        row.pages = content->version.pages;
        row.duration_seconds = content->version.duration_seconds;
        row.kind = kind_of(*content);
        auto const said = guess_of_path(*chapters_, row.path, own_subject_);
        auto const& guess = said.guess;
        row.title = guess.title;
        if (guess.kind && !misfit(*guess.kind, content->version)) row.kind = *guess.kind;
        row.subject = guess.subject;
        row.grade_from = row.grade_to = guess.grade;
        row.textbook_id = guess.textbook_id;
        row.chapter_id = guess.chapter_id;
        row.doubt = doubts(row);
        if (row.doubt.empty() && !said.subject_said) row.doubt = "own_subject";
    }

    static std::string reason_of(core::Error const& error) {
        return error.problems.empty() ? error.key : error.problems.front().key;
    }

    void judge(sql::Tx& tx, IntakeRow& row) const {
        row.twin_number = store::earlier_row_with(tx, intake_.id, row.number, row.sha256);
        row.twin_id = store::resource_with(tx, row.sha256, intake_.owner_person);
        bool const twin = row.twin_number > 0 || row.twin_id;
        if (row.twin_number > 0) {
            auto kept = store::rows_by_number(tx, intake_.id, {row.twin_number});
            if (!kept.empty() && take_richer(kept.front(), row)) store::update_row(tx, kept.front());
        }
        row.verdict = twin ? Verdict::duplicate : row.doubt.empty() ? Verdict::sure : Verdict::unsure;
        if (twin) row.doubt.clear();
    }

    IntakePlace const& place_;
    jobs::JobContext& job_;
    Intake const& intake_;
    auth::Caller giver_;
    std::optional<ChapterNames> chapters_;
    std::string own_subject_;
    std::int64_t total_ = 0;
};

void end_in(IntakePlace const& place, jobs::JobContext& job, IntakeId const& id, IntakeState state,
            std::string const& error_key = {}) {
    place.db.transact(job.district(), [&](sql::Tx& tx) {
        auto intake = store::find_intake(tx, id);
        if (!intake) return;
        intake->error_key = error_key;
        if (state == IntakeState::ready) intake->unpacked = true;
        set_state(tx, place.clock, *intake, state);
    });
}

template <class Input>
std::optional<Intake> intake_of(IntakePlace const& place, jobs::JobContext& job, Input const& input) {
    return place.db.read(job.district(), [&](sql::Tx& tx) { return store::find_intake(tx, input.intake_id); });
}

void work(IntakePlace const& place, jobs::JobContext& job) {
    auto const input = job.input<IntakeInput>();
    auto const intake = input ? intake_of(place, job, *input) : std::nullopt;
    if (!intake) return job.fail(core::not_found("resources.intake.not_found"));
    if (!intake->unpacked) {
        auto const unpacked = unpack(place, job, *intake);
        if (!unpacked && unpacked.error().key == "resources.intake.stopped")
            return end_in(place, job, intake->id, IntakeState::stopped);
        if (!unpacked) {
            end_in(place, job, intake->id, IntakeState::failed, unpacked.error().key);
            return job.fail(unpacked.error());
        }
    }
    bool const whole = Examination(place, job, *intake).run();
    end_in(place, job, intake->id, whole ? IntakeState::ready : IntakeState::stopped);
    if (whole) job.finish("null");
}

/// Makes a resource of each sure row, in one transaction with what the row says of it: nothing is doubled.
class Submission {
public:
    Submission(IntakePlace const& place, jobs::JobContext& job, Intake const& intake, IntakeSubmit wish)
        : place_(place), job_(job), intake_(intake), wish_(std::move(wish)) {
        place.db.read(job.district(), [&](sql::Tx& tx) {
            giver_ = giver_of(tx, place.clock, intake);
            for (auto const& count : store::count_rows(tx, intake.id)) {
                if (count.verdict == Verdict::sure) total_ = count.files;
            }
        });
    }

    void run() {
        std::int64_t done = 0;
        for (int after = 0; !job_.cancelled();) {
            auto const rows = place_.db.read(job_.district(), [&](sql::Tx& tx) {
                return store::rows_with_verdict(tx, intake_.id, Verdict::sure, after, rows_in_piece);
            });
            if (rows.empty()) break;
            after = rows.back().number;
            for (auto const& row : rows) {
                give(row);
                job_.progress(++done, total_, "resources.intake.step_submit");
            }
            job_.checkpoint("{}");
        }
    }

private:
    /// The resource, its way into review and the row in one transaction. What the reviewers' side refuses stays a
    /// draft, which its author can still send.
    void give(IntakeRow const& row) {
        auto const sent = in_one(row, "", wish_.review);
        if (sent) return;
        auto const why = reason_of(sent.error());
        // A run of an earlier version may have sent it before it was killed.
        bool const there = row.resource_id && sent.error().key == "resources.in_review";
        auto const kept = wish_.review ? in_one(row, there ? "" : why, false) : sent;
        if (kept) return;
        IntakeRow back = row;
        back.verdict = Verdict::unsure;
        back.reason = reason_of(kept.error());
        place_.db.transact(job_.district(), [&](sql::Tx& tx) { store::update_row(tx, back); });
    }

    core::Result<void> in_one(IntakeRow const& row, std::string const& reason, bool review) {
        auto const library = place_.library();
        return place_.db.transact(job_.district(), [&](sql::Tx& tx) -> core::Result<void> {
            IntakeRow taken = row;
            if (!taken.resource_id)
                taken.resource_id = TRY(create_in(library, tx, giver_, {version_of(row), {}}, wish_of(row))).id;
            if (review) TRY_VOID(submit_in(library, tx, giver_, *taken.resource_id, {wish_.scope}));
            taken.verdict = Verdict::taken;
            taken.reason = reason;
            store::update_row(tx, taken);
            return {};
        });
    }

    static std::string reason_of(core::Error const& error) {
        return error.problems.empty() ? error.key : error.problems.front().key;
    }

    NewResource wish_of(IntakeRow const& row) const {
        NewResource wish;
        wish.file_id = row.file_id;
        wish.school_id = intake_.school_id;
        auto& about = wish.about;
        about.title = row.title;
        about.kind = row.kind;
        if (row.chapter_id) about.chapter_id = row.chapter_id->text();
        about.subject = row.subject;
        about.grade_from = row.grade_from;
        about.grade_to = std::max(row.grade_from, row.grade_to);
        about.licence = wish_.licence;
        about.source = wish_.source;
        about.source_note = wish_.source_note;
        about.attribution = wish_.attribution;
        if (wish_.bought()) {
            about.intake = Acquisition::bought;
            about.holder = wish_.holder;
            about.terms = wish_.terms;
            about.valid_from = wish_.valid_from;
            about.valid_until = wish_.valid_until;
        }
        return wish;
    }

    IntakePlace const& place_;
    jobs::JobContext& job_;
    Intake const& intake_;
    IntakeSubmit wish_;
    auth::Caller giver_;
    std::int64_t total_ = 0;
};

void submit_rows(IntakePlace const& place, jobs::JobContext& job) {
    auto const input = job.input<IntakeSubmitInput>();
    auto const intake = input ? intake_of(place, job, *input) : std::nullopt;
    if (!intake) return job.fail(core::not_found("resources.intake.not_found"));
    Submission(place, job, *intake, input->wish).run();
    end_in(place, job, intake->id, IntakeState::ready);
    job.finish("null");
}

}  // namespace

void register_intake_jobs(jobs::JobRunner& runner, IntakePlace const& place) {
    runner.on(intake_job, [place](jobs::JobContext& job) { work(place, job); });
    runner.on(intake_submit_job, [place](jobs::JobContext& job) { submit_rows(place, job); });
}

}  // namespace santong::resources
