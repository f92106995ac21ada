#include "server/demo/computers.hpp"

#include <algorithm>
#include <map>

#include "core/assert.hpp"
#include "modules/teaching/service.hpp"
#include "modules/teaching/service_material.hpp"

namespace santong::server::demo {

using teaching::MaterialKind;
using teaching::MaterialUse;
using teaching::RoomComputer;

namespace {

constexpr int days_back = 6;

/// Rooms of a school's classes with a computer in each, but for two that have none yet. One has been silent for days.
std::vector<RoomComputer> computers_of(SchoolPlan const& school, Random& random) {
    core::Instant const now = core::Zone{}.at(demo_today, demo_minute);
    std::vector<RoomComputer> made;
    for (auto const& group : school.classes) {
        auto& one = made.emplace_back();
        one.id = teaching::ComputerId{core::Uuid::named("demo computer " + group.id.text())};
        one.school_id = school.id;
        one.room = group.room;
        one.name = "JS" + group.room;
        one.system = random.chance(0.7) ? "Windows 6.1" : "Windows 10.0";
        one.version = "0.1.0";
        one.enrolled_by = school.teachers.back().id;
        one.enrolled_at = core::Zone{}.at(demo_today.plus_days(-40), 15 * 60);
        one.seen_at = now.plus_seconds(-random.between(5, 100));
    }
    if (made.size() > 3) made.resize(made.size() - 2);
    if (!made.empty()) made.back().seen_at = now.plus_seconds(-3 * 86'400 - 4 * 3'600);
    return made;
}

/// What was in front in one lesson: a few bands, the rest of it chalk.
void tell_lesson(std::vector<MaterialUse>& uses, RoomComputer const& computer, teaching::ClassSession const& session,
                 Random& random) {
    auto const first = random.between(0, 2);
    auto const bands = random.between(1, 4);
    for (int i = first; i < first + bands; ++i) {
        auto const at = session.started_at.plus_seconds(i * 300);
        auto const slides = random.between(2, 4);
        auto const kind = random.chance(0.7) ? MaterialKind::slides : MaterialKind::video;
        uses.push_back({computer.id, at, kind, slides, session.date, session.lesson_id, false});
        if (!random.chance(0.5)) continue;
        uses.push_back({computer.id, at, MaterialKind::browser, 5 - slides, session.date, session.lesson_id, false});
    }
}

}  // namespace

void write_computers(sql::Database& db, DistrictPlan const& plan, Random random) {
    auto const found = std::ranges::find_if(plan.schools, [](SchoolPlan const& one) { return one.row.prefix == "HB"; });
    SANTONG_ASSERT(found != plan.schools.end());
    auto const& school = *found;
    db.transact(datonghu, [&](sql::Tx& tx) {
        auto drawn = random;
        auto const computers = computers_of(school, drawn);
        std::map<std::string, RoomComputer const*> in_room;
        for (auto const& one : computers) in_room.emplace(one.room, &one);
        std::vector<MaterialUse> uses;
        for (auto const& session :
             teaching::sessions_of_school(tx, school.id, demo_today.plus_days(-days_back), demo_today)) {
            auto const computer = in_room.find(session.room);
            bool const measured = session.kind == teaching::EvidenceKind::class_view && session.used();
            if (computer == in_room.end() || !measured || session.started_at.ms % 300'000 != 0) continue;
            tell_lesson(uses, *computer->second, session, drawn);
        }
        for (auto const& one : computers) {
            auto const noon = core::Zone{}.at(demo_today.plus_days(-1), 12 * 60 + 30);
            if (drawn.chance(0.4)) {
                uses.push_back({one.id, noon, MaterialKind::video, drawn.between(2, 5), demo_today.plus_days(-1),
                                std::nullopt, false});
            }
        }
        teaching::write_computers(tx, computers, uses);
    });
}

}  // namespace santong::server::demo
