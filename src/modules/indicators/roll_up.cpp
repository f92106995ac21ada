#include <map>
#include <set>

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
    std::map<core::PersonId, int> effective_by;  ///< effective lessons
    std::set<core::OrgId> classes;
    std::set<core::OrgId> reached;  ///< classes with a reviewed resource
    std::map<std::string, std::int64_t> by_kind;
    std::int64_t declared = 0;
    std::int64_t not_held = 0;
    std::int64_t due = 0;
};

class Week {
public:
    explicit Week(WeekFacts const& facts) : facts_(facts), posts_(facts.teachers.begin(), facts.teachers.end()) {
        for (auto const& lesson : facts.taught) take_lesson(lesson);
        for (auto const& session : facts.sessions) take_session(session);
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
            if (!session.discarded() && !dropped) each(subject, [](Tally& tally) { ++tally.declared; });
            return;
        }
        if (!session.counts() || dropped) return;
        if (known == lessons_.end()) each(subject, [](Tally& tally) { ++tally.due; });
        hold(subject, session.lesson_id, session.class_id, session.teacher_id);
        each(subject, [&](Tally& tally) { count(tally, session); });
    }

    void count(Tally& tally, SessionFact const& session) const {
        if (tally.used.insert(session.lesson_id).second) ++tally.by_kind[session.kind];
        if (session.reviewed_resource) tally.reached.insert(session.class_id);
        if (!posts_.contains(session.teacher_id)) return;
        ++tally.used_by[session.teacher_id];
        if (session.effective()) ++tally.effective_by[session.teacher_id];
    }

    void row(char const* indicator, std::string const& subject, std::size_t numerator, std::size_t denominator,
             std::size_t heads) {
        rows_.push_back({indicator, facts_.monday, facts_.school_id, subject, 1, static_cast<std::int64_t>(numerator),
                         static_cast<std::int64_t>(denominator), static_cast<std::int64_t>(heads)});
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
        row(code::declared_lessons, subject, static_cast<std::size_t>(tally.declared), tally.held.size(),
            tally.taught_by.size());
        row(code::not_held, subject, static_cast<std::size_t>(tally.not_held), static_cast<std::size_t>(tally.due),
            tally.taught_by.size());
        auto const pupils = static_cast<std::size_t>(facts_.pupils);
        row(code::spaces, subject, static_cast<std::size_t>(facts_.pupils_opened), pupils, pupils);
        row(code::spaces_used, subject, static_cast<std::size_t>(std::min(facts_.learners, facts_.pupils)), pupils,
            pupils);
    }

    WeekFacts const& facts_;
    std::set<core::PersonId> posts_;
    std::map<core::Uuid, TaughtFact const*> lessons_;
    std::map<std::string, Tally> tallies_;
    std::vector<Rollup> rows_;
};

}  // namespace

std::vector<Rollup> roll_up(WeekFacts const& facts) {
    if (facts.taught.empty() && facts.sessions.empty() && facts.learners == 0) return {};
    return Week(facts).rows();
}

}  // namespace santong::indicators
