#include "server/demo/activity.hpp"

#include <set>

#include "modules/indicators/service.hpp"
#include "modules/resources/service.hpp"
#include "platform/auth/accounts.hpp"

namespace santong::server::demo {

namespace {

constexpr int weeks = 12;

auth::Caller as_pupil(PersonPlan const& pupil, OrgId const& class_id) {
    auth::Caller caller;
    caller.district = datonghu;
    caller.person = pupil.id;
    caller.grants = {{auth::Role::pupil, class_id, ""}};
    return caller;
}

/// What pupils of a grade find at their school, whatever the subject.
std::vector<resources::ResourceId> of_grade(LibraryPlan const& library, OrgId const& school, int grade) {
    std::vector<resources::ResourceId> found;
    for (auto const& item : library.items) {
        if (is_on_shelf(item, school) && item.grade_from <= grade && grade <= item.grade_to) found.push_back(item.id);
    }
    return found;
}

/// Pupils whose account is open and who have taken their slip; a few of each class have not yet.
std::set<PersonId> pupils_who_came(sql::Database& db, SchoolPlan const& school) {
    constexpr std::size_t of_so_many_one_waits = 11;
    std::vector<PersonId> with_slip;
    for (auto const& group : school.classes) {
        for (std::size_t i = 0; i < group.pupils.size(); ++i) {
            if (i % of_so_many_one_waits != of_so_many_one_waits - 1) with_slip.push_back(group.pupils[i].id);
        }
    }
    std::set<PersonId> came;
    db.read(datonghu, [&](sql::Tx& tx) {
        for (auto const& account : auth::accounts_of(tx, with_slip)) {
            if (account.status == auth::AccountStatus::active) came.insert(account.person_id);
        }
    });
    return came;
}

struct SchoolDeclaration {
    char const* prefix;
    char const* indicator;
    double value;
};

}  // namespace

void write_pupil_activity(sql::Database& db, DistrictPlan const& plan, LibraryPlan const& library, Random random,
                          SignIns& sign_ins) {
    for (auto const& school : plan.schools) {
        std::map<int, std::vector<resources::ResourceId>> shelf;
        for (int grade = 1; grade <= 12; ++grade) shelf[grade] = of_grade(library, school.id, grade);
        auto const here = pupils_who_came(db, school);
        double const habit = (school.row.central ? 0.34 : 0.16) + 0.1 * random.share();
        for (int week = 0; week < weeks; ++week) {
            db.transact(datonghu, [&](sql::Tx& tx) {
                for (auto const& group : school.classes) {
                    auto const& things = shelf[group.grade];
                    double const chance = group.grade <= 2 ? habit * 0.3 : habit * (0.7 + 0.05 * week);
                    for (auto const& pupil : group.pupils) {
                        if (things.empty() || !random.chance(chance) || !here.contains(pupil.id)) continue;
                        auto const date = term_start.plus_days(7 * week + random.between(0, week == weeks - 1 ? 2 : 6));
                        core::FixedClock const clock(core::Zone{}.at(date, random.between(1000, 1260)));
                        sign_ins.note(pupil.id, clock.now());
                        auto const resource = resources::resource(tx, random.pick(things));
                        resources::record_view(tx, clock, as_pupil(pupil, group.id), *resource, {group.id, {}});
                    }
                }
            });
        }
    }
}

void write_declarations(sql::Database& db, DistrictPlan const& plan, Random random, SignIns& sign_ins) {
    // Three schools say more than was measured; the cockpit shows both.
    static constexpr SchoolDeclaration loud[] = {{"HZ", "I21", 88}, {"BZ", "I21", 85}, {"NW", "I21", 70}};
    std::vector<indicators::Declaration> rows;
    for (auto const& school : plan.schools) {
        double coverage = school.row.central ? random.between(52, 66) : random.between(28, 44);
        for (auto const& one : loud) {
            if (school.row.prefix == one.prefix) coverage = one.value;
        }
        for (auto const* month : {"2014-09", "2014-10"}) {
            bool const later = std::string_view(month) == "2014-10";
            auto const at = core::Zone{}.at(later ? core::LocalDate{2014, 10, 31} : core::LocalDate{2014, 9, 30}, 960);
            sign_ins.note(school.teachers[0].id, at);
            rows.push_back({indicators::DeclarationId::make(), "I21", school.id, month, coverage - (later ? 0 : 6), "",
                            school.teachers[0].id, at});
            rows.push_back({indicators::DeclarationId::make(), "I20", school.id, month, std::min(100.0, coverage + 26),
                            "", school.teachers[0].id, at});
        }
    }
    db.transact(datonghu, [&](sql::Tx& tx) {
        indicators::write_declarations(tx, rows);
        core::LocalDate const due{2014, 12, 31};
        indicators::write_targets(tx, {{"I20", plan.county, due, 90},
                                       {"I21", plan.county, due, 60},
                                       {"I23", plan.county, due, 100},
                                       {"I25", plan.county, due, 100},
                                       {"I25U", plan.county, due, 80},
                                       {"I27", plan.county, due, 100},
                                       {"ROOMS", plan.county, due, 200},
                                       {"I62", plan.county, due, 0.3},
                                       {"I01", plan.county, {2018, 12, 31}, 100},
                                       {"I03", plan.county, {2018, 12, 31}, 100},
                                       {"I04", plan.county, {2020, 12, 31}, 100},
                                       {"I06", plan.county, {2018, 12, 31}, 100},
                                       {"I09", plan.county, {2018, 12, 31}, 100},
                                       {"I65", plan.county, due, 99}});
    });
}

}  // namespace santong::server::demo
