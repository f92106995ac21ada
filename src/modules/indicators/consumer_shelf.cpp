#include <map>
#include <stdexcept>

#include "core/json.hpp"
#include "modules/indicators/facts.hpp"
#include "modules/roster/service.hpp"

namespace santong::indicators {

namespace {

struct ResourceEntry {
    core::Uuid id;
    std::string kind;
    std::string scope;
    std::string state;
    core::OrgId school_id;
    std::optional<core::Instant> published_at;
};
BOOST_DESCRIBE_STRUCT(ResourceEntry, (), (id, kind, scope, state, school_id, published_at))

struct ItemEntry {
    std::string subject_kind;
    std::string subject_id;
    std::string state;
    core::Instant opened_at;
    std::optional<core::Instant> closed_at;
};
BOOST_DESCRIBE_STRUCT(ItemEntry, (), (subject_kind, subject_id, state, opened_at, closed_at))

struct PlanEntry {
    std::int32_t school_year = 0;
};
BOOST_DESCRIBE_STRUCT(PlanEntry, (), (school_year))

template <class T>
T read_body(feed::Entry const& entry) {
    auto body = core::json::read<T>(entry.body.value, core::json::UnknownFields::ignore);
    if (!body) throw std::runtime_error(entry.type + " is not readable: " + body.error().key);
    return std::move(*body);
}

struct Shelf {
    std::map<core::Uuid, std::optional<PublishedFact>> published;
    std::map<core::Uuid, ReviewFact> reviews;
    std::set<std::int32_t> school_years;
    std::optional<core::Zone> zone;
    std::int64_t last_seq = 0;
};

class ShelfReader final : public feed::Consumer {
public:
    std::string name() const override { return "indicators.shelf"; }
    bool wants(std::string_view) const override { return true; }

    void handle(sql::Tx& tx, feed::Entry const& entry) override {
        auto& shelf = tx.attachment<Shelf>();
        shelf.last_seq = entry.seq;
        if (entry.type == "resources.Resource")
            take_resource(tx, shelf, entry);
        else if (entry.type == "workflow.Item")
            take_item(shelf, entry);
        else if (entry.type == "timetable.CoursePlan")
            shelf.school_years.insert(read_body<PlanEntry>(entry).school_year);
    }

    void batch_done(sql::Tx& tx) override {
        auto& shelf = tx.attachment<Shelf>();
        write(tx, shelf);
        for (auto const year : shelf.school_years) {
            store::mark_weeks_dirty(tx, {static_cast<std::int16_t>(year), 8, 1},
                                    {static_cast<std::int16_t>(year + 1), 7, 31});
        }
        if (feed::last_seq(tx) - shelf.last_seq <= store::far_behind) compute_dirty(tx);
    }

private:
    static void take_resource(sql::Tx& tx, Shelf& shelf, feed::Entry const& entry) {
        auto const id = core::Uuid::parse(entry.entity_id);
        if (!id) throw std::runtime_error(entry.type + " has no id");
        auto& slot = shelf.published[*id];
        slot.reset();
        if (entry.kind == feed::EntryKind::remove) return;
        auto const one = read_body<ResourceEntry>(entry);
        // A pack holds what is counted already.
        bool const open = one.state == "published" && one.published_at && one.scope != "self" && one.scope != "group" &&
                          one.kind != "pack";
        if (!open) return;
        if (!shelf.zone) shelf.zone = roster::district(tx).zone();
        slot = PublishedFact{*id, one.school_id, monday_of(shelf.zone->date_of(*one.published_at))};
    }
    static void take_item(Shelf& shelf, feed::Entry const& entry) {
        if (entry.kind == feed::EntryKind::remove) return;
        auto const one = read_body<ItemEntry>(entry);
        auto const id = core::Uuid::parse(one.subject_id);
        if (one.subject_kind != "resource" || one.state != "approved" || !one.closed_at || !id) return;
        shelf.reviews[*id] = {*id, (one.closed_at->ms - one.opened_at.ms) / 1000};
    }
    static void write(sql::Tx& tx, Shelf& shelf) {
        std::set<store::WeekCell> cells;
        std::vector<core::Uuid> ids, gone;
        std::vector<PublishedFact> put;
        for (auto const& [id, fact] : shelf.published) {
            ids.push_back(id);
            if (fact)
                put.push_back(*fact);
            else
                gone.push_back(id);
        }
        std::vector<ReviewFact> reviews;
        for (auto const& [id, fact] : shelf.reviews) {
            ids.push_back(id);
            reviews.push_back(fact);
        }
        for (auto const& cell : store::weeks_of_published(tx, ids)) cells.insert(cell);
        store::remove_published(tx, gone);
        store::put_published(tx, put);
        store::put_reviews(tx, reviews);
        for (auto const& fact : put) cells.insert({fact.school_id, fact.monday});
        store::mark_dirty(tx, cells);
    }
};

}  // namespace

std::unique_ptr<feed::Consumer> shelf_reader() {
    return std::make_unique<ShelfReader>();
}

}  // namespace santong::indicators
