#pragma once
// A school day in the small world: lessons of one teacher, a textbook, resources of every standing.
#include "modules/resources/service_bulk.hpp"
#include "modules/teaching/service_class.hpp"
#include "modules/teaching/service_plans.hpp"
#include "modules/teaching/service_today.hpp"
#include "world.hpp"

namespace santong::test {

/// Thursday 2014-11-20. Teacher 0 (mathematics) of heba: period 1 (08:20–09:00) and 3 (10:20–11:00) in 五(1), period 4
/// (11:10–11:50) in 五(2); teacher 1 (Chinese): period 3 in 五(2). The same on the Thursdays before. It is 10:00.
class Classroom : public World {
public:
    Classroom();

    resources::TextbookId book;
    resources::ChapterId unit, first_chapter, second_chapter;
    resources::ResourceId reviewed;   ///< published in heba after review, slides of the first chapter
    resources::ResourceId draft;      ///< teacher 0's own, not reviewed
    resources::ResourceId elsewhere;  ///< of jinpen, for itself

    /// Sets the clock to a time of a day of November 2014.
    void go_to(int day, int hour, int minute, int second = 0);
    timetable::LessonId lesson(int class_number, int period, int day = 20) const;
    teaching::SessionId session(int class_number, int period, int day = 20) const;
    auth::Caller math() const { return teacher(heba, 0); }
    auth::Caller chinese() const { return teacher(heba, 1); }

    teaching::ClassView open(int class_number = 1, int period = 3);
    teaching::ScreenPlace show(teaching::SessionId const& id, resources::ResourceId const& resource, int page = 1);
    /// Signs of life every 15 s for so many minutes.
    void stay(teaching::SessionId const& id, int minutes);
    /// The session as it stands in the table.
    teaching::ClassSession stored(teaching::SessionId const& id) const;
    /// A plan for the first chapter with the reviewed resource in its second part.
    teaching::PlanView plan_with_resource(std::vector<timetable::LessonId> const& lessons = {});
};

}  // namespace santong::test
