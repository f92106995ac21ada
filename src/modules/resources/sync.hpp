#pragma once
// What of the library travels between nodes (DESIGN 4).
#include <string>
#include <vector>

#include "platform/sql/database.hpp"
#include "platform/sync/shape.hpp"

namespace santong::resources {

/// Books and descriptions go down: what is for everybody, for the school's area, or of the school itself. The content
/// of files travels by push (DESIGN 5).
void add_shapes(sync::Shapes& shapes);

/// A content that a school's box should have.
struct ContentDue {
    std::string sha256;
    std::int64_t size = 0;
};
BOOST_DESCRIBE_STRUCT(ContentDue, (), (sha256, size))
/// What a box should have, the most urgent first: small pictures of all, then what its own people made, then the newest
/// of its library up to 20 MB each.
std::vector<ContentDue> contents_due(sql::Tx& tx);

/// Digests of contents at a box that only published things of other schools and of the district are made of: what was
/// made here, what is a draft and what anything else uses (homework, works, news) is not among them, nor small
/// pictures.
std::vector<std::string> contents_of_others(sql::Tx& tx);

/// A file of the library that goes into packs.
struct LibraryContent {
    core::FileId id;
    std::string sha256;
    std::int64_t size = 0;
};
BOOST_DESCRIBE_STRUCT(LibraryContent, (), (id, sha256, size))
/// Files of what was published beyond one school since then, with their previews: the newest first, small ones before
/// large ones. What is for one school or person only never goes into a pack.
std::vector<LibraryContent> contents_of_library(sql::Tx& tx, core::Instant since);

}  // namespace santong::resources
