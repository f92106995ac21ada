// Search, facets and the rows a list needs besides.
#include <algorithm>

#include "modules/resources/store.hpp"
#include "platform/sql/full_text.hpp"
#include "platform/text/utf8.hpp"

namespace santong::resources::store {

namespace {

constexpr sql::FullText words("resource_search");

constexpr char const* columns =
    "r.id, r.title, r.description, r.kind, r.subject, r.grade_from, r.grade_to, r.stage, r.textbook_id, r.chapter_id,"
    " r.licence, r.source, r.source_note, r.attribution, r.language, r.scope, r.wished_scope, r.state, r.owner_person,"
    " r.school_id, r.current_version, r.latest_version, r.in_review, r.published_at, r.recalled_reason, r.created_at,"
    " r.updated_at, r.intake, r.holder, r.terms, r.valid_from, r.valid_until, r.fine";

/// A row of a search with its place.
struct SearchRow : Resource {
    std::int64_t first = 0;
    std::int64_t second = 0;
    BOOST_DESCRIBE_CLASS(SearchRow, (Resource), (first, second), (), ())
};

struct Counted {
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(Counted, (), (count))

std::vector<std::string> split(std::string const& list) {
    std::vector<std::string> items;
    for (std::size_t at = 0; at < list.size();) {
        auto const comma = std::min(list.find(',', at), list.size());
        if (comma > at) items.push_back(list.substr(at, comma - at));
        at = comma + 1;
    }
    return items;
}

/// Chapters at and below one.
std::string below_chapter(sql::Query& q, sql::Tx const& tx, ChapterId const& chapter) {
    auto const district = q.bind(tx.district());
    return "r.chapter_id IN (WITH RECURSIVE below AS (SELECT c.id FROM chapter c WHERE c.district_id = " + district +
           " AND c.id = " + q.bind(chapter) +
           " UNION ALL SELECT c.id FROM chapter c JOIN below b ON c.parent_id = b.id"
           " WHERE c.district_id = " +
           district + ") SELECT id FROM below)";
}

/// WHERE of a search; `but` names the facet whose own filter is left out.
std::string where(sql::Query& q, sql::Tx const& tx, Reader const& reader, Search const& wish,
                  std::string_view but = {}) {
    std::string text = " WHERE r.district_id = " + q.bind(tx.district());
    text += " AND " + (wish.mine ? "r.owner_person = " + q.bind(reader.person) : visible(q, reader));
    if (!wish.q.empty()) {
        auto const found = words.condition(tx, q, "r.id", wish.q);
        text += " AND " + (found.empty() ? std::string("FALSE") : found);
    }
    if (!wish.subject.empty() && but != "subject") text += " AND r.subject = " + q.bind(wish.subject);
    if (wish.grade > 0 && but != "grade") {
        auto const grade = q.bind(wish.grade);
        text += " AND r.grade_from <= " + grade + " AND r.grade_to >= " + grade;
    }
    if (!wish.kind.empty() && but != "kind") text += " AND r.kind " + q.bind_list(split(wish.kind));
    if (!wish.scope.empty() && but != "scope") text += " AND r.scope = " + q.bind(wish.scope);
    if (!wish.stage.empty() && but != "stage") text += " AND r.stage = " + q.bind(wish.stage);
    if (!wish.source.empty() && but != "source") text += " AND r.source " + q.bind_list(split(wish.source));
    if (!wish.licence.empty() && but != "licence") text += " AND r.licence " + q.bind_list(split(wish.licence));
    if (!wish.intake.empty() && but != "intake") text += " AND r.intake " + q.bind_list(split(wish.intake));
    if (wish.fine && but != "fine") text += " AND r.fine = TRUE";
    if (wish.starred) {
        text +=
            " AND EXISTS (SELECT 1 FROM resource_star s WHERE s.district_id = r.district_id AND s.resource_id = r.id"
            " AND s.starred = TRUE AND s.person_id = " +
            q.bind(reader.person) + ")";
    }
    if (wish.mine && !wish.state.empty() && but != "state") text += " AND r.state = " + q.bind(wish.state);
    auto const school = core::OrgId::parse(wish.school);
    if (school && but != "school") text += " AND r.school_id = " + q.bind(*school);
    if (auto const textbook = TextbookId::parse(wish.textbook)) text += " AND r.textbook_id = " + q.bind(*textbook);
    if (auto const chapter = ChapterId::parse(wish.chapter)) text += " AND " + below_chapter(q, tx, *chapter);
    return text;
}

/// For LIKE with '!' as its escape sign.
std::string contains_pattern(std::string_view typed) {
    std::string pattern = "%";
    for (char const c : text::search_form(typed)) {
        if (c == '%' || c == '_' || c == '!') pattern += '!';
        pattern += c;
    }
    return pattern + '%';
}

/// The two values by which the list is sorted, largest first.
std::pair<std::string, std::string> order(sql::Query& q, Search const& wish, core::LocalDate used_since) {
    std::string const newest = "COALESCE(r.published_at, r.updated_at)";
    if (wish.sort == "used") {
        return {
            "COALESCE((SELECT CAST(SUM(u.uses) AS BIGINT) FROM resource_use u WHERE u.district_id = r.district_id"
            " AND u.resource_id = r.id AND u.date >= " +
                q.bind(used_since) + "), 0)",
            newest};
    }
    if (wish.mine) return {"r.updated_at", "CAST(0 AS BIGINT)"};
    if (wish.sort == "newest" || wish.q.empty()) return {newest, "CAST(0 AS BIGINT)"};
    return {"CAST(CASE WHEN LOWER(r.title) LIKE " + q.bind(contains_pattern(wish.q)) +
                " ESCAPE '!' THEN 1 ELSE 0 END"
                " AS BIGINT)",
            newest};
}

}  // namespace

std::string visible(sql::Query& q, Reader const& reader) {
    if (reader.anybody) return "r.state = 'published' AND r.scope = 'public'";
    std::string text =
        "r.state = 'published' AND (r.scope IN ('district', 'public') OR r.owner_person = " + q.bind(reader.person) +
        " OR (r.scope = 'school' AND r.school_id " + q.bind_list(reader.schools) +
        ") OR (r.scope = 'area' AND r.school_id " + q.bind_list(reader.area_schools) + ")";
    for (auto const& group : reader.groups) {
        text += " OR (r.scope = 'group' AND r.school_id = " + q.bind(group.school_id);
        text += " AND r.subject = " + q.bind(group.subject) + ")";
    }
    return text + ")";
}

std::vector<Hit> search(sql::Tx& tx, Reader const& reader, Search const& wish, std::optional<PlaceInList> const& after,
                        core::LocalDate used_since) {
    sql::Query q;
    auto const [first, second] = order(q, wish, used_since);
    q.text = std::string("WITH hits AS (SELECT ") + columns + ", " + first + " AS first, " + second +
             " AS second FROM resource r" + where(q, tx, reader, wish) + ") SELECT * FROM hits r";
    if (after) {
        q.text += " WHERE (r.first, r.second, r.id) < (CAST(" + q.bind(after->first) + " AS BIGINT), CAST(" +
                  q.bind(after->second) + " AS BIGINT), ";
        q.text += q.bind(after->id) + ")";
    }
    q.text += " ORDER BY r.first DESC, r.second DESC, r.id DESC LIMIT " + q.bind(wish.limit);
    std::vector<Hit> hits;
    for (auto const& row : q.rows<SearchRow>(tx)) hits.push_back({row, row.first, row.second});
    return hits;
}

std::int64_t count(sql::Tx& tx, Reader const& reader, Search const& wish) {
    sql::Query q;
    q.text = "SELECT COUNT(*) AS count FROM resource r" + where(q, tx, reader, wish);
    return q.rows<Counted>(tx).front().count;
}

std::vector<FacetRow> facet_rows(sql::Tx& tx, Reader const& reader, Search const& wish, std::string_view but) {
    sql::Query q;
    q.text =
        "SELECT r.subject, r.grade_from, r.grade_to, r.kind, r.scope, r.state, r.stage, r.source, r.licence, r.intake,"
        " r.fine, r.school_id FROM resource r" +
        where(q, tx, reader, wish, but);
    return q.rows<FacetRow>(tx);
}

std::vector<Version> versions_of(sql::Tx& tx, std::vector<Resource> const& resources) {
    std::vector<ResourceId> ids;
    for (auto const& resource : resources) ids.push_back(resource.id);
    return tx.rows<Version>(
        "SELECT v.resource_id, v.number, v.file_id, v.url, v.media_type, v.size, v.sha256, v.pages, v.duration_seconds,"
        " v.opens, v.thumbnail_file_id, v.preview_file_id, v.created_at, v.note FROM resource r JOIN resource_version v"
        " ON v.district_id = r.district_id AND v.resource_id = r.id AND v.number = CASE WHEN r.state = 'published'"
        " THEN r.current_version ELSE r.latest_version END WHERE r.district_id = $1 AND r.id {in $2}",
        tx.district(), ids);
}

std::vector<Chapter> chapters_of(sql::Tx& tx, std::vector<Resource> const& resources) {
    std::vector<ChapterId> ids;
    for (auto const& resource : resources) {
        if (resource.chapter_id) ids.push_back(*resource.chapter_id);
    }
    return tx.rows<Chapter>(
        "SELECT id, textbook_id, parent_id, title, sort, hours FROM chapter WHERE district_id = $1"
        " AND id {in $2}",
        tx.district(), ids);
}

}  // namespace santong::resources::store
