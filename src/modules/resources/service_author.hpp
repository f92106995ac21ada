#pragma once
// The author's side and everybody's page: contribute, describe, submit, take back; see, open, recall.
#include "modules/resources/views.hpp"
#include "platform/files/service.hpp"
#include "platform/jobs/service.hpp"

namespace santong::resources {

/// What the use cases work with.
struct Library {
    sql::Database& db;
    core::Clock const& clock;
    files::Files const& files;
    jobs::Jobs const* jobs = nullptr;  ///< makes previews and takes folders in; without it what is asked for waits
};

/// Lets those read a file who may read the resource that uses it; says in the feed when a teacher of another school has
/// saved it. At start.
std::unique_ptr<files::FileAccess> file_access(core::Clock const& clock);

/// A draft of the caller's own. Refuses a file that he did not upload ("files.not_found"), a link to elsewhere
/// ("resources.link_not_allowed"), both or neither ("resources.content_needed").
core::Result<ResourceView> create(Library const& library, auth::Caller const& caller, NewResource const& wish);
/// Describes a resource that is not under review and not published; those who manage the catalogue may always correct
/// subject, grades and chapter of a published one.
core::Result<ResourceView> describe(Library const& library, auth::Caller const& caller, ResourceId const& id,
                                    Description const& changes);
/// Adds a version. Readers keep the current one until the new one has passed its review.
core::Result<ResourceView> add_version(Library const& library, auth::Caller const& caller, ResourceId const& id,
                                       NewVersion const& wish);
/// Sends it into review for a scope; says everything that is still missing.
core::Result<ResourceView> submit(Library const& library, auth::Caller const& caller, ResourceId const& id,
                                  SubmitRequest const& wish);
core::Result<ResourceView> withdraw(Library const& library, auth::Caller const& caller, ResourceId const& id);
/// Takes a published resource away from everybody, with a reason that its readers see.
core::Result<ResourceView> recall(Library const& library, auth::Caller const& caller, ResourceId const& id,
                                  RecallRequest const& wish);
/// Removes a draft that was never submitted.
core::Result<core::Nothing> remove(Library const& library, auth::Caller const& caller, ResourceId const& id);

/// `in_class`: a class session shows it and says so itself, with its class.
enum class Counting { view, in_class };

core::Result<ResourceView> view(Library const& library, auth::Caller const& caller, ResourceId const& id);
core::Result<History> history(Library const& library, auth::Caller const& caller, ResourceId const& id);
/// What to show of a version (0 = the one this caller gets), and says in the feed that a published one was opened.
core::Result<Opened> open(Library const& library, auth::Caller const& caller, ResourceId const& id, int version,
                          Counting counting = Counting::view);
core::Result<SearchResult> search(Library const& library, auth::Caller const& caller, Search const& wish);

/// Guesses from a file's name what a form can be filled with; of the caller's own uploaded file also what it is and
/// whether it opens.
core::Result<Guess> guess(Library const& library, auth::Caller const& caller, std::string const& file_name,
                          std::optional<core::FileId> const& file = {});

}  // namespace santong::resources
