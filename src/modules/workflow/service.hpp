#pragma once
// The door of workflow: modules whose things are reviewed start items here and learn of the outcome.
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "modules/messages/domain.hpp"
#include "modules/workflow/domain.hpp"
#include "platform/auth/caller.hpp"
#include "platform/sql/database.hpp"

namespace santong::workflow {

/// What a module wants reviewed. The school and the subject must come from its own rows, never from a request.
struct NewItem {
    std::string subject_kind;
    std::string subject_id;
    std::string title;
    std::string scope;
    core::OrgId origin_school_id;
    std::string subject_code;
    core::RawJson facts{"{}"};
    std::string path{};  ///< name of its path where that is not the scope's
};

/// What became of an item at one decision.
enum class Outcome : int {
    passed_step,  ///< approved, and the next step has it now
    approved,     ///< the last step approved
    returned,
    withdrawn
};

/// What workflow asks of the module whose things are reviewed. Calls run inside the deciding transaction.
struct Subject {
    std::string kind;
    std::vector<CheckItem> checklist;
    /// What the program checks itself; may be empty.
    std::function<std::vector<AutomaticCheck>(sql::Tx&, Item const&)> automatic;
    /// Told of every outcome, so that the thing's own state moves in the same transaction.
    std::function<void(sql::Tx&, Item const&, Outcome, std::string const& reason, core::Instant at)> on_outcome;
    /// Steps of a path by its name, empty for an unknown one.
    std::function<std::vector<StepRule>(std::string_view path)> path = usual_path;
    /// The names of its paths.
    std::vector<std::string> path_names = {"group", "school", "area", "district", "public"};
    /// Whether the thing is here: a review of what is not is not taken from another place.
    std::function<bool(sql::Tx&, std::string const& subject_id)> stands = {};
    /// Where the author reads of his thing: this and its id; empty = "/<kind>s/".
    std::string page;
    messages::MessageKind told_approved = messages::MessageKind::review_approved;
    messages::MessageKind told_returned = messages::MessageKind::review_returned;
};

/// At start only: makes a kind of thing reviewable.
void register_subject(Subject subject);

/// The days from `from` to `to` on which an organisation is at school (校历), in order.
using SchoolDays = std::vector<core::LocalDate> (*)(sql::Tx& tx, core::OrgId const& org, core::LocalDate from,
                                                    core::LocalDate to);
/// At start only: whom deadlines ask for school days. Without one, Mondays to Fridays are.
void register_school_days(SchoolDays calendar);

/// Whether the people of an organisation are known at the place above only: a school's box does not hold the county's
/// posts, so a step there finds its people when the item has come up.
using PeopleAbove = std::function<bool(sql::Tx& tx, core::OrgId const& org)>;
/// At start only; empty = all people are known here.
void register_people_above(PeopleAbove above);

/// Starts the review of a thing in the caller's name, or reopens a returned one as the next round, at the
/// step that returned it. Refuses "workflow.already_open", "workflow.unknown_scope", "workflow.no_reviewer".
core::Result<Item> start(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller, NewItem const& wish);

/// The author takes his item back while it is open ("workflow.not_open", "workflow.not_yours").
core::Result<Item> withdraw(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller, ItemId const& id);

/// Ends an open review because the thing itself was taken away; without telling the subject, which asked for it.
void cancel(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller, std::string const& subject_kind,
            std::string const& subject_id, std::string const& reason);

/// Titles of items by their id, for the audit log: adds those it knows.
void name_items(sql::Tx& tx, std::vector<core::Uuid> const& ids, std::map<std::string, std::string>& names);

/// The same of those that a reader has sent in himself, for his messages.
void name_own_items(sql::Tx& tx, core::PersonId const& reader, std::vector<core::Uuid> const& ids,
                    std::map<std::string, std::string>& names);

/// How a caller stands to the review of a thing.
enum class Standing : int {
    none,
    current,  ///< may decide now
    earlier,  ///< decided at an earlier step or round of it
};
Standing standing(sql::Tx& tx, auth::Caller const& caller, std::string const& subject_kind,
                  std::string const& subject_id);

/// The open item of a thing, or else its latest one.
std::optional<Item> item_of(sql::Tx& tx, std::string const& subject_kind, std::string const& subject_id);

/// What happened to a thing, oldest first, over all its items and rounds. For the author and for those who may know
/// persons; the review screens use `review` (service_review.hpp), which hides them.
std::vector<DecisionRow> history(sql::Tx& tx, std::string const& subject_kind, std::string const& subject_id);

/// Whether the last approval of a thing gave a mark, and was a reviewer's of the county.
bool marked(sql::Tx& tx, Item const& item, std::string const& mark);

/// The steps of an item's latest round.
std::vector<Step> steps(sql::Tx& tx, ItemId const& id);

/// Writes items as they are and says each in the feed.
void write_bulk(sql::Tx& tx, BulkItems const& bulk);

/// The path row of a scope, written on first use; `write_bulk` items name it.
PathId path_of(sql::Tx& tx, std::string const& subject_kind, std::string const& scope);

}  // namespace santong::workflow
