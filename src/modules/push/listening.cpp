#include <algorithm>

#include "core/json.hpp"
#include "modules/messages/service.hpp"
#include "modules/nodes/service_served.hpp"
#include "modules/push/arriving.hpp"
#include "modules/push/service_listening.hpp"
#include "modules/push/store.hpp"
#include "modules/resources/service_contents.hpp"
#include "modules/roster/service.hpp"
#include "modules/teaching/service.hpp"

namespace santong::push {

namespace {

constexpr int told_days = 30;  // so long ago what came is still remembered as asked for

class Listener final : public feed::Consumer {
public:
    explicit Listener(Standpoint standpoint) : standpoint_(standpoint) {}

    std::string name() const override { return "push"; }
    bool wants(std::string_view type) const override {
        return type == "resources.Viewed" || type == "resources.Resource";
    }
    void handle(sql::Tx& tx, feed::Entry const& entry) override {
        if (entry.type == "resources.Viewed") {
            // Each use is counted once, at the place where it was.
            if (entry.origin == feed::origin()) viewed(tx, read<resources::Viewed>(entry));
        } else if (entry.kind == feed::EntryKind::put) {
            auto const id = ResourceId::parse(entry.entity_id);
            auto const resource = id ? resources::resource(tx, *id) : std::nullopt;
            if (resource && resources::is_gone(*resource)) gone(tx, *resource, entry.at);
        }
    }
    bool snapshot(sql::Tx&) override { return true; }

private:
    template <class T>
    static T read(feed::Entry const& entry) {
        return core::json::read<T>(entry.body.value, core::json::UnknownFields::ignore).value();
    }

    void viewed(sql::Tx& tx, resources::Viewed const& viewed) const {
        auto const orders = store::orders_with(tx, viewed.resource_id);
        if (orders.empty()) return;
        // Above, a school with a box writes its own receipts.
        if (!standpoint_.box_of && nodes::served_below(tx).contains(viewed.school_id)) return;
        for (auto const& order : orders) {
            auto receipt = store::receipt(tx, receipt_id(order.id, viewed.school_id));
            if (!receipt || !receipt->first_at) continue;
            ++receipt->uses;
            if (!receipt->used_at) receipt->used_at = viewed.at;
            receipt->last_used_at = viewed.at;
            receipt->updated_at = viewed.at;
            keep_receipt(tx, *receipt);
        }
    }

    void gone(sql::Tx& tx, resources::Resource const& resource, core::Instant at) const {
        if (standpoint_.box_of)
            answer(tx, resource, *standpoint_.box_of, at);
        else
            take_out(tx, resource.id, at);
        auto const now = standpoint_.clock->now();
        std::vector<core::PersonId> askers;
        for (auto request : store::requests_for(tx, resource.id, now.plus_days(-told_days))) {
            request.state = RequestState::gone;
            keep_request(tx, request);
            askers.push_back(request.person_id);
        }
        // Told above, where everybody's messages come from: a box hears of it with the recall itself.
        if (!standpoint_.box_of && !askers.empty()) tell(tx, resource, askers, now);
    }

    static void tell(sql::Tx& tx, resources::Resource const& resource, std::vector<core::PersonId> const& askers,
                     core::Instant now) {
        messages::Notice notice;
        notice.kind = messages::MessageKind::request_gone;
        notice.about = "push.Request gone " + resource.id.text();
        notice.href = "/resources/" + resource.id.text();
        notice.subject = resource.subject;
        messages::send(tx, now, notice, askers);
    }

    /// Nobody here can open it any more from the moment in which this place knows.
    void answer(sql::Tx& tx, resources::Resource const& resource, core::OrgId const& school, core::Instant at) const {
        auto const id = recall_id(resource.id, school);
        auto const known = store::recall(tx, id);
        if (known && known->removed_at >= at) return;
        PushRecall recall;
        recall.id = id;
        recall.resource_id = resource.id;
        recall.school_id = school;
        recall.removed_at = standpoint_.clock->now();
        for (auto const& part : resources::contents_of(tx, {resource.id}))
            recall.was_here = recall.was_here || standpoint_.contents->open(part.sha256).has_value();
        recall.in_class = in_class(tx, resource.id);
        store::put_recall(tx, recall);
        feed::put(tx, {"push.Recall", id.text(), school}, recall);
    }

    bool in_class(sql::Tx& tx, ResourceId const& resource) const {
        auto const today = roster::today(tx, *standpoint_.clock);
        std::vector<teaching::SessionId> running;
        for (auto const& school : roster::schools(tx)) {
            for (auto const& session : teaching::sessions_of_school(tx, school.id, today, today)) {
                if (!session.ended_at) running.push_back(session.id);
            }
        }
        auto const shown = teaching::session_resources(tx, running);
        return std::ranges::find(shown, resource, &teaching::SessionResource::resource_id) != shown.end();
    }

    /// What was taken away travels no more: orders go on without it, and end where nothing is left.
    static void take_out(sql::Tx& tx, ResourceId const& resource, core::Instant at) {
        for (auto const& before : store::orders_with(tx, resource)) {
            if (!before.runs()) continue;
            auto items = store::items(tx, {before.id});
            auto contents = store::contents(tx, {before.id});
            auto const taken = std::erase_if(
                items, [&](PushItem const& one) { return one.resource_id == resource || one.pack_id == resource; });
            if (taken == 0) continue;
            leave_out(tx, contents, items);
            store::replace_items(tx, before.id, items, contents);
            auto order = before;
            order.updated_at = std::max(at, before.updated_at.plus_ms(1));
            if (contents.empty()) {
                order.state = PushState::cancelled;
                order.ended_at = at;
            }
            store::update_order(tx, order, before);
            say_order(tx, order);
        }
    }

    /// Contents of what is left; one that was shared with what is gone comes with the other from now on.
    static void leave_out(sql::Tx& tx, std::vector<PushContent>& contents, std::vector<PushItem> const& items) {
        std::vector<ResourceId> left;
        for (auto const& one : items) left.push_back(one.resource_id);
        std::map<std::string, ResourceId> holders;
        for (auto const& part : resources::contents_of(tx, left)) holders.emplace(part.sha256, part.resource_id);
        std::erase_if(contents, [&](PushContent& one) {
            auto const holder = holders.find(one.sha256);
            if (holder == holders.end()) return true;
            one.resource_id = holder->second;
            return false;
        });
    }

    Standpoint standpoint_;
};

}  // namespace

std::unique_ptr<feed::Consumer> push_listener(Standpoint standpoint) {
    return std::make_unique<Listener>(standpoint);
}

}  // namespace santong::push
