// The rows of a batch: looked at, mended many at once, told as a table.
#include <algorithm>
#include <map>
#include <set>

#include "core/message.hpp"
#include "modules/resources/intake_batch.hpp"
#include "modules/resources/readers.hpp"
#include "modules/roster/service.hpp"
#include "platform/text/csv.hpp"
#include "platform/text/utf8.hpp"

namespace santong::resources {

namespace {

constexpr int largest_page = 200;
constexpr std::size_t most_changed = 500;

core::Result<Intake> own(sql::Tx& tx, auth::Caller const& caller, IntakeId const& id) {
    auto const found = store::find_intake(tx, id);
    if (!found || !caller.signed_in() || found->owner_person != caller.person)
        return core::not_found("resources.intake.not_found");
    return *found;
}

IntakeRowView view_of(IntakeRow const& row) {
    IntakeRowView view;
    view.number = row.number;
    view.path = row.path;
    view.size = row.size;
    view.media_type = row.media_type;
    view.verdict = row.verdict;
    view.reason = row.reason;
    view.doubt = row.doubt;
    view.twin_number = row.twin_number;
    view.title = row.title;
    view.kind = row.kind;
    view.subject = row.subject;
    view.grade_from = row.grade_from;
    view.grade_to = row.grade_to;
    view.chapter_id = row.chapter_id;
    view.resource_id = row.resource_id;
    if (!row.file_id) return view;
    auto const version = version_of(row);
    for (int i = 0; i < static_cast<int>(Kind::link); ++i) {
        if (!misfit(static_cast<Kind>(i), version)) view.fits.push_back(static_cast<Kind>(i));
    }
    return view;
}

/// Rows with the titles that they need; of a resource with the same bytes only what the caller may open.
std::vector<IntakeRowView> views_of(sql::Tx& tx, auth::Caller const& caller, std::vector<IntakeRow> const& rows) {
    std::vector<IntakeRowView> views;
    std::map<ChapterId, std::string> chapters;
    for (auto const& row : rows) {
        auto view = view_of(row);
        if (row.chapter_id) {
            auto [known, added] = chapters.try_emplace(*row.chapter_id);
            if (added) {
                if (auto const chapter = store::find_chapter(tx, *row.chapter_id)) known->second = chapter->title;
            }
            view.chapter_title = known->second;
        }
        auto const twin = row.twin_id ? store::find(tx, *row.twin_id) : std::nullopt;
        if (twin && can_read(tx, caller, *twin)) {
            view.twin_id = twin->id;
            view.twin_title = twin->title;
        }
        views.push_back(std::move(view));
    }
    return views;
}

struct ChosenChapter {
    std::optional<Chapter> chapter;
    std::optional<Textbook> textbook;
};

core::Result<ChosenChapter> chosen_chapter(sql::Tx& tx, IntakeChange const& change) {
    ChosenChapter chosen;
    if (!change.chapter_id || change.chapter_id->empty()) return chosen;
    auto const id = ChapterId::parse(*change.chapter_id);
    chosen.chapter = id ? store::find_chapter(tx, *id) : std::nullopt;
    if (!chosen.chapter) return core::invalid_at("/chapter_id", "resources.no_such_chapter");
    chosen.textbook = store::find_textbook(tx, chosen.chapter->textbook_id);
    return chosen;
}

core::Result<void> check_change(IntakeChange const& change) {
    constexpr int last_grade = 12;
    constexpr std::size_t longest_title = 80;
    std::vector<core::Problem> problems;
    auto const grade_is_bad = [](std::optional<int> const& grade) {
        return grade && (*grade < 1 || *grade > last_grade);
    };
    if (change.numbers.size() > most_changed)
        return core::too_large("resources.intake.too_many", {{"limit", std::to_string(most_changed)}});
    if (change.subject && !is_subject(*change.subject))
        problems.push_back({"/subject", "resources.no_such_subject", {}});
    if (grade_is_bad(change.grade_from)) problems.push_back({"/grade_from", "resources.no_such_grade", {}});
    bool const turned = change.grade_from && change.grade_to && *change.grade_to < *change.grade_from;
    if (grade_is_bad(change.grade_to) || turned) problems.push_back({"/grade_to", "resources.no_such_grade", {}});
    if (change.title && text::trim(*change.title).empty()) problems.push_back({"/title", "core.required", {}});
    if (change.title && text::count_characters(*change.title) > longest_title)
        problems.push_back({"/title", "core.too_long", {{"max", std::to_string(longest_title)}}});
    if (!problems.empty()) return core::invalid(std::move(problems));
    return {};
}

void file_under(IntakeRow& row, ChosenChapter const& chosen) {
    row.chapter_id.reset();
    row.textbook_id.reset();
    if (!chosen.chapter) return;
    row.chapter_id = chosen.chapter->id;
    row.textbook_id = chosen.chapter->textbook_id;
    if (!chosen.textbook) return;
    row.subject = chosen.textbook->subject;
    row.grade_from = row.grade_to = chosen.textbook->grade;
}

/// False if the row cannot take the change.
bool apply(IntakeRow& row, IntakeChange const& change, ChosenChapter const& chosen) {
    if (!is_open(row.verdict)) return false;
    if (change.kind && misfit(*change.kind, version_of(row))) return false;
    if (change.title) row.title = text::clean(*change.title);
    if (change.kind) row.kind = *change.kind;
    if (change.chapter_id) file_under(row, chosen);
    if (change.subject) row.subject = *change.subject;
    if (change.grade_from) row.grade_from = *change.grade_from;
    if (change.grade_to) row.grade_to = *change.grade_to;
    if (row.grade_to < row.grade_from) row.grade_to = row.grade_from;
    row.doubt = doubts(row);
    row.reason.clear();
    bool const aside = change.aside.value_or(row.verdict == Verdict::aside);
    row.verdict = aside ? Verdict::aside : row.doubt.empty() ? Verdict::sure : Verdict::unsure;
    return true;
}

std::string reason_text(IntakeRow const& row, std::string const& language) {
    if (!row.reason.empty()) return core::message(row.reason, {}, language);
    if (row.twin_number > 0) return std::to_string(row.twin_number);
    return row.doubt;
}

}  // namespace

core::Result<core::Page<IntakeRowView>> intake_rows(Library const& library, auth::Caller const& caller,
                                                    IntakeId const& id, IntakeQuery const& query) {
    store::RowSearch wish;
    if (!query.verdict.empty()) {
        wish.verdict = core::enum_parse<Verdict>(query.verdict);
        if (!wish.verdict) return core::invalid_at("verdict", "core.unknown_value");
    }
    constexpr std::size_t longest_query = 100;
    wish.words = std::string(text::truncate_bytes(query.q, longest_query));
    wish.after = query.after;
    wish.limit = std::clamp(query.limit, 1, largest_page) + 1;
    return library.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<core::Page<IntakeRowView>> {
        static_cast<void>(TRY(own(tx, caller, id)));
        auto rows = store::find_rows(tx, id, wish);
        core::Page<IntakeRowView> page;
        if (static_cast<int>(rows.size()) == wish.limit) {
            rows.pop_back();
            page.next = std::to_string(rows.back().number);
        }
        page.items = views_of(tx, caller, rows);
        return page;
    });
}

core::Result<IntakeChanged> change_rows(Library const& library, auth::Caller const& caller, IntakeId const& id,
                                        IntakeChange const& change) {
    TRY_VOID(check_change(change));
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<IntakeChanged> {
        auto intake = TRY(own(tx, caller, id));
        if (intake.state == IntakeState::working || intake.state == IntakeState::submitting)
            return core::conflict("resources.intake.busy");
        auto const chosen = TRY(chosen_chapter(tx, change));
        IntakeChanged answer;
        for (auto& row : store::rows_by_number(tx, id, change.numbers)) {
            if (!apply(row, change, chosen)) continue;
            store::update_row(tx, row);
            ++answer.changed;
        }
        std::set<int> const asked(change.numbers.begin(), change.numbers.end());
        answer.left_out = static_cast<std::int64_t>(asked.size()) - answer.changed;
        intake.updated_at = library.clock.now();
        store::update_intake(tx, intake);
        return answer;
    });
}

core::Result<std::string> intake_report(Library const& library, auth::Caller const& caller, IntakeId const& id,
                                        std::string const& language) {
    return library.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<std::string> {
        static_cast<void>(TRY(own(tx, caller, id)));
        std::string table;
        text::CsvWriter writer([&table](std::string_view line) { table += line; }, text::ByteOrderMark::utf8,
                               text::Formulas::neutralise);
        std::vector<std::string> head;
        for (char const* name : {"number", "path", "size", "verdict", "reason", "title", "kind", "subject", "grade",
                                 "chapter", "resource"})
            head.push_back(core::message(std::string("resources.intake.column_") + name, {}, language));
        writer.row(head);
        store::RowSearch wish;
        wish.limit = most_intake_files * 5;
        auto const rows = store::find_rows(tx, id, wish);
        auto const views = views_of(tx, caller, rows);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            auto const& row = rows[i];
            auto const verdict = "resources.intake.verdict_" + std::string(core::enum_text(row.verdict));
            writer.row({std::to_string(row.number), row.path, std::to_string(row.size),
                        core::message(verdict, {}, language), reason_text(row, language), row.title,
                        std::string(core::enum_text(row.kind)), roster::subject_title(row.subject, language),
                        row.grade_from == 0 ? std::string() : std::to_string(row.grade_from), views[i].chapter_title,
                        row.resource_id ? row.resource_id->text() : std::string()});
        }
        return table;
    });
}

}  // namespace santong::resources
