#include "modules/resources/http_open.hpp"

#include <memory>

#include "modules/roster/service.hpp"
#include "platform/files/file_name.hpp"

namespace santong::resources {

namespace {

constexpr std::int64_t address_ms = 10 * 60'000;

/// A course as it is played at the door: without anybody's progress, of which nothing is kept.
struct OpenCoursePage {
    std::string sco;
    std::string title;
    std::string url;
    std::string launch_data;
    std::string mastery_score;
    bool reports = true;
};
BOOST_DESCRIBE_STRUCT(OpenCoursePage, (), (sco, title, url, launch_data, mastery_score, reports))
struct OpenCourse {
    files::ScormEdition edition = files::ScormEdition::scorm_12;
    std::string title;
    std::string player_url;
    std::vector<OpenCoursePage> pages;
    std::vector<files::ScormActivity> activities;
};
BOOST_DESCRIBE_STRUCT(OpenCourse, (), (edition, title, player_url, pages, activities))

/// One public resource and how to show it. The addresses end within minutes, and at once when it is taken away.
struct PublicAnswer {
    OpenItem item;
    std::string description;
    std::string textbook_title;
    Source source = Source::none;
    std::string source_note;
    std::string holder;
    std::string terms;
    std::optional<core::LocalDate> valid_until;
    Viewer viewer = Viewer::download;
    std::string url;           ///< what the viewer shows; empty where there is nothing to show in place
    std::string download_url;  ///< empty for links and packs
    std::string file_name;
    std::vector<OpenItem> things;  ///< of a pack
    std::optional<OpenCourse> course;
};
BOOST_DESCRIBE_STRUCT(PublicAnswer, (),
                      (item, description, textbook_title, source, source_note, holder, terms, valid_until, viewer, url,
                       download_url, file_name, things, course))

/// What the district recommends (推荐资源), the newest first.
struct OpenRecommendation {
    OpenItem item;
    core::Instant since;
};
BOOST_DESCRIBE_STRUCT(OpenRecommendation, (), (item, since))
struct OpenRecommendations {
    std::vector<OpenRecommendation> items;
};
BOOST_DESCRIBE_STRUCT(OpenRecommendations, (), (items))

struct SaveQuery {
    std::string save;  ///< anything: saved, never shown in place
};
BOOST_DESCRIBE_STRUCT(SaveQuery, (), (save))

/// The door with its own count of what each address has asked.
class Door {
public:
    explicit Door(OpenDoor door) : door_(std::move(door)), limiter_(door_.limit) {}

    core::Result<OpenFound> search(http::Call const& call, OpenSearch const& wish) {
        TRY_VOID(admit(call));
        auto found = TRY(search_open(door_.library, door_.district(), wish));
        for (auto& item : found.items) dress(call, item);
        for (auto& value : found.facets["subject"]) value.title = roster::subject_title(value.value, call.language);
        return found;
    }

    core::Result<OpenRecommendations> recommended(http::Call const& call) {
        TRY_VOID(admit(call));
        OpenRecommendations answer;
        if (!door_.recommended) return answer;
        std::map<ResourceId, core::Instant> since;
        std::vector<ResourceId> ids;
        for (auto const& one : door_.recommended(door_.district())) {
            if (since.emplace(one.id, one.at).second) ids.push_back(one.id);
        }
        for (auto& item : open_items(door_.library, door_.district(), ids)) {
            dress(call, item);
            auto const at = since.at(item.id);
            answer.items.push_back({std::move(item), at});
        }
        return answer;
    }

    core::Result<PublicAnswer> one(http::Call const& call) {
        TRY_VOID(admit(call));
        auto found = TRY(open_one(door_.library, door_.district(), call.id<ResourceId>("resource_id")));
        PublicAnswer answer;
        dress(call, found.item);
        for (auto& thing : found.things) dress(call, thing);
        answer.description = found.resource.description;
        answer.textbook_title = found.textbook_title;
        answer.source = found.resource.source;
        answer.source_note = found.resource.source_note;
        answer.holder = found.resource.holder;
        answer.terms = found.resource.terms;
        answer.valid_until = found.resource.valid_until;
        answer.url = found.version.url;
        answer.viewer = viewer_of(found.resource, found.version, found.version.media_type);
        if (found.version.file_id) TRY_VOID(add_file(answer, found));
        answer.item = std::move(found.item);
        answer.things = std::move(found.things);
        return answer;
    }

    http::Response file(http::Call& call) {
        if (auto const admitted = admit(call); !admitted)
            return http::Response::problem(admitted.error(), call.trace_id);
        auto const ticket = door_.site.addresses.open_of(call.text("token"));
        bool const good = ticket && ticket->district == door_.district() &&
                          is_open_file(door_.library, ticket->district, ResourceId{ticket->thing}, ticket->file);
        auto const found = good ? door_.site.files.find(ticket->district, ticket->file) : std::nullopt;
        if (!found) return http::Response::problem(core::not_found("files.address_expired"), call.trace_id);
        return files::download(door_.site.files, *found, !call.query_value("save").empty(), call.trace_id);
    }

private:
    core::Result<void> admit(http::Call const& call) {
        if (int const wait = limiter_.take(call.client_address); wait > 0)
            return core::rate_limited("http.too_many_requests", wait);
        return {};
    }

    std::string address(ResourceId const& id, core::FileId const& file, std::string const& name) const {
        auto const& addresses = door_.site.addresses;
        OpenTicket const ticket{door_.district(), id.value, file, addresses.now().plus_ms(address_ms)};
        return "/api/v1/open/files/" + addresses.sign(ticket) + '/' + files::url_segment(name);
    }

    void dress(http::Call const& call, OpenItem& item) const {
        item.subject_title = roster::subject_title(item.subject, call.language);
        if (item.thumbnail_file_id) item.thumbnail_url = address(item.id, *item.thumbnail_file_id, "thumbnail");
    }

    /// Pages are played on the second origin as for everybody; nothing of a visitor is kept. A package that cannot be
    /// played can be saved.
    void add_package(PublicAnswer& answer, OpenOne const& found, files::FileObject const& file) const {
        auto const& site = door_.site;
        files::OpenTicket const ticket{door_.district(), found.resource.id.value, file.id, {}};
        auto const address = [&](std::string const& page) {
            return files::open_package_address(site, file, page, ticket);
        };
        if (file.kind == files::FileKind::scorm_package) {
            auto const course = site.packages.course(file);
            if (!course) return;
            OpenCourse made{
                course->edition, course->title, site.package_origin() + "/course.html", {}, course->activities};
            for (auto const& one : course->scos) {
                made.pages.push_back(
                    {one.identifier, one.title, address(one.href), one.launch_data, one.mastery_score, one.reports});
            }
            answer.course = std::move(made);
        } else {
            auto const start = site.packages.start_page(file);
            if (!start) return;
            answer.url = address(*start);
        }
        answer.viewer = Viewer::package;
    }

    core::Result<void> add_file(PublicAnswer& answer, OpenOne const& found) const {
        auto const original = door_.site.files.find(door_.district(), *found.version.file_id);
        if (!original) return core::not_found("files.not_found");
        if (original->state == files::FileState::damaged) return core::gone("files.damaged");
        answer.file_name = original->name;
        answer.download_url = address(found.resource.id, original->id, original->name) + "?save=1";
        auto const shown_id = found.version.preview_file_id.value_or(original->id);
        auto const shown = door_.site.files.find(door_.district(), shown_id);
        if (!shown) return core::not_found("files.not_found");
        answer.viewer = viewer_of(found.resource, found.version, shown->media_type);
        if (answer.viewer == Viewer::package) {
            answer.viewer = Viewer::download;
            add_package(answer, found, *shown);
            return {};
        }
        if (answer.viewer == Viewer::download || answer.viewer == Viewer::office) return {};
        answer.url = address(found.resource.id, shown->id, shown->name);
        return {};
    }

    using OpenTicket = files::OpenTicket;
    OpenDoor door_;
    http::RateLimiter limiter_;
};

}  // namespace

void register_open_routes(http::Router& router, OpenDoor const& given) {
    auto const door = std::make_shared<Door>(given);
    auto const access = http::Access::open();
    router
        .list<OpenSearch, OpenFound>(
            "/api/v1/open/resources", access,
            [door](http::Call const& call, OpenSearch const& wish) { return door->search(call, wish); })
        .says("What is public, by full text and filters, with counts; for whoever comes.");
    router
        .get<OpenRecommendations>("/api/v1/open/recommended", access,
                                  [door](http::Call const& call) { return door->recommended(call); })
        .says("What the district recommends of what is public, the newest first; for whoever comes.");
    router
        .get<PublicAnswer>("/api/v1/open/resources/{resource_id}", access,
                           [door](http::Call const& call) { return door->one(call); })
        .says("One public resource and how to show it.")
        .slowly();
    auto& file = router.raw(http::Method::get, "/api/v1/open/files/{token}/{name*}", access, "application/octet-stream",
                            [door](http::Call& call) { return door->file(call); });
    file.query = &core::type_of<SaveQuery>();
    file.says("A file of something public by its signed address; ?save=1 always saves.");
}

}  // namespace santong::resources
