#pragma once
// What a browser can show of a content, made once for all resources that have it. May include: core/ only.
#include <optional>
#include <string>

#include "core/described.hpp"

namespace santong::resources {

enum class PreviewState : int {
    none,     ///< nothing is made of this kind of file
    absent,   ///< could be made, nobody has asked yet
    waiting,  ///< a job will make it
    ready,
    no_tool,  ///< the program is not installed; `package` brings it
    failed    ///< `reason` says why
};
BOOST_DESCRIBE_ENUM(PreviewState, none, absent, waiting, ready, no_tool, failed)

/// A content and what was made of it (预览).
struct Preview {
    std::string sha256;
    std::string media_type;
    PreviewState state = PreviewState::waiting;
    std::string reason;   ///< i18n key of `failed`
    std::string package;  ///< of `no_tool`
    int tries = 0;        ///< begun; a file that kills the process is given up
    std::optional<core::FileId> preview_file_id;
    std::optional<core::FileId> thumbnail_file_id;
    core::AccountId asked_by;
    core::Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(Preview, (),
                      (sha256, media_type, state, reason, package, tries, preview_file_id, thumbnail_file_id, asked_by,
                       updated_at))

/// What the page of a resource says where there is no preview.
struct PreviewView {
    PreviewState state = PreviewState::none;
    std::string reason;
    std::string package;
    bool may_retry = false;
    core::Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(PreviewView, (), (state, reason, package, may_retry, updated_at))

}  // namespace santong::resources
