#include "server/demo/homework.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/assert.hpp"
#include "modules/homework/service.hpp"
#include "platform/auth/accounts.hpp"
#include "server/demo/worksheet.hpp"

namespace santong::server::demo {

namespace {

using homework::HandedBy;
using homework::Homework;
using homework::MarkResult;
using homework::Submission;
using homework::SubmissionState;
using homework::Work;

/// Due days of homework; those still to come have no works yet.
constexpr core::LocalDate first_due{2014, 11, 10}, last_due{2014, 11, 24};

struct Task {
    char const* subject;
    char const* title;
    char const* text;
    int minutes;
};
constexpr Task tasks[] = {
    {"13", "抄写生字，读课文两遍", "每个生字写两遍，想一想怎么记。", 20},
    {"13", "小练笔：我家门前", "写一段话，150 字左右，用上今天学的比喻句。", 25},
    {"13", "背诵第 2 自然段", "背熟后请家长听一遍。", 15},
    {"14", "练习第 3、5 题", "先画图再列式，写清单位。", 20},
    {"14", "口算一页，订正昨天的题", "口算限时 10 分钟。", 15},
    {"14", "平行四边形面积练习", "第 1～4 题；说清底和高怎样对应。", 25},
    {"41", "Copy the new words", "Each word three times, read them aloud.", 15},
    {"41", "Read Unit 5 and answer", "Answer questions 1 to 4 in full sentences.", 20},
};

/// Who teaches a class a subject by its timetable.
std::map<std::pair<PersonId, std::string>, std::vector<ClassPlan const*>> by_teacher(SchoolPlan const& school) {
    std::map<std::pair<PersonId, std::string>, std::vector<ClassPlan const*>> found;
    for (auto const& group : school.classes) {
        std::map<std::string, PersonId> teacher_of;
        for (auto const& entry : school.entries) {
            if (entry.class_id == group.id && entry.teacher_id)
                teacher_of.try_emplace(entry.subject, *entry.teacher_id);
        }
        for (auto const& [subject, teacher] : teacher_of) found[{teacher, subject}].push_back(&group);
    }
    return found;
}

class HomeworkWriter {
public:
    HomeworkWriter(files::Files& files, SchoolPlan const& school, Random random, SignIns& sign_ins)
        : files_(files), school_(school), random_(random), sign_ins_(sign_ins) {}

    /// Homework of every class in the main subjects, on most days.
    void set_all() {
        for (auto const& [place, classes] : by_teacher(school_)) {
            auto const& [teacher, subject] = place;
            if (subject != "13" && subject != "14" && subject != "41") continue;
            std::map<int, std::vector<ClassPlan const*>> grades;
            for (auto const* group : classes) grades[group->grade].push_back(group);
            for (auto const& [grade, groups] : grades) {
                constexpr int first_with_sums = 3;
                if (grade >= first_with_sums || subject == "13") set_days(teacher, subject, groups);
            }
        }
    }

    /// The works of one class: who has an account writes, the others hand in on paper.
    void hand_in_all(ClassPlan const& group) {
        for (auto const& one : bulk_.homework) {
            auto const& content = one.content;
            bool const here =
                std::find(content.class_ids.begin(), content.class_ids.end(), group.id) != content.class_ids.end();
            if (!here || content.due_on > demo_today) continue;
            for (std::size_t i = 0; i < group.pupils.size(); ++i) hand_in(one, group, i);
        }
    }

    /// Accounts of a class that are open.
    void know(ClassPlan const& group) {
        std::vector<PersonId> ids;
        for (auto const& pupil : group.pupils) ids.push_back(pupil.id);
        files_.database().read(datonghu, [&](sql::Tx& tx) {
            for (auto const& account : auth::accounts_of(tx, ids)) {
                if (account.status == auth::AccountStatus::active) accounts_.insert(account.person_id);
            }
        });
    }

    void write() {
        SANTONG_ASSERT(!bulk_.homework.empty() && !bulk_.works.empty());
        files_.database().transact(datonghu, [&](sql::Tx& tx) { homework::write_bulk(tx, files_, bulk_); });
    }

private:
    void set_days(PersonId const& teacher, std::string const& subject, std::vector<ClassPlan const*> const& groups) {
        std::vector<Task const*> choice;
        for (auto const& task : tasks) {
            if (task.subject == subject) choice.push_back(&task);
        }
        for (auto due = first_due; due <= last_due; due = due.plus_days(1)) {
            constexpr int friday = 5;
            // yesterday's works are marked, tomorrow shows the warning
            bool const busy = due == demo_today.plus_days(1) || due == demo_today.plus_days(-1);
            if (due.weekday() > friday || (!busy && random_.chance(0.25))) continue;
            add(teacher, *random_.pick(choice), groups, due);
        }
    }

    void add(PersonId const& teacher, Task const& task, std::vector<ClassPlan const*> const& groups,
             core::LocalDate due) {
        constexpr int last_without_writing = 2, after_school = 16 * 60 + 10, before_today = demo_minute - 40;
        bool const young = groups.front()->grade <= last_without_writing;
        Homework one;
        one.id = homework::HomeworkId::make();
        one.school_id = school_.id;
        one.teacher_id = teacher;
        one.subject = task.subject;
        one.content.title = young ? "读一读今天学的内容" : task.title;
        one.content.text = young ? "读给家里人听，不用写。" : task.text;
        one.content.written = !young;
        one.content.minutes = young ? 10 : task.minutes;
        one.content.form = young ? homework::Form::paper : homework::Form::either;
        one.content.due_on = due;
        for (auto const* group : groups) one.content.class_ids.push_back(group->id);
        auto const weekend = due.weekday() == 1 ? 3 : 1;
        one.set_on = std::min(due.plus_days(-weekend), demo_today);
        one.made_at = one.updated_at =
            core::Zone{}.at(one.set_on, one.set_on == demo_today ? before_today : after_school);
        bulk_.homework.push_back(std::move(one));
    }

    void hand_in(Homework const& one, ClassPlan const& group, std::size_t number) {
        auto const& pupil = group.pupils[number];
        bool const shown = number == 0;  // the demo's own pupil
        bool const due_today = one.content.due_on == demo_today;
        if (!shown && random_.chance(due_today ? 0.3 : 0.06)) return;  // nothing came yet
        if (shown && due_today && one.subject != "14") return;
        bool const online = accounts_.contains(pupil.id) && (shown || random_.chance(0.4));
        Work work;
        work.submission_id = homework::submission_id(one.id, pupil.id);
        work.how = online ? HandedBy::online : HandedBy::paper;
        auto const evening = one.content.due_on.plus_days(-1);
        work.handed_in_at = online ? core::Zone{}.at(evening, random_.between(1080, 1230))
                                   : core::Zone{}.at(one.content.due_on, random_.between(465, 490));
        if (online) sign_ins_.note(pupil.id, work.handed_in_at);
        fill(work, one, pupil.id, number);
        Submission submission{work.submission_id,         one.id, school_.id,   group.id,         pupil.id,
                              SubmissionState::handed_in, 1,      std::nullopt, work.handed_in_at};
        if (!due_today) mark(work, submission, one, shown);
        bulk_.works.push_back(std::move(work));
        bulk_.submissions.push_back(submission);
    }

    /// A few works of mathematics are pictures: taken by the pupil, or by his teacher from the stack.
    void fill(Work& work, Homework const& one, PersonId const& pupil, std::size_t number) {
        constexpr std::size_t most_pictures = 6;
        bool const picture = !accounts_.empty() && one.subject == "14" &&
                             one.content.due_on >= demo_today.plus_days(-1) && number < most_pictures;
        if (picture) {
            auto const owner = owner_of(work.how == HandedBy::online ? pupil : one.teacher_id);
            auto const file =
                files_.keep(datonghu, {"作业.png", owner, school_.id}, draw_worksheet(Random(random_.next())));
            SANTONG_ASSERT(file.has_value());
            work.files = {{file->id, file->name, file->media_type}};
            if (work.how == HandedBy::paper) work.how = HandedBy::photo;
        } else if (work.how == HandedBy::online) {
            static char const* const words[] = {"写好了，第 5 题是先画图再算的。", "已完成，请老师看看单位写得对不对。",
                                                "生字都写在本子上了，课文读了两遍。", "做完了，有一题不太确定。"};
            work.text = words[random_.below(4)];
        }
    }

    core::AccountId owner_of(PersonId const& person) {
        return files_.database().read(datonghu, [&](sql::Tx& tx) { return auth::accounts_of(tx, {person}).at(0).id; });
    }

    void mark(Work& work, Submission& submission, Homework const& one, bool shown) {
        static char const* const words[] = {"书写认真。", "思路清楚，继续努力。", "注意单位。", "",
                                            "列式对了，计算再细心些。"};
        bool const waits = !shown && one.content.due_on == demo_today.plus_days(-1) && random_.chance(0.35);
        if (waits) return;
        work.result = random_.chance(0.5) ? MarkResult::a : random_.chance(0.5) ? MarkResult::b : MarkResult::read;
        work.comment = words[random_.below(5)];
        work.mark_version = 1;
        work.marked_by = one.teacher_id;
        work.marked_at = work.returned_at = core::Zone{}.at(one.content.due_on, random_.between(840, 990));
        submission.state = SubmissionState::returned;
        submission.updated_at = *work.returned_at;
        if (work.files.empty()) return;
        using homework::MarkStroke;
        using homework::StrokeKind;
        bulk_.ink.push_back(
            {submission.id,
             {1,
              {MarkStroke{StrokeKind::tick, 0, {5800, 700}, ""}, MarkStroke{StrokeKind::tick, 0, {5800, 1700}, ""},
               MarkStroke{StrokeKind::half, 0, {5800, 2700}, ""},
               MarkStroke{StrokeKind::note, 0, {6400, 2700}, "再算一遍"}}}});
        if (!shown) return;
        work.result = MarkResult::b;
        work.comment = "第三题再算一遍，订正好交上来。";
        work.correction = true;
        submission.state = SubmissionState::correction;
    }

    files::Files& files_;
    SchoolPlan const& school_;
    Random random_;
    SignIns& sign_ins_;
    homework::BulkHomework bulk_;
    std::set<PersonId> accounts_;
};

/// Other schools have their load, and one class each its works, all on paper: whoever signs in there finds some.
void write_elsewhere(files::Files& files, DistrictPlan const& plan, Random const& random, SignIns& sign_ins) {
    constexpr int first_with_sums = 3;
    for (auto const& school : plan.schools) {
        bool const wanted = school.row.prefix == "JP" || school.row.prefix == "MX" || school.row.prefix == "SB";
        if (!wanted) continue;
        auto const group = std::find_if(school.classes.begin(), school.classes.end(),
                                        [](ClassPlan const& one) { return one.grade >= first_with_sums; });
        if (group == school.classes.end()) continue;
        HomeworkWriter writer(files, school, random.part(std::string(school.row.prefix)), sign_ins);
        writer.set_all();
        writer.hand_in_all(*group);
        writer.write();
    }
}

}  // namespace

void write_homework(files::Files& files, DistrictPlan const& plan, std::vector<RoleAccount> const& accounts,
                    Random random, SignIns& sign_ins) {
    auto const school = std::find_if(plan.schools.begin(), plan.schools.end(),
                                     [](SchoolPlan const& s) { return s.row.prefix == "HB"; });
    auto const of_role = [&](std::string_view role) {
        return std::find_if(accounts.begin(), accounts.end(), [&](RoleAccount const& a) { return a.role == role; })
            ->person.id;
    };
    HomeworkWriter writer(files, *school, random, sign_ins);
    writer.set_all();
    auto const pupil = of_role("pupil"), teacher = of_role("teacher");
    for (auto const& group : school->classes) {
        bool const his =
            std::any_of(school->entries.begin(), school->entries.end(), [&](timetable::Entry const& entry) {
                return entry.class_id == group.id && entry.subject == "14" && entry.teacher_id == teacher;
            });
        bool const shown = group.pupils.front().id == pupil;
        if (!his && !shown) continue;
        writer.know(group);
        writer.hand_in_all(group);
    }
    writer.write();
    write_elsewhere(files, plan, random, sign_ins);
}

}  // namespace santong::server::demo
