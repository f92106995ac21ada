#include "modules/timetable/service_unplanned.hpp"

#include "core/json.hpp"
#include "modules/timetable/permissions.hpp"
#include "modules/timetable/service.hpp"
#include "modules/timetable/store.hpp"
#include "platform/auth/audit.hpp"
#include "platform/feed/feed.hpp"

namespace santong::timetable {

namespace {

struct ConfirmNote {
    core::LocalDate date;
    std::int32_t period = 0;
};
BOOST_DESCRIBE_STRUCT(ConfirmNote, (), (date, period))

}  // namespace

core::Result<Substitution> confirm_unplanned(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                             LessonId const& id, ConfirmUnplanned const& wish) {
    if (wish.reason.size() < 2) return core::invalid_at("/reason", "core.required");
    if (wish.reason.size() > 600) return core::invalid_at("/reason", "core.too_long", {{"max", "200"}});
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<Substitution> {
        auto const lesson = store::lesson(tx, id);
        if (!lesson || !caller.may(tx, permissions::substitute, lesson->school_id)) return core::not_found();
        if (lesson->source != LessonSource::unplanned) return core::conflict("timetable.not_unplanned");
        Substitution const made{SubstitutionId::make(), lesson->school_id,  lesson->class_id,
                                lesson->date,           lesson->period,     SubstitutionKind::added,
                                lesson->subject,        lesson->teacher_id, wish.reason,
                                caller.person,          clock.now()};
        if (!store::insert_substitution(tx, made)) return core::conflict("timetable.already_substituted");
        feed::put(tx, {"timetable.Substitution", made.id.text(), made.school_id}, made);
        auth::audit(tx, caller,
                    {"timetable.unplanned_confirmed", made.class_id.text(),
                     core::json::write(ConfirmNote{made.date, made.period})});
        materialise(tx, made.school_id, made.date, made.date, clock.now());
        return made;
    });
}

}  // namespace santong::timetable
