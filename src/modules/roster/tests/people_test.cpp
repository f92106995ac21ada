#include "modules/roster/service_people.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <set>

#include "modules/roster/service_write.hpp"
#include "platform/auth/accounts.hpp"
#include "platform/auth/audit_log.hpp"
#include "world.hpp"

using santong::test::World;
namespace auth = santong::auth;
namespace core = santong::core;
namespace feed = santong::feed;
namespace roster = santong::roster;
namespace sql = santong::sql;

namespace {

core::Result<roster::PeoplePage> list(World const& world, auth::Caller const& caller,
                                      roster::PeopleQuery const& query) {
    roster::HeadCounts counts;
    return roster::list_people(world.db(), world.clock, caller, query, &counts);
}

roster::PeopleQuery asking(std::string q, std::string kind = "") {
    return {std::move(q), std::move(kind), "", "", "", 50};
}

core::Result<roster::PersonDetail> detail(World const& world, auth::Caller const& caller, core::PersonId id) {
    return roster::person_detail(world.db(), world.clock, caller, id);
}

/// Acts in the feed of the audit log.
std::vector<std::string> audited(World const& world) {
    return world.read([](sql::Tx& tx) {
        std::vector<std::string> actions;
        for (auto const& entry : feed::read(tx, 0, 10'000)) {
            if (entry.type != auth::audit_event_type) continue;
            auto const record =
                core::json::read<auth::AuditRecord>(entry.body.value, core::json::UnknownFields::ignore);
            actions.push_back(record->action);
        }
        return actions;
    });
}

roster::NewPerson new_teacher(core::OrgId school, std::string name) {
    roster::NewPerson body;
    body.person.name = std::move(name);
    body.person.staff_number = "T-77";
    body.post = roster::NewPost{school, auth::Role::teacher, "14", {}, {}, {}};
    return body;
}

std::string citizen_number(std::string const& head) {
    static int const weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (std::size_t i = 0; i < 17; ++i) sum += (head[i] - '0') * weights[i];
    return head + "10X98765432"[sum % 11];
}

}  // namespace

TEST_CASE("a list holds the people of the caller's scope, and its counts hold no others") {
    World world;
    auto const all = list(world, world.caller(world.info_office), asking(""));
    CHECK(all->total == static_cast<std::int64_t>(8 + 15 + 14 + 20 + 2));
    auto const own = list(world, world.principal(world.mingxin), asking(""));
    CHECK(own->total == 5 + 2 + 4);
    CHECK(own->items.size() == 11);
    auto const& kinds = own->facets.at("kind");
    CHECK(kinds[0].count == 7);
    CHECK(kinds[1].count == 4);
    CHECK(kinds[2].count == 0);
    CHECK(list(world, world.pupil(), asking(""))->items.empty());
    CHECK(list(world, world.caller(world.guardian), asking(""))->total == 0);
}

TEST_CASE("asking for another school by its id finds nothing, not even that it exists") {
    World world;
    auto query = asking("");
    query.org = world.jinpen.id.text();
    CHECK(list(world, world.principal(world.heba), query).error().code == core::ErrorCode::not_found);
    CHECK(detail(world, world.principal(world.heba), world.jinpen.teachers[0]).error().key ==
          "roster.person_not_found");
}

TEST_CASE("people are found by part of a name, by pinyin, by its first letters and by number") {
    World world;
    auto const academic = world.academic(world.heba);
    auto body = new_teacher(world.heba.id, "张立群");
    REQUIRE(roster::create_person(world.db(), world.clock, academic, body).has_value());
    for (auto const* q : {"立群", "张立群", "zhangli", "zlq", "zhlq", "t-7", " ZLQ "}) {
        CAPTURE(q);
        auto const found = list(world, academic, asking(q));
        REQUIRE(found->items.size() == 1);
        CHECK(found->items[0].name == "张立群");
        CHECK(found->items[0].number == "T-77");
    }
    CHECK(list(world, world.academic(world.jinpen), asking("张立群"))->items.empty());
    CHECK(list(world, academic, asking("%"))->items.empty());
    CHECK(list(world, academic, asking("' OR 1=1 --"))->items.empty());
}

TEST_CASE("a list of names goes by the surname's syllable, also in a folder whose names were spelled without it") {
    World world;
    auto const academic = world.academic(world.heba);
    int number = 0;
    for (auto const* name : {"测刘斌刚", "测李雪兰", "测汤明", "测谭安", "测李俊刚"}) {
        auto body = new_teacher(world.heba.id, name);
        body.person.staff_number = "N-" + std::to_string(++number);
        REQUIRE(roster::create_person(world.db(), world.clock, academic, body).has_value());
    }
    auto const names = [&] {
        std::vector<std::string> found;
        auto const page = list(world, academic, asking("测"));
        for (auto const& item : page->items) found.push_back(item.name);
        return found;
    };
    std::vector<std::string> const right{"测李俊刚", "测李雪兰", "测刘斌刚", "测谭安", "测汤明"};
    CHECK(names() == right);
    // What migration 0004 leaves behind in a folder of before.
    auto const district = academic.district;
    world.db().transact(district, [&](sql::Tx& tx) {
        tx.execute("UPDATE person SET pinyin = '' WHERE district_id = $1", tx.district());
    });
    roster::spell_names(world.db(), {district});
    CHECK(names() == right);
    CHECK(list(world, academic, asking("celijun"))->items.size() == 1);
}

TEST_CASE("pages of a list follow each other without a gap or a repetition") {
    World world;
    auto query = asking("", "staff");
    query.limit = 4;
    std::set<core::PersonId> seen;
    int pages = 0;
    for (bool more = true; more; ++pages) {
        auto const page = list(world, world.principal(world.heba), query);
        REQUIRE(page.has_value());
        for (auto const& item : page->items) CHECK(seen.insert(item.id).second);
        more = page->next.has_value();
        if (more) query.after = *page->next;
    }
    CHECK(seen.size() == 11 + 7);
    CHECK(pages == 5);
    query.after = "nonsense";
    CHECK(list(world, world.principal(world.heba), query).error().code == core::ErrorCode::invalid);
}

TEST_CASE("whether it gathers the scope or goes through the names, a list holds the same people in the same order") {
    World world;
    auto const on = core::LocalDate::parse("2014-11-20").value();
    for (auto const* kind : {"", "staff", "pupil", "guardian"}) {
        for (auto const* role : {"", "teacher"}) {
            CAPTURE(kind);
            CAPTURE(role);
            roster::store::PeopleFilter filter;
            filter.scope = filter.guardian_scope = {world.heba.id, world.mingxin.id};
            filter.kind = kind;
            filter.role = role;
            world.read([&](sql::Tx& tx) {
                auto const ids = [&](roster::store::Way way) {
                    std::vector<core::PersonId> found;
                    for (auto const& one : roster::store::list_people(tx, filter, on, 1'000, way))
                        found.push_back(one.id);
                    return found;
                };
                auto const gathered = ids(roster::store::Way::gather);
                CHECK_FALSE(gathered.empty());
                CHECK(ids(roster::store::Way::walk) == gathered);
                return 0;
            });
        }
    }
}

TEST_CASE("a count is made again when somebody comes or goes, and no sooner") {
    World world;
    roster::HeadCounts counts;
    auto const query = asking("", "staff");
    auto const academic = world.academic(world.heba);
    auto const total = [&] { return roster::list_people(world.db(), world.clock, academic, query, &counts)->total; };
    auto const before = total();
    CHECK(total() == before);
    REQUIRE(roster::create_person(world.db(), world.clock, academic, new_teacher(world.heba.id, "张立群")).has_value());
    CHECK(total() == before + 1);
}

TEST_CASE("a guardian sees his own child and no other, a pupil himself and no other") {
    World world;
    auto const guardian = world.caller(world.guardian);
    auto const child = detail(world, guardian, world.heba.pupils[0][0]);
    REQUIRE(child.has_value());
    CHECK_FALSE(child->account.has_value());
    CHECK_FALSE(child->masked.has_value());
    CHECK(detail(world, guardian, world.heba.pupils[0][1]).error().code == core::ErrorCode::not_found);
    CHECK(detail(world, guardian, world.heba.teachers[0]).error().code == core::ErrorCode::not_found);
    CHECK(detail(world, world.pupil(), world.heba.pupils[0][0]).has_value());
    CHECK(detail(world, world.pupil(), world.heba.pupils[0][1]).error().code == core::ErrorCode::not_found);
}

TEST_CASE("guarded fields stand masked on the page; a look at them needs a reason and is logged") {
    World world;
    auto const clerk = world.caller(world.heba.registry_clerk);
    auto const who = world.heba.teachers[0];
    auto const page = detail(world, clerk, who);
    REQUIRE(page->masked.has_value());
    CHECK(page->masked->phone.substr(0, 7) == "138****");
    CHECK_FALSE(detail(world, world.teacher(world.heba, 1), who)->masked.has_value());
    auto look = [&](auth::Caller const& caller, core::PersonId id, std::string reason) {
        return roster::look_at_personal(world.db(), world.clock, caller, id, {std::move(reason)});
    };
    CHECK(look(clerk, who, "想看").error().problems.at(0).key == "roster.reason_too_short");
    CHECK(look(world.principal(world.heba), who, "核对联系方式").error().code == core::ErrorCode::forbidden);
    CHECK(look(world.caller(world.jinpen.registry_clerk), who, "核对联系方式").error().code ==
          core::ErrorCode::not_found);
    CHECK(audited(world).empty());
    auto const seen = look(clerk, who, "核对联系方式");
    REQUIRE(seen.has_value());
    CHECK(seen->phone.size() == 11);
    CHECK(audited(world) == std::vector<std::string>{"roster.personal_fields_seen"});
}

TEST_CASE("no guarded field stands in clear in the database or in the feed") {
    World world;
    auto const number = citizen_number("43097119800101123");
    auto body = new_teacher(world.heba.id, "张立群");
    body.person.identity_number = number;
    body.person.phone = "13912345678";
    auto const made = roster::create_person(world.db(), world.clock, world.academic(world.heba), body);
    REQUIRE(made.has_value());
    CHECK(made->sex == roster::Sex::male);
    world.read([&](sql::Tx& tx) {
        for (auto const& entry : feed::read(tx, 0, 10'000)) {
            CHECK(entry.body.value.find(number) == std::string::npos);
            CHECK(entry.body.value.find("13912345678") == std::string::npos);
        }
        for (auto const* column : {"identity_sealed", "identity_index", "phone_sealed", "phone_index"}) {
            auto const text = std::string("SELECT ") + column + " FROM person WHERE id = $1";
            tx.run_text(text, {sql::to_param(made->id)}, [&](sql::Cells const& cells) {
                CHECK_FALSE(cells.text(0).empty());
                CHECK(cells.text(0).find("1391234") == std::string::npos);
                CHECK(cells.text(0).find("430971") == std::string::npos);
            });
        }
    });
    auto const clerk = world.caller(world.heba.registry_clerk);
    CHECK(roster::find_by_number(world.db(), world.clock, clerk, {number})->items.at(0).id == made->id);
    CHECK(roster::find_by_number(world.db(), world.clock, clerk, {"139 1234 5678"})->total == 1);
    auto const other = world.caller(world.jinpen.registry_clerk);
    CHECK(roster::find_by_number(world.db(), world.clock, other, {number})->total == 0);
    CHECK(roster::find_by_number(world.db(), world.clock, world.teacher(world.heba, 3), {number}).error().code ==
          core::ErrorCode::forbidden);
}

TEST_CASE("what is written of a person is checked, and every broken field is named at its place") {
    World world;
    auto const academic = world.academic(world.heba);
    auto body = new_teacher(world.heba.id, "张?立");
    body.person.identity_number = "430971198001011230";
    body.person.phone = "12345";
    body.person.subject = "99";
    auto const refused = roster::create_person(world.db(), world.clock, academic, body);
    REQUIRE(refused.has_error());
    std::set<std::string> places;
    for (auto const& problem : refused.error().problems) places.insert(problem.pointer);
    CHECK(places ==
          std::set<std::string>{"/person/name", "/person/identity_number", "/person/phone", "/person/subject"});
    roster::NewPerson homeless;
    homeless.person.name = "张立";
    CHECK(roster::create_person(world.db(), world.clock, academic, homeless).error().problems.at(0).key ==
          "roster.place_needed");
}

TEST_CASE("a number that somebody of the district has is refused without saying whose it is") {
    World world;
    auto const academic = world.academic(world.heba);
    auto body = new_teacher(world.heba.id, "张立群");
    body.person.identity_number = citizen_number("43097119800101123");
    REQUIRE(roster::create_person(world.db(), world.clock, academic, body).has_value());
    body.person.identity_number.reset();
    CHECK(roster::create_person(world.db(), world.clock, academic, body).error().key == "roster.staff_number_known");
    body.person.staff_number = "T-78";
    body.person.identity_number = citizen_number("43097119800101123");
    CHECK(roster::create_person(world.db(), world.clock, academic, body).error().key == "roster.identity_number_known");
}

TEST_CASE("a name with an emoji or a quote is kept as it was written") {
    World world;
    auto const academic = world.academic(world.heba);
    auto body = new_teacher(world.heba.id, "O'Brien \"Li\"");
    auto const made = roster::create_person(world.db(), world.clock, academic, body);
    if (made.has_value())
        CHECK(detail(world, academic, made->id)->name == "O'Brien \"Li\"");
    else
        CHECK(made.error().problems.at(0).pointer == "/person/name");
}

TEST_CASE("a guarded field that a change does not name stays as it is") {
    World world;
    auto const clerk = world.caller(world.heba.registry_clerk);
    auto const who = world.heba.teachers[0];
    roster::PersonEdit change;
    change.version = 1;
    change.subject = "13";
    REQUIRE(roster::change_person(world.db(), world.clock, clerk, who, change).has_value());
    auto const page = detail(world, clerk, who);
    CHECK(page->subject == "13");
    CHECK(page->masked->phone.substr(0, 3) == "138");
    CHECK(page->pupil_number == std::nullopt);
    CHECK(roster::change_person(world.db(), world.clock, world.caller(world.jinpen.registry_clerk), who, change)
              .error()
              .code == core::ErrorCode::not_found);
    CHECK(roster::change_person(world.db(), world.clock, world.teacher(world.heba, 1), who, change).error().code ==
          core::ErrorCode::forbidden);
}

TEST_CASE("an export needs a reason, is logged, and holds only the caller's scope") {
    World world;
    auto const file = std::filesystem::temp_directory_path() / (core::Uuid::make().text() + ".xlsx");
    auto run = [&](auth::Caller const& caller, roster::ExportQuery const& query) {
        return roster::export_people(world.db(), world.clock, caller, query, "zh-CN", file);
    };
    CHECK(run(world.academic(world.heba), {"", "", "", "", ""}).error().problems.at(0).key ==
          "roster.reason_too_short");
    CHECK(run(world.teacher(), {"", "", "", "", "打印花名册"}).error().code == core::ErrorCode::forbidden);
    CHECK(run(world.academic(world.heba), {"", "", world.jinpen.id.text(), "", "打印花名册"}).error().code ==
          core::ErrorCode::not_found);
    CHECK_FALSE(std::filesystem::exists(file));
    CHECK(run(world.academic(world.heba), {"", "pupil", "", "", "打印花名册"}).has_value());
    CHECK(std::filesystem::file_size(file) > 1000);
    CHECK(audited(world) == std::vector<std::string>{"roster.people_exported"});
    std::filesystem::remove(file);
}
