#include <doctest/doctest.h>

#include <random>
#include <set>

#include "evidence.hpp"

using namespace santong;
using namespace santong::indicators;
using indicators::test::Evidence;
using indicators::test::last_monday;
using indicators::test::this_monday;
using teaching::EvidenceKind;
using teaching::MinutesBand;
using teaching::SessionState;
using timetable::LessonState;

TEST_CASE("a lesson with evidence moves its school's week at once") {
    Evidence world;
    auto const& school = world.heba;
    auto const first = world.lesson(school.id, school.classes[0], this_monday, 1, school.teachers[0]);
    auto second = world.lesson(school.id, school.classes[0], this_monday, 2, school.teachers[1], "13");
    world.tell(first);
    world.tell(second);
    world.read_feed();
    CHECK(world.figure("I21", school.id, this_monday).denominator == 2);
    CHECK(world.figure("I21", school.id, this_monday).numerator == 0);
    world.tell(world.session(first));
    world.read_feed();
    auto const row = world.figure("I21", school.id, this_monday);
    CHECK(row.numerator == 1);
    CHECK(row.denominator == 2);
    CHECK(row.heads == 2);
    CHECK(world.figure("I21", school.id, this_monday, "14").numerator == 1);
    CHECK(world.figure("I21", school.id, this_monday, "13").numerator == 0);
    CHECK(world.figure("I20", school.id, this_monday).numerator == 1);
    CHECK(world.figure("I20", school.id, this_monday).denominator == 6);
}

TEST_CASE("evidence of a running lesson counts it as held; a patrol that found it not taught takes both away") {
    Evidence world;
    auto const& school = world.heba;
    auto one = world.lesson(school.id, school.classes[0], this_monday, 1, school.teachers[0]);
    world.tell(world.session(one));
    world.read_feed();
    CHECK(world.figure("I21", school.id, this_monday).denominator == 1);
    CHECK(world.figure("I21", school.id, this_monday).numerator == 1);
    one.state = LessonState::not_taught;
    world.tell(one);
    world.read_feed();
    CHECK(world.figure("I21", school.id, this_monday).denominator == 0);
    CHECK(world.figure("I21", school.id, this_monday).numerator == 0);
    CHECK(world.figure("I21.not_held", school.id, this_monday).numerator == 1);
}

TEST_CASE("a lesson that a substitute took over has two sessions and counts once") {
    Evidence world;
    auto const& school = world.heba;
    auto const one = world.lesson(school.id, school.classes[0], this_monday, 1, school.teachers[1]);
    auto const second = world.session(one);
    auto first = second;
    first.id = teaching::session_id(one.class_id, one.date, one.period, school.teachers[0]);
    first.teacher_id = school.teachers[0];
    world.tell(first);
    world.tell(second);
    world.read_feed();
    auto const check = [&] {
        CHECK(world.figure("I21", school.id, this_monday).numerator == 1);
        CHECK(world.figure("I21", school.id, this_monday).denominator == 1);
        CHECK(world.figure("I21.class_view", school.id, this_monday).numerator == 1);
        CHECK(world.figure("I21.not_held", school.id, this_monday).denominator == 1);
    };
    check();  // before the timetable has told of it
    world.tell(one);
    world.read_feed();
    check();
    first.kind = EvidenceKind::declared;
    auto other = second;
    other.kind = EvidenceKind::declared;
    world.tell(first);
    world.tell(other);
    world.read_feed();
    CHECK(world.figure("I21.declared", school.id, this_monday).numerator == 1);
}

TEST_CASE("a declared lesson stands apart and a discarded one counts nowhere") {
    Evidence world;
    auto const& school = world.heba;
    auto const one = world.lesson(school.id, school.classes[0], this_monday, 1, school.teachers[0]);
    auto const two = world.lesson(school.id, school.classes[1], this_monday, 1, school.teachers[1]);
    auto declared = world.session(one);
    declared.kind = EvidenceKind::declared;
    auto discarded = world.session(two);
    discarded.state = SessionState::discarded;
    world.tell(one);
    world.tell(two);
    world.tell(declared);
    world.tell(discarded);
    world.read_feed();
    CHECK(world.figure("I21", school.id, this_monday).numerator == 0);
    CHECK(world.figure("I21.declared", school.id, this_monday).numerator == 1);
    CHECK(world.figure("I20", school.id, this_monday).numerator == 0);
}

TEST_CASE("two lessons a week need ten minutes and some material each; the teacher's own slides are material") {
    Evidence world;
    auto const& school = world.heba;
    auto short_one = world.session(world.lesson(school.id, school.classes[0], this_monday, 1, school.teachers[0]));
    short_one.minutes_band = MinutesBand::b0_10;
    auto good = world.session(world.lesson(school.id, school.classes[0], this_monday, 2, school.teachers[0]));
    world.tell(short_one);
    world.tell(good);
    world.read_feed();
    CHECK(world.figure("I23", school.id, this_monday).numerator == 0);
    auto slides = world.session(world.lesson(school.id, school.classes[0], this_monday, 3, school.teachers[0]));
    slides.kind = EvidenceKind::helper;
    slides.resource_count = 0;
    world.tell(slides);
    world.read_feed();
    CHECK(world.figure("I23", school.id, this_monday).numerator == 1);
}

TEST_CASE("a class view that was opened and closed at once counts for nobody; ten minutes or one act make it count") {
    Evidence world;
    auto const& school = world.heba;
    auto const lesson = world.lesson(school.id, school.classes[0], this_monday, 1, school.teachers[0]);
    auto one = world.session(lesson);
    one.minutes_band = MinutesBand::b0_10;
    one.resource_count = 0;
    auto const figures = [&] {
        world.tell(one);
        world.read_feed();
        return std::pair(world.figure("I21", school.id, this_monday).numerator,
                         world.figure("I20", school.id, this_monday).numerator);
    };
    using Pair = std::pair<std::int64_t, std::int64_t>;
    world.tell(lesson);
    CHECK(figures() == Pair{0, 0});
    CHECK(world.figure("I21", school.id, this_monday).denominator == 1);  // it was taught, with chalk
    SUBCASE("a question was asked") {
        one.question_count = 1;
    }
    SUBCASE("hands were counted") {
        one.present = 38;
    }
    SUBCASE("a resource was shown") {
        one.resource_count = 1;
    }
    SUBCASE("it ran ten minutes") {
        one.minutes_band = MinutesBand::b10_20;
    }
    SUBCASE("the classroom's helper saw the teacher's own slides") {
        one.kind = EvidenceKind::helper;
    }
    CHECK(figures() == Pair{1, 1});
}

TEST_CASE("a week before the second version of the formulas is counted as it was then") {
    Evidence world;
    auto const& school = world.heba;
    auto const lesson = world.lesson(school.id, school.classes[0], {2014, 8, 25}, 1, school.teachers[0]);
    auto one = world.session(lesson);
    one.minutes_band = MinutesBand::b0_10;
    one.resource_count = 0;
    world.tell(lesson);
    world.tell(one);
    world.read_feed();
    auto const row = world.figure("I21", school.id, {2014, 8, 25});
    CHECK(row.numerator == 1);
    CHECK(row.version == 1);
}

TEST_CASE("a pupil who opens something twice in a week is one head, opened and used stand side by side") {
    Evidence world;
    auto const& school = world.heba;
    resources::Viewed viewed;
    viewed.role = "pupil";
    viewed.school_id = school.id;
    viewed.at = world.clock.now();
    for (auto const* mark : {"a", "b", "a"}) {
        viewed.learner = mark;
        world.transact([&](sql::Tx& tx) { feed::event(tx, {"resources.Viewed", "x", school.id}, viewed); });
    }
    viewed.role = "teacher";
    viewed.learner.reset();
    world.transact([&](sql::Tx& tx) { feed::event(tx, {"resources.Viewed", "x", school.id}, viewed); });
    world.read_feed();
    auto const used = world.figure("I25U", school.id, this_monday);
    CHECK(used.numerator == 2);
    CHECK(used.denominator == 8);
    auto const opened = world.figure("I25", school.id, this_monday);
    CHECK(opened.denominator == 8);
    CHECK(opened.numerator == 0);  // pupils under fourteen without consent: their accounts sleep
}

TEST_CASE("an entry that cannot be read is set aside and the ones behind it count") {
    Evidence world;
    auto const& school = world.heba;
    auto const one = world.lesson(school.id, school.classes[0], this_monday, 1, school.teachers[0]);
    world.transact([&](sql::Tx& tx) {
        feed::append(tx, feed::EntryKind::put, {"teaching.ClassSession", one.id.text(), school.id}, "{\"date\":5}");
    });
    world.tell(one);
    world.read_feed();
    CHECK(world.figure("I21", school.id, this_monday).denominator == 1);
    CHECK(world.read([](sql::Tx& tx) { return feed::parked(tx).size(); }) == 1);
}

TEST_CASE("the difference between schools is their standard deviation over their mean") {
    CHECK(*variation({60, 60, 60}) == doctest::Approx(0));
    CHECK(*variation({20, 60}) == doctest::Approx(0.5));
    CHECK_FALSE(variation({60}).has_value());
    CHECK_FALSE(variation({0, 0}).has_value());
}

namespace {

/// A week that is counted by the first version of the formulas.
core::LocalDate const before_terms{2014, 8, 25};

/// What the feed said last, counted in the plainest way.
struct Ledger {
    std::map<timetable::LessonId, timetable::Lesson> lessons;
    std::map<teaching::SessionId, teaching::ClassSession> sessions;

    bool counts(teaching::ClassSession const& one) const {
        if (!one.counts() || !evident(one)) return false;
        auto const lesson = lessons.find(one.lesson_id);
        return lesson == lessons.end() || lesson->second.state == LessonState::held;
    }
    /// The second version of the formulas: a class view needs ten minutes, or something done in it.
    static bool evident(teaching::ClassSession const& one) {
        if (monday_of(one.date) < core::LocalDate{2014, 9, 1} || one.kind != EvidenceKind::class_view) return true;
        bool const acted = one.resource_count > 0 || one.question_count > 0 || one.present;
        return acted || one.minutes_band != MinutesBand::b0_10;
    }
    std::pair<std::int64_t, std::int64_t> coverage(core::OrgId const& school, core::LocalDate monday) const {
        std::set<timetable::LessonId> held;
        std::set<timetable::LessonId> used;
        for (auto const& [id, one] : lessons) {
            if (one.school_id == school && monday_of(one.date) == monday && one.state == LessonState::held)
                held.insert(id);
        }
        for (auto const& [id, one] : sessions) {
            if (one.school_id != school || monday_of(one.date) != monday || !counts(one)) continue;
            held.insert(one.lesson_id);
            used.insert(one.lesson_id);
        }
        return {static_cast<std::int64_t>(used.size()), static_cast<std::int64_t>(held.size())};
    }
    std::int64_t two_lessons(std::set<core::PersonId> const& posted, core::OrgId const& school,
                             core::LocalDate monday) const {
        std::map<core::PersonId, int> by;
        for (auto const& [id, one] : sessions) {
            bool const material = one.resource_count > 0 || one.kind == EvidenceKind::helper;
            bool const good = one.minutes_band != MinutesBand::b0_10 && material;
            if (one.school_id == school && monday_of(one.date) == monday && counts(one) && good) ++by[one.teacher_id];
        }
        std::int64_t found = 0;
        for (auto const& [teacher, count] : by) found += count >= 2 && posted.contains(teacher) ? 1 : 0;
        return found;
    }
    std::int64_t reached(core::OrgId const& school, core::LocalDate monday) const {
        std::set<core::OrgId> classes;
        for (auto const& [id, one] : sessions) {
            if (one.school_id == school && monday_of(one.date) == monday && counts(one) && one.reviewed_resource) {
                classes.insert(one.class_id);
            }
        }
        return static_cast<std::int64_t>(classes.size());
    }
};

class History {
public:
    History(Evidence& world, unsigned seed) : world_(world), random_(seed) {}

    void step() {
        auto const& school = *(std::array{&world_.heba, &world_.mingxin, &world_.jinpen}[upto(2)]);
        auto const monday = std::array{last_monday, this_monday, before_terms}[upto(2)];
        auto const date = monday.plus_days(static_cast<int>(upto(6)));
        auto lesson = world_.lesson(school.id, school.classes[upto(school.classes.size() - 1)], date,
                                    1 + static_cast<int>(upto(5)), school.teachers[upto(school.teachers.size() - 1)],
                                    std::array{"14", "13", "16", "24"}[upto(3)]);
        switch (upto(5)) {
            case 0: return drop(lesson);
            case 1:
            case 2: return put(lesson);
            default: return use(lesson);
        }
    }
    Ledger ledger;

private:
    std::size_t upto(std::size_t most) { return std::uniform_int_distribution<std::size_t>(0, most)(random_); }
    void drop(timetable::Lesson const& lesson) {
        world_.transact(
            [&](sql::Tx& tx) { feed::remove(tx, {"timetable.TaughtLesson", lesson.id.text(), lesson.school_id}); });
        ledger.lessons.erase(lesson.id);
    }
    void put(timetable::Lesson lesson) {
        lesson.state =
            std::array{LessonState::held, LessonState::held, LessonState::cancelled, LessonState::not_taught}[upto(3)];
        ledger.lessons[lesson.id] = lesson;
        world_.tell(lesson);
        if (upto(4) == 0) world_.tell(lesson);  // repeated
    }
    void use(timetable::Lesson const& lesson) {
        auto one = world_.session(lesson);
        one.kind = std::array{EvidenceKind::class_view, EvidenceKind::helper, EvidenceKind::declared}[upto(2)];
        one.state = std::array{SessionState::provisional, SessionState::fixed, SessionState::discarded}[upto(2)];
        one.minutes_band = upto(2) == 0 ? MinutesBand::b0_10 : MinutesBand::b30_40;
        one.resource_count = static_cast<int>(upto(2));
        one.reviewed_resource = one.resource_count > 0 && upto(1) == 0;
        one.question_count = upto(3) == 0 ? 1 : 0;
        if (upto(5) == 0) one.present = 40;
        ledger.sessions[one.id] = one;
        world_.tell(one);
    }

    Evidence& world_;
    std::mt19937 random_;
};

void compare(Evidence const& world, Ledger const& ledger) {
    for (auto const* school : {&world.heba, &world.mingxin, &world.jinpen}) {
        std::set<core::PersonId> const posted(school->teachers.begin(), school->teachers.end());
        for (auto const monday : {last_monday, this_monday, before_terms}) {
            auto const [used, held] = ledger.coverage(school->id, monday);
            auto const row = world.figure("I21", school->id, monday);
            CHECK(row.numerator == used);
            CHECK(row.denominator == held);
            if (row.denominator > 0) CHECK(row.version == (monday == before_terms ? 1 : 2));
            CHECK(world.figure("I23", school->id, monday).numerator == ledger.two_lessons(posted, school->id, monday));
            CHECK(world.figure("I27", school->id, monday).numerator == ledger.reached(school->id, monday));
        }
    }
}

}  // namespace

TEST_CASE(
    "rollups kept up while lessons are held, corrected, discarded, cancelled and repeated equal those made anew") {
    for (unsigned seed = 1; seed <= 4; ++seed) {
        Evidence world;
        History history(world, seed);
        for (int round = 0; round < 6; ++round) {
            for (int i = 0; i < 25; ++i) history.step();
            world.read_feed();
        }
        INFO("seed ", seed);
        auto const kept = world.now();
        compare(world, history.ledger);
        world.transact([](sql::Tx& tx) { recompute(tx); });
        REQUIRE(world.now() == kept);
        for (auto const& row : kept) {
            INFO(row.indicator, " ", row.subject);
            // What teachers say is not bound by what was held.
            if (row.indicator != "I21.declared") CHECK(row.numerator <= row.denominator);
        }
    }
}

TEST_CASE("a teacher who comes or goes changes the weeks of his post") {
    Evidence world;
    auto const& school = world.heba;
    world.tell(world.lesson(school.id, school.classes[0], last_monday, 1, school.teachers[0]));
    world.tell(world.lesson(school.id, school.classes[0], this_monday, 1, school.teachers[0]));
    world.read_feed();
    CHECK(world.figure("I20", school.id, last_monday).denominator == 6);
    roster::BulkRoster bulk;
    bulk.posts.push_back(
        {roster::PostId::make(), world.researcher, school.id, auth::Role::teacher, "14", "", this_monday, {}});
    world.transact([&](sql::Tx& tx) { return roster::write_bulk(tx, bulk, world.clock); });
    world.read_feed();
    CHECK(world.figure("I20", school.id, last_monday).denominator == 6);
    CHECK(world.figure("I20", school.id, this_monday).denominator == 7);
}

TEST_CASE("spaces are counted in the present week before the first lesson of a district") {
    Evidence world;
    auto const figure = world.figure("I25", world.heba.id, this_monday);
    CHECK(figure.denominator == static_cast<std::int64_t>(4 * world.heba.pupils.size()));
    CHECK(figure.numerator <= figure.denominator);
    CHECK(world.figure("I25U", world.heba.id, this_monday).numerator == 0);
    for (auto const& row : world.now()) CHECK(row.indicator != "I21");
}
