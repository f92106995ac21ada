#pragma once
// Packs (资源包) of a textbook chapter: published resources in order, each in its role, taken into a plan whole.
#include "modules/resources/domain_pack.hpp"
#include "modules/resources/service_author.hpp"

namespace santong::resources {

struct PackItemWish {
    ResourceId resource_id;
    PackRole role = PackRole::other;
    std::string note;
};
BOOST_DESCRIBE_STRUCT(PackItemWish, (), (resource_id, role, note))

/// A new pack: a draft of the caller's own, filed under a chapter.
struct NewPack {
    ChapterId chapter_id;
    std::string title;
    std::string description;
    std::vector<PackItemWish> items;
    std::optional<core::OrgId> school_id;  ///< one of the caller's own schools; absent = his first
};
BOOST_DESCRIBE_STRUCT(NewPack, (), (chapter_id, title, description, items, school_id))

/// All that is in it, in order, as it was seen at `updated_at`.
struct PackItemsWish {
    std::vector<PackItemWish> items;
    core::Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(PackItemsWish, (), (items, updated_at))

/// One thing of a pack; `item` is empty where the caller may not use it (any more): a gap.
struct PackRow {
    PackRole role = PackRole::other;
    ResourceId resource_id;
    std::string note;
    std::optional<Summary> item;
    std::string title;        ///< of one that was taken away
    std::string gone_reason;  ///< empty = out of the caller's reach for another reason
};
BOOST_DESCRIBE_STRUCT(PackRow, (), (role, resource_id, note, item, title, gone_reason))

struct PackView {
    ResourceId id;
    std::string title;
    int version = 1;
    std::optional<ChapterId> chapter_id;
    std::optional<TextbookId> textbook_id;
    std::vector<PackRow> rows;
    std::vector<PackRole> missing;  ///< roles that a chapter wants and that nothing usable fills
    bool may_change = false;
    core::Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(PackView, (),
                      (id, title, version, chapter_id, textbook_id, rows, missing, may_change, updated_at))

core::Result<PackView> add_pack(Library const& library, auth::Caller const& caller, NewPack const& wish);
/// The version that this caller gets. Refuses what is no pack ("resources.not_a_pack").
core::Result<PackView> pack(Library const& library, auth::Caller const& caller, ResourceId const& id);
/// Changes what an own pack holds; of a published one a new version, which its readers get after its review.
core::Result<PackView> set_pack_items(Library const& library, auth::Caller const& caller, ResourceId const& id,
                                      PackItemsWish const& wish);

/// What a caller may take out of a pack, for a lesson plan: gaps are left out.
struct PackContents {
    std::string title;
    std::optional<ChapterId> chapter_id;
    std::vector<PackItem> items;
};
core::Result<PackContents> pack_contents(sql::Tx& tx, auth::Caller const& caller, ResourceId const& id);

/// Writes what packs hold as it is: the demo district.
void write_pack_items(sql::Tx& tx, std::vector<PackItem> const& items);

}  // namespace santong::resources
