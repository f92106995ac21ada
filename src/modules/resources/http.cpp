#include "modules/resources/http.hpp"

#include "modules/resources/http_catalogue.hpp"
#include "modules/resources/http_collection.hpp"
#include "modules/resources/http_course.hpp"
#include "modules/resources/http_intake.hpp"
#include "modules/resources/http_preview.hpp"
#include "modules/resources/http_shelf.hpp"
#include "modules/resources/permissions.hpp"
#include "modules/resources/service_mark.hpp"
#include "modules/roster/service.hpp"

namespace santong::resources {

namespace {

/// How to show a resource: addresses are the caller's own and end within minutes (packages: half a day).
struct OpenAnswer {
    Viewer viewer = Viewer::download;
    std::string title;
    int version = 1;
    std::string url;           ///< what the viewer shows; empty where there is nothing to show in place
    std::string download_url;  ///< saves the file as it was uploaded; empty for links
    std::string media_type;
    std::string file_name;
    std::int64_t size = 0;
    int pages = 0;
    int duration_seconds = 0;
    std::optional<core::Instant> expires_at;
};
BOOST_DESCRIBE_STRUCT(OpenAnswer, (),
                      (viewer, title, version, url, download_url, media_type, file_name, size, pages, duration_seconds,
                       expires_at))

struct OpenQuery {
    int version = 0;
    bool in_class = false;  ///< a class session counts the view
};
BOOST_DESCRIBE_STRUCT(OpenQuery, (), (version, in_class))

struct GuessQuery {
    std::string name;
    std::optional<core::FileId> file_id;
};
BOOST_DESCRIBE_STRUCT(GuessQuery, (), (name, file_id))

ResourceId resource_id(http::Call const& call) {
    return call.id<ResourceId>("resource_id");
}

core::Result<ResourceView> in_language(http::Call const& call, core::Result<ResourceView> answer) {
    if (answer) answer->subject_title = roster::subject_title(answer->item.subject, call.language);
    return answer;
}

core::Result<SearchResult> in_language(http::Call const& call, core::Result<SearchResult> answer) {
    if (!answer) return answer;
    for (auto& value : answer->facets["subject"]) value.title = roster::subject_title(value.value, call.language);
    return answer;
}

core::Result<void> add_addresses(OpenAnswer& answer, files::FileRoutes const& site, http::Call const& call,
                                 core::FileId const& shown) {
    auto const file = site.files.find(call.caller.district, shown);
    if (!file) return core::not_found("files.not_found");
    if (file->state == files::FileState::damaged) return core::gone("files.damaged");
    if (answer.viewer == Viewer::package) {
        auto const address = TRY(files::package_address(site, *file, call.caller));
        answer.url = address.url;
        answer.expires_at = address.expires_at;
        return {};
    }
    if (answer.viewer == Viewer::download || answer.viewer == Viewer::office) return {};
    auto const address = files::address_of(site, *file, call.caller);
    answer.url = address.url;
    answer.expires_at = address.expires_at;
    return {};
}

core::Result<OpenAnswer> opened(Library const& library, files::FileRoutes const& site, http::Call const& call,
                                OpenQuery const& query) {
    auto const counting = query.in_class ? Counting::in_class : Counting::view;
    auto const found = TRY(open(library, call.caller, resource_id(call), query.version, counting));
    OpenAnswer answer;
    answer.title = found.resource.title;
    answer.version = found.version.number;
    answer.pages = found.version.pages;
    answer.duration_seconds = found.version.duration_seconds;
    answer.size = found.version.size;
    answer.url = found.version.url;
    if (!found.shown_file) {
        answer.viewer = viewer_of(found.resource, found.version, {});
        return answer;
    }
    auto const original = site.files.find(call.caller.district, *found.version.file_id);
    auto const shown = site.files.find(call.caller.district, *found.shown_file);
    if (!original || !shown) return core::not_found("files.not_found");
    answer.file_name = original->name;
    answer.media_type = shown->media_type;
    answer.download_url = "/api/v1/files/" + original->id.text() + "?save=1";
    answer.viewer = viewer_of(found.resource, found.version, shown->media_type);
    TRY_VOID(add_addresses(answer, site, call, shown->id));
    return answer;
}

void register_reading(http::Router& router, Library const& library, files::FileRoutes const& site) {
    auto const access = http::Access::with(permissions::view);
    router
        .list<Search, SearchResult>("/api/v1/resources", access,
                                    [library](http::Call const& call, Search const& wish) {
                                        return in_language(call, search(library, call.caller, wish));
                                    })
        .says(
            "What the caller may use, by Chinese full text and filters, with counts; mine=true: his own in any state.");
    router
        .get<ResourceView>("/api/v1/resources/{resource_id}", access,
                           [library](http::Call const& call) {
                               return in_language(call, view(library, call.caller, resource_id(call)));
                           })
        .says("One resource with what the caller may do with it.");
    router
        .list<OpenQuery, OpenAnswer>("/api/v1/resources/{resource_id}/open", access,
                                     [library, site](http::Call const& call, OpenQuery const& query) {
                                         return opened(library, site, call, query);
                                     })
        .says("How to show it: viewer and signed address. Counts as a use by school and class.")
        .slowly();
    router
        .get<History>("/api/v1/resources/{resource_id}/history", access,
                      [library](http::Call const& call) { return history(library, call.caller, resource_id(call)); })
        .says("Versions, review and publication, without persons.");
}

void register_contributing(http::Router& router, Library const& library) {
    auto const access = http::Access::with(permissions::contribute);
    router
        .list<GuessQuery, Guess>("/api/v1/resources/guess", access,
                                 [library](http::Call const& call, GuessQuery const& query) {
                                     return guess(library, call.caller, query.name, query.file_id);
                                 })
        .says("What a file's name says of its title, kind, grade and chapter, and whether an uploaded one opens.")
        .slowly();
    router
        .post<NewResource, ResourceView>("/api/v1/resources", access,
                                         [library](http::Call const& call, NewResource const& body) {
                                             return in_language(call, create(library, call.caller, body));
                                         })
        .says("A draft from an uploaded file or a link to the national platform.")
        .slowly();
    router
        .patch<Description, ResourceView>("/api/v1/resources/{resource_id}", access,
                                          [library](http::Call const& call, Description const& body) {
                                              return in_language(
                                                  call, describe(library, call.caller, resource_id(call), body));
                                          })
        .says("Describes it.");
    router
        .post<NewVersion, ResourceView>("/api/v1/resources/{resource_id}/versions", access,
                                        [library](http::Call const& call, NewVersion const& body) {
                                            return in_language(
                                                call, add_version(library, call.caller, resource_id(call), body));
                                        })
        .says("A new version; readers keep the current one until it has passed its review.")
        .slowly();
    router
        .del<core::Nothing>(
            "/api/v1/resources/{resource_id}", access,
            [library](http::Call const& call) { return remove(library, call.caller, resource_id(call)); })
        .says("Removes a draft that was never submitted.");
}

void register_publishing(http::Router& router, Library const& library) {
    auto const access = http::Access::with(permissions::contribute);
    router
        .act<SubmitRequest, ResourceView>("/api/v1/resources/{resource_id}/submit", access,
                                          [library](http::Call const& call, SubmitRequest const& body) {
                                              return in_language(call,
                                                                 submit(library, call.caller, resource_id(call), body));
                                          })
        .says("Sends it into review for a scope.");
    router
        .act<core::Nothing, ResourceView>("/api/v1/resources/{resource_id}/withdraw", access,
                                          [library](http::Call const& call, core::Nothing const&) {
                                              return in_language(call,
                                                                 withdraw(library, call.caller, resource_id(call)));
                                          })
        .says("Takes it back from review.");
    router
        .act<RecallRequest, ResourceView>("/api/v1/resources/{resource_id}/recall", access,
                                          [library](http::Call const& call, RecallRequest const& body) {
                                              return in_language(call,
                                                                 recall(library, call.caller, resource_id(call), body));
                                          })
        .says("Takes a published resource away from everybody, with a reason.");
    router
        .act<FineMarkRequest, ResourceView>(
            "/api/v1/resources/{resource_id}/mark", http::Access::with(permissions::mark_fine),
            [library](http::Call const& call, FineMarkRequest const& body) {
                return in_language(call, set_mark(library, call.caller, resource_id(call), body));
            })
        .says("Sets or takes away the district's mark on something published, with a reason; its author is told.");
}

}  // namespace

void register_routes(http::Router& router, Library const& library, files::FileRoutes const& site) {
    register_reading(router, library, site);
    register_contributing(router, library);
    register_publishing(router, library);
    register_catalogue_routes(router, library);
    register_course_routes(router, library, site);
    register_collection_routes(router, library);
    register_shelf_routes(router, library);
    register_preview_routes(router, library);
    register_intake_routes(router, library);
}

}  // namespace santong::resources
