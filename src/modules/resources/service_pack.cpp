#include "modules/resources/service_pack.hpp"

#include <algorithm>

#include "modules/resources/pack_rows.hpp"
#include "modules/resources/permissions.hpp"
#include "modules/resources/shelf_rows.hpp"
#include "modules/resources/store_pack.hpp"
#include "modules/resources/views_of.hpp"

namespace santong::resources {

namespace {

std::vector<PackItem> rows_of(ResourceId const& pack, int version, std::vector<PackItemWish> const& wish) {
    std::vector<PackItem> items;
    for (auto const& one : wish)
        items.push_back({pack, version, static_cast<int>(items.size()), one.role, one.resource_id, one.note});
    return items;
}

/// What is put in anew must be there for the caller, be published, and be no pack itself.
core::Result<void> check_new(sql::Tx& tx, auth::Caller const& caller, std::vector<PackItem> const& items,
                             std::vector<PackItem> const& before) {
    std::vector<core::Problem> problems;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (std::ranges::find(before, items[i].resource_id, &PackItem::resource_id) != before.end()) continue;
        auto const place = "/items/" + std::to_string(i) + "/resource_id";
        auto const found = usable(tx, caller, items[i].resource_id);
        if (!found)
            problems.push_back({place, "resources.not_found", {}});
        else if (found->state != State::published || found->kind == Kind::pack)
            problems.push_back({place, "resources.pack_not_published", {}});
    }
    if (!problems.empty()) return core::invalid(std::move(problems));
    return {};
}

core::Result<Resource> readable_pack(sql::Tx& tx, auth::Caller const& caller, ResourceId const& id) {
    auto const found = TRY(readable(tx, caller, id));
    if (found.kind != Kind::pack) return core::not_found("resources.not_a_pack");
    return found;
}

bool may_change(auth::Caller const& caller, Resource const& pack) {
    return pack.owner_person == caller.person && !pack.in_review && pack.state != State::ended;
}

PackView view_of(Library const& library, sql::Tx& tx, auth::Caller const& caller, Resource const& pack) {
    PackView view;
    view.id = pack.id;
    view.title = pack.title;
    view.version = version_for(tx, caller, pack);
    view.chapter_id = pack.chapter_id;
    view.textbook_id = pack.textbook_id;
    view.may_change = may_change(caller, pack);
    view.updated_at = pack.updated_at;
    auto const items = store::pack_items(tx, pack.id, view.version);
    std::vector<ResourceId> ids;
    for (auto const& item : items) ids.push_back(item.resource_id);
    auto shelf = shelf_rows(library.clock, tx, caller, ids);
    std::vector<PackRole> filled;
    for (auto const& item : items) {
        auto& row = shelf[item.resource_id];
        if (row.item) filled.push_back(item.role);
        view.rows.push_back({item.role, item.resource_id, item.note, std::move(row.item), row.title, row.gone_reason});
    }
    view.missing = missing_roles(filled);
    return view;
}

/// A pack as a resource: its maker's own arrangement, for teaching in this region, whatever the licences of its things.
core::Result<Resource> outline(sql::Tx& tx, auth::Caller const& caller, NewPack const& wish, core::Instant now) {
    auto const chapter = store::find_chapter(tx, wish.chapter_id);
    if (!chapter) return core::invalid_at("/chapter_id", "resources.no_such_chapter");
    auto const book = store::find_textbook(tx, chapter->textbook_id);
    SANTONG_ASSERT(book.has_value());
    Resource pack;
    pack.id = ResourceId::make();
    pack.school_id = TRY(home_of(tx, caller, wish.school_id));
    pack.owner_person = caller.person;
    pack.kind = Kind::pack;
    pack.title = wish.title;
    pack.description = wish.description;
    pack.chapter_id = chapter->id;
    pack.textbook_id = book->id;
    pack.subject = book->subject;
    pack.grade_from = pack.grade_to = book->grade;
    pack.stage = stage_of_grade(book->grade);
    pack.licence = Licence::region_teaching;
    pack.source = Source::own_work;
    pack.latest_version = 1;
    pack.created_at = pack.updated_at = now;
    TRY_VOID(check_description(pack));
    return pack;
}

Version pack_version(Resource const& pack, core::Instant now) {
    Version version;
    version.resource_id = pack.id;
    version.number = pack.latest_version;
    version.media_type = pack_media_type;
    version.created_at = now;
    return version;
}

}  // namespace

core::Result<void> check_pack(sql::Tx& tx, Resource const& pack, Scope wished) {
    auto const items = store::pack_items(tx, pack.id, pack.latest_version);
    std::vector<ResourceId> ids;
    for (auto const& item : items) ids.push_back(item.resource_id);
    std::map<ResourceId, Resource> found;
    for (auto const& one : store::find_all(tx, ids)) found.emplace(one.id, one);
    std::vector<core::Problem> problems;
    for (std::size_t i = 0; i < items.size(); ++i) {
        auto const one = found.find(items[i].resource_id);
        auto const place = "/items/" + std::to_string(i);
        if (one == found.end() || one->second.state != State::published)
            problems.push_back({place, "resources.pack_item_gone", {}});
        else if (one->second.scope < wished)
            problems.push_back({place, "resources.pack_item_narrower", {{"title", one->second.title}}});
    }
    if (!problems.empty()) return core::invalid(std::move(problems));
    return {};
}

core::Result<PackView> add_pack(Library const& library, auth::Caller const& caller, NewPack const& wish) {
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PackView> {
        auto const now = library.clock.now();
        auto const pack = TRY(outline(tx, caller, wish, now));
        auto const items = rows_of(pack.id, pack.latest_version, wish.items);
        TRY_VOID(check_pack_items(items));
        TRY_VOID(check_new(tx, caller, items, {}));
        store::insert(tx, pack);
        store::insert_version(tx, pack_version(pack, now));
        store::insert_pack_items(tx, items);
        reindex(tx, pack);
        say(tx, pack);
        return view_of(library, tx, caller, pack);
    });
}

core::Result<PackView> pack(Library const& library, auth::Caller const& caller, ResourceId const& id) {
    return library.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<PackView> {
        return view_of(library, tx, caller, TRY(readable_pack(tx, caller, id)));
    });
}

core::Result<PackView> set_pack_items(Library const& library, auth::Caller const& caller, ResourceId const& id,
                                      PackItemsWish const& wish) {
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PackView> {
        auto const before = TRY(readable_pack(tx, caller, id));
        if (before.owner_person != caller.person) return core::forbidden("resources.not_yours");
        if (before.in_review) return core::conflict("resources.in_review");
        if (!may_change(caller, before)) return core::conflict("resources.licence_is_over");
        if (before.updated_at != wish.updated_at) return core::conflict("resources.changed_meanwhile");
        Resource pack = before;
        bool const given_out = before.latest_version == before.current_version;
        if (given_out) ++pack.latest_version;
        auto const items = rows_of(id, pack.latest_version, wish.items);
        TRY_VOID(check_pack_items(items));
        TRY_VOID(check_new(tx, caller, items, store::pack_items(tx, id, before.latest_version)));
        if (given_out) store::insert_version(tx, pack_version(pack, library.clock.now()));
        store::replace_pack_items(tx, id, pack.latest_version, items);
        TRY_VOID(save(library, tx, pack, before));
        return view_of(library, tx, caller, pack);
    });
}

core::Result<PackContents> pack_contents(sql::Tx& tx, auth::Caller const& caller, ResourceId const& id) {
    auto const pack = TRY(usable(tx, caller, id));
    if (pack.kind != Kind::pack) return core::not_found("resources.not_a_pack");
    PackContents contents{pack.title, pack.chapter_id, {}};
    for (auto const& item : store::pack_items(tx, id, version_for(tx, caller, pack))) {
        if (usable(tx, caller, item.resource_id)) contents.items.push_back(item);
    }
    return contents;
}

void write_pack_items(sql::Tx& tx, std::vector<PackItem> const& items) {
    store::insert_pack_items(tx, items);
}

}  // namespace santong::resources
