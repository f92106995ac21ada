#pragma once
// What the review screens send and see.
#include "modules/workflow/domain.hpp"

namespace santong::workflow {

/// One line of a queue.
struct ReviewRow {
    ItemId id;
    std::string subject_kind;
    std::string subject_id;
    std::string title;
    std::string scope;
    std::string subject_code;
    std::string subject_title;  ///< in the language of the request
    core::OrgId school_id;
    std::string school_name;
    core::RawJson facts{"{}"};
    ItemState state = ItemState::open;
    int round = 1;
    std::string step_name;  ///< i18n key
    core::Instant due_at;
    core::Instant step_since;
    bool handed_to_me = false;
    int ticked = 0;
    int to_tick = 0;
    bool filled = false;                      ///< its sheet is complete: may be decided in a batch
    std::optional<DecisionKind> my_decision;  ///< in the list of what I decided
    std::optional<core::Instant> decided_at;
};
BOOST_DESCRIBE_STRUCT(ReviewRow, (),
                      (id, subject_kind, subject_id, title, scope, subject_code, subject_title, school_id, school_name,
                       facts, state, round, step_name, due_at, step_since, handed_to_me, ticked, to_tick, filled,
                       my_decision, decided_at))

struct ReviewQuery {
    std::string state = "mine";  ///< "mine" = waits for me, "done" = I decided
    std::string subject_kind;
    std::string kind;  ///< what the facts say it is, such as "video"
    std::string after;
    int limit = 50;  ///< 1–100
};
BOOST_DESCRIBE_STRUCT(ReviewQuery, (), (state, subject_kind, kind, after, limit))

/// A line of the review sheet as the caller sees it.
struct SheetLine {
    std::string key;
    std::string group;
    bool automatic = false;
    bool ticked = false;                    ///< by the caller
    CheckState state = CheckState::passed;  ///< of an automatic line
    std::string detail;
    std::map<std::string, std::string> params;
    std::optional<std::string> found_in;  ///< id of the thing that an automatic line is about
    bool mark = false;                    ///< a mark that may be given besides; it need not be ticked
};
BOOST_DESCRIBE_STRUCT(SheetLine, (), (key, group, automatic, ticked, state, detail, params, found_in, mark))

/// What happened, without persons.
struct ReviewEvent {
    DecisionKind decision = DecisionKind::submit;
    int round = 1;
    int step_number = 0;
    std::string step_name;
    std::string reason;
    core::Instant at;
    bool mine = false;
};
BOOST_DESCRIBE_STRUCT(ReviewEvent, (), (decision, round, step_number, step_name, reason, at, mine))

struct StepView {
    int number = 1;
    std::string name;
    std::string pool_role;
    bool fell_back = false;
};
BOOST_DESCRIBE_STRUCT(StepView, (), (number, name, pool_role, fell_back))

struct Review {
    ReviewRow item;
    int step_number = 1;
    std::vector<StepView> steps;
    std::vector<ReviewEvent> events;
    std::vector<SheetLine> sheet;
    bool may_decide = false;
    std::string author_name;  ///< empty until the caller has decided
};
BOOST_DESCRIBE_STRUCT(Review, (), (item, step_number, steps, events, sheet, may_decide, author_name))

struct DecisionRequest {
    DecisionKind decision = DecisionKind::approve;      ///< approve or return
    std::optional<std::string> reason;                  ///< needed for a return
    std::optional<std::vector<std::string>> checklist;  ///< keys ticked; absent = as saved
};
BOOST_DESCRIBE_STRUCT(DecisionRequest, (), (decision, reason, checklist))

struct BatchRequest {
    std::vector<ItemId> item_ids;  ///< at most 50
    DecisionKind decision = DecisionKind::approve;
    std::optional<std::string> reason;  ///< needed for a return
};
BOOST_DESCRIBE_STRUCT(BatchRequest, (), (item_ids, decision, reason))

/// What became of each item of a batch; `problem` is an i18n key, empty where it was done.
struct BatchRow {
    ItemId item_id;
    bool done = false;
    std::string problem;
};
BOOST_DESCRIBE_STRUCT(BatchRow, (), (item_id, done, problem))
struct BatchAnswer {
    std::vector<BatchRow> rows;
};
BOOST_DESCRIBE_STRUCT(BatchAnswer, (), (rows))

struct ChecklistRequest {
    std::vector<std::string> ticked;
};
BOOST_DESCRIBE_STRUCT(ChecklistRequest, (), (ticked))

struct DelegateRequest {
    core::PersonId person_id;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(DelegateRequest, (), (person_id, reason))

/// Somebody to whom an item may be handed.
struct Deputy {
    core::PersonId person_id;
    std::string name;
    std::string role;
};
BOOST_DESCRIBE_STRUCT(Deputy, (), (person_id, name, role))
struct Deputies {
    std::vector<Deputy> people;
};
BOOST_DESCRIBE_STRUCT(Deputies, (), (people))

struct WaitingKind {
    std::string kind;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(WaitingKind, (), (kind, count))

/// Figures above a queue. `median_days` is over the reviews that ended in the last 90 days; none if none did.
struct ReviewSummary {
    std::int64_t waiting = 0;
    std::int64_t late = 0;       ///< whose day is over
    std::int64_t late_days = 0;  ///< of the one that waits longest, begun days counted
    std::int64_t due_soon = 0;   ///< within a day
    std::vector<WaitingKind> kinds;
    std::int64_t open_in_district = 0;
    std::optional<double> median_days;
    int target_days = usual_days;
};
BOOST_DESCRIBE_STRUCT(ReviewSummary, (),
                      (waiting, late, late_days, due_soon, kinds, open_in_district, median_days, target_days))

}  // namespace santong::workflow
