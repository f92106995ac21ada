#include "news_world.hpp"

#include <doctest/doctest.h>

#include <filesystem>

namespace santong::test {

using namespace news;

namespace {

constexpr std::string_view one_dot(
    "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00"
    "\x00"
    "\nIDATx\x9c"
    "c\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00\x00IEND\xae"
    "B`\x82",
    67);

std::string press_folder() {
    auto const path = std::filesystem::temp_directory_path() / ("santong-news-" + core::Uuid::make().text());
    std::filesystem::create_directories(path);
    return path.string();
}

}  // namespace

std::vector<std::string> news_sheet() {
    return {"news.check.true",          "news.check.wording",        "news.check.sources",
            "news.check.pictures_ours", "news.check.no_pupil_names", "news.check.faces_agreed"};
}

NewsWorld::NewsWorld()
    : folder(press_folder()), contents(folder), files(db(), contents, clock), desk{db(), clock, files} {
    files.register_access(file_access(clock));
}

NewsWorld::~NewsWorld() {
    std::filesystem::remove_all(folder);
}

auth::Caller NewsWorld::with_account(core::PersonId const& person) const {
    auto who = caller(person);
    if (who.account.is_nil()) who.account = core::AccountId{core::Uuid::named("account of " + person.text())};
    return who;
}

core::FileId NewsWorld::picture(auth::Caller const& owner) {
    return files.keep(district(), {"操场.png", owner.account, {}}, one_dot).value().id;
}

ArticleContent NewsWorld::content(std::string const& title, ArticleScope scope) {
    ArticleContent content;
    content.kind = ArticleKind::notice;
    content.title = title;
    content.summary = "一句话的摘要";
    content.scope = scope;
    ArticleBlock block;
    block.text = "各位老师、家长：冬季作息从下周一开始。";
    content.body.push_back(block);
    return content;
}

ArticleId NewsWorld::draft(auth::Caller const& who, core::OrgId const& org, ArticleContent const& content) {
    auto const made = create(desk, who, {org, content});
    REQUIRE(made.has_value());
    return made->item.id;
}

ArticleId NewsWorld::in_review(auth::Caller const& who, core::OrgId const& org, ArticleContent const& content) {
    auto const id = draft(who, org, content);
    REQUIRE(submit(desk, who, id).has_value());
    return id;
}

ArticleId NewsWorld::published(auth::Caller const& who, core::OrgId const& org, ArticleContent const& content) {
    auto const id = in_review(who, org, content);
    for (int step = 0; step < 4 && row(id).state != ArticleState::published; ++step) {
        for (auto const& reviewer : {heba.academic, mingxin.academic, jinpen.academic, info_office, leader}) {
            if (row(id).state == ArticleState::published) break;
            static_cast<void>(approve(reviewer, id));
        }
    }
    REQUIRE(row(id).state == ArticleState::published);
    return id;
}

core::Result<workflow::Review> NewsWorld::approve(core::PersonId const& who, ArticleId const& id) {
    return workflow::decide(db(), clock, caller(who), item(id), {workflow::DecisionKind::approve, "", news_sheet()});
}

core::Result<workflow::Review> NewsWorld::send_back(core::PersonId const& who, ArticleId const& id,
                                                    std::string const& reason) {
    return workflow::decide(db(), clock, caller(who), item(id), {workflow::DecisionKind::return_, reason, {}});
}

workflow::ItemId NewsWorld::item(ArticleId const& id) const {
    return read([&](sql::Tx& tx) { return workflow::item_of(tx, review_kind, id.text()).value().id; });
}

Article NewsWorld::row(ArticleId const& id) const {
    return read([&](sql::Tx& tx) { return article(tx, id).value(); });
}

std::vector<std::string> NewsWorld::list(auth::Caller const& who, ArticleQuery const& query) const {
    std::vector<std::string> titles;
    auto const page = articles(desk, who, query).value();
    for (auto const& one : page.items) titles.push_back(one.title);
    return titles;
}

std::vector<std::string> NewsWorld::queue(core::PersonId const& who) const {
    std::vector<std::string> titles;
    workflow::ReviewQuery query;
    query.subject_kind = review_kind;
    auto const page = workflow::reviews(db(), caller(who), query).value();
    for (auto const& one : page.items) titles.push_back(one.title);
    return titles;
}

std::string NewsWorld::refusal(auth::Caller const& who, ArticleId const& id, bool latest) const {
    auto const view = article_view(desk, who, id, latest);
    return view ? std::string() : view.error().key;
}

}  // namespace santong::test
