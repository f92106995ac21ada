#include "server/demo/demo.hpp"
#include "server/cannot_begin.hpp"

#include <cstdio>
#include <filesystem>
#include <stdexcept>

#include "core/assert.hpp"
#include "modules/indicators/service.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/accounts.hpp"
#include "platform/sql/installation.hpp"
#include "server/demo/accounts.hpp"
#include "server/demo/activity.hpp"
#include "server/demo/changes.hpp"
#include "server/demo/computers.hpp"
#include "server/demo/history.hpp"
#include "server/demo/homework.hpp"
#include "server/demo/intake.hpp"
#include "server/demo/library.hpp"
#include "server/demo/lines.hpp"
#include "server/demo/news.hpp"
#include "server/demo/plan.hpp"
#include "server/demo/push.hpp"
#include "server/demo/reports.hpp"
#include "server/demo/shelves.hpp"
#include "server/demo/sign_ins.hpp"
#include "server/demo/write_plans.hpp"
#include "server/demo/write_roster.hpp"
#include "server/parts.hpp"

namespace santong::server::demo {

namespace {

core::Instant demo_start() {
    return core::Zone{}.at(demo_today, demo_minute);
}

/// The totals of plan 002; a demo that misses one is not the demo.
void check_totals(DistrictPlan const& plan) {
    std::size_t classes = 0, pupils = 0, teachers = 0, entries = 0;
    int equipped = 0;
    for (auto const& school : plan.schools) {
        classes += school.classes.size();
        teachers += school.teachers.size();
        entries += school.entries.size();
        equipped += school.row.equipped_rooms;
        for (auto const& group : school.classes) pupils += group.pupils.size();
    }
    SANTONG_ASSERT(plan.schools.size() == 20 && classes == 200 && pupils == 8420 && teachers == 650 && equipped == 50);
    SANTONG_ASSERT(entries > 5900 && entries < 6200);
}

void step(char const* what) {
    std::printf("%s\n", what);
    std::fflush(stdout);
}

/// The information office's account: what the demo brings with it came through its hands.
core::AccountId keeper(sql::Database& db, DistrictPlan const& plan) {
    return db.read(datonghu,
                   [&](sql::Tx& tx) { return auth::accounts_of(tx, {plan.officers.at("info_office").id}).at(0).id; });
}

void mark_as_demo(sql::Database& db) {
    sql::add_district(db, datonghu);
    db.transact(0, [](sql::Tx& tx) {
        sql::set_installation_value(tx, "demo", "yes");
        sql::set_installation_value(tx, "unfinished", "demo");
        sql::set_installation_value(tx, "demo_start", std::to_string(demo_start().ms));
    });
}

}  // namespace

void make_district(Place const& place, std::uint64_t seed) {
    {
        auto const db = open_database(place);
        refuse_unfinished(*db);
        if (!sql::districts(*db).empty()) throw CannotBegin("this folder holds a district already: " + place.data);
        mark_as_demo(*db);
    }
    core::SeededUuids const uuids(seed, demo_start().ms - 200LL * 86'400'000);
    Random const random(seed);
    auto plan = draw_district(random);
    draw_timetables(plan, random);
    check_totals(plan);
    Application application(place);
    auto& parts = application.parts();
    core::FixedClock const clock(demo_start());
    step("People, schools, classes");
    write_roster(*parts.db, plan, clock, random.part("consents"));
    auto const accounts = role_accounts(plan);
    write_accounts(*parts.db, accounts);
    step("Timetables");
    write_timetables(*parts.db, plan);
    step("Library");
    SignIns sign_ins;
    core::FixedClock const shelved(core::Zone{}.at(term_start, 480));
    files::Files files(*parts.db, parts.contents, shelved);
    auto const library = write_library(files, keeper(*parts.db, plan), plan, random.part("library"), sign_ins);
    step("Three months of lessons");
    write_history(*parts.db, plan, library, clock, random, sign_ins);
    write_pupil_activity(*parts.db, plan, library, random.part("pupils"), sign_ins);
    write_shelves(*parts.db, plan, library, accounts, random.part("shelves"), sign_ins);
    write_declarations(*parts.db, plan, random.part("declarations"), sign_ins);
    write_plans(*parts.db, plan, library, accounts);
    write_computers(*parts.db, plan, random.part("computers"));
    write_lines(*parts.db, plan, clock);
    files::Files handed_in(*parts.db, parts.contents, clock);
    write_homework(handed_in, plan, accounts, random.part("homework"), sign_ins);
    write_intake(handed_in, plan, accounts, place.data + "/importing");
    write_changes(*parts.db, plan, accounts, clock);
    write_news(handed_in, plan, accounts, random.part("news"), sign_ins);
    write_push(*parts.db, plan, library, clock);
    write_sign_ins(*parts.db, plan, accounts, std::move(sign_ins), random.part("sign-ins"));
    parts.db->refresh_statistics();
    step("Indicators");
    application.drain();
    indicators::keep_house(*parts.db, datonghu, clock);
    step("Monthly reports");
    write_reports(*parts.db, plan, clock);
    parts.db->transact(0, [](sql::Tx& tx) { sql::set_installation_value(tx, "unfinished", "no"); });
    std::printf("Demo district: 20 schools, 200 classes, 8,420 pupils, 650 teachers. All persons are invented.\n");
}

bool print_accounts(Place const& place) {
    if (place.database.empty() && !std::filesystem::exists(std::filesystem::path(place.data) / "santong.db"))
        return false;
    auto const db = open_database(place);
    refuse_unfinished(*db);
    auto const accounts = listed_accounts(*db);
    if (accounts.empty()) return false;
    std::printf("role,login,password,home,totp_secret\n");
    for (auto const& account : accounts) {
        std::printf("%s,%s,%s,%s,%s\n", account.role.c_str(), account.login.c_str(), account.password.c_str(),
                    account.home.c_str(), account.totp_secret.c_str());
    }
    return true;
}

}  // namespace santong::server::demo
