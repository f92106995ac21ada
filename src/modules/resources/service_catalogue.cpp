#include "modules/resources/service_catalogue.hpp"

#include <algorithm>
#include <set>

#include "modules/resources/permissions.hpp"
#include "modules/resources/readers.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/audit.hpp"
#include "platform/text/utf8.hpp"

namespace santong::resources {

namespace {

constexpr std::size_t most_chapters = 400;
constexpr std::size_t longest_title = 80;

bool wanted(Textbook const& book, TextbookQuery const& query) {
    return (query.subject.empty() || book.subject == query.subject) &&
           (query.grade == 0 || book.grade == query.grade) && (query.term == 0 || book.term == query.term);
}

/// Subjects that a coverage is about; empty = all.
std::vector<std::string> subjects_of(auth::Caller const& caller, TextbookQuery const& query) {
    if (query.subject == "all") return {};
    if (!query.subject.empty()) return {query.subject};
    return caller.subjects(permissions::manage_catalogue);
}

/// Kinds with their counts, by chapter.
using Shelf = std::map<ChapterId, std::map<std::string, std::int64_t>>;

Shelf shelf_of(sql::Tx& tx, auth::Caller const& caller, std::optional<TextbookId> const& textbook) {
    Shelf shelf;
    for (auto const& row : store::chapter_kinds(tx, reader_of(tx, caller), textbook)) {
        shelf[row.chapter_id][std::string(core::enum_text(row.kind))] += row.count;
    }
    return shelf;
}

std::vector<Kind> missing_kinds(std::map<std::string, std::int64_t> const& kinds) {
    std::vector<Kind> missing;
    for (Kind const kind : chapter_needs) {
        if (!kinds.contains(std::string(core::enum_text(kind)))) missing.push_back(kind);
    }
    return missing;
}

/// Adds what is filed at each chapter to it and to all above it.
void fill(std::vector<ChapterView>& chapters, Shelf& shelf) {
    std::map<ChapterId, ChapterView*> by_id;
    for (auto& chapter : chapters) by_id[chapter.id] = &chapter;
    for (auto& chapter : chapters) {
        if (chapter.parent_id) by_id[*chapter.parent_id]->leaf = false;
        for (auto const& [kind, count] : shelf[chapter.id]) {
            for (auto* at = &chapter; at != nullptr; at = at->parent_id ? by_id[*at->parent_id] : nullptr) {
                at->kinds[kind] += count;
                at->count += count;
            }
        }
    }
    for (auto& chapter : chapters) {
        if (chapter.leaf) chapter.missing = missing_kinds(chapter.kinds);
    }
}

TextbookView view_of(sql::Tx& tx, auth::Caller const& caller, Textbook const& book) {
    TextbookView view;
    view.textbook = book;
    for (auto const& chapter : store::chapters(tx, book.id)) {
        view.chapters.push_back({chapter.id, chapter.parent_id, chapter.title, chapter.hours, true, 0, {}, {}});
    }
    auto shelf = shelf_of(tx, caller, book.id);
    fill(view.chapters, shelf);
    return view;
}

/// Chapters of a request as rows, parents first; numbers follow the order of the request.
void flatten(std::vector<Chapter>& rows, TextbookId const& book, std::optional<ChapterId> const& parent,
             std::vector<NewChapter> const& given) {
    for (auto const& chapter : given) {
        auto const id = ChapterId::make();
        rows.push_back({id, book, parent, std::string(text::trim(chapter.title)), static_cast<int>(rows.size()) + 1,
                        chapter.hours});
        flatten(rows, book, id, chapter.chapters);
    }
}

core::Result<void> check(NewTextbook const& wish, std::vector<Chapter> const& chapters) {
    std::vector<core::Problem> problems;
    if (text::trim(wish.key).empty()) problems.push_back({"/key", "core.required", {}});
    if (text::trim(wish.title).empty()) problems.push_back({"/title", "core.required", {}});
    if (wish.grade < 1 || wish.grade > 12) problems.push_back({"/grade", "resources.no_such_grade", {}});
    if (wish.term < 1 || wish.term > 2) problems.push_back({"/term", "core.number_out_of_range", {}});
    if (chapters.empty()) problems.push_back({"/chapters", "core.required", {}});
    if (chapters.size() > most_chapters) {
        problems.push_back({"/chapters", "resources.too_many_chapters", {{"max", std::to_string(most_chapters)}}});
    }
    for (auto const& chapter : chapters) {
        bool const titled = !chapter.title.empty() && text::count_characters(chapter.title) <= longest_title;
        if (!titled || chapter.hours < 0 || chapter.hours > 100)
            problems.push_back({"/chapters", "resources.bad_chapter", {}});
    }
    if (!problems.empty()) return core::invalid(std::move(problems));
    return {};
}

}  // namespace

core::Result<Textbooks> textbooks(Library const& library, auth::Caller const& caller, TextbookQuery const& query) {
    return library.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<Textbooks> {
        Textbooks list;
        for (auto& book : store::textbooks(tx)) {
            if (wanted(book, query)) list.items.push_back(std::move(book));
        }
        return list;
    });
}

core::Result<TextbookView> textbook(Library const& library, auth::Caller const& caller, TextbookId const& id) {
    return library.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<TextbookView> {
        auto const book = store::find_textbook(tx, id);
        if (!book) return core::not_found("resources.no_such_textbook");
        return view_of(tx, caller, *book);
    });
}

core::Result<CoverageList> coverage(Library const& library, auth::Caller const& caller, TextbookQuery const& query) {
    return library.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<CoverageList> {
        CoverageList list;
        list.needs.assign(std::begin(chapter_needs), std::end(chapter_needs));
        list.subjects = subjects_of(caller, query);
        TextbookQuery const other{"", query.grade, query.term};
        auto shelf = shelf_of(tx, caller, std::nullopt);
        std::map<TextbookId, std::vector<Chapter>> leaves;
        for (auto const& chapter : store::leaf_chapters(tx)) leaves[chapter.textbook_id].push_back(chapter);
        for (auto const& book : store::textbooks(tx)) {
            bool const own =
                list.subjects.empty() || std::ranges::find(list.subjects, book.subject) != list.subjects.end();
            if (!own || !wanted(book, other)) continue;
            Coverage row;
            row.textbook = book;
            for (auto const& leaf : leaves[book.id]) {
                auto const missing = missing_kinds(shelf[leaf.id]);
                ++row.chapters;
                if (missing.empty()) ++row.complete;
                if (shelf[leaf.id].empty()) ++row.empty;
                for (Kind const kind : missing) ++row.holes[std::string(core::enum_text(kind))];
            }
            list.items.push_back(std::move(row));
        }
        return list;
    });
}

core::Result<TextbookView> add_textbook(Library const& library, auth::Caller const& caller, NewTextbook const& wish) {
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<TextbookView> {
        TRY_VOID(caller.require(tx, permissions::manage_catalogue, roster::district(tx).org_id));
        Textbook const book{TextbookId::make(),
                            std::string(text::trim(wish.key)),
                            std::string(text::trim(wish.title)),
                            wish.subject,
                            wish.grade,
                            wish.term,
                            wish.edition};
        std::vector<Chapter> chapters;
        flatten(chapters, book.id, std::nullopt, wish.chapters);
        TRY_VOID(check(wish, chapters));
        if (!is_subject(wish.subject)) return core::invalid_at("/subject", "resources.no_such_subject");
        if (store::find_textbook_key(tx, book.key)) return core::conflict("resources.textbook_exists");
        store::insert_textbook(tx, book, chapters);
        feed::put(tx, {"resources.Textbook", book.id.text(), {}}, book);
        auth::audit(tx, caller, {"resources.add_textbook", book.id.text()});
        return view_of(tx, caller, book);
    });
}

}  // namespace santong::resources
