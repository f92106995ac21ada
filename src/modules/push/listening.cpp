#include <algorithm>

#include "core/json.hpp"
#include "modules/nodes/service_served.hpp"
#include "modules/push/arriving.hpp"
#include "modules/push/service_listening.hpp"
#include "modules/push/store.hpp"
#include "modules/resources/service_contents.hpp"
#include "modules/roster/service.hpp"
#include "modules/teaching/service.hpp"

namespace santong::push {

namespace {

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
        for (auto request : store::waiting_requests(tx)) {
            if (request.resource_id != resource.id) continue;
            request.state = RequestState::gone;
            keep_request(tx, request);
        }
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
            std::set<ResourceId> left;
            for (auto const& one : items) left.insert(one.resource_id);
            std::erase_if(contents, [&](PushContent const& one) { return !left.contains(one.resource_id); });
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

    Standpoint standpoint_;
};

}  // namespace

std::unique_ptr<feed::Consumer> push_listener(Standpoint standpoint) {
    return std::make_unique<Listener>(standpoint);
}

}  // namespace santong::push
