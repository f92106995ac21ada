#include "modules/news/service_open.hpp"

#include <algorithm>

#include "modules/news/service_view.hpp"
#include "modules/roster/service.hpp"

namespace santong::news {

namespace {

constexpr int most_open_rows = 60;
constexpr std::size_t longest_open_query = 200;

OpenArticle open_item(ArticleRow const& row) {
    OpenArticle item;
    item.id = row.id;
    item.kind = row.kind;
    item.title = row.title;
    item.summary = row.summary;
    item.org_name = row.org_name;
    item.byline = row.byline;
    item.published_at = row.published_at;
    item.updated_at = row.updated_at;
    item.cover_text = row.cover_text;
    item.cover_file_id = row.cover_file_id;
    return item;
}

/// The version of an article that is public today.
std::optional<ArticleVersion> public_version(sql::Tx& tx, core::Clock const& clock, ArticleId const& id) {
    auto const article = store::find(tx, id);
    if (!article || article->state != ArticleState::published) return std::nullopt;
    auto version = store::find_version(tx, id, article->current_version);
    bool const open = version && version->scope == ArticleScope::public_ &&
                      version->audience == ArticleAudience::everyone && is_shown_on(*version, roster::today(tx, clock));
    return open ? version : std::nullopt;
}

}  // namespace

core::Result<OpenArticles> search_open(Desk const& desk, core::DistrictId district, OpenArticleSearch const& wish) {
    if (wish.q.size() > longest_open_query)
        return core::invalid_at("q", "core.too_long", {{"max", std::to_string(longest_open_query)}});
    if (!wish.kind.empty() && !core::enum_parse<ArticleKind>(wish.kind))
        return core::invalid_at("kind", "core.unknown_choice");
    auto const place = TRY(read_place(wish.after));
    int const limit = std::clamp(wish.limit, 1, most_open_rows);
    return desk.db.read(district, [&](sql::Tx& tx) -> core::Result<OpenArticles> {
        store::Reader reader;
        reader.anybody = true;
        store::Filter filter{roster::today(tx, desk.clock), wish.q, wish.kind, {}, false, place, limit + 1};
        auto found = store::shown(tx, reader, filter);
        OpenArticles answer;
        if (static_cast<int>(found.size()) > limit) {
            found.pop_back();
            answer.next = place_text(*found.back().published_at, found.back().id);
        }
        answer.total = store::count_shown(tx, reader, filter);
        auth::Caller stranger;
        stranger.district = district;
        for (auto const& row : rows_of(tx, stranger, found)) answer.items.push_back(open_item(row));
        return answer;
    });
}

core::Result<OpenArticleText> open_one(Desk const& desk, core::DistrictId district, ArticleId const& id) {
    return desk.db.read(district, [&](sql::Tx& tx) -> core::Result<OpenArticleText> {
        auto version = public_version(tx, desk.clock, id);
        if (!version) return core::not_found("news.not_found");
        auth::Caller stranger;
        stranger.district = district;
        auto const listed = store::listed(tx, id, version->number, stranger.person);
        SANTONG_ASSERT(listed.has_value());
        return OpenArticleText{open_item(rows_of(tx, stranger, {*listed}).front()), std::move(version->body)};
    });
}

bool is_open_file(Desk const& desk, core::DistrictId district, ArticleId const& id, core::FileId const& file) {
    return desk.db.read(district, [&](sql::Tx& tx) {
        auto const version = public_version(tx, desk.clock, id);
        if (!version) return false;
        return version->cover_file_id == file ||
               std::ranges::any_of(version->body, [&](auto const& block) { return block.file_id == file; });
    });
}

}  // namespace santong::news
