#include <map>
#include <set>
#include <tuple>

#include "modules/indicators/domain.hpp"

namespace santong::indicators {

namespace {

/// What is counted for one subject, one group of subjects, or all of a school's week.
struct Tally {
    std::set<core::Uuid> held;                   ///< lessons
    std::set<core::Uuid> used;                   ///< of these, with measured evidence
    std::set<core::PersonId> taught_by;          ///< teachers of held lessons
    std::set<core::PersonId> posted;             ///< of these, with a post at the school
    std::map<core::PersonId, int> used_by;       ///< posted teachers with evidence
    std::map<core::PersonId, int> effective_by;  ///< effective lessons; one with several classes (合班) is one
    std::set<std::tuple<core::PersonId, core::LocalDate, int>> effective;  ///< where they stand
    std::set<core::OrgId> classes;
    std::set<core::OrgId> reached;  ///< classes with a reviewed resource
    std::map<std::string, std::int64_t> by_kind;
    std::set<core::Uuid> declared;  ///< lessons, whoever of two teachers declared
    std::int64_t not_held = 0;
    std::int64_t due = 0;
};

class Week {
public:
    explicit Week(WeekFacts const& facts)
        : facts_(facts),
          version_(find_indicator(code::coverage)->version_of(facts.monday).number),
          posts_(facts.teachers.begin(), facts.teachers.end()) {
        for (auto const& lesson : facts.taught) take_lesson(lesson);
        for (auto const& session : facts.sessions) take_session(session);
    }

    /// Of a week without a lesson: a new school, holidays.
    std::vector<Rollup> spaces() {
        write_spaces();
        write_published();
        return std::move(rows_);
    }

    std::vector<Rollup> rows() {
        tallies_[""];  // the school's own row is there even if no lesson was held
        for (auto const& [subject, tally] : tallies_) write(subject, tally);
        return std::move(rows_);
    }

private:
    /// Calls `add` for the subject, its group (if it has a name of its own) and the whole school.
    template <class F>
    void each(std::string const& subject, F const& add) {
        add(tallies_[""]);
        add(tallies_[subject]);
        if (auto const group = group_of(subject); group != subject) add(tallies_[group]);
    }

    void hold(std::string const& subject, core::Uuid const& lesson, core::OrgId const& class_id,
              std::optional<core::PersonId> const& teacher) {
        given_[{class_id, subject}].insert(lesson);
        each(subject, [&](Tally& tally) {
            tally.held.insert(lesson);
            tally.classes.insert(class_id);
            if (!teacher) return;
            tally.taught_by.insert(*teacher);
            if (posts_.contains(*teacher)) tally.posted.insert(*teacher);
        });
    }

    void take_lesson(TaughtFact const& lesson) {
        lessons_[lesson.lesson_id] = &lesson;
        days_.insert(lesson.date);
        if (lesson.state == "held") hold(lesson.subject, lesson.lesson_id, lesson.class_id, lesson.teacher_id);
        each(lesson.subject, [&](Tally& tally) {
            ++tally.due;
            if (lesson.state != "held") ++tally.not_held;
        });
    }

    void take_session(SessionFact const& session) {
        auto const known = lessons_.find(session.lesson_id);
        bool const dropped = known != lessons_.end() && known->second->state != "held";
        auto const& subject = known == lessons_.end() ? session.subject : known->second->subject;
        if (session.declared()) {
            if (!session.discarded() && !dropped)
                each(subject, [&](Tally& tally) { tally.declared.insert(session.lesson_id); });
            return;
        }
        if (!session.is_evidence(version_) || dropped) return;
        // beside the timetable; of two teachers' sessions of one lesson only the first makes it due
        bool const beside = known == lessons_.end() && beside_.insert(session.lesson_id).second;
        if (beside) each(subject, [](Tally& tally) { ++tally.due; });
        hold(subject, session.lesson_id, session.class_id, session.teacher_id);
        each(subject, [&](Tally& tally) { count(tally, session); });
    }

    void count(Tally& tally, SessionFact const& session) const {
        if (tally.used.insert(session.lesson_id).second) ++tally.by_kind[session.kind];
        if (session.reviewed_resource) tally.reached.insert(session.class_id);
        if (!posts_.contains(session.teacher_id)) return;
        ++tally.used_by[session.teacher_id];
        if (!session.effective()) return;
        auto const place = std::tuple(session.teacher_id, session.date, session.period);
        if (tally.effective.insert(place).second) ++tally.effective_by[session.teacher_id];
    }

    void row(char const* indicator, std::string const& subject, std::size_t numerator, std::size_t denominator,
             std::size_t heads) {
        auto const* known = find_indicator(indicator);  // a part of I21 has none of its own
        int const version = known == nullptr ? version_ : known->version_of(facts_.monday).number;
        rows_.push_back({indicator, facts_.monday, facts_.school_id, subject, version,
                         static_cast<std::int64_t>(numerator), static_cast<std::int64_t>(denominator),
                         static_cast<std::int64_t>(heads)});
    }

    void write(std::string const& subject, Tally const& tally) {
        auto const& teachers = subject.empty() ? posts_ : tally.posted;
        std::size_t twice = 0;
        for (auto const& [teacher, lessons] : tally.effective_by) twice += lessons >= 2 ? 1 : 0;
        row(code::participation, subject, tally.used_by.size(), teachers.size(), teachers.size());
        row(code::coverage, subject, tally.used.size(), tally.held.size(), tally.taught_by.size());
        row(code::two_lessons, subject, twice, teachers.size(), teachers.size());
        row(code::class_reach, subject, tally.reached.size(), tally.classes.size(), tally.taught_by.size());
        if (!subject.empty()) return;
        for (auto const* kind : {"class_view", "helper", "live", "resource_opened"}) {
            auto const found = tally.by_kind.find(kind);
            auto const lessons = found == tally.by_kind.end() ? 0 : static_cast<std::size_t>(found->second);
            row((std::string(code::coverage) + "." + kind).c_str(), subject, lessons, tally.used.size(),
                tally.taught_by.size());
        }
        row(code::declared_lessons, subject, tally.declared.size(), tally.held.size(), tally.taught_by.size());
        row(code::not_held, subject, static_cast<std::size_t>(tally.not_held), static_cast<std::size_t>(tally.due),
            tally.taught_by.size());
        write_subjects(tally.taught_by.size());
        write_courses(tally.taught_by.size());
        write_spaces();
        write_published();
    }

    /// Subjects, not groups of them: those with a lesson due, and of these those with evidence.
    void write_subjects(std::size_t heads) {
        std::size_t due = 0, used = 0;
        for (auto const& [subject, tally] : tallies_) {
            if (subject.empty() || subject.starts_with("g.")) continue;
            if (tally.due == 0) continue;  // only declared, beside the timetable
            ++due;
            used += tally.used.empty() ? 0 : 1;
        }
        row(code::subjects, "", used, due, heads);
    }

    /// Class by class against the course plan; nothing in a week that is mostly holidays.
    void write_courses(std::size_t heads) {
        auto const days = static_cast<int>(days_.size());
        if (days < least_school_days) return;
        std::size_t courses = 0, taught = 0;
        std::int64_t due = 0, given = 0;
        for (auto const& [class_id, wanted] : facts_.wanted) {
            for (auto const& [subject, weekly] : wanted) {
                auto const at = given_.find({class_id, subject});
                auto const lessons = at == given_.end() ? 0 : static_cast<std::int64_t>(at->second.size());
                ++courses;
                taught += lessons > 0 ? 1 : 0;
                auto const periods = periods_due(weekly, days);
                due += periods;
                given += std::min(lessons, periods);
            }
        }
        if (courses == 0) return;
        row(code::courses, "", taught, courses, heads);
        row(code::periods, "", static_cast<std::size_t>(given), static_cast<std::size_t>(due), heads);
    }

    void write_published() {
        if (facts_.published == 0) return;
        auto const items = static_cast<std::size_t>(facts_.published);
        row(code::reviewed, "", static_cast<std::size_t>(facts_.approved), items, items);
    }

    void write_spaces() {
        std::string const subject;  // of the whole school
        auto const pupils = static_cast<std::size_t>(facts_.pupils);
        row(code::spaces, subject, static_cast<std::size_t>(facts_.pupils_opened), pupils, pupils);
        row(code::spaces_used, subject, static_cast<std::size_t>(std::min(facts_.learners, facts_.pupils)), pupils,
            pupils);
    }

    WeekFacts const& facts_;
    int version_;  ///< of the formulas that count lessons
    std::set<core::PersonId> posts_;
    std::map<core::Uuid, TaughtFact const*> lessons_;
    std::set<core::Uuid> beside_;
    std::set<core::LocalDate> days_;
    std::map<std::pair<core::OrgId, std::string>, std::set<core::Uuid>> given_;  ///< lessons held by class and subject
    std::map<std::string, Tally> tallies_;
    std::vector<Rollup> rows_;
};

}  // namespace

std::vector<Rollup> roll_up(WeekFacts const& facts) {
    if (!facts.taught.empty() || !facts.sessions.empty() || facts.learners > 0) return Week(facts).rows();
    return facts.pupils > 0 || facts.published > 0 ? Week(facts).spaces() : std::vector<Rollup>();
}

}  // namespace santong::indicators
