// What of the news a school's box receives.
#include <doctest/doctest.h>

#include <filesystem>
#include <set>

#include "modules/news/service.hpp"
#include "platform/files/content_store.hpp"
#include "platform/sync/outgoing.hpp"
#include "server/modules.hpp"
#include "world.hpp"

using namespace santong;
using test::World;

namespace {

news::ArticleId write_article(news::BulkNews& bulk, World const& world, core::OrgId const& org,
                              news::ArticleScope scope, bool published) {
    news::Article article;
    article.id = news::ArticleId::make();
    article.org_id = org;
    article.owner_person = world.heba.teachers[0];
    article.created_at = article.updated_at = world.clock.now();
    if (published) {
        article.state = news::ArticleState::published;
        article.current_version = 1;
        article.published_at = world.clock.now();
    }
    news::ArticleVersion version;
    version.article_id = article.id;
    version.title = "标题";
    version.scope = scope;
    version.created_at = world.clock.now();
    bulk.articles.push_back(article);
    bulk.versions.push_back(version);
    return article.id;
}

}  // namespace

TEST_CASE("a school's own articles and the published ones that reach it go down to its box; those of others do not") {
    World world;
    auto const folder = std::filesystem::temp_directory_path() / ("santong-" + core::Uuid::make().text());
    std::filesystem::create_directories(folder);
    files::LocalContentStore contents(folder.string());
    files::Files const files(world.db(), contents, world.clock);
    news::BulkNews bulk;
    using enum news::ArticleScope;
    std::set<std::string> const wanted{
        write_article(bulk, world, world.heba.id, school, true).text(),
        write_article(bulk, world, world.county, district, true).text(),
        write_article(bulk, world, world.jinpen.id, public_, true).text(),
        write_article(bulk, world, world.heba.id, school, false).text(),
    };
    write_article(bulk, world, world.jinpen.id, public_, false);
    write_article(bulk, world, world.jinpen.id, school, true);
    world.transact([&](sql::Tx& tx) { return news::write_bulk(tx, files, bulk); });
    auto const shapes = server::all_shapes();
    sync::Peer const box{"01900000-0000-7000-8000-00000000000b", world.heba.id.text(), std::string(32, 'k'), false};
    std::set<std::string> sent;
    std::string cursor;
    for (bool more = true; more;) {
        auto const batch = world.transact([&](sql::Tx& tx) { return sync::outgoing(tx, shapes, box, cursor); });
        for (auto const& change : batch.changes) {
            if (change.type == "news.Article") sent.insert(change.id);
        }
        more = batch.more;
        cursor = batch.cursor;
    }
    CHECK(sent == wanted);
    std::filesystem::remove_all(folder);
}
