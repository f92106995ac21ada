#pragma once
// Previews: asked for with each version, made by a job, one content once.
#include <memory>

#include "modules/resources/domain_preview.hpp"
#include "modules/resources/service_author.hpp"
#include "platform/files/preview_maker.hpp"
#include "platform/jobs/runner.hpp"

namespace santong::resources {

/// What the job works with; `folder` is for its temporary files, on the disk of the data.
struct PreviewPlace {
    sql::Database& db;
    files::Files& files;
    core::Clock const& clock;
    std::filesystem::path folder;
    std::shared_ptr<files::PreviewMaker> maker;
};

/// In the transaction that stores a version, before its row is written: takes over what was made of this content, or
/// asks for it.
void ask_preview(Library const& library, sql::Tx& tx, core::AccountId const& account, Resource const& resource,
                 Version& version);

/// How it stands with the version that the caller gets.
core::Result<PreviewView> preview(Library const& library, auth::Caller const& caller, ResourceId const& id);
/// Asks again after a failure or for what was never asked: the author, and who contributes at the resource's school.
core::Result<PreviewView> retry_preview(Library const& library, auth::Caller const& caller, ResourceId const& id);

/// The small picture of the version that the caller gets; not_found "resources.preview.no_picture" where there is none.
core::Result<files::FileObject> thumbnail_of(Library const& library, auth::Caller const& caller, ResourceId const& id);

/// Says what makes them: one at a time, whatever number of jobs there is.
void register_preview_job(jobs::JobRunner& runner, PreviewPlace const& place);

}  // namespace santong::resources
