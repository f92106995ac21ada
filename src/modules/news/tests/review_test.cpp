// The way of an article: written, reviewed in layers, returned, published, changed, withdrawn.
#include <doctest/doctest.h>

#include <algorithm>

#include "modules/messages/service.hpp"
#include "news_world.hpp"

using santong::test::NewsWorld;
using namespace santong;
using namespace santong::news;

namespace {

using Titles = std::vector<std::string>;

std::string last_told(NewsWorld const& world, core::PersonId const& person) {
    auto const page = messages::inbox(world.db(), world.caller(person), world.clock, {}).value();
    return page.items.empty() ? std::string() : std::string(core::enum_text(page.items.front().kind));
}

}  // namespace

TEST_CASE("an article of a school is reviewed by its office and then read in the school, nowhere else") {
    NewsWorld world;
    auto const id = world.in_review(world.author(), world.heba.id, NewsWorld::content("冬季作息"));
    CHECK(world.queue(world.heba.academic) == Titles{"冬季作息"});
    CHECK(world.queue(world.jinpen.academic).empty());
    CHECK(world.queue(world.info_office).empty());
    CHECK(world.list(world.teacher(world.heba, 1)).empty());
    REQUIRE(world.approve(world.heba.academic, id).has_value());
    CHECK(world.row(id).state == ArticleState::published);
    CHECK(last_told(world, world.heba.teachers[0]) == "news_published");
    CHECK(world.list(world.teacher(world.heba, 1)) == Titles{"冬季作息"});
    CHECK(world.list(world.caller(world.guardian)) == Titles{"冬季作息"});
    CHECK(world.list(world.pupil()) == Titles{"冬季作息"});
    CHECK(world.list(world.teacher(world.jinpen)).empty());
    CHECK(world.list(world.caller(world.other_guardian)).empty());
    CHECK(world.refusal(world.teacher(world.jinpen), id) == "news.not_found");
    CHECK(world.refusal(world.teacher(world.mingxin), id) == "news.not_found");
}

TEST_CASE("a village school's article for the district passes its office, the central school's and the bureau's") {
    NewsWorld world;
    auto const author = world.with_account(world.mingxin.teachers[0]);
    auto const id = world.in_review(author, world.mingxin.id, NewsWorld::content("送教下乡", ArticleScope::district));
    std::vector<core::PersonId> decided;
    for (int step = 0; step < 4 && world.row(id).state == ArticleState::in_review; ++step) {
        for (auto const& who :
             {world.mingxin.academic, world.heba.academic, world.jinpen.academic, world.info_office}) {
            if (world.queue(who).empty()) continue;
            REQUIRE(world.approve(who, id).has_value());
            decided.push_back(who);
        }
    }
    CHECK(world.row(id).state == ArticleState::published);
    CHECK(decided.back() == world.info_office);
    CHECK(std::ranges::find(decided, world.jinpen.academic) == decided.end());
    CHECK(std::ranges::find(decided, world.heba.academic) != decided.end());
    CHECK(world.list(world.teacher(world.jinpen)) == Titles{"送教下乡"});
}

TEST_CASE("the area of a central school is its schools and no other") {
    NewsWorld world;
    auto const id = world.published("片区教研", ArticleScope::area);
    CHECK(world.refusal(world.teacher(world.mingxin), id).empty());
    CHECK(world.list(world.teacher(world.mingxin)) == Titles{"片区教研"});
    CHECK(world.refusal(world.teacher(world.jinpen), id) == "news.not_found");
    auto const alone = create(world.desk, world.with_account(world.jinpen.teachers[0]),
                              {world.jinpen.id, NewsWorld::content("没有片区", ArticleScope::area)});
    CHECK(alone.error().problems.at(0).key == "news.no_such_scope");
}

TEST_CASE("the bureau's own article begins in the bureau, and not with its author") {
    NewsWorld world;
    auto const author = world.with_account(world.info_office);
    auto const id = world.in_review(author, world.county, NewsWorld::content("放假通知", ArticleScope::district));
    CHECK(world.queue(world.heba.academic).empty());
    CHECK(world.queue(world.info_office).empty());
    CHECK(world.queue(world.leader) == Titles{"放假通知"});
    REQUIRE(world.approve(world.leader, id).has_value());
    CHECK(world.list(world.teacher(world.jinpen)) == Titles{"放假通知"});
    auto const narrow = create(world.desk, author, {world.county, NewsWorld::content("给一个学校")});
    CHECK(narrow.error().problems.at(0).key == "news.no_such_scope");
}

TEST_CASE("what is returned goes to its author with the reason, is mended and goes on where it was returned") {
    NewsWorld world;
    auto const id = world.in_review(world.author(), world.heba.id, NewsWorld::content("秋游", ArticleScope::district));
    REQUIRE(world.approve(world.heba.academic, id).has_value());
    CHECK(world.send_back(world.info_office, id, "短").error().problems.at(0).key == "workflow.reason_too_short");
    REQUIRE(world.send_back(world.info_office, id, "正文里有学生的全名").has_value());
    auto const view = article_view(world.desk, world.author(), id, true).value();
    CHECK(view.item.state == ArticleState::returned);
    REQUIRE(view.review.has_value());
    CHECK(view.review->last_reason == "正文里有学生的全名");
    CHECK(last_told(world, world.heba.teachers[0]) == "news_returned");
    auto const history = article_history(world.desk, world.author(), id).value();
    CHECK(history.items.back().decision == "return");
    CHECK(article_history(world.desk, world.teacher(world.heba, 1), id).error().key == "news.not_found");
    auto mended = NewsWorld::content("秋游安全", ArticleScope::district);
    REQUIRE(save(world.desk, world.author(), id, {mended, view.item.updated_at}).has_value());
    REQUIRE(submit(world.desk, world.author(), id).has_value());
    CHECK(world.queue(world.info_office) == Titles{"秋游安全"});
    CHECK(world.queue(world.heba.academic).empty());
}

TEST_CASE("a draft is its author's alone, and what is under review its author's and the reviewers'") {
    NewsWorld world;
    auto const id = world.draft(world.author(), world.heba.id, NewsWorld::content("草稿"));
    for (auto const& who : {world.heba.academic, world.heba.principal, world.info_office, world.jinpen.academic})
        CHECK(world.refusal(world.caller(who), id, true) == "news.not_found");
    REQUIRE(submit(world.desk, world.author(), id).has_value());
    CHECK(world.refusal(world.caller(world.heba.academic), id, true).empty());
    CHECK(world.refusal(world.caller(world.jinpen.academic), id, true) == "news.not_found");
    CHECK(world.refusal(world.teacher(world.heba, 1), id, true) == "news.not_found");
    CHECK(world.refusal(world.nobody(), id) == "news.not_found");
    REQUIRE(take_back(world.desk, world.author(), id).has_value());
    CHECK(world.row(id).state == ArticleState::draft);
    CHECK(world.queue(world.heba.academic).empty());
    CHECK(world.refusal(world.caller(world.heba.academic), id, true) == "news.not_found");
    CHECK(take_back(world.desk, world.author(), id).error().key == "news.not_in_review");
}

TEST_CASE("a published article that is changed goes back to review, and its readers keep what they have") {
    NewsWorld world;
    auto const id = world.published("家长会");
    CHECK(submit(world.desk, world.author(), id).error().key == "news.nothing_new");
    REQUIRE(save(world.desk, world.author(), id, {NewsWorld::content("家长会改期"), {}}).has_value());
    CHECK(world.row(id).change == ArticleChange::draft);
    auto const reader = world.teacher(world.heba, 1);
    CHECK(article_view(world.desk, reader, id, true)->item.title == "家长会");
    REQUIRE(submit(world.desk, world.author(), id).has_value());
    CHECK(save(world.desk, world.author(), id, {NewsWorld::content("再改"), {}}).error().key == "news.in_review");
    CHECK(world.list(reader) == Titles{"家长会"});
    CHECK(article_view(world.desk, world.caller(world.heba.academic), id, true)->item.title == "家长会改期");
    REQUIRE(world.send_back(world.heba.academic, id, "日期写错了").has_value());
    CHECK(world.row(id).state == ArticleState::published);
    CHECK(world.row(id).change == ArticleChange::returned);
    CHECK(world.list(reader) == Titles{"家长会"});
    REQUIRE(save(world.desk, world.author(), id, {NewsWorld::content("家长会改到周五"), {}}).has_value());
    REQUIRE(submit(world.desk, world.author(), id).has_value());
    REQUIRE(world.approve(world.heba.academic, id).has_value());
    CHECK(world.row(id).current_version == 2);
    CHECK(world.list(reader) == Titles{"家长会改到周五"});
}

TEST_CASE("withdrawn with a reason it is gone everywhere at once") {
    NewsWorld world;
    auto const id = world.published("食堂菜单", ArticleScope::public_);
    CHECK(open_one(world.desk, world.district(), id).has_value());
    CHECK(withdraw(world.desk, world.author(), id, {"错"}).error().problems.at(0).key == "workflow.reason_too_short");
    CHECK(withdraw(world.desk, world.teacher(world.heba, 1), id, {"我不喜欢"}).error().code ==
          core::ErrorCode::forbidden);
    CHECK(withdraw(world.desk, world.caller(world.jinpen.academic), id, {"别的学校"}).error().code ==
          core::ErrorCode::forbidden);
    REQUIRE(withdraw(world.desk, world.caller(world.info_office), id, {"菜单有误"}).has_value());
    CHECK(last_told(world, world.heba.teachers[0]) == "news_withdrawn");
    CHECK(world.list(world.teacher(world.heba, 1)).empty());
    CHECK(world.refusal(world.teacher(world.jinpen), id) == "news.withdrawn");
    CHECK(open_one(world.desk, world.district(), id).error().key == "news.not_found");
    CHECK(search_open(world.desk, world.district(), {}).value().items.empty());
    ArticleQuery words;
    words.q = "菜单";
    CHECK(world.list(world.teacher(world.heba, 1), words).empty());
    CHECK(save(world.desk, world.author(), id, {NewsWorld::content("再来"), {}}).error().key == "news.is_withdrawn");
    CHECK(withdraw(world.desk, world.author(), id, {"又撤一次"}).error().key == "news.not_published");
    CHECK(article_view(world.desk, world.author(), id, false)->withdrawn_reason == "菜单有误");
}

TEST_CASE("the sheet counts names of the school's pupils and numbers that look private, and names none") {
    NewsWorld world;
    auto const name = world.read(
        [&](sql::Tx& tx) { return roster::names(tx, {world.heba.pupils[0][0]}).at(world.heba.pupils[0][0]); });
    auto content = NewsWorld::content("表扬");
    content.body[0].text = "表扬" + name + "，家长电话 13900001111。";
    auto const id = world.in_review(world.author(), world.heba.id, content);
    auto const review = workflow::review(world.db(), world.caller(world.heba.academic), world.item(id)).value();
    auto const line = [&](std::string const& key) {
        return *std::ranges::find(review.sheet, "news.check." + key, &workflow::SheetLine::key);
    };
    CHECK(line("names").state == workflow::CheckState::warning);
    CHECK(line("names").params.at("n") == "1");
    CHECK(line("numbers").state == workflow::CheckState::warning);
    for (auto const& one : review.sheet) {
        for (auto const& [key, value] : one.params) CHECK(value.find(name) == std::string::npos);
    }
    CHECK(review.author_name.empty());
    CHECK(world.approve(world.heba.teachers[0], id).has_error());
}
