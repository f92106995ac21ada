#include "review_world.hpp"

namespace santong::test {

using namespace workflow;

namespace {

std::string word(Outcome outcome) {
    switch (outcome) {
        case Outcome::passed_step: return "passed_step";
        case Outcome::approved: return "approved";
        case Outcome::returned: return "returned";
        case Outcome::withdrawn: return "withdrawn";
    }
    return {};
}

void prepare_notes() {
    Subject notes;
    notes.kind = "note";
    notes.checklist = {{"note.true", "note.content"}, {"note.short", "note.content"}};
    notes.automatic = [](sql::Tx&, Item const&) {
        auto const state = ReviewWorld::broken() ? CheckState::failed : CheckState::passed;
        return std::vector<AutomaticCheck>{{"note.whole", "note.content", state, "note.whole.yes", {}, {}}};
    };
    notes.on_outcome = [](sql::Tx&, Item const& item, Outcome outcome, std::string const&, core::Instant) {
        ReviewWorld::outcomes().push_back(item.subject_id + " " + word(outcome));
    };
    register_subject(std::move(notes));
}

}  // namespace

ReviewWorld::ReviewWorld() {
    prepare_notes();
    outcomes().clear();
    broken() = false;
}

std::vector<std::string>& ReviewWorld::outcomes() {
    static std::vector<std::string> heard;
    return heard;
}

bool& ReviewWorld::broken() {
    static bool state = false;
    return state;
}

core::Result<Item> ReviewWorld::submit(auth::Caller const& author, core::OrgId const& school, std::string const& note,
                                       std::string const& scope) {
    return transact([&](sql::Tx& tx) {
        return start(tx, clock, author, {"note", note, note, scope, school, "14", {R"({"kind":"video"})"}});
    });
}

core::Result<Review> ReviewWorld::approve(auth::Caller const& caller, ItemId const& id) {
    return decide(db(), clock, caller, id,
                  {DecisionKind::approve, "", std::vector<std::string>{"note.true", "note.short"}});
}

core::Result<Review> ReviewWorld::send_back(auth::Caller const& caller, ItemId const& id, std::string const& reason) {
    return decide(db(), clock, caller, id, {DecisionKind::return_, reason, {}});
}

Item ReviewWorld::row(std::string const& note) const {
    return read([&](sql::Tx& tx) { return item_of(tx, "note", note).value(); });
}

std::vector<std::string> ReviewWorld::queue(auth::Caller const& caller) const {
    std::vector<std::string> notes;
    auto const page = reviews(db(), caller, {}).value();
    for (auto const& row : page.items) notes.push_back(row.title);
    return notes;
}

void ReviewWorld::appoint(core::PersonId const& person, core::OrgId const& org, auth::Role role,
                          std::string const& subject) {
    roster::BulkRoster bulk;
    bulk.posts.push_back({roster::PostId::make(), person, org, role, subject, "", today(), {}});
    transact([&](sql::Tx& tx) { SANTONG_ASSERT(roster::write_bulk(tx, bulk, clock).has_value()); });
}

void ReviewWorld::vacate(core::PersonId const& person) {
    roster::BulkRoster bulk;
    bulk.posts = read([&](sql::Tx& tx) { return roster::posts_of(tx, person, today()); });
    for (auto& post : bulk.posts) post.to_date = today().plus_days(-1);
    transact([&](sql::Tx& tx) { SANTONG_ASSERT(roster::write_bulk(tx, bulk, clock).has_value()); });
}

}  // namespace santong::test
