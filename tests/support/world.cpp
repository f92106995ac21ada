#include "world.hpp"

#include "modules/roster/service_session.hpp"
#include "platform/auth/accounts.hpp"
#include "platform/auth/keys.hpp"
#include "platform/auth/permissions.hpp"
#include "platform/auth/sessions.hpp"
#include "platform/sql/installation.hpp"
#include "server/application.hpp"
#include "server/modules.hpp"
#include "server/parts.hpp"

namespace santong::test {

using auth::Role;
using core::LocalDate;
using core::OrgId;
using core::PersonId;
using roster::OrgKind;
using roster::SchoolKind;

namespace {

LocalDate const start{2010, 9, 1};

/// One node with invented surroundings.
roster::Org node(OrgKind kind, OrgId parent, std::string name, int sort) {
    roster::Org org;
    org.id = OrgId::make();
    org.kind = kind;
    org.parent_id = parent;
    org.name = org.short_name = std::move(name);
    org.sort = sort;
    org.from_date = start;
    return org;
}

}  // namespace

/// Collects the rows of the world.
struct World::Builder {
    World& world;
    roster::BulkRoster bulk;
    int people = 0;

    PersonId person(std::string name, std::string pinyin) {
        roster::PersonRecord record;
        record.id = PersonId::make();
        record.name = std::move(name);
        record.initials = pinyin.substr(0, 1);
        record.pinyin = std::move(pinyin);
        bulk.people.push_back(record);
        ++people;
        return record.id;
    }
    PersonId staff(OrgId org, Role role, std::string subject, std::string name) {
        auto const id = person(std::move(name), "staff" + std::to_string(people));
        bulk.people.back().staff_number = std::to_string(10000 + people);
        bulk.people.back().subject = subject;
        bulk.people.back().phone = "138" + std::to_string(10000000 + people);
        post(id, org, role, std::move(subject));
        return id;
    }
    void post(PersonId who, OrgId org, Role role, std::string subject = {}) {
        bulk.posts.push_back({roster::PostId::make(), who, org, role, std::move(subject), "", start, {}});
    }
    PersonId pupil(OrgId school, OrgId class_id, int birth_year, std::string name) {
        auto const id = person(std::move(name), "pupil" + std::to_string(people));
        bulk.people.back().birth_date = LocalDate{static_cast<std::int16_t>(birth_year), 3, 1};
        bulk.enrolments.push_back(
            {roster::EnrolmentId::make(), id, school, class_id, start, {}, roster::EnrolmentStatus::active});
        return id;
    }

    void bureau() {
        auto const county = node(OrgKind::county, {}, "大通湖区", 1);
        world.county = county.id;
        auto const heba = node(OrgKind::township, county.id, "河坝镇", 1);
        auto const jinpen = node(OrgKind::township, county.id, "金盆镇", 2);
        world.heba_town = heba.id;
        world.jinpen_town = jinpen.id;
        bulk.orgs = {county, heba, jinpen};
        bulk.district = roster::District{county.id, "大通湖区", 480};
        world.leader = staff(county.id, Role::leader, "", "局领导");
        world.info_office = staff(county.id, Role::info_office, "", "信息办");
        world.researcher = staff(county.id, Role::researcher, "14", "数学教研员");
        world.supervisor = staff(county.id, Role::supervisor, "", "督学");
        world.finance = staff(county.id, Role::finance, "", "财务");
        world.sysadmin = staff(county.id, Role::sysadmin, "", "系统管理员");
        world.secadmin = staff(county.id, Role::secadmin, "", "安全管理员");
        world.auditor = staff(county.id, Role::auditor, "", "审计管理员");
    }
    void terms() {
        world.autumn = roster::TermId::make();
        world.spring = roster::TermId::make();
        bulk.terms = {{world.autumn, 2014, 1, "2014—2015学年第一学期", {2014, 9, 1}, {2015, 1, 30}, {2014, 9, 1}},
                      {world.spring, 2014, 2, "2014—2015学年第二学期", {2015, 3, 2}, {2015, 7, 10}, {2015, 3, 2}}};
    }
    void school(WorldSchool& out, roster::Org org, roster::SchoolProfile profile, int teachers) {
        out.id = profile.id = org.id;
        out.name = org.name;
        bulk.orgs.push_back(org);
        bulk.schools.push_back(profile);
        out.principal = staff(org.id, Role::principal, "", out.name + "校长");
        out.academic = staff(org.id, Role::academic, "", out.name + "教务");
        out.research_head = staff(org.id, Role::research_head, "14", out.name + "教研组长");
        out.registry_clerk = staff(org.id, Role::registry_clerk, "", out.name + "学籍员");
        out.technician = staff(org.id, Role::technician, "", out.name + "电教员");
        static char const* const subjects[] = {"14", "13", "41"};
        for (int i = 0; i < teachers; ++i) {
            out.teachers.push_back(
                staff(org.id, Role::teacher, i < 3 ? subjects[i] : "14", out.name + "教师" + std::to_string(i + 1)));
        }
    }
    void school_class(WorldSchool& school, int grade, int number) {
        auto org = node(OrgKind::class_group, school.id, "班" + std::to_string(number), grade * 100 + number);
        org.from_date = {2014, 8, 1};
        int const first = grade >= 7 ? 7 : 1;
        bulk.orgs.push_back(org);
        bulk.classes.push_back({org.id, school.id, 2014 - (grade - first), first, number, "", false, ""});
        auto const homeroom = school.teachers[school.classes.size()];
        post(homeroom, org.id, Role::homeroom);
        school.classes.push_back(org.id);
        school.homeroom.push_back(homeroom);
        auto& pupils = school.pupils.emplace_back();
        for (int i = 1; i <= 4; ++i) {
            pupils.push_back(pupil(school.id, org.id, 2008 - grade,
                                   "学生" + std::to_string(grade) + std::to_string(number) + std::to_string(i)));
        }
    }
    void guardians() {
        world.guardian = person("家长甲", "jiazhangjia");
        world.other_guardian = person("家长乙", "jiazhangyi");
        bulk.guardianships = {
            {roster::GuardianshipId::make(), world.guardian, world.heba.pupils[0][0], "51", start, {}},
            {roster::GuardianshipId::make(), world.other_guardian, world.jinpen.pupils[0][0], "52", start, {}}};
    }
    void build() {
        bureau();
        terms();
        auto heba = node(OrgKind::school, world.heba_town, "河坝镇中心小学", 1);
        school(world.heba, heba, {{}, SchoolKind::central_primary, 1, 6, "", "hb", 0, true, true, ""}, 6);
        auto mingxin = node(OrgKind::school, world.heba.id, "河坝镇铭新小学", 2);
        school(world.mingxin, mingxin, {{}, SchoolKind::village_primary, 1, 6, "", "mx", 0, false, true, ""}, 2);
        auto jinpen = node(OrgKind::school, world.jinpen_town, "金盆镇中学", 3);
        school(world.jinpen, jinpen, {{}, SchoolKind::junior, 7, 9, "", "jp", 0, true, true, ""}, 6);
        school_class(world.heba, 5, 1);
        school_class(world.heba, 5, 2);
        school_class(world.mingxin, 3, 1);
        school_class(world.jinpen, 8, 1);
        school_class(world.jinpen, 8, 2);
        guardians();
    }
};

World::World() : clock(core::Zone{}.at({2014, 11, 20}, 10 * 60)) {
    server::set_up_permissions();
    auth::Keys::use(auth::Keys::open(database_.folder() + "/keys"));
    Builder builder{*this, {}, 0};
    builder.build();
    transact([&](sql::Tx& tx) { SANTONG_ASSERT(roster::write_bulk(tx, builder.bulk, clock).has_value()); });
}

auth::Caller World::caller(PersonId const& person) const {
    auth::Caller caller = nobody();
    caller.person = person;
    read([&](sql::Tx& tx) {
        caller.account = auth::accounts_of(tx, {person}).at(0).id;
        caller.name = roster::names(tx, {person})[person];
        caller.grants = auth::current_grants(tx, person, today());
    });
    return caller;
}

World::~World() {
    if (application_) application_->stop();
}

server::Application& World::application() {
    if (application_) return *application_;
    db().transact(0,
                  [&](sql::Tx& tx) { sql::set_installation_value(tx, "demo_start", std::to_string(clock.now().ms)); });
    sql::add_district(db(), district());
    application_ = std::make_unique<server::Application>(server::Place{database_.folder(), database_.url()});
    server::Serving serving;
    serving.server.port = 0;
    application_->start(serving);
    return *application_;
}

HttpClient World::client(PersonId const& person) {
    HttpClient client = this->client();
    auto const& gate = *application_->parts().gate;
    auto const opened = transact([&](sql::Tx& tx) {
        auto const account = auth::accounts_of(tx, {person}).at(0).id;
        return auth::open_session(tx, gate, account, auth::SessionKind::personal, {"127.0.0.1", "", "test"});
    });
    client.cookies["sid"] = opened.token;
    client.csrf = opened.row.csrf;
    return client;
}

HttpClient World::client() {
    return HttpClient(application().port());
}

auth::Caller World::nobody() const {
    auth::Caller caller;
    caller.district = district();
    caller.client = "127.0.0.1";
    caller.trace_id = "test";
    return caller;
}

}  // namespace santong::test
