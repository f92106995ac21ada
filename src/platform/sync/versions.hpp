#pragma once
// Of two versions made apart the one that did not stay (incoming.hpp): its owner looks at it, takes over what he
// misses, and lets it go.
#include <map>
#include <optional>

#include "platform/sync/change.hpp"

namespace santong::sync {

/// A field that differs, in words.
struct FieldApart {
    std::string field;
    std::string here;   ///< as it stands; empty where the field has parts
    std::string other;  ///< as it was in the version that did not stay
    std::vector<PartApart> parts;
};
BOOST_DESCRIBE_STRUCT(FieldApart, (), (field, here, other, parts))

/// A version that did not stay.
struct OtherVersion {
    core::Uuid id;
    std::string type;
    std::string entity_id;
    std::string origin;  ///< node at which it was made
    core::Instant at;
    std::string title;               ///< what the entity is called, as it stands
    std::vector<FieldApart> fields;  ///< what still differs
};

/// Keeps a version that did not stay beside the one that does, unless its owner knows it: nothing in it differs, he is
/// done with it (settled.hpp), or it is older than the feed, so that what stands was made from it.
void keep_version(sql::Tx& tx, Shape const& shape, Change const& lost, Change const& stays);

/// The versions that are kept of these entities, as they were told or made.
std::vector<Change> kept_versions(sql::Tx& tx, std::string const& type, std::vector<std::string> const& ids);

/// The newest version of each of these entities that came from a neighbour.
std::map<std::string, std::int64_t> versions_from(sql::Tx& tx, std::string const& node, std::string const& type,
                                                  std::vector<std::string> const& ids);

/// Those of one entity, newest first, without those in which nothing differs any more.
std::vector<OtherVersion> other_versions(sql::Tx& tx, Shape const& shape, std::string const& entity_id,
                                         std::string_view language);
/// The newest of each thing of a person's that he may change now, of every type that somebody compares: newest first.
std::vector<OtherVersion> other_versions_of(sql::Tx& tx, Shapes const& shapes, core::PersonId const& owner,
                                            std::string_view language);
/// One of them, whatever entity it is of.
std::optional<OtherVersion> other_version(sql::Tx& tx, Shapes const& shapes, core::Uuid const& id,
                                          std::string_view language);
/// Whose the entity is: the cell of the owner's column.
std::string owner_of(sql::Tx& tx, Shape const& shape, std::string const& entity_id);
/// Writes these fields of the other version into the entity, as a change of its own, and says so.
void take_over(sql::Tx& tx, Shape const& shape, OtherVersion const& version, std::vector<std::string> const& fields,
               core::Instant now);
/// The owner is done with a version: it is shown no more, here and at the other place (settled.hpp).
void settle_version(sql::Tx& tx, Shape const& shape, core::Uuid const& id);

}  // namespace santong::sync
