#include "modules/push/service_reminders.hpp"

#include <algorithm>

#include "modules/messages/service.hpp"
#include "modules/push/overview.hpp"
#include "modules/roster/service.hpp"

namespace santong::push {

namespace {

constexpr int remembered_days = 140;  // a term: what is older reminds nobody

/// Who sees to a school's resources.
std::vector<core::PersonId> office_of(sql::Tx& tx, core::OrgId const& school, core::LocalDate today) {
    for (auto const role : {auth::Role::academic, auth::Role::technician, auth::Role::principal}) {
        auto people = roster::holders(tx, role, school, "", today);
        if (!people.empty()) return people;
    }
    return {};
}

messages::Notice notice_of(PushOrder const& order, core::OrgId const& school) {
    messages::Notice notice;
    notice.kind = messages::MessageKind::push_unused;
    notice.about = "push.Order unused " + order.id.text() + ' ' + school.text();
    notice.href = "/push/orders/" + order.id.text();
    notice.place = school;
    notice.subject = order.subject;
    return notice;
}

}  // namespace

int remind_unused(sql::Database& db, core::DistrictId district, core::Clock const& clock) {
    return db.transact(district, [&](sql::Tx& tx) {
        auto const now = clock.now();
        auto const today = roster::district(tx).zone().date_of(now);
        auto orders = store::orders(tx, {PushState::open, PushState::paused, PushState::ended});
        std::erase_if(orders, [&](PushOrder const& one) { return one.created_at < now.plus_days(-remembered_days); });
        std::vector<OrderId> ids;
        for (auto const& one : orders) ids.push_back(one.id);
        auto const known = store::unused_told(tx, ids);
        Overview const overview(tx, now, orders);
        int told = 0;
        for (auto const& order : orders) {
            for (auto const& d : overview.of(order.id)) {
                auto const& school = d.target.school_id;
                if (lying(d, now) != Lying::unused || known.contains({order.id, school})) continue;
                auto const people = office_of(tx, school, today);
                if (people.empty()) continue;  // whoever comes is told
                messages::send(tx, now, notice_of(order, school), people);
                store::note_unused_told(tx, order.id, school, now);
                ++told;
            }
        }
        return told;
    });
}

}  // namespace santong::push
