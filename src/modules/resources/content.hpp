#pragma once
// What a resource is made of: an uploaded file or a link. Used by the use cases of this module.
#include "modules/resources/service_author.hpp"

namespace santong::resources {

/// A file or a link as the first or next version of something; `resource_id`, number and time are still open.
struct Content {
    Version version;
    std::optional<files::FileKind> file_kind;
};

/// Looks into what somebody gives. Reads the disk, so not inside a transaction that writes.
core::Result<Content> content_of(Library const& library, auth::Caller const& caller, NewVersion const& wish);
/// What a resource is until its author says otherwise.
Kind kind_of(Content const& content);
/// Stores a version and says that its files are in use.
core::Result<void> keep_version(Library const& library, sql::Tx& tx, auth::Caller const& caller,
                                Resource const& resource, Version version);
void release_version(Library const& library, sql::Tx& tx, Version const& version);

/// `create` and `submit` inside a transaction, for what does many at once. The content was looked into before.
core::Result<Resource> create_in(Library const& library, sql::Tx& tx, auth::Caller const& caller,
                                 Content const& content, NewResource const& wish);
core::Result<Resource> submit_in(Library const& library, sql::Tx& tx, auth::Caller const& caller, ResourceId const& id,
                                 SubmitRequest const& wish);

}  // namespace santong::resources
