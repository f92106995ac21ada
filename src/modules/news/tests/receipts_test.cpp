// Who is told of a must-read notice, how many have read it, and who has not confirmed it.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

#include "modules/messages/service.hpp"
#include "modules/news/service_receipts.hpp"
#include "news_world.hpp"
#include "platform/auth/audit_log.hpp"
#include "platform/feed/feed.hpp"

using namespace santong;
using namespace santong::news;
using santong::test::NewsWorld;

namespace {

ArticleContent must_read(std::string const& title, ArticleScope scope = ArticleScope::school) {
    auto content = NewsWorld::content(title, scope);
    content.must_read = true;
    return content;
}

std::vector<messages::MessageView> asked_of(NewsWorld const& world, core::PersonId const& person) {
    auto page = messages::inbox(world.db(), world.caller(person), world.clock, {}).value();
    std::erase_if(page.items, [](auto const& one) { return one.kind != messages::MessageKind::news_to_confirm; });
    return std::move(page.items);
}

/// How often something was written into the audit log.
int audited(NewsWorld const& world, std::string const& action) {
    return world.read([&](sql::Tx& tx) {
        int count = 0;
        for (auto const& entry : feed::read(tx, 0, 10'000)) {
            bool const said = entry.body.value.find('"' + action + '"') != std::string::npos;
            if (entry.type == auth::audit_event_type && said) ++count;
        }
        return count;
    });
}

AudienceFigure figure(std::vector<AudienceFigure> const& figures, ReaderKind kind) {
    auto const found = std::ranges::find(figures, kind, &AudienceFigure::reader);
    REQUIRE(found != figures.end());
    return *found;
}

}  // namespace

TEST_CASE("who must read a notice is told of it by its name, and asked until he has confirmed") {
    NewsWorld world;
    auto const id = world.published(world.author(), world.heba.id, must_read("冬季作息"));
    auto const reader = world.heba.teachers[1];
    auto const told = asked_of(world, reader);
    REQUIRE(told.size() == 1);
    CHECK(told[0].title == "冬季作息");
    CHECK(told[0].place == world.heba.name);
    CHECK(told[0].asks);
    CHECK_FALSE(told[0].read);
    CHECK(told[0].href == "/news/" + id.text());
    CHECK(asked_of(world, world.guardian).size() == 1);
    CHECK(asked_of(world, world.heba.pupils[0][0]).size() == 1);
    CHECK(asked_of(world, world.heba.teachers[0]).empty());    // his own
    CHECK(asked_of(world, world.jinpen.teachers[0]).empty());  // another school
    REQUIRE(note_read(world.desk, world.with_account(reader), id, {false}).has_value());
    CHECK_FALSE(asked_of(world, reader)[0].read);
    REQUIRE(note_read(world.desk, world.with_account(reader), id, {true}).has_value());
    CHECK(asked_of(world, reader)[0].read);
    CHECK_FALSE(asked_of(world, world.guardian)[0].read);
    // Taken away it asks nobody, and is not named to those who were told.
    REQUIRE(withdraw(world.desk, world.author(), id, {"日期写错了，另发"}).has_value());
    CHECK(asked_of(world, world.guardian)[0].read);
    CHECK(asked_of(world, world.guardian)[0].title.empty());
}

TEST_CASE("a notice that need not be confirmed tells nobody, and its author hears of it by its name") {
    NewsWorld world;
    world.published("秋游照片");
    CHECK(asked_of(world, world.heba.teachers[1]).empty());
    auto const own = messages::inbox(world.db(), world.author(), world.clock, {}).value();
    REQUIRE_FALSE(own.items.empty());
    CHECK(own.items[0].kind == messages::MessageKind::news_published);
    CHECK(own.items[0].title == "秋游照片");
}

TEST_CASE("a notice of a later day is told on that day, and one that has ended asks nobody") {
    NewsWorld world;
    auto content = must_read("下周的会");
    content.from_day = core::LocalDate{2014, 11, 24};
    content.until_day = core::LocalDate{2014, 11, 26};
    world.published(world.author(), world.heba.id, content);
    auto const reader = world.heba.teachers[1];
    CHECK_FALSE(tell_readers(world.db(), world.district(), world.clock));
    CHECK(asked_of(world, reader).empty());
    world.clock.set(world.clock.now().plus_days(4));
    CHECK_FALSE(tell_readers(world.db(), world.district(), world.clock));
    REQUIRE(asked_of(world, reader).size() == 1);
    CHECK_FALSE(tell_readers(world.db(), world.district(), world.clock));
    CHECK(asked_of(world, reader).size() == 1);
    world.clock.set(world.clock.now().plus_days(3));
    keep_house(world.db(), world.district(), world.clock);
    CHECK(asked_of(world, reader)[0].read);
}

TEST_CASE("a changed must-read notice is asked anew") {
    NewsWorld world;
    auto const content = must_read("作息");
    auto const id = world.published(world.author(), world.heba.id, content);
    auto const reader = world.with_account(world.heba.teachers[1]);
    REQUIRE(note_read(world.desk, reader, id, {true}).has_value());
    REQUIRE(save(world.desk, world.author(), id, {content, {}}).has_value());
    REQUIRE(submit(world.desk, world.author(), id).has_value());
    REQUIRE(world.approve(world.heba.academic, id).has_value());
    auto const told = asked_of(world, reader.person);
    REQUIRE(told.size() == 2);
    CHECK_FALSE(told[0].read);
    CHECK(told[1].read);
}

TEST_CASE("receipts say how many of how many, and an office sees who of its own staff has not confirmed") {
    NewsWorld world;
    auto const id = world.published(world.author(), world.heba.id, must_read("作息"));
    auto const office = world.with_account(world.heba.academic);
    auto const before = article_receipts(world.desk, world.author(), id).value();
    auto const staff = figure(before.figures, ReaderKind::staff);
    CHECK(figure(before.figures, ReaderKind::pupil).of == 8);
    CHECK(figure(before.figures, ReaderKind::guardian).of == 1);
    CHECK(staff.of >= 6);
    CHECK(staff.read == 0);
    CHECK_FALSE(before.may_name);  // an author without an office
    CHECK(before.classes.empty());
    CHECK(before.schools.empty());
    auto const waiting = article_waiting(world.desk, office, id).value();
    CHECK(static_cast<std::int64_t>(waiting.items.size()) == staff.of);
    REQUIRE(note_read(world.desk, world.with_account(world.heba.teachers[1]), id, {true}).has_value());
    REQUIRE(note_read(world.desk, world.with_account(world.heba.teachers[2]), id, {false}).has_value());
    REQUIRE(note_read(world.desk, world.caller(world.guardian), id, {false}).has_value());
    auto const after = article_receipts(world.desk, office, id).value();
    CHECK(figure(after.figures, ReaderKind::staff).of == staff.of);
    CHECK(figure(after.figures, ReaderKind::staff).read == 2);
    CHECK(figure(after.figures, ReaderKind::staff).confirmed == 1);
    CHECK(figure(after.figures, ReaderKind::guardian).read == 1);
    CHECK(after.may_name);
    CHECK(after.classes.size() == 2);
    auto const left = article_waiting(world.desk, office, id).value();
    CHECK(left.items.size() + 1 == waiting.items.size());
    CHECK(audited(world, "news.waiting_seen") == 2);
    CHECK(std::ranges::count_if(left.items, [](auto const& one) { return one.read_at.has_value(); }) == 1);
}

TEST_CASE("a school's office counts and names its own people of a notice from above, the bureau counts all by school") {
    NewsWorld world;
    auto const bureau = world.with_account(world.info_office);
    auto content = must_read("全区的会", ArticleScope::district);
    content.audience = ArticleAudience::staff;
    auto const id = world.published(bureau, world.county, content);
    auto const all = article_receipts(world.desk, bureau, id).value();
    CHECK(all.schools.size() == 4);  // three schools and the offices
    CHECK(all.classes.empty());
    auto const officers = article_waiting(world.desk, bureau, id).value();
    for (auto const& one : officers.items) CHECK(one.org_name != world.heba.name);
    auto const school = world.with_account(world.jinpen.academic);
    auto const own = article_receipts(world.desk, school, id).value();
    CHECK(own.schools.empty());
    CHECK(figure(own.figures, ReaderKind::staff).of < figure(all.figures, ReaderKind::staff).of);
    for (auto const& one : article_waiting(world.desk, school, id).value().items)
        CHECK(one.org_name == world.jinpen.name);
    CHECK(article_receipts(world.desk, world.teacher(world.jinpen), id).error().code == core::ErrorCode::forbidden);
}

TEST_CASE("receipts are refused to other schools, to readers, and of what is no published notice") {
    NewsWorld world;
    auto const id = world.published(world.author(), world.heba.id, must_read("作息"));
    CHECK(article_receipts(world.desk, world.academic(world.jinpen), id).error().key == "news.not_found");
    CHECK(article_waiting(world.desk, world.academic(world.jinpen), id).error().key == "news.not_found");
    auto const reader = world.with_account(world.heba.teachers[1]);
    CHECK(article_receipts(world.desk, reader, id).error().code == core::ErrorCode::forbidden);
    CHECK(article_receipts(world.desk, world.caller(world.guardian), id).error().code == core::ErrorCode::forbidden);
    CHECK(article_waiting(world.desk, world.author(), id).error().code == core::ErrorCode::forbidden);
    auto const draft = world.draft(world.author(), world.heba.id, must_read("草稿"));
    CHECK(article_receipts(world.desk, world.author(), draft).error().key == "news.no_receipts");
    auto const usual = world.published("不必确认");
    CHECK(article_receipts(world.desk, world.author(), usual).has_value());
    CHECK(article_waiting(world.desk, world.with_account(world.heba.academic), usual).error().key ==
          "news.no_receipts");
}

TEST_CASE("receipts leave as a workbook, with names for an office only") {
    NewsWorld world;
    auto const id = world.published(world.author(), world.heba.id, must_read("作息"));
    auto const of_author = receipt_sheets(world.desk, world.author(), id).value();
    CHECK_FALSE(of_author.waiting.has_value());
    auto const of_office = receipt_sheets(world.desk, world.with_account(world.heba.academic), id).value();
    REQUIRE(of_office.waiting.has_value());
    CHECK(audited(world, "news.receipts_exported") == 2);
    CHECK_FALSE(of_office.waiting->items.empty());
    auto const path = world.folder + "/receipts.xlsx";
    REQUIRE(write_receipts(world.desk, world.with_account(world.heba.academic), id, path, "zh-CN").has_value());
    CHECK(std::filesystem::file_size(path) > 1000);
    CHECK(write_receipts(world.desk, world.academic(world.jinpen), id, path, "en").error().key == "news.not_found");
}
