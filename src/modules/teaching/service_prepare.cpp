#include <algorithm>
#include <map>
#include <set>

#include "modules/teaching/permissions.hpp"
#include "modules/teaching/service_today.hpp"
#include "modules/teaching/store.hpp"

namespace santong::teaching {

namespace {

/// How far back and ahead lessons say what somebody teaches.
constexpr int weeks_around = 2;
constexpr int days_ahead = 13;
constexpr int page_size = 100;
constexpr int most_pages = 20;

/// Books of what the caller teaches; that of his next lesson and of this half of the year first.
std::vector<resources::Textbook> own_textbooks(sql::Tx& tx, auth::Caller const& caller, core::Clock const& clock) {
    auto const today = roster::today(tx, clock);
    auto const lessons = timetable::lessons_of_teacher(tx, caller.person, today.plus_days(-7 * weeks_around),
                                                       today.plus_days(7 * weeks_around));
    std::set<std::pair<std::string, std::int32_t>> taught;
    std::pair<std::string, std::int32_t> next;
    for (auto const& row : lesson_rows(tx, lessons, today)) {
        taught.insert({row.subject, row.grade});
        if (next.first.empty() && row.end_at > clock.now()) next = {row.subject, row.grade};
    }
    auto books = resources::textbooks(tx);
    auto const is_taught = [&](resources::Textbook const& book) { return taught.contains({book.subject, book.grade}); };
    if (std::ranges::any_of(books, is_taught)) std::erase_if(books, [&](auto const& book) { return !is_taught(book); });
    auto const term = roster::term_at(tx, today);
    int const now = term ? term->number : 1;
    std::ranges::stable_sort(books, {}, [&](resources::Textbook const& book) {
        return std::pair(std::pair(book.subject, book.grade) == next ? 0 : 1, book.term == now ? 0 : 1);
    });
    return books;
}

/// Which chapters have which kinds of resources that the caller may open.
std::map<ChapterId, std::set<resources::Kind>> kinds_by_chapter(sql::Tx& tx, core::Clock const& clock,
                                                                auth::Caller const& caller, TextbookId const& book) {
    std::map<ChapterId, std::set<resources::Kind>> kinds;
    resources::Search wish;
    wish.textbook = book.text();
    wish.limit = page_size;
    wish.sort = "newest";
    for (int page = 0; page < most_pages; ++page) {
        auto const found = resources::search(tx, clock, caller, wish);
        if (!found) break;
        for (auto const& one : found->items) {
            if (one.chapter_id) kinds[*one.chapter_id].insert(one.kind);
        }
        if (!found->next) break;
        wish.after = *found->next;
    }
    return kinds;
}

/// The caller's best plan of each chapter: taught before ready, ready before half.
struct ChapterPlan {
    ChapterState state = ChapterState::none;
    PlanId id;
};
std::map<ChapterId, ChapterPlan> plans_by_chapter(sql::Tx& tx, auth::Caller const& caller, TextbookId const& book) {
    auto const plans = store::plans_of_textbook(tx, caller.person, book);
    std::vector<PlanId> ids;
    for (auto const& plan : plans) ids.push_back(plan.id);
    std::set<PlanId> taught;
    for (auto const& link : store::lessons_of_plans(tx, ids)) {
        auto const lesson = timetable::lesson(tx, link.lesson_id);
        if (lesson && lesson->state == timetable::LessonState::held) taught.insert(link.plan_id);
    }
    std::map<ChapterId, ChapterPlan> best;
    for (auto const& plan : plans) {
        if (!plan.chapter_id) continue;
        auto state = plan.readiness == Readiness::ready ? ChapterState::ready : ChapterState::half;
        if (plan.readiness == Readiness::empty) state = ChapterState::none;
        if (taught.contains(plan.id)) state = ChapterState::taught;
        auto const [at, fresh] = best.try_emplace(*plan.chapter_id, ChapterPlan{state, plan.id});
        if (!fresh && state < at->second.state) at->second = {state, plan.id};
    }
    return best;
}

bool lacks(std::set<resources::Kind> const& kinds) {
    return std::ranges::none_of(
        kinds, [](resources::Kind kind) { return kind != resources::Kind::plan && kind != resources::Kind::exercise; });
}

void sum_up(PrepareTree& tree) {
    std::map<ChapterId, ChapterNode*> by_id;
    for (auto& node : tree.chapters) by_id[node.id] = &node;
    for (auto& node : tree.chapters) {
        if (node.parent_id && by_id.contains(*node.parent_id)) by_id[*node.parent_id]->leaf = false;
    }
    for (auto& node : tree.chapters) {
        if (!node.leaf) {
            node.missing_resources = false;
            continue;
        }
        bool const prepared = node.state == ChapterState::taught || node.state == ChapterState::ready;
        tree.hours += node.hours;
        tree.prepared_hours += prepared ? node.hours : 0;
        tree.missing += node.missing_resources ? 1 : 0;
        for (auto up = node.parent_id; up && by_id.contains(*up); up = by_id[*up]->parent_id) {
            ++by_id[*up]->total;
            by_id[*up]->done += prepared ? 1 : 0;
        }
    }
}

}  // namespace

core::Result<PrepareTree> prepare_tree(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                       std::optional<TextbookId> const& textbook) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<PrepareTree> {
        PrepareTree tree;
        tree.textbooks = own_textbooks(tx, caller, clock);
        if (textbook && !resources::textbook(tx, *textbook)) return core::not_found("teaching.textbook_not_found");
        tree.textbook_id = textbook;
        if (!textbook && !tree.textbooks.empty()) tree.textbook_id = tree.textbooks.front().id;
        if (!tree.textbook_id) return tree;
        auto const kinds = kinds_by_chapter(tx, clock, caller, *tree.textbook_id);
        auto const plans = plans_by_chapter(tx, caller, *tree.textbook_id);
        for (auto const& chapter : resources::chapters(tx, *tree.textbook_id)) {
            ChapterNode node;
            node.id = chapter.id;
            node.parent_id = chapter.parent_id;
            node.title = chapter.title;
            node.hours = chapter.hours;
            auto const known = kinds.find(chapter.id);
            node.missing_resources = known == kinds.end() || lacks(known->second);
            if (auto const plan = plans.find(chapter.id); plan != plans.end()) {
                node.state = plan->second.state;
                node.plan_id = plan->second.id;
            }
            tree.chapters.push_back(std::move(node));
        }
        sum_up(tree);
        return tree;
    });
}

core::Result<std::vector<LessonToPrepare>> lessons_to_prepare(sql::Database& db, auth::Caller const& caller,
                                                              core::Clock const& clock) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<LessonToPrepare>> {
        auto const today = roster::today(tx, clock);
        auto lessons = timetable::lessons_of_teacher(tx, caller.person, today, today.plus_days(days_ahead));
        std::erase_if(lessons, [](auto const& one) { return one.state == timetable::LessonState::cancelled; });
        std::vector<LessonId> ids;
        for (auto const& one : lessons) ids.push_back(one.id);
        std::map<LessonId, PlanId> plan_of;
        for (auto const& link : store::plans_of_lessons(tx, ids)) plan_of[link.lesson_id] = link.plan_id;
        std::vector<LessonToPrepare> out;
        for (auto& row : lesson_rows(tx, lessons, today)) {
            auto const plan = plan_of.find(row.id);
            out.push_back({std::move(row), plan == plan_of.end() ? std::nullopt : std::optional(plan->second)});
        }
        return out;
    });
}

}  // namespace santong::teaching
