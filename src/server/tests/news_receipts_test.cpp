// A notice of the bureau is confirmed at a school's box, and counted where it was written.
#include <algorithm>

#include "modules/messages/service.hpp"
#include "modules/news/service_receipts.hpp"
#include "modules/news/tests/news_world.hpp"
#include "two_places.hpp"

using namespace santong;
using test::count_rows;

namespace {

struct PressAndBox : test::TwoPlacesOf<test::NewsWorld> {
    files::LocalContentStore store{world.folder + "/box"};
    files::Files box_files{*box, store, world.clock};
    news::Desk box_desk{*box, world.clock, box_files};

    std::int64_t confirmed(news::ArticleId const& id) {
        at_hub();
        auto const counts = news::article_receipts(world.desk, world.with_account(world.info_office), id).value();
        auto const staff = std::ranges::find(counts.figures, news::ReaderKind::staff, &news::AudienceFigure::reader);
        REQUIRE(staff != counts.figures.end());
        CHECK(staff->of > 0);
        return staff->confirmed;
    }
};

}  // namespace

TEST_CASE("a receipt that was given at a box is counted at the hub, and the message there is settled") {
    PressAndBox places;
    places.at_hub();
    auto content = test::NewsWorld::content("全区的会", news::ArticleScope::district);
    content.must_read = true;
    auto const bureau = places.world.with_account(places.world.info_office);
    auto const id = places.world.published(bureau, places.world.county, content);
    auto const teacher = places.world.teacher();
    auto const unread = [&](sql::Database& db) {
        return db.read(test::district, [&](sql::Tx& tx) { return messages::unread(tx, teacher.person); });
    };
    CHECK(places.confirmed(id) == 0);
    CHECK(unread(places.world.db()) == 1);
    places.pull();
    CHECK(unread(*places.box) == 1);
    places.at_box();
    REQUIRE(news::note_read(places.box_desk, teacher, id, {true}).has_value());
    CHECK(unread(*places.box) == 0);
    CHECK(places.confirmed(id) == 0);
    auto const taken = places.push();
    CHECK(taken.parked == 0);
    CHECK(taken.refused == 0);
    CHECK(places.confirmed(id) == 1);
    CHECK(unread(places.world.db()) == 0);
    // What is read at home goes down to the box, too, and nothing of another school's people does.
    places.at_hub();
    REQUIRE(news::note_read(places.world.desk, places.world.teacher(places.world.heba, 1), id, {true}).has_value());
    REQUIRE(news::note_read(places.world.desk, places.world.teacher(places.world.jinpen), id, {true}).has_value());
    places.pull();
    CHECK(count_rows(*places.box, "news_receipt") == 2);
    CHECK(places.confirmed(id) == 3);
}
