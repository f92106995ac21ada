#pragma once
// The other version (另一版本): where somebody changed his own thing at both places, its page says so.
#include "modules/nodes/service.hpp"
#include "platform/sync/versions.hpp"

namespace santong::nodes {

/// The version that did not stay, beside what stands.
struct OtherVersionView {
    core::Uuid id;
    core::Instant at;
    bool made_at_school = false;  ///< on the school's own server; else on the district's platform
    bool may_take = false;        ///< its thing may be changed now
    std::vector<sync::FieldApart> fields;
};
BOOST_DESCRIBE_STRUCT(OtherVersionView, (), (id, at, made_at_school, may_take, fields))
struct OtherVersionList {
    std::vector<OtherVersionView> items;
};
BOOST_DESCRIBE_STRUCT(OtherVersionList, (), (items))

/// Who looks, and in which language.
struct VersionReader {
    auth::Caller const& caller;
    std::string language = "zh-CN";
};

struct OtherVersionQuery {
    std::string type;  ///< of the feed, such as "teaching.LessonPlan"
    std::string entity_id;
};
BOOST_DESCRIBE_STRUCT(OtherVersionQuery, (), (type, entity_id))
/// Other versions of a thing of the caller's own, newest first; of anybody else's, or of a type that nobody compares,
/// there are none.
core::Result<OtherVersionList> other_versions(Site const& site, VersionReader const& reader,
                                              OtherVersionQuery const& query);

/// A thing of the caller's own that has another version.
struct OtherVersionThing {
    std::string type;  ///< of the feed
    std::string entity_id;
    std::string title;
    core::Instant at;             ///< when the version that did not stay was made
    bool made_at_school = false;  ///< that version
};
BOOST_DESCRIBE_STRUCT(OtherVersionThing, (), (type, entity_id, title, at, made_at_school))
struct OtherVersionThings {
    std::vector<OtherVersionThing> items;
};
BOOST_DESCRIBE_STRUCT(OtherVersionThings, (), (items))
/// The caller's own things that have another version and may be changed now, the newest version first.
core::Result<OtherVersionThings> my_other_versions(Site const& site, VersionReader const& reader);

struct TakeOver {
    std::vector<std::string> fields;  ///< of those that differ; at least one
};
BOOST_DESCRIBE_STRUCT(TakeOver, (), (fields))
/// Takes fields over; when nothing differs any more the other version is let go. Answers what is left of the thing's.
/// Refuses "nodes.version_unknown" (not there, or not his), "nodes.version_closed" (it may not be changed now), and a
/// field that does not differ at "/fields".
core::Result<OtherVersionList> take_version(Site const& site, VersionReader const& reader, core::Uuid const& id,
                                            TakeOver const& wish);
/// Lets the other version go. Refuses "nodes.version_unknown".
core::Result<OtherVersionList> dismiss_version(Site const& site, VersionReader const& reader, core::Uuid const& id);

}  // namespace santong::nodes
