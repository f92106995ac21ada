#include <memory>

#include "modules/news/http.hpp"
#include "modules/news/service_open.hpp"
#include "platform/files/file_name.hpp"

namespace santong::news {

namespace {

constexpr std::int64_t open_address_ms = 10 * 60'000;

/// A part of a public text with an address for its file.
struct OpenBlock {
    BlockKind kind = BlockKind::paragraph;
    std::string text;
    std::vector<std::string> items;
    std::string href;
    std::string url;  ///< of a picture or an attachment; ends within minutes
    std::string file_name;
    std::int64_t size = 0;
};
BOOST_DESCRIBE_STRUCT(OpenBlock, (), (kind, text, items, href, url, file_name, size))

/// One public article. The addresses end within minutes, and at once when it is withdrawn.
struct PublicArticle {
    OpenArticle item;
    std::vector<OpenBlock> body;
};
BOOST_DESCRIBE_STRUCT(PublicArticle, (), (item, body))

struct NewsFileQuery {
    std::string save;  ///< anything: saved, never shown in place
};
BOOST_DESCRIBE_STRUCT(NewsFileQuery, (), (save))

/// The door with its own count of what each address has asked.
class NewsDesk {
public:
    explicit NewsDesk(NewsDoor door) : door_(std::move(door)), limiter_(door_.limit) {}

    core::Result<OpenArticles> search(http::Call const& call, OpenArticleSearch const& wish) {
        TRY_VOID(admit(call));
        auto found = TRY(search_open(door_.desk, door_.district(), wish));
        for (auto& item : found.items) dress(item);
        return found;
    }

    core::Result<PublicArticle> one(http::Call const& call) {
        TRY_VOID(admit(call));
        auto found = TRY(open_one(door_.desk, door_.district(), call.id<ArticleId>("article_id")));
        PublicArticle answer;
        dress(found.item);
        for (auto& block : found.body) {
            OpenBlock part{block.kind, std::move(block.text), std::move(block.items), std::move(block.href), {}, {}, 0};
            if (block.file_id) {
                part.url = address(found.item.id, *block.file_id, block.file_name);
                if (block.kind == BlockKind::attachment) part.url += "?save=1";
                part.file_name = block.file_name;
                part.size = block.size;
            }
            answer.body.push_back(std::move(part));
        }
        answer.item = std::move(found.item);
        return answer;
    }

    http::Response file(http::Call& call) {
        if (auto const admitted = admit(call); !admitted)
            return http::Response::problem(admitted.error(), call.trace_id);
        auto const ticket = door_.site.addresses.open_of(call.text("token"));
        bool const good = ticket && ticket->district == door_.district() &&
                          is_open_file(door_.desk, ticket->district, ArticleId{ticket->thing}, ticket->file);
        auto const found = good ? door_.site.files.find(ticket->district, ticket->file) : std::nullopt;
        if (!found) return http::Response::problem(core::not_found("files.address_expired"), call.trace_id);
        return files::download(door_.site.files, *found, !call.query_value("save").empty(), call.trace_id);
    }

private:
    core::Result<void> admit(http::Call const& call) {
        if (int const wait = limiter_.take(call.client_address); wait > 0)
            return core::rate_limited("http.too_many_requests", wait);
        return {};
    }

    std::string address(ArticleId const& id, core::FileId const& file, std::string const& name) const {
        auto const& addresses = door_.site.addresses;
        files::OpenTicket const ticket{door_.district(), id.value, file, addresses.now().plus_ms(open_address_ms)};
        return "/api/v1/open/news-files/" + addresses.sign(ticket) + '/' + files::url_segment(name);
    }

    void dress(OpenArticle& item) const {
        if (item.cover_file_id) item.cover_url = address(item.id, *item.cover_file_id, "cover");
    }

    NewsDoor door_;
    http::RateLimiter limiter_;
};

}  // namespace

void register_open_routes(http::Router& router, NewsDoor const& given) {
    auto const door = std::make_shared<NewsDesk>(given);
    auto const access = http::Access::open();
    router
        .list<OpenArticleSearch, OpenArticles>(
            "/api/v1/open/news", access,
            [door](http::Call const& call, OpenArticleSearch const& wish) { return door->search(call, wish); })
        .says("Public news and notices, newest first; for whoever comes.");
    router
        .get<PublicArticle>("/api/v1/open/news/{article_id}", access,
                            [door](http::Call const& call) { return door->one(call); })
        .says("One public article.");
    auto& file = router.raw(http::Method::get, "/api/v1/open/news-files/{token}/{name*}", access,
                            "application/octet-stream", [door](http::Call& call) { return door->file(call); });
    file.query = &core::type_of<NewsFileQuery>();
    file.says("A picture or an attachment of a public article by its signed address; ?save=1 always saves.");
}

}  // namespace santong::news
