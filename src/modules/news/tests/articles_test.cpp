// What may be written, who reads when, receipts, files, the public door.
#include <doctest/doctest.h>

#include "news_world.hpp"

using santong::test::NewsWorld;
using namespace santong;
using namespace santong::news;

namespace {

using Titles = std::vector<std::string>;

std::string refused_at(core::Result<ArticleView> const& answer) {
    if (answer) return "done";
    if (answer.error().problems.empty()) return answer.error().key;
    return answer.error().problems.front().pointer + " " + answer.error().problems.front().key;
}

ArticleBlock part(BlockKind kind, std::string text, std::string href = {}) {
    ArticleBlock block;
    block.kind = kind;
    block.text = std::move(text);
    block.href = std::move(href);
    return block;
}

}  // namespace

TEST_CASE("links lead to http and https alone, and to the host that they show") {
    CHECK(is_link("https://www.smartedu.cn/course?a=1"));
    CHECK(is_link("http://jyj.datonghu.gov.cn"));
    for (char const* bad : {"javascript:alert(1)", "data:text/html,x", "//host", "https://", "https://bank.cn@evil.cn/",
                            "ftp://host/x", "https://a b", "https://x\"onclick=", " https://x", "HTTPS://x"})
        CHECK_FALSE_MESSAGE(is_link(bad), bad);
}

TEST_CASE("numbers that look private are counted") {
    CHECK(private_numbers("电话 13900001111，身份证 43090120050101123X") == 2);
    CHECK(private_numbers("2014 年 11 月，1234567 人，20141120001 号") == 0);
}

TEST_CASE("a draft may be unfinished, but nothing may stand in it that no article may have") {
    NewsWorld world;
    auto const who = world.author();
    auto const make = [&](ArticleContent const& content) { return create(world.desk, who, {world.heba.id, content}); };
    CHECK(make({}).has_value());
    auto content = NewsWorld::content("标题");
    content.title = std::string(81, 'x');
    CHECK(refused_at(make(content)) == "/content/title core.too_long");
    content = NewsWorld::content("标题");
    content.body.push_back(part(BlockKind::link, "看这里", "javascript:alert(1)"));
    CHECK(refused_at(make(content)) == "/content/body/1/href news.link_not_allowed");
    content = NewsWorld::content("标题");
    content.from_day = core::LocalDate{2014, 12, 2};
    content.until_day = core::LocalDate{2014, 12, 1};
    CHECK(refused_at(make(content)) == "/content/until_day news.days_turned");
    content = NewsWorld::content("标题");
    content.kind = ArticleKind::news;
    content.must_read = true;
    CHECK(refused_at(make(content)) == "/content/must_read news.only_notices");
    content = NewsWorld::content("标题", ArticleScope::public_);
    content.audience = ArticleAudience::staff;
    CHECK(refused_at(make(content)) == "/content/audience news.public_is_for_everyone");
    content = NewsWorld::content("标题");
    content.body.push_back(part(BlockKind::picture, "操场"));
    content.body.back().file_id = core::FileId::make();
    CHECK(refused_at(make(content)) == "files.not_found");
    content.body.back().file_id = world.picture(world.with_account(world.heba.teachers[1]));
    CHECK(refused_at(make(content)) == "files.not_found");
}

TEST_CASE("nobody writes in the name of another school, and pupils and guardians nowhere") {
    NewsWorld world;
    auto const content = NewsWorld::content("标题");
    CHECK(create(world.desk, world.author(), {world.jinpen.id, content}).error().code == core::ErrorCode::forbidden);
    CHECK(create(world.desk, world.author(), {world.county, content}).error().code == core::ErrorCode::forbidden);
    CHECK(create(world.desk, world.pupil(), {world.heba.id, content}).error().code == core::ErrorCode::forbidden);
    CHECK(create(world.desk, world.caller(world.guardian), {world.heba.id, content}).error().code ==
          core::ErrorCode::forbidden);
    auto const own = places(world.desk, world.author()).value();
    REQUIRE(own.items.size() == 1);
    CHECK(own.items[0].org_id == world.heba.id);
    CHECK(own.items[0].scopes.size() == 4);
    CHECK(places(world.desk, world.caller(world.info_office)).value().items.at(0).bureau);
    CHECK(places(world.desk, world.pupil()).value().items.empty());
    auto const id = world.draft(world.author(), world.heba.id, content);
    auto const other = world.teacher(world.heba, 1);
    CHECK(save(world.desk, other, id, {content, {}}).error().key == "news.not_found");
    CHECK(submit(world.desk, other, id).error().key == "news.not_found");
    CHECK(take_back(world.desk, other, id).error().key == "news.not_found");
    CHECK(remove(world.desk, other, id).error().key == "news.not_found");
}

TEST_CASE("what goes into review has a title, a text, pictures with words and a day that is not over") {
    NewsWorld world;
    auto const who = world.author();
    ArticleContent content;
    content.cover_file_id = world.picture(who);
    content.until_day = core::LocalDate{2014, 11, 19};
    auto const id = world.draft(who, world.heba.id, content);
    auto const answer = submit(world.desk, who, id);
    std::vector<std::string> keys;
    for (auto const& problem : answer.error().problems) keys.push_back(problem.pointer + " " + problem.key);
    CHECK(keys == Titles{"/title core.required", "/body news.body_missing", "/cover_text news.picture_needs_words",
                         "/until_day news.day_is_over"});
    CHECK(remove(world.desk, who, id).has_value());
    CHECK(world.refusal(who, id) == "news.not_found");
    auto const sent = world.in_review(who, world.heba.id, NewsWorld::content("送审"));
    REQUIRE(take_back(world.desk, who, sent).has_value());
    CHECK(remove(world.desk, who, sent).error().key == "news.was_submitted");
}

TEST_CASE("two windows do not write over each other") {
    NewsWorld world;
    auto const id = world.draft(world.author(), world.heba.id, NewsWorld::content("甲"));
    auto const seen = article_view(world.desk, world.author(), id, true)->item.updated_at;
    REQUIRE(save(world.desk, world.author(), id, {NewsWorld::content("乙"), seen}).has_value());
    CHECK(save(world.desk, world.author(), id, {NewsWorld::content("丙"), seen}).error().key ==
          "news.changed_meanwhile");
}

TEST_CASE("staff read what is for staff, families what is for families, each between its days") {
    NewsWorld world;
    auto content = NewsWorld::content("教职工大会");
    content.audience = ArticleAudience::staff;
    world.published(world.author(), world.heba.id, content);
    content = NewsWorld::content("家长开放日");
    content.audience = ArticleAudience::families;
    world.published(world.author(), world.heba.id, content);
    content = NewsWorld::content("下周才看得到");
    content.from_day = core::LocalDate{2014, 11, 24};
    auto const later = world.published(world.author(), world.heba.id, content);
    content = NewsWorld::content("今天为止");
    content.until_day = world.today();
    auto const ending = world.published(world.author(), world.heba.id, content);
    auto const reader = world.teacher(world.heba, 1);
    CHECK(world.list(reader) == Titles{"今天为止", "教职工大会"});
    CHECK(world.list(world.caller(world.guardian)) == Titles{"今天为止", "家长开放日"});
    CHECK(world.refusal(reader, later) == "news.not_found");
    CHECK(world.refusal(world.author(), later).empty());
    world.clock.set(world.clock.now().plus_days(5));
    CHECK(world.refusal(reader, later).empty());
    CHECK(world.refusal(reader, ending) == "news.not_found");
}

TEST_CASE("a list is filtered by kind and words, and goes on page by page") {
    NewsWorld world;
    for (char const* title : {"第一篇", "第二篇", "第三篇"}) {
        world.clock.set(world.clock.now().plus_seconds(60));
        world.published(title);
    }
    auto const reader = world.teacher(world.heba, 1);
    ArticleQuery query;
    query.limit = 2;
    auto const first = articles(world.desk, reader, query).value();
    CHECK(first.total == 3);
    REQUIRE(first.next.has_value());
    CHECK(first.items.at(0).title == "第三篇");
    query.after = *first.next;
    auto const second = articles(world.desk, reader, query).value();
    CHECK(second.items.size() == 1);
    CHECK_FALSE(second.next.has_value());
    query = {};
    query.kind = "research";
    CHECK(world.list(reader, query).empty());
    query.kind = "gossip";
    CHECK(articles(world.desk, reader, query).error().problems.at(0).key == "core.unknown_choice");
    query = {};
    query.q = "冬季作息";
    CHECK(world.list(reader, query).size() == 3);
    query.after = "x";
    CHECK(articles(world.desk, reader, query).error().problems.at(0).key == "news.bad_page_key");
}

TEST_CASE("a must-read notice counts who has confirmed it, for its author's eyes and without names") {
    NewsWorld world;
    auto content = NewsWorld::content("防溺水承诺");
    content.must_read = true;
    auto const id = world.published(world.author(), world.heba.id, content);
    auto const reader = world.with_account(world.heba.teachers[1]);
    CHECK(world.read([&](sql::Tx& tx) { return unread(tx, world.clock, reader); }) == 1);
    CHECK(world.read([&](sql::Tx& tx) { return unread(tx, world.clock, world.author()); }) == 0);
    CHECK(articles(world.desk, reader, {})->items.at(0).to_confirm);
    auto seen = note_read(world.desk, reader, id, {false}).value();
    CHECK_FALSE(seen.item.unread);
    CHECK(seen.item.to_confirm);
    CHECK_FALSE(seen.may.receipts);
    seen = note_read(world.desk, reader, id, {true}).value();
    CHECK(seen.confirmed);
    CHECK(world.read([&](sql::Tx& tx) { return unread(tx, world.clock, reader); }) == 0);
    REQUIRE(note_read(world.desk, world.caller(world.guardian), id, {false}).has_value());
    CHECK(note_read(world.desk, world.teacher(world.jinpen), id, {true}).error().key == "news.not_found");
    CHECK(note_read(world.desk, world.author(), id, {true}).error().key == "news.nothing_to_confirm");
    CHECK(article_view(world.desk, world.author(), id, false)->may.receipts);
    // A changed notice is read anew.
    REQUIRE(save(world.desk, world.author(), id, {content, {}}).has_value());
    REQUIRE(submit(world.desk, world.author(), id).has_value());
    REQUIRE(world.approve(world.heba.academic, id).has_value());
    CHECK(world.read([&](sql::Tx& tx) { return unread(tx, world.clock, reader); }) == 1);
}

TEST_CASE("receipts go ninety days after a notice has ended") {
    NewsWorld world;
    auto content = NewsWorld::content("到月底");
    content.until_day = core::LocalDate{2014, 11, 30};
    auto const id = world.published(world.author(), world.heba.id, content);
    REQUIRE(note_read(world.desk, world.with_account(world.heba.teachers[1]), id, {false}).has_value());
    CHECK(keep_house(world.db(), world.district(), world.clock) == 0);
    world.clock.set(world.clock.now().plus_days(120));
    CHECK(keep_house(world.db(), world.district(), world.clock) == 1);
}

TEST_CASE("a picture is seen by who may read its article, and by nobody after it is withdrawn") {
    NewsWorld world;
    auto content = NewsWorld::content("运动会", ArticleScope::public_);
    auto const picture = world.picture(world.author());
    content.body.push_back(part(BlockKind::picture, "操场上的起跑线"));
    content.body.back().file_id = picture;
    auto const id = world.in_review(world.author(), world.heba.id, content);
    auto const reader = world.teacher(world.jinpen);
    CHECK(world.files.readable(reader, picture).has_error());
    CHECK(world.files.readable(world.caller(world.heba.academic), picture).has_value());
    CHECK_FALSE(is_open_file(world.desk, world.district(), id, picture));
    for (auto const& who : {world.heba.academic, world.info_office, world.leader})
        REQUIRE(world.approve(who, id).has_value());
    CHECK(world.files.readable(reader, picture).has_value());
    CHECK(is_open_file(world.desk, world.district(), id, picture));
    CHECK(open_one(world.desk, world.district(), id)->body.at(1).media_type == "image/png");
    REQUIRE(withdraw(world.desk, world.author(), id, {"照片没有同意"}).has_value());
    CHECK(world.files.readable(reader, picture).has_error());
    CHECK_FALSE(is_open_file(world.desk, world.district(), id, picture));
}

TEST_CASE("the public door shows what is public and nothing else") {
    NewsWorld world;
    auto const open = world.published("公开的", ArticleScope::public_);
    auto const inside = world.published("全区的", ArticleScope::district);
    auto const found = search_open(world.desk, world.district(), {}).value();
    REQUIRE(found.items.size() == 1);
    CHECK(found.items[0].title == "公开的");
    CHECK(open_one(world.desk, world.district(), open).has_value());
    CHECK(open_one(world.desk, world.district(), inside).error().key == "news.not_found");
    CHECK(open_one(world.desk, world.district(), ArticleId::make()).error().key == "news.not_found");
    OpenArticleSearch wish;
    wish.after = "x";
    CHECK(search_open(world.desk, world.district(), wish).has_error());
}

TEST_CASE("an author has his own articles with their states, and an office what its school has published") {
    NewsWorld world;
    world.draft(world.author(), world.heba.id, NewsWorld::content("草稿"));
    world.published("已发布");
    auto const mine = my_articles(world.desk, world.author(), {}).value();
    CHECK(mine.items.size() == 2);
    CHECK(mine.states.at("draft") == 1);
    CHECK_FALSE(mine.may_oversee);
    ArticleDeskQuery query;
    query.overseen = true;
    CHECK(my_articles(world.desk, world.author(), query).error().code == core::ErrorCode::forbidden);
    auto const office = my_articles(world.desk, world.caller(world.heba.academic), query).value();
    REQUIRE(office.items.size() == 1);
    CHECK(office.items[0].title == "已发布");
    CHECK(my_articles(world.desk, world.caller(world.jinpen.academic), query).value().items.empty());
    query.state = "lost";
    CHECK(my_articles(world.desk, world.caller(world.heba.academic), query).error().problems.at(0).key ==
          "core.unknown_choice");
}
