#pragma once
#include <string>
#include <vector>

#include "core/time.hpp"
#include "http_client.hpp"
#include "modules/roster/service.hpp"
#include "modules/roster/service_write.hpp"
#include "platform/auth/caller.hpp"
#include "test_database.hpp"

namespace santong::server {
class Application;
}

namespace santong::test {

/// A school of the world and who works there.
struct WorldSchool {
    core::OrgId id;
    std::string name;
    core::PersonId principal;
    core::PersonId academic;
    core::PersonId research_head;  ///< of mathematics (14)
    core::PersonId registry_clerk;
    core::PersonId technician;
    std::vector<core::PersonId>
        teachers;  ///< 0 mathematics (14), 1 Chinese (13), 2 English (41), then mathematics again
    std::vector<core::OrgId> classes;
    std::vector<core::PersonId> homeroom;             ///< of each class; among the teachers
    std::vector<std::vector<core::PersonId>> pupils;  ///< of each class, four each
};

/// A small district on a database of its own: 2 towns, 3 schools, on Thursday 2014-11-20 at 10:00, week 12 of the term.
///
///     county 大通湖区 ─ town 河坝镇 ─ heba 河坝镇中心小学 (1–6; classes 五(1) 五(2), 6 teachers)
///                                    └ mingxin 河坝镇铭新小学 (village school; class 三(1), 2 teachers)
///                     └ town 金盆镇 ─ jinpen 金盆镇中学 (7–9; classes 八(1) 八(2), 6 teachers)
class World {
public:
    World();
    ~World();
    World(World const&) = delete;
    World& operator=(World const&) = delete;

    sql::Database& db() const { return *database_; }
    core::DistrictId district() const { return test::district; }
    core::LocalDate today() const { return {2014, 11, 20}; }
    template <class F>
    auto transact(F&& work) const {
        return db().transact(district(), std::forward<F>(work));
    }
    template <class F>
    auto read(F&& work) const {
        return db().read(district(), std::forward<F>(work));
    }

    core::FixedClock clock;
    core::OrgId county, heba_town, jinpen_town;
    WorldSchool heba, mingxin, jinpen;
    core::PersonId leader, info_office, researcher /* mathematics */, supervisor, finance, sysadmin, secadmin, auditor;
    core::PersonId guardian;        ///< of the first pupil of heba's first class
    core::PersonId other_guardian;  ///< of the first pupil of jinpen's first class
    roster::TermId autumn, spring;

    /// Somebody's request, with the grants that he holds today.
    auth::Caller caller(core::PersonId const& person) const;
    auth::Caller nobody() const;
    /// The folder of its database; its keys lie below.
    std::string const& folder() const { return database_.folder(); }
    auth::Caller teacher() const { return caller(heba.teachers[0]); }
    auth::Caller teacher(WorldSchool const& school, std::size_t number = 0) const {
        return caller(school.teachers[number]);
    }
    auth::Caller homeroom() const { return caller(heba.homeroom[0]); }
    auth::Caller principal(WorldSchool const& school) const { return caller(school.principal); }
    auth::Caller academic(WorldSchool const& school) const { return caller(school.academic); }
    auth::Caller research_head(WorldSchool const& school) const { return caller(school.research_head); }
    auth::Caller pupil() const { return caller(heba.pupils[0][0]); }

    /// The whole program over this world's database, serving on a free port of this machine; started on first use. Its
    /// clock begins where `clock` stands and runs on.
    server::Application& application();
    /// A browser in which somebody is signed in, or nobody.
    HttpClient client(core::PersonId const& person);
    HttpClient client();

private:
    struct Builder;
    TestDatabase database_;
    std::unique_ptr<server::Application> application_;
};

}  // namespace santong::test
