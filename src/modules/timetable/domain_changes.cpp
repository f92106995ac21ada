#include "modules/timetable/domain_changes.hpp"

#include <algorithm>

namespace santong::timetable {

namespace {

/// A row of the request's act at the place of `lesson`.
Substitution row_at(ChangeRequest const& request, Lesson const& lesson, SubstitutionKind kind) {
    Substitution row;
    row.id = SubstitutionId::make();
    row.school_id = request.school_id;
    row.class_id = lesson.class_id;
    row.date = lesson.date;
    row.period = lesson.period;
    row.kind = kind;
    row.act_id = request.act_id;
    return row;
}

/// `taught` is held at the place of `lesson`.
Substitution moved(ChangeRequest const& request, Lesson const& lesson, Lesson const& taught) {
    auto row = row_at(request, lesson, SubstitutionKind::swapped);
    row.subject = taught.subject;
    row.teacher_id = taught.teacher_id;
    row.room = taught.room;
    return row;
}

}  // namespace

std::vector<core::PersonId> colleagues_of(ChangeRequest const& request) {
    std::vector<core::PersonId> people;
    if (request.colleague_id) people.push_back(*request.colleague_id);
    if (request.third_id) people.push_back(*request.third_id);
    return people;
}

std::vector<core::PersonId> colleagues_asked(ChangeRequest const& request) {
    auto people = colleagues_of(request);
    if (request.agreed_by) std::erase(people, *request.agreed_by);
    return people;
}

std::vector<Substitution> substitutions_of(ChangeRequest const& request, Standing const& found) {
    auto const& [lesson, other, third] = found;
    switch (request.way) {
        case ChangeWay::none: return {};
        case ChangeWay::cancelled: return {row_at(request, lesson, SubstitutionKind::cancelled)};
        case ChangeWay::self_study: {
            auto row = row_at(request, lesson, SubstitutionKind::self_study);
            row.teacher_id = request.colleague_id;
            return {row};
        }
        case ChangeWay::substitute: {
            auto row = row_at(request, lesson, SubstitutionKind::substitute);
            row.teacher_id = request.colleague_id;
            row.subject = request.other_subject;
            return {row};
        }
        case ChangeWay::swap: break;
    }
    if (!other) return {};
    if (!third) return {moved(request, lesson, *other), moved(request, *other, lesson)};
    return {moved(request, lesson, *other), moved(request, *other, *third), moved(request, *third, lesson)};
}

namespace {

/// Whether `who` cannot be held at the place of `where`: her teacher stands before another class then, or her room is
/// taken.
bool clashes(Lesson const& who, Lesson const& where, std::span<Lesson const> school) {
    return std::ranges::any_of(school, [&](Lesson const& one) {
        if (!takes_place(one) || one.date != where.date || one.period != where.period) return false;
        if (one.class_id == who.class_id) return false;
        return one.teacher_id == who.teacher_id || (!who.room.empty() && one.room == who.room);
    });
}

/// A planned lesson of the same class, as the timetable has it, by somebody else.
bool exchangeable(Lesson const& lesson, Lesson const& other) {
    return other.class_id == lesson.class_id && other.state == LessonState::planned &&
           other.source == LessonSource::timetable && other.teacher_id && other.teacher_id != lesson.teacher_id;
}

}  // namespace

std::vector<Lesson> swaps_for(Lesson const& lesson, std::span<Lesson const> school) {
    std::vector<Lesson> found;
    for (auto const& other : school) {
        if (exchangeable(lesson, other) && !clashes(other, lesson, school) && !clashes(lesson, other, school))
            found.push_back(other);
    }
    return found;
}

std::vector<Lesson> seconds_for(Lesson const& lesson, std::span<Lesson const> school) {
    std::vector<Lesson> found;
    for (auto const& other : school) {
        if (exchangeable(lesson, other) && !clashes(other, lesson, school)) found.push_back(other);
    }
    return found;
}

std::vector<Lesson> thirds_for(Lesson const& lesson, Lesson const& second, std::span<Lesson const> school) {
    std::vector<Lesson> found;
    for (auto const& third : school) {
        if (third.id == second.id || !exchangeable(lesson, third) || !exchangeable(second, third)) continue;
        if (!clashes(third, second, school) && !clashes(lesson, third, school)) found.push_back(third);
    }
    return found;
}

}  // namespace santong::timetable
