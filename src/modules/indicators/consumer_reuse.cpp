#include <algorithm>
#include <map>
#include <stdexcept>

#include "core/json.hpp"
#include "modules/indicators/shelf_weeks.hpp"
#include "modules/resources/service.hpp"
#include "modules/roster/service.hpp"
#include "modules/teaching/service.hpp"

namespace santong::indicators {

namespace {

struct UseEntry {
    core::Uuid session_id;
    core::Uuid resource_id;
    core::OrgId school_id;
    core::LocalDate date;
};
BOOST_DESCRIBE_STRUCT(UseEntry, (), (session_id, resource_id, school_id, date))

struct PlannedEntry {
    core::PersonId owner_person;
    core::OrgId school_id;
    teaching::PlanContent content;
    core::Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(PlannedEntry, (), (owner_person, school_id, content, updated_at))

struct SavedEntry {
    core::Uuid resource_id;
    core::OrgId school_id;
    core::Instant at;
};
BOOST_DESCRIBE_STRUCT(SavedEntry, (), (resource_id, school_id, at))

template <class T>
T body_of(feed::Entry const& entry) {
    auto body = core::json::read<T>(entry.body.value, core::json::UnknownFields::ignore);
    if (!body) throw std::runtime_error(entry.type + " is not readable: " + body.error().key);
    return std::move(*body);
}

/// A use as it was told; whose it was is asked for when the batch is over and not kept.
struct Told {
    ReuseFact fact;
    std::optional<core::PersonId> by;
};

struct Uses {
    std::vector<Told> told;
    std::map<core::Uuid, std::optional<PlannedEntry>> plans;
    std::optional<core::Zone> zone;
};

class ReuseReader final : public feed::Consumer {
public:
    std::string name() const override { return reuse_reader_name; }
    bool wants(std::string_view type) const override {
        return std::ranges::find(reuse_types(), type) != reuse_types().end();
    }

    void handle(sql::Tx& tx, feed::Entry const& entry) override {
        auto& uses = tx.attachment<Uses>();
        if (!uses.zone) uses.zone = roster::district(tx).zone();
        if (entry.type == "teaching.SessionUse") {
            auto const one = body_of<UseEntry>(entry);
            uses.told.push_back(
                {{one.resource_id, one.school_id, monday_of(one.date), "lesson", one.session_id}, std::nullopt});
        } else if (entry.type == "resources.Saved") {
            auto const one = body_of<SavedEntry>(entry);
            auto const monday = monday_of(uses.zone->date_of(one.at));
            uses.told.push_back({{one.resource_id, one.school_id, monday, "saved", one.school_id.value}, std::nullopt});
        } else {
            auto const id = core::Uuid::parse(entry.entity_id);
            if (!id) throw std::runtime_error(entry.type + " has no id");
            auto& slot = uses.plans[*id];
            slot.reset();
            if (entry.kind != feed::EntryKind::remove) slot = body_of<PlannedEntry>(entry);
        }
    }

    void batch_done(sql::Tx& tx) override {
        auto& uses = tx.attachment<Uses>();
        for (auto const& [id, plan] : uses.plans) take_plan(tx, uses, id, plan);
        write(tx, uses.told);
    }

private:
    /// A resource that a plan holds is used from the week in which it came; one that was taken out is not any more.
    static void take_plan(sql::Tx& tx, Uses& uses, core::Uuid const& id, std::optional<PlannedEntry> const& plan) {
        auto const before = store::reused_in_plan(tx, id);
        std::vector<core::Uuid> gone = before;
        if (plan) {
            auto const monday = monday_of(uses.zone->date_of(plan->updated_at));
            for (auto const& one : teaching::resources_of(plan->content)) {
                std::erase(gone, one.value);
                bool const known = std::ranges::find(before, one.value) != before.end();
                if (!known) uses.told.push_back({{one.value, plan->school_id, monday, "plan", id}, plan->owner_person});
            }
        }
        store::remove_plan_reuses(tx, id, gone);
    }

    /// Without what is of the school itself, and what its giver did with it himself elsewhere.
    static void write(sql::Tx& tx, std::vector<Told> const& told) {
        std::vector<resources::ResourceId> ids;
        for (auto const& one : told) ids.push_back(resources::ResourceId{one.fact.resource_id});
        std::ranges::sort(ids);
        ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
        std::map<core::Uuid, resources::Resource> given;
        for (auto& one : resources::resources(tx, ids)) given.emplace(one.id.value, std::move(one));
        std::vector<ReuseFact> facts;
        for (auto const& one : told) {
            auto const at = given.find(one.fact.resource_id);
            if (at == given.end() || at->second.school_id == one.fact.school_id) continue;
            if (user_of(tx, one) != at->second.owner_person) facts.push_back(one.fact);
        }
        store::put_reuses(tx, facts);
    }
    static std::optional<core::PersonId> user_of(sql::Tx& tx, Told const& one) {
        if (one.fact.how != "lesson") return one.by;
        auto const session = teaching::session(tx, teaching::SessionId{one.fact.source_id});
        return session ? std::optional(session->teacher_id) : std::nullopt;
    }
};

}  // namespace

std::vector<std::string> const& reuse_types() {
    static std::vector<std::string> const types{"teaching.SessionUse", "teaching.LessonPlan", "resources.Saved"};
    return types;
}

std::unique_ptr<feed::Consumer> reuse_reader() {
    return std::make_unique<ReuseReader>();
}

}  // namespace santong::indicators
