#include "modules/resources/service_open.hpp"

#include <algorithm>

#include "modules/resources/readers.hpp"
#include "modules/resources/store_pack.hpp"
#include "modules/roster/service.hpp"

namespace santong::resources {

namespace {

constexpr int largest_page = 60;

auth::Caller stranger(core::DistrictId district) {
    auth::Caller caller;
    caller.district = district;
    return caller;
}

bool is_open(Resource const& resource) {
    return resource.state == State::published && resource.scope == Scope::public_;
}

OpenItem item_of(Summary const& s) {
    OpenItem item;
    item.id = s.id;
    item.title = s.title;
    item.kind = s.kind;
    item.subject = s.subject;
    item.grade_from = s.grade_from;
    item.grade_to = s.grade_to;
    item.chapter_title = s.chapter_title;
    item.school_name = s.school_name;
    item.attribution = s.attribution;
    item.licence = s.licence;
    item.fine = s.fine;
    item.size = s.size;
    item.pages = s.pages;
    item.duration_seconds = s.duration_seconds;
    item.published_at = s.published_at;
    item.thumbnail_file_id = s.thumbnail_file_id;
    return item;
}

Search wish_of(OpenSearch const& given) {
    Search wish;
    wish.q = given.q;
    wish.subject = given.subject;
    wish.grade = given.grade;
    wish.kind = given.kind;
    wish.stage = given.stage;
    wish.licence = given.licence;
    wish.school = given.school;
    wish.fine = given.fine;
    wish.sort = given.sort;
    wish.after = given.after;
    wish.limit = std::clamp(given.limit, 1, largest_page);
    return wish;
}

std::vector<OpenItem> open_rows(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller,
                                std::vector<ResourceId> const& ids) {
    auto rows = store::find_all(tx, ids);
    std::erase_if(rows, [](Resource const& one) { return !is_open(one); });
    std::map<ResourceId, OpenItem> known;
    for (auto const& row : summaries(tx, clock, caller, rows)) known.emplace(row.id, item_of(row));
    std::vector<OpenItem> things;
    for (auto const& id : ids) {
        if (auto const found = known.find(id); found != known.end()) things.push_back(found->second);
    }
    return things;
}

std::vector<OpenItem> things_of(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller,
                                Resource const& pack) {
    std::vector<ResourceId> ids;
    for (auto const& one : store::pack_items(tx, pack.id, pack.current_version)) ids.push_back(one.resource_id);
    return open_rows(tx, clock, caller, ids);
}

}  // namespace

std::vector<OpenItem> open_items(Library const& library, core::DistrictId district,
                                 std::vector<ResourceId> const& ids) {
    return library.db.read(district,
                           [&](sql::Tx& tx) { return open_rows(tx, library.clock, stranger(district), ids); });
}

core::Result<OpenFound> search_open(Library const& library, core::DistrictId district, OpenSearch const& given) {
    return library.db.read(district, [&](sql::Tx& tx) -> core::Result<OpenFound> {
        store::Reader reader;
        reader.anybody = true;
        auto const found = TRY(search_as(tx, library.clock, stranger(district), reader, wish_of(given)));
        OpenFound answer{{}, found.next, found.total, {}};
        for (auto const& row : found.items) answer.items.push_back(item_of(row));
        for (char const* name : {"subject", "grade", "kind", "stage", "licence", "school", "fine"}) {
            if (auto const facet = found.facets.find(name); facet != found.facets.end()) answer.facets.insert(*facet);
        }
        return answer;
    });
}

core::Result<OpenOne> open_one(Library const& library, core::DistrictId district, ResourceId const& id) {
    return library.db.read(district, [&](sql::Tx& tx) -> core::Result<OpenOne> {
        auto const resource = store::find(tx, id);
        if (!resource || !is_open(*resource)) return core::not_found("resources.not_found");
        auto const version = store::find_version(tx, id, resource->current_version);
        SANTONG_ASSERT(version.has_value());
        auto const caller = stranger(district);
        OpenOne one{item_of(summaries(tx, library.clock, caller, {*resource}).front()), *resource, *version, {}, {}};
        if (resource->textbook_id) {
            if (auto const book = store::find_textbook(tx, *resource->textbook_id)) one.textbook_title = book->title;
        }
        if (resource->kind == Kind::pack) one.things = things_of(tx, library.clock, caller, *resource);
        return one;
    });
}

bool is_open_file(Library const& library, core::DistrictId district, ResourceId const& id, core::FileId const& file) {
    return library.db.read(district, [&](sql::Tx& tx) {
        auto const resource = store::find(tx, id);
        if (!resource || !is_open(*resource)) return false;
        auto const version = store::find_version(tx, id, resource->current_version);
        return version &&
               (version->file_id == file || version->preview_file_id == file || version->thumbnail_file_id == file);
    });
}

}  // namespace santong::resources
