#include "modules/resources/service_mark.hpp"

#include <algorithm>

#include "core/json.hpp"
#include "modules/messages/service.hpp"
#include "modules/resources/permissions.hpp"
#include "modules/resources/store.hpp"
#include "modules/resources/views_of.hpp"
#include "modules/workflow/service.hpp"
#include "platform/auth/audit.hpp"
#include "platform/text/utf8.hpp"

namespace santong::resources {

namespace {

/// What the audit log keeps; the reason stands in the resource's history.
struct MarkNote {
    bool fine = false;
};
BOOST_DESCRIBE_STRUCT(MarkNote, (), (fine))

bool reviews_for_district(sql::Tx& tx, auth::Caller const& caller, Resource const& resource) {
    if (!caller.may(tx, permissions::mark_fine, resource.school_id)) return false;
    auto const subjects = caller.subjects(permissions::mark_fine);
    return subjects.empty() || std::ranges::find(subjects, resource.subject) != subjects.end();
}

}  // namespace

bool may_mark(sql::Tx& tx, auth::Caller const& caller, Resource const& resource) {
    return resource.state == State::published && resource.owner_person != caller.person &&
           reviews_for_district(tx, caller, resource);
}

std::vector<Mark> marks(sql::Tx& tx, ResourceId const& id) {
    return store::marks(tx, id);
}

core::Result<ResourceView> set_mark(Library const& library, auth::Caller const& caller, ResourceId const& id,
                                    FineMarkRequest const& wish) {
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ResourceView> {
        auto const before = TRY(readable(tx, caller, id));
        if (!reviews_for_district(tx, caller, before)) return core::forbidden();
        if (before.owner_person == caller.person) return core::forbidden("resources.mark_of_own");
        TRY_VOID(workflow::check_reason(wish.reason));
        if (before.state != State::published) return core::conflict("resources.not_published");
        if (before.fine == wish.fine) return core::conflict("resources.marked_already");
        Resource resource = before;
        resource.fine = wish.fine;
        TRY_VOID(save(library, tx, resource, before));
        auto const now = library.clock.now();
        store::insert_mark(
            tx, {core::Uuid::make(), id, wish.fine, std::string(text::trim(wish.reason)), caller.person, now});
        auth::audit(tx, caller, {"resources.set_mark", id.text(), core::json::write(MarkNote{wish.fine})});
        messages::Notice notice;
        notice.kind = wish.fine ? messages::MessageKind::resource_marked : messages::MessageKind::resource_unmarked;
        notice.about = id.text();
        notice.href = "/resources/" + id.text();
        messages::send(tx, now, notice, {resource.owner_person});
        return view_in(library, tx, caller, resource);
    });
}

}  // namespace santong::resources
