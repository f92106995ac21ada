#include <doctest/doctest.h>

#include <array>

#include "changes.hpp"

using namespace santong;
using namespace santong::timetable;
using santong::test::ChangeWeek;

namespace {

/// An exchange of a lesson that its teacher may ask for: of two, or of three.
template <class Draw>
std::optional<AskedLesson> drawn_swap(ChangeWeek const& week, auth::Caller const& asker, LessonId const& id,
                                      Draw const& draw) {
    bool const three = draw(2) == 0;
    auto const options = swap_options(week.db(), asker, week.clock, {id, three, {}});
    if (options->empty()) return std::nullopt;
    AskedLesson wish{id, ChangeWay::swap, {}, (*options)[draw(options->size())].lesson_id, {}};
    if (!three) return wish;
    auto const thirds = swap_options(week.db(), asker, week.clock, {id, true, wish.swap_lesson_id});
    if (thirds->empty()) return std::nullopt;
    wish.third_lesson_id = (*thirds)[draw(thirds->size())].lesson_id;
    return wish;
}

}  // namespace

TEST_CASE("whatever is changed and taken back, in any order, the timetable is as it was") {
    ChangeWeek week(true);
    auto const before = week.all_lessons();
    std::uint32_t seed = 20141120;
    auto const draw = [&](std::size_t below) {
        seed = seed * 1664525U + 1013904223U;
        return (seed >> 8) % below;
    };
    std::vector<SubstitutionId> made;
    auto const taken_back = [&](std::size_t at) {
        if (!remove_substitution(week.db(), week.office(), week.clock, made[at])) return false;
        made.erase(made.begin() + static_cast<std::ptrdiff_t>(at));
        return true;
    };
    std::size_t swaps = 0, rings = 0;
    for (int step = 0; step < 90; ++step) {
        auto const lessons = week.all_lessons();
        auto const& lesson = lessons[draw(lessons.size())];
        if (draw(4) == 0 && !made.empty()) {
            taken_back(draw(made.size()));
        } else if (draw(2) == 0 && lesson.teacher_id && lesson.date > week.today()) {
            auto const asker = week.caller(*lesson.teacher_id);
            auto const wish = drawn_swap(week, asker, lesson.id, draw);
            if (!wish) continue;
            auto const asked = ask_change(week.db(), asker, week.clock, {ChangeCause::other, "对调", {*wish}});
            if (!asked) continue;
            auto const done = week.decide(week.agreed_by_all(asked->front()));
            if (!done.substitution_id) continue;
            made.push_back(*done.substitution_id);
            ++(wish->third_lesson_id ? rings : swaps);
        } else {
            auto const kind = std::array{SubstitutionKind::cancelled, SubstitutionKind::substitute,
                                         SubstitutionKind::self_study}[draw(3)];
            NewSubstitution wish{lesson.class_id, lesson.date, lesson.period, kind, {}, {}, "有事", {}};
            if (kind == SubstitutionKind::substitute) wish.teacher_id = week.heba.teachers[draw(6)];
            if (auto const done = add_substitution(week.db(), week.office(), week.clock, wish))
                made.push_back(done->id);
        }
    }
    CHECK(swaps > 0);
    CHECK(rings > 0);
    CHECK(week.all_lessons() != before);
    // One that would put somebody into two rooms waits until the other one is gone.
    for (int round = 0; round < 60 && !made.empty(); ++round) {
        for (std::size_t at = made.size(); at-- > 0;) taken_back(at);
    }
    CHECK(made.empty());
    CHECK(week.all_lessons() == before);
}
