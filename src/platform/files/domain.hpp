#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "core/described.hpp"
#include "platform/files/media_type.hpp"

namespace santong::files {

using UploadId = core::Id<struct UploadTag>;

/// Whether the bytes of a file can be had.
enum class FileState : int {
    ready,
    damaged  ///< verification found the bytes missing or changed
};
BOOST_DESCRIBE_ENUM(FileState, ready, damaged)

/// A stored file as people see it. Several may share one content.
struct FileObject {
    core::FileId id;
    std::string sha256;
    std::int64_t size = 0;
    std::string media_type;
    FileKind kind = FileKind::document;
    std::string name;
    core::AccountId created_by;
    core::Instant created_at;
    std::optional<core::OrgId> scope_org_id;  ///< set by the module that takes the file into use
    FileState state = FileState::ready;
};
BOOST_DESCRIBE_STRUCT(FileObject, (),
                      (id, sha256, size, media_type, kind, name, created_by, created_at, scope_org_id, state))

/// Who uses a file, such as {"resources.Resource", its id}.
struct FileReference {
    core::FileId file_id;
    std::string holder_type;
    std::string holder_id;
    core::Instant created_at;
};
BOOST_DESCRIBE_STRUCT(FileReference, (), (file_id, holder_type, holder_id, created_at))

enum class UploadState : int { receiving, done, refused };
BOOST_DESCRIBE_ENUM(UploadState, receiving, done, refused)

/// An upload under way (tus 1.0), or lately finished.
struct Upload {
    UploadId id;
    core::AccountId owner;
    std::int64_t size = 0;
    std::int64_t received = 0;  ///< acknowledged bytes: the offset from which the client goes on
    std::string name;
    std::string metadata;  ///< as the client sent it (Upload-Metadata)
    core::Instant created_at;
    core::Instant expires_at;
    UploadState state = UploadState::receiving;
    std::optional<core::FileId> file_id;
    std::string problem_key;  ///< why a finished upload was refused
};
BOOST_DESCRIBE_STRUCT(Upload, (),
                      (id, owner, size, received, name, metadata, created_at, expires_at, state, file_id, problem_key))

}  // namespace santong::files
