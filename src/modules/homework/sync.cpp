#include "modules/homework/sync.hpp"

#include "modules/homework/access.hpp"
#include "modules/homework/store.hpp"
#include "modules/roster/sync.hpp"

namespace santong::homework {

namespace {

/// SELECT of the files that homework and works use; `which` compares the id of either.
std::string files_used(std::string const& which_homework, std::string const& which_work) {
    return roster::files_of_holders(homework_holder, which_homework) + " UNION " +
           roster::files_of_holders(work_holder, which_work);
}

std::optional<Homework> homework_of(sql::Tx& tx, std::string const& text) {
    auto const id = HomeworkId::parse(text);
    return id ? store::find(tx, *id) : std::nullopt;
}

bool is_set(sql::Tx& tx, std::string const& id) {
    auto const homework = homework_of(tx, id);
    return homework && !homework->withdrawn_at;
}

void say_homework(sql::Tx& tx, std::string const& id) {
    if (auto const homework = homework_of(tx, id)) access::announce(tx, *homework);
}

}  // namespace

void add_shapes(sync::Shapes& shapes) {
    using sync::Direction;
    auto const in = [](std::string const& table) {
        return "IN (SELECT CAST(id AS TEXT) FROM (" + roster::held_in(table) + ") AS mine)";
    };
    roster::add_file_shapes(shapes, {"homework", files_used(in("homework"), in("homework_submission")), {}});
    auto const brought = [](std::string const& holder) -> std::vector<sync::Shape::Brings> {
        auto const files = roster::files_of_holders(holder, "= CAST($2 AS TEXT)");
        return {{"homework.File", files}, {"homework.FileLinks", files}};
    };
    // The county's limits and the school's own: a child writes the latter.
    auto const own_limits = "SELECT org_id AS id FROM homework_limits WHERE district_id = $1 AND org_id IN (" +
                            roster::subtree_held() + ")";
    shapes.add({.type = "homework.Limits",
                .direction = Direction::both,
                .tables = {{.name = "homework_limits", .key = "org_id"}},
                .held = own_limits +
                        " UNION SELECT org_id AS id FROM homework_limits WHERE district_id = $1 AND org_id IN"
                        " (SELECT ancestor_id FROM org_closure WHERE district_id = $1 AND org_id = $2)",
                .writes = own_limits});
    shapes.add({.type = "homework.Homework",
                .direction = Direction::both,
                .tables = {{.name = "homework"}, {.name = "homework_class", .key = "homework_id"}},
                .held = roster::held_in("homework"),
                .brings = brought(homework_holder),
                .compared = {.owner = "teacher_id",
                             .fields = {{"title"}, {"text"}, {"minutes"}},
                             .open = is_set,
                             .changed = say_homework}});
    // A teacher's own; also when the last one is gone.
    shapes.add({.type = "homework.Phrases",
                .direction = Direction::both,
                .tables = {{.name = "homework_phrase", .key = "teacher_id"}},
                .held = "SELECT teacher.id FROM (" + roster::persons_held() +
                        ") AS teacher WHERE (CAST(teacher.id AS TEXT) IN (SELECT CAST(teacher_id AS TEXT) FROM"
                        " homework_phrase WHERE district_id = $1) OR CAST(teacher.id AS TEXT) IN (SELECT entity_id FROM"
                        " feed_entry WHERE district_id = $1 AND type = 'homework.Phrases'))",
                .writes = roster::persons_held(),
                .moves = true,
                .joined_late = true});
    shapes.bring("roster.Person", {"homework.Phrases",
                                   "SELECT DISTINCT teacher_id AS id FROM homework_phrase WHERE district_id = $1"
                                   " AND teacher_id = $2"});
    shapes.add({.type = "homework.Submission",
                .direction = Direction::both,
                .tables = {{.name = "homework_submission", .read_as = &core::type_of<Submission>},
                           {.name = "homework_work", .key = "submission_id"},
                           {.name = "homework_ink", .key = "submission_id"}},
                .held = roster::held_in("homework_submission"),
                .brings = brought(work_holder)});
}

}  // namespace santong::homework
