#include "modules/nodes/service_versions.hpp"

#include <algorithm>

#include "modules/nodes/parent.hpp"
#include "platform/auth/audit.hpp"
#include "platform/feed/feed.hpp"

namespace santong::nodes {

namespace {

bool may_take(sql::Tx& tx, sync::Shape const& shape, std::string const& id) {
    return !shape.compared.open || shape.compared.open(tx, id);
}

/// Where and for whom versions are listed.
struct Listing {
    std::string language;
    bool at_school = false;
};

OtherVersionList versions_of(sql::Tx& tx, sync::Shape const& shape, std::string const& id, Listing const& listing) {
    OtherVersionList list;
    auto const open = may_take(tx, shape, id);
    for (auto& one : sync::other_versions(tx, shape, id, listing.language)) {
        bool const made_here = one.origin == feed::origin();
        list.items.push_back({one.id, one.at, made_here == listing.at_school, open, std::move(one.fields)});
    }
    return list;
}

/// The version, if the thing is the caller's own.
core::Result<sync::OtherVersion> own_version(sql::Tx& tx, Site const& site, VersionReader const& reader,
                                             core::Uuid const& id) {
    auto const version = sync::other_version(tx, site.shapes, id, reader.language);
    if (!version) return core::not_found("nodes.version_unknown");
    auto const* shape = site.shapes.find(version->type);
    auto const& who = reader.caller.person;
    if (shape == nullptr || who.is_nil() || sync::owner_of(tx, *shape, version->entity_id) != who.text())
        return core::not_found("nodes.version_unknown");
    return *version;
}

core::Result<core::Nothing> check_fields(sync::OtherVersion const& version, TakeOver const& wish) {
    if (wish.fields.empty()) return core::invalid_at("/fields", "core.required");
    for (auto const& field : wish.fields) {
        if (std::ranges::find(version.fields, field, &sync::FieldApart::field) == version.fields.end())
            return core::invalid_at("/fields", "core.unknown_choice");
    }
    return core::Nothing{};
}

}  // namespace

core::Result<OtherVersionList> other_versions(Site const& site, VersionReader const& reader,
                                              OtherVersionQuery const& query) {
    auto const& id = query.entity_id;
    auto const* shape = site.shapes.find(query.type);
    if (shape == nullptr || shape->compared.owner.empty() || !core::Uuid::parse(id)) return OtherVersionList{};
    Listing const listing{reader.language, parent(site.db).has_value()};
    return site.db.read(reader.caller.district, [&](sql::Tx& tx) -> core::Result<OtherVersionList> {
        auto const& who = reader.caller.person;
        if (who.is_nil() || sync::owner_of(tx, *shape, id) != who.text()) return OtherVersionList{};
        return versions_of(tx, *shape, id, listing);
    });
}

core::Result<OtherVersionThings> my_other_versions(Site const& site, VersionReader const& reader) {
    auto const& who = reader.caller.person;
    if (who.is_nil()) return OtherVersionThings{};
    bool const at_school = parent(site.db).has_value();
    return site.db.read(reader.caller.district, [&](sql::Tx& tx) -> core::Result<OtherVersionThings> {
        OtherVersionThings list;
        for (auto& one : sync::other_versions_of(tx, site.shapes, who, reader.language)) {
            bool const made_here = one.origin == feed::origin();
            list.items.push_back(
                {std::move(one.type), std::move(one.entity_id), std::move(one.title), one.at, made_here == at_school});
        }
        return list;
    });
}

core::Result<OtherVersionList> take_version(Site const& site, VersionReader const& reader, core::Uuid const& id,
                                            TakeOver const& wish) {
    Listing const listing{reader.language, parent(site.db).has_value()};
    auto const now = site.teaching.now();
    return site.db.transact(reader.caller.district, [&](sql::Tx& tx) -> core::Result<OtherVersionList> {
        auto const version = TRY(own_version(tx, site, reader, id));
        TRY_VOID(check_fields(version, wish));
        auto const& shape = *site.shapes.find(version.type);
        if (!may_take(tx, shape, version.entity_id)) return core::conflict("nodes.version_closed");
        sync::take_over(tx, shape, version, wish.fields, now);
        if (wish.fields.size() == version.fields.size()) sync::settle_version(tx, shape, id);
        auth::audit(tx, reader.caller, {"nodes.take_version", version.entity_id});
        return versions_of(tx, shape, version.entity_id, listing);
    });
}

core::Result<OtherVersionList> dismiss_version(Site const& site, VersionReader const& reader, core::Uuid const& id) {
    Listing const listing{reader.language, parent(site.db).has_value()};
    return site.db.transact(reader.caller.district, [&](sql::Tx& tx) -> core::Result<OtherVersionList> {
        auto const version = TRY(own_version(tx, site, reader, id));
        auto const& shape = *site.shapes.find(version.type);
        sync::settle_version(tx, shape, id);
        return versions_of(tx, shape, version.entity_id, listing);
    });
}

}  // namespace santong::nodes
