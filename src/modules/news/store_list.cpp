// Lists: what reaches a reader, and what an author has on his desk.
#include "modules/news/store.hpp"
#include "platform/sql/full_text.hpp"

namespace santong::news::store {

namespace {

constexpr sql::FullText listed_words("news_search");

constexpr char const* head =
    "SELECT a.id, a.org_id, a.owner_person, a.state, a.change, a.current_version, a.published_at, a.updated_at, v.kind,"
    " v.title, v.summary, v.byline, v.cover_file_id, v.cover_text, v.scope, v.audience, v.from_day, v.until_day,"
    " v.must_read, COALESCE(r.version, 0) AS read_version, r.confirmed_at FROM news_article a";

/// The version and the receipt of a person beside an article; `number` is a term of SQL.
std::string beside(sql::Query& q, std::string const& number, core::PersonId const& person) {
    return " JOIN news_version v ON v.district_id = a.district_id AND v.article_id = a.id AND v.number = " + number +
           " LEFT JOIN news_receipt r ON r.district_id = a.district_id AND r.article_id = a.id AND r.person_id = " +
           q.bind(person);
}

std::string reached(sql::Query& q, Reader const& reader) {
    if (reader.anybody) return "v.scope = 'public'";
    return "v.audience " + q.bind_list(reader.audiences) +
           " AND (v.scope IN ('district', 'public') OR (v.scope = 'school' AND a.org_id " +
           q.bind_list(reader.schools) + ") OR (v.scope = 'area' AND a.org_id " + q.bind_list(reader.area_schools) +
           "))";
}

/// FROM and WHERE of what is shown to a reader.
std::string shown_rows(sql::Query& q, sql::Tx const& tx, Reader const& reader, Filter const& filter) {
    std::string text = beside(q, "a.current_version", reader.person);
    text += " WHERE a.district_id = " + q.bind(tx.district()) + " AND a.state = 'published'";
    text += " AND (v.from_day IS NULL OR v.from_day <= " + q.bind(filter.today) + ")";
    text += " AND (v.until_day IS NULL OR v.until_day >= " + q.bind(filter.today) + ")";
    text += " AND " + reached(q, reader);
    if (!filter.kind.empty()) text += " AND v.kind = " + q.bind(filter.kind);
    if (filter.org) text += " AND a.org_id = " + q.bind(*filter.org);
    if (!filter.q.empty()) {
        auto const found = listed_words.condition(tx, q, "a.id", filter.q);
        text += " AND " + (found.empty() ? std::string("FALSE") : found);
    }
    if (filter.unread) {
        text +=
            " AND v.kind = 'notice' AND (COALESCE(r.version, 0) < a.current_version"
            " OR (v.must_read = TRUE AND r.confirmed_at IS NULL)) AND a.owner_person <> " +
            q.bind(reader.person);
    }
    return text;
}

std::string desk_rows(sql::Query& q, sql::Tx const& tx, DeskFilter const& filter) {
    bool const own = filter.overseen.empty();
    std::string text = beside(q, own ? "a.latest_version" : "a.current_version", filter.owner);
    text += " WHERE a.district_id = " + q.bind(tx.district());
    if (own) return text + " AND a.owner_person = " + q.bind(filter.owner);
    return text +
           " AND a.state IN ('published', 'withdrawn') AND a.org_id IN (SELECT c.org_id FROM org_closure c"
           " WHERE c.district_id = a.district_id AND c.ancestor_id " +
           q.bind_list(filter.overseen) + ")";
}

void page(sql::Query& q, char const* by, std::optional<Place> const& after, int limit) {
    if (after) {
        auto const at = q.bind(after->at);
        q.text += std::string(" AND (") + by + " < " + at + " OR (" + by + " = " + at + " AND a.id < " +
                  q.bind(after->id) + "))";
    }
    q.text += std::string(" ORDER BY ") + by + " DESC, a.id DESC LIMIT " + q.bind(limit);
}

struct Number {
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(Number, (), (count))

}  // namespace

std::vector<Listed> shown(sql::Tx& tx, Reader const& reader, Filter const& filter) {
    sql::Query q;
    q.text = head + shown_rows(q, tx, reader, filter);
    page(q, "a.published_at", filter.after, filter.limit);
    return q.rows<Listed>(tx);
}

std::int64_t count_shown(sql::Tx& tx, Reader const& reader, Filter const& filter) {
    sql::Query q;
    q.text = "SELECT COUNT(*) AS count FROM news_article a" + shown_rows(q, tx, reader, filter);
    return q.rows<Number>(tx).front().count;
}

std::optional<Listed> listed(sql::Tx& tx, ArticleId const& id, int number, core::PersonId const& reader) {
    sql::Query q;
    auto const wanted = q.bind(number);
    q.text = head + beside(q, wanted, reader);
    q.text += " WHERE a.district_id = " + q.bind(tx.district()) + " AND a.id = " + q.bind(id);
    auto rows = q.rows<Listed>(tx);
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
}

std::vector<Listed> desk(sql::Tx& tx, DeskFilter const& filter) {
    sql::Query q;
    q.text = head + desk_rows(q, tx, filter);
    if (!filter.state.empty()) q.text += " AND a.state = " + q.bind(filter.state);
    page(q, "a.updated_at", filter.after, filter.limit);
    return q.rows<Listed>(tx);
}

std::vector<StateCount> desk_counts(sql::Tx& tx, DeskFilter const& filter) {
    sql::Query q;
    q.text = "SELECT a.state AS state, COUNT(*) AS count FROM news_article a" + desk_rows(q, tx, filter);
    q.text += " GROUP BY a.state ORDER BY a.state";
    return q.rows<StateCount>(tx);
}

}  // namespace santong::news::store
