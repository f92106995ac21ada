#include "platform/sync/versions.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "core/json.hpp"
#include "platform/sync/changes.hpp"
#include "platform/sync/records.hpp"
#include "platform/sync/settled.hpp"

namespace santong::sync {

namespace {

/// A version as it is kept.
struct KeptRow {
    core::Uuid id;
    std::string type;
    std::string entity_id;
    std::string origin;
    std::int64_t version = 0;
    std::string change;
    core::Instant at;
};
BOOST_DESCRIBE_STRUCT(KeptRow, (), (id, type, entity_id, origin, version, change, at))

constexpr char const* made_from_table = "sync.made_from";

struct EntityVersion {
    std::string entity_id;
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(EntityVersion, (), (entity_id, version))

std::optional<Rows> rows_of(KeptRow const& kept, std::string const& table) {
    auto const change = core::json::read<Change>(kept.change, core::json::UnknownFields::ignore);
    if (!change) return std::nullopt;
    auto const* found = rows_of(*change, table);
    if (found == nullptr || found->rows.empty()) return std::nullopt;
    return *found;
}

bool has(Rows const& rows, std::string const& column) {
    return std::ranges::find(rows.columns, column) != rows.columns.end();
}

/// What differs between the rows that stand and the kept ones.
OtherVersion compared(sql::Tx& tx, Shape const& shape, KeptRow const& kept, std::string_view language) {
    OtherVersion version{kept.id, kept.type, kept.entity_id, kept.origin, kept.at, {}, {}};
    auto const& table = shape.tables.front();
    auto const other = rows_of(kept, table.name);
    if (!other) return version;
    std::vector<Rows> const here{read_rows(tx, table, {kept.entity_id})[kept.entity_id]}, there{*other};
    if (here.front().rows.empty()) return version;
    version.title = cell(here, table.name, shape.compared.fields.front().column);
    for (auto const& field : shape.compared.fields) {
        if (!has(*other, field.column)) continue;
        auto const mine = cell(here, table.name, field.column), its = cell(there, table.name, field.column);
        if (mine == its) continue;
        if (!field.parts) {
            version.fields.push_back({field.column, mine, its, {}});
            continue;
        }
        auto parts = field.parts(tx, mine, its, language);
        if (!parts.empty()) version.fields.push_back({field.column, "", "", std::move(parts)});
    }
    return version;
}

std::optional<KeptRow> kept_row(sql::Tx& tx, core::Uuid const& id) {
    return tx.optional_row<KeptRow>(
        "SELECT id, type, entity_id, origin, version, change, at FROM sync_other WHERE district_id = $1 AND id = $2",
        tx.district(), id);
}

bool is_kept(sql::Tx& tx, Change const& change) {
    return tx.value<std::int64_t>(
                 "SELECT COUNT(*) FROM sync_other WHERE district_id = $1 AND type = $2 AND entity_id = $3"
                 " AND origin = $4 AND version = $5",
                 tx.district(), change.type, change.id, change.origin, change.version)
               .value_or(0) > 0;
}

/// Whether its owner would find no difference; where nobody compares: whether there is none.
bool same_words(Shape const& shape, Change const& one, Change const& other) {
    if (shape.compared.fields.empty())
        return std::ranges::equal(one.tables, other.tables, [](Rows const& a, Rows const& b) {
            return a.table == b.table && a.columns == b.columns && a.rows == b.rows;
        });
    auto const& table = shape.tables.front().name;
    return std::ranges::all_of(shape.compared.fields, [&](Compared::Field const& field) {
        return cell(one.tables, table, field.column) == cell(other.tables, table, field.column);
    });
}

}  // namespace

void keep_version(sql::Tx& tx, Shape const& shape, Change const& lost, Change const& stays) {
    if (lost.origin.empty() || is_kept(tx, lost) || is_settled(tx, lost) || same_words(shape, lost, stays)) return;
    tx.insert_one("sync_other", KeptRow{core::Uuid::make(), lost.type, lost.id, lost.origin, lost.version,
                                        core::json::write(lost), lost.at});
}

std::vector<Change> kept_versions(sql::Tx& tx, std::string const& type, std::vector<std::string> const& ids) {
    std::vector<Change> kept;
    for (auto const& text : tx.column<std::string>(
             "SELECT change FROM sync_other WHERE district_id = $1 AND type = $2 AND entity_id {in $3} ORDER BY at, id",
             tx.district(), type, ids)) {
        if (auto change = core::json::read<Change>(text, core::json::UnknownFields::ignore))
            kept.push_back(std::move(*change));
    }
    return kept;
}

void say_made_from(Change& change, std::int64_t version) {
    change.tables.push_back({made_from_table, {"version"}, {{std::to_string(version)}}});
}

std::int64_t made_from(Change const& change) {
    auto const text = cell(change.tables, made_from_table, "version");
    std::int64_t version = 0;
    std::from_chars(text.data(), text.data() + text.size(), version);
    return version;
}

std::map<std::string, std::int64_t> versions_from(sql::Tx& tx, std::string const& node, std::string const& type,
                                                  std::vector<std::string> const& ids) {
    std::map<std::string, std::int64_t> found;
    for (auto const& one : tx.rows<EntityVersion>(
             "SELECT entity_id, MAX(version) AS version FROM feed_entry WHERE district_id = $1 AND type = $2"
             " AND entity_id {in $3} AND via = $4 GROUP BY entity_id",
             tx.district(), type, ids, node))
        found[one.entity_id] = one.version;
    return found;
}

std::vector<OtherVersion> other_versions(sql::Tx& tx, Shape const& shape, std::string const& entity_id,
                                         std::string_view language) {
    constexpr int most = 20;
    std::vector<OtherVersion> versions;
    for (auto const& kept : tx.rows<KeptRow>("SELECT id, type, entity_id, origin, version, change, at FROM sync_other "
                                             "WHERE district_id = $1 AND type = $2"
                                             " AND entity_id = $3 ORDER BY at DESC, id LIMIT $4",
                                             tx.district(), shape.type, entity_id, most)) {
        auto version = compared(tx, shape, kept, language);
        if (!version.fields.empty()) versions.push_back(std::move(version));
    }
    return versions;
}

std::vector<OtherVersion> other_versions_of(sql::Tx& tx, Shapes const& shapes, core::PersonId const& owner,
                                            std::string_view language) {
    constexpr int most = 50;
    std::vector<OtherVersion> found;
    for (auto const& shape : shapes.all()) {
        auto const& compared_by = shape.compared;
        if (compared_by.owner.empty()) continue;
        std::set<std::string> named;
        auto const select =
            "SELECT id FROM sync_other WHERE district_id = $1 AND type = $2 AND entity_id IN (SELECT CAST(id AS TEXT) "
            "FROM " +
            shape.tables.front().name + " WHERE district_id = $1 AND " + compared_by.owner +
            " = $3) ORDER BY at DESC, id LIMIT $4";
        for (auto const& id : tx.column<core::Uuid>(select.c_str(), tx.district(), shape.type, owner, most)) {
            auto const kept = kept_row(tx, id);
            if (!kept || named.contains(kept->entity_id)) continue;
            if (compared_by.open && !compared_by.open(tx, kept->entity_id)) continue;
            auto version = compared(tx, shape, *kept, language);
            if (version.fields.empty()) continue;
            named.insert(kept->entity_id);
            found.push_back(std::move(version));
        }
    }
    std::ranges::stable_sort(found, std::ranges::greater{}, &OtherVersion::at);
    return found;
}

std::optional<OtherVersion> other_version(sql::Tx& tx, Shapes const& shapes, core::Uuid const& id,
                                          std::string_view language) {
    auto const kept = kept_row(tx, id);
    auto const* shape = kept ? shapes.find(kept->type) : nullptr;
    if (shape == nullptr || shape->compared.owner.empty()) return std::nullopt;
    return compared(tx, *shape, *kept, language);
}

std::string owner_of(sql::Tx& tx, Shape const& shape, std::string const& entity_id) {
    std::vector<Rows> const here{read_rows(tx, shape.tables.front(), {entity_id})[entity_id]};
    return cell(here, shape.tables.front().name, shape.compared.owner);
}

void take_over(sql::Tx& tx, Shape const& shape, OtherVersion const& version, std::vector<std::string> const& fields,
               core::Instant now) {
    auto const kept = kept_row(tx, version.id);
    auto const& table = shape.tables.front();
    auto const other = kept ? rows_of(*kept, table.name) : std::nullopt;
    if (!other) return;
    auto here = read_rows(tx, table, {version.entity_id})[version.entity_id];
    if (here.rows.empty()) return;
    std::vector<Rows> const there{*other};
    auto const set = [&](std::string const& column, std::string value) {
        auto const found = std::ranges::find(here.columns, column);
        if (found != here.columns.end())
            here.rows.front()[static_cast<std::size_t>(found - here.columns.begin())] = std::move(value);
    };
    for (auto const& field : fields) {
        if (has(*other, field)) set(field, cell(there, table.name, field));
    }
    std::vector<Rows> const standing{here};
    if (auto const number = cell(standing, table.name, "version"); !number.empty())
        set("version", std::to_string(std::stoll(number) + 1));
    set("updated_at", std::to_string(now.ms));
    write_rows(tx, table, version.entity_id, here);
    if (shape.compared.changed) shape.compared.changed(tx, version.entity_id);
}

void settle_version(sql::Tx& tx, Shape const& shape, core::Uuid const& id) {
    auto const kept = kept_row(tx, id);
    if (!kept) return;
    auto const& table = shape.tables.front();
    std::vector<Rows> const here{read_rows(tx, table, {kept->entity_id})[kept->entity_id]};
    auto const school = core::OrgId::parse(cell(here, table.name, shape.compared.school));
    if (!school) return;
    settle(tx, {{}, *school, kept->type, kept->entity_id, kept->origin, kept->version});
}

}  // namespace santong::sync
