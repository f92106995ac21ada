#pragma once
#include "standards/oneroster/format.hpp"
#include "standards/oneroster/project.hpp"

namespace santong::oneroster {

/// What is kept of a foreign row: its columns as they came, and what the roster said of the entity at that time. Where
/// the roster still says the same, the foreign text comes back.
struct Kept {
    Columns columns;
    Columns ours;
};
BOOST_DESCRIBE_STRUCT(Kept, (), (columns, ours))

/// The manifest of a foreign bundle, in its order.
struct KeptManifest {
    std::vector<std::string> names;
    std::vector<std::string> values;
};
BOOST_DESCRIBE_STRUCT(KeptManifest, (), (names, values))

inline constexpr char const* manifest_kind = "manifest";

/// What the roster says of the entity behind a row of this file; empty if it says nothing.
Columns projection(Picture const& picture, SourcedIds const& ids, FileKind kind, core::Uuid const& entity);

}  // namespace santong::oneroster
