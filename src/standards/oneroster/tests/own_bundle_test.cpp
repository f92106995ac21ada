// A roster's own bundle comes home after the roster has gone on.
#include <doctest/doctest.h>

#include "modules/roster/service.hpp"
#include "oneroster_world.hpp"

using namespace santong::oneroster;
using santong::test::district;
using santong::test::OneRosterWorld;
using santong::test::rows_of;
namespace core = santong::core;
namespace roster = santong::roster;
namespace sql = santong::sql;
namespace test = santong::test;

namespace {

std::string write_own(OneRosterWorld& world, char const* name) {
    auto& home = world.prepared;
    write_bundle(world.zip(name), home.read([&](sql::Tx& tx) { return export_bundle(tx, home.clock); }));
    return world.zip(name);
}

ImportOutcome take_in(OneRosterWorld& world, char const* name) {
    ImportOptions options;
    options.zip = world.zip(name);
    auto outcome = import_bundle(world.prepared.db(), world.prepared.clock, options);
    REQUIRE(outcome.has_value());
    for (auto const& line : report_of(outcome->findings, "en"))
        MESSAGE(line.file, ":", line.row, " ", line.column, " ", line.reason);
    CHECK(outcome->findings.empty());
    return *outcome;
}

void write(OneRosterWorld& world, roster::BulkRoster const& bulk) {
    world.prepared
        .transact([&](sql::Tx& tx) -> core::Result<void> { return roster::write_bulk(tx, bulk, world.prepared.clock); })
        .value();
}

roster::BulkRoster new_school(OneRosterWorld& world) {
    roster::BulkRoster bulk;
    roster::Org school;
    school.id = core::OrgId::make();
    school.parent_id = world.prepared.heba_town;
    school.kind = roster::OrgKind::school;
    school.name = school.short_name = "河坝镇新村小学";
    school.from_date = {2014, 9, 1};
    roster::SchoolProfile profile;
    profile.id = school.id;
    profile.first_grade = 1;
    profile.last_grade = 4;
    auto group = school;
    group.id = core::OrgId::make();
    group.parent_id = school.id;
    group.kind = roster::OrgKind::class_group;
    group.name = group.short_name = "二(1)班";
    roster::ClassProfile class_profile;
    class_profile.id = group.id;
    class_profile.school_id = school.id;
    class_profile.entry_grade = 1;
    class_profile.entry_year = 2013;
    class_profile.number = 1;
    bulk.orgs = {school, group};
    bulk.schools = {profile};
    bulk.classes = {class_profile};
    return bulk;
}

roster::BulkRoster new_term() {
    roster::Term term;
    term.id = roster::TermId::make();
    term.school_year = 2015;
    term.number = 1;
    term.name = "2015学年第一学期";
    term.from_date = {2015, 9, 1};
    term.to_date = {2016, 1, 22};
    term.week_one_monday = {2015, 8, 31};
    roster::BulkRoster bulk;
    bulk.terms = {term};
    return bulk;
}

/// Two pupils of the first class leave; the first of them has a guardian.
roster::BulkRoster leave(OneRosterWorld& world) {
    roster::BulkRoster bulk;
    world.prepared.read([&](sql::Tx& tx) {
        auto const extract = roster::extract_roster(tx, roster::GuardedFields::open);
        for (std::size_t i = 0; i < 2; ++i) {
            auto const& pupil = world.prepared.heba.pupils[0][i];
            for (auto const& person : extract.people) {
                if (person.id != pupil) continue;
                roster::PersonRecord record;
                record.id = person.id;
                record.name = person.name;
                record.sex = person.sex;
                record.birth_date = person.birth_date;
                record.pupil_number = person.pupil_number;
                record.ended_at = world.prepared.clock.now();
                bulk.people.push_back(record);
            }
            for (auto seat : extract.enrolments) {
                if (seat.person_id != pupil) continue;
                seat.to_date = world.prepared.today().plus_days(-1);
                seat.status = roster::EnrolmentStatus::left;
                bulk.enrolments.push_back(seat);
            }
        }
    });
    return bulk;
}

std::size_t size_of(Bundle const& bundle, FileKind kind) {
    return rows_of(bundle, kind).size();
}

}  // namespace

TEST_CASE("an older bundle of the roster's own doubles nothing, loses nothing, and a second time changes nothing") {
    OneRosterWorld world;
    write_own(world, "old.zip");
    auto const old = read_bundle(world.zip("old.zip"));
    write(world, new_term());
    write(world, new_school(world));
    write(world, leave(world));
    write_own(world, "now.zip");
    CHECK(take_in(world, "now.zip").written == false);

    auto const first = take_in(world, "old.zip");
    CHECK(first.by_file.at(FileKind::classes).added == 0);
    CHECK(first.by_file.at(FileKind::classes).changed == 0);
    CHECK(first.by_file.at(FileKind::courses).added == 0);
    CHECK(first.by_file.at(FileKind::orgs).added == 0);
    CHECK(first.by_file.at(FileKind::users).added == 3);  // two pupils, and the guardian who had nobody here
    CHECK(first.written);

    write_own(world, "after.zip");
    auto const after = read_bundle(world.zip("after.zip"));
    CHECK(size_of(after, FileKind::courses) == size_of(old, FileKind::courses) + 1);
    CHECK(size_of(after, FileKind::classes) == size_of(old, FileKind::classes) + 1);
    CHECK(size_of(after, FileKind::orgs) == size_of(old, FileKind::orgs) + 1);
    CHECK(size_of(after, FileKind::academicSessions) == size_of(old, FileKind::academicSessions) + 1);
    CHECK(size_of(after, FileKind::users) == size_of(old, FileKind::users));
    CHECK(rows_of(after, FileKind::roles) == rows_of(old, FileKind::roles));
    CHECK(rows_of(after, FileKind::enrollments) == rows_of(old, FileKind::enrollments));
    CHECK(rows_of(after, FileKind::users) == rows_of(old, FileKind::users));

    for (char const* again : {"old.zip", "after.zip"}) {
        auto const second = take_in(world, again);
        CHECK(second.counts.added + second.counts.changed + second.counts.ended + second.counts.refused == 0);
        CHECK_FALSE(second.written);
    }
}

TEST_CASE("after a pupil has left, the export names him nowhere and is taken in") {
    OneRosterWorld world;
    write(world, leave(world));
    write_own(world, "now.zip");
    auto const gone = world.prepared.heba.pupils[0][0].text();
    auto const bundle = read_bundle(world.zip("now.zip"));
    CHECK_FALSE(rows_of(bundle, FileKind::users).contains(gone));
    for (auto const& [id, columns] : rows_of(bundle, FileKind::users)) {
        auto const agents = columns.find("agentSourcedIds");
        if (agents != columns.end()) CHECK(agents->second.find(gone) == std::string::npos);
    }
    CHECK_FALSE(take_in(world, "now.zip").written);
}

TEST_CASE("a bundle of an earlier school year moves no class back a grade") {
    OneRosterWorld world;
    write_own(world, "old.zip");
    world.prepared.clock.set(world.prepared.clock.now().plus_days(365));
    auto const before = world.prepared.read([&](sql::Tx& tx) { return export_bundle(tx, world.prepared.clock); });
    take_in(world, "old.zip");
    auto const after = world.prepared.read([&](sql::Tx& tx) { return export_bundle(tx, world.prepared.clock); });
    CHECK(rows_of(after, FileKind::classes) == rows_of(before, FileKind::classes));
}

TEST_CASE("words that the roster has no place for are kept beside a row of its own, and its other rows stay") {
    OneRosterWorld world;
    write_own(world, "own.zip");
    auto bundle = read_bundle(world.zip("own.zip"));
    auto& users = bundle.tables.at(FileKind::users);
    users.header.push_back("metadata.bloodType");
    for (auto& row : users.rows) row.cells.push_back("AB");
    write_bundle(world.zip("own.zip"), bundle);
    CHECK(take_in(world, "own.zip").counts.changed == static_cast<std::int64_t>(users.rows.size()));
    write_own(world, "after.zip");
    auto const after = read_bundle(world.zip("after.zip"));
    CHECK(rows_of(after, FileKind::users) == rows_of(bundle, FileKind::users));
    CHECK(rows_of(after, FileKind::roles) == rows_of(bundle, FileKind::roles));
    CHECK_FALSE(take_in(world, "own.zip").written);
}
