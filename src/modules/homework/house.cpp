// Files of homework: who may read them, and when they go. Bulk writing for the demo district.
#include <algorithm>

#include "modules/homework/access.hpp"
#include "modules/homework/telling.hpp"

namespace santong::homework {

namespace {

bool is_child(sql::Tx& tx, auth::Caller const& caller, core::PersonId const& pupil, core::LocalDate today) {
    if (!caller.has_role(auth::Role::guardian)) return false;
    auto const children = roster::pupils_of_guardian(tx, caller.person, today);
    return std::ranges::find(children, pupil) != children.end();
}

class AttachmentFiles final : public files::FileAccess {
public:
    explicit AttachmentFiles(core::Clock const& clock) : clock_(clock) {}
    std::string holder_type() const override { return homework_holder; }
    bool may_read(sql::Tx& tx, auth::Caller const& caller, files::FileReference const& reference) override {
        auto const id = HomeworkId::parse(reference.holder_id);
        auto const homework = id ? store::find(tx, *id) : std::nullopt;
        if (!homework) return false;
        if (homework->teacher_id == caller.person) return true;
        auto const today = roster::today(tx, clock_);
        auto const& classes = homework->content.class_ids;
        if (std::ranges::any_of(classes,
                                [&](auto const& one) { return access::teaches(tx, caller, *homework, one, today); }))
            return true;
        if (homework->withdrawn_at) return false;
        if (caller.has_role(auth::Role::pupil)) return access::is_for(tx, *homework, caller.person, today);
        if (!caller.has_role(auth::Role::guardian)) return false;
        auto const children = roster::pupils_of_guardian(tx, caller.person, today);
        return std::ranges::any_of(children,
                                   [&](auto const& child) { return access::is_for(tx, *homework, child, today); });
    }

private:
    core::Clock const& clock_;
};

class WorkFiles final : public files::FileAccess {
public:
    explicit WorkFiles(core::Clock const& clock) : clock_(clock) {}
    std::string holder_type() const override { return work_holder; }
    bool may_read(sql::Tx& tx, auth::Caller const& caller, files::FileReference const& reference) override {
        auto const id = SubmissionId::parse(reference.holder_id);
        auto const submission = id ? store::submission(tx, *id) : std::nullopt;
        if (!submission) return false;
        auto const today = roster::today(tx, clock_);
        if (submission->pupil_id == caller.person || is_child(tx, caller, submission->pupil_id, today)) return true;
        return access::to_mark(tx, caller, *id, today).has_value();
    }

private:
    core::Clock const& clock_;
};

constexpr std::int64_t day_ms = 86'400'000;
constexpr int works_at_a_time = 200;

/// Takes the pictures from works whose term is over; returns how many works there were.
std::size_t erase_pictures(sql::Tx& tx, files::Files const& files, core::Clock const& clock, bool& released) {
    auto const today = roster::today(tx, clock);
    auto const term = roster::term_at(tx, today);
    if (!term) return 0;
    // In the holidays `term_at` answers the term that is over; while one runs, what lies before it is over.
    auto const before = term->contains(today) ? term->from_date : term->to_date.plus_days(1);
    auto old = store::old_works(tx, today < before ? today : before, works_at_a_time);
    for (auto& work : old) {
        for (auto const& file : work.files) {
            files.release(tx, file.file_id, work_holder, work.submission_id.text());
            released = true;
        }
        store::remove_ink(tx, work.submission_id, work.round);
        work.files.clear();
        work.files_erased = true;
        store::put_work(tx, work);
    }
    return old.size();
}

}  // namespace

std::unique_ptr<files::FileAccess> attachment_access(core::Clock const& clock) {
    return std::make_unique<AttachmentFiles>(clock);
}
std::unique_ptr<files::FileAccess> work_access(core::Clock const& clock) {
    return std::make_unique<WorkFiles>(clock);
}

std::int64_t waiting_for_marking(sql::Tx& tx, auth::Caller const& caller) {
    return store::waiting(tx, caller.person);
}

std::int64_t open_for_pupil(sql::Tx& tx, auth::Caller const& caller, core::Clock const& clock) {
    constexpr int most = 60;
    auto const today = roster::today(tx, clock);
    auto const class_id = roster::pupil_class(tx, caller.person, today);
    if (!class_id) return 0;
    store::PupilFilter filter;
    filter.class_id = *class_id;
    filter.pupil = caller.person;
    filter.from = today.plus_days(-days_open);
    filter.open = true;
    filter.limit = most;
    return static_cast<std::int64_t>(store::of_pupil(tx, filter).size());
}

void keep_house(sql::Database& db, files::Files& files, core::DistrictId district, core::Clock const& clock) {
    bool released = false;
    while (db.transact(district, [&](sql::Tx& tx) { return erase_pictures(tx, files, clock, released); }) > 0) {}
    if (!released) return;
    files.remove_unused_files(district, day_ms);
    files.remove_unused_contents(day_ms);
}

void write_bulk(sql::Tx& tx, files::Files const& files, BulkHomework const& bulk) {
    store::insert(tx, bulk.homework);
    std::map<HomeworkId, Homework const*> homework;
    for (auto const& one : bulk.homework) {
        homework[one.id] = &one;
        access::announce(tx, one);
    }
    std::map<SubmissionId, Work const*> newest;
    for (auto const& work : bulk.works) newest[work.submission_id] = &work;
    for (auto const& one : bulk.submissions) {
        auto const work = newest.find(one.id);
        access::put(tx, *homework.at(one.homework_id), one, work == newest.end() ? nullptr : work->second);
    }
    store::insert_works(tx, bulk.works);
    for (auto const& work : bulk.works) {
        for (auto const& file : work.files) (void)files.hold(tx, file.file_id, work_holder, work.submission_id.text());
    }
    auto told = bulk.submissions;
    std::ranges::sort(told, {}, &Submission::updated_at);
    for (auto const& one : told) {
        bool const back = one.state == SubmissionState::returned || one.state == SubmissionState::correction;
        if (back) tell_returned(tx, one.updated_at, *homework.at(one.homework_id), one);
    }
    std::vector<store::InkRow> rows;
    for (auto const& [id, sheet] : bulk.ink) rows.push_back({id, 1, sheet});
    store::put_ink(tx, rows);
}

}  // namespace santong::homework
