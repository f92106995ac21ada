#include <algorithm>
#include <set>

#include "modules/indicators/board.hpp"
#include "modules/indicators/permissions.hpp"
#include "modules/indicators/rows.hpp"
#include "modules/indicators/service_detail.hpp"
#include "modules/teaching/permissions.hpp"
#include "modules/teaching/service.hpp"

namespace santong::indicators {

namespace {

bool asked(std::string const& wanted, std::string const& subject) {
    return wanted.empty() || wanted == subject || wanted == group_of(subject);
}

/// What a caller may know of the figure behind his question; nullptr if there is no such column.
Figure const* figure_of(Guarded const& guarded, Subject const& subject, Reach reach, std::string const& column) {
    auto const& m = guarded.matrix;
    auto const at = std::ranges::find(guarded.columns, column);
    auto const c = static_cast<std::size_t>(at - guarded.columns.begin());
    if (!column.empty() && at == guarded.columns.end()) return nullptr;
    if (!subject.school) {
        auto const group = group_of(reach);
        if (column.empty()) return group ? &m.group_totals[*group] : &m.total;
        return group ? &m.group_cell(*group, c) : &m.column_totals[c];
    }
    if (column.empty()) return guarded.row(*subject.school);
    auto const row = std::ranges::find(guarded.schools, *subject.school);
    if (row == guarded.schools.end()) return nullptr;
    return &m.cell(static_cast<std::size_t>(row - guarded.schools.begin()), c);
}

/// Counts only, and only where the figure itself is shown.
core::Result<LessonList> from_above(Board const& board, Subject const& subject, Indicator const& indicator,
                                    LessonQuery const& query) {
    auto const column = query.subject.empty() ? "" : group_of(query.subject);
    auto const guarded = board.guarded(indicator.code, board.monday());
    auto const* figure = figure_of(*guarded, subject, indicator.reach, column);
    if (figure == nullptr) return core::not_found("indicators.no_such_subject");
    LessonList list;
    list.hidden = !figure->shown;
    if (figure->shown) list.counts = {{"numerator", figure->numerator}, {"denominator", figure->denominator}};
    return list;
}

LessonRow row_of(teaching::ClassSession const& one, std::string const& language) {
    LessonRow row;
    row.class_id = one.class_id;
    row.teacher_id = one.teacher_id;
    row.date = one.date;
    row.period = one.period;
    row.subject = one.subject;
    row.subject_title = roster::subject_title(one.subject, language);
    row.kind = core::enum_text(one.kind);
    row.minutes_band = core::enum_text(one.minutes_band);
    row.resource_count = one.resource_count;
    row.reviewed_resource = one.reviewed_resource;
    return row;
}

void name(sql::Tx& tx, core::LocalDate today, std::vector<LessonRow>& rows) {
    std::set<core::OrgId> classes;
    std::set<core::PersonId> teachers;
    for (auto const& row : rows) {
        classes.insert(row.class_id);
        teachers.insert(row.teacher_id);
    }
    std::map<core::OrgId, std::string> titles;
    for (auto const& one : roster::class_groups(tx, {classes.begin(), classes.end()}, today)) titles[one.id] = one.name;
    auto names = roster::names(tx, {teachers.begin(), teachers.end()});
    for (auto& row : rows) {
        row.class_name = titles[row.class_id];
        row.teacher_name = names[row.teacher_id];
    }
}

/// Single lessons as far as they are open to the school; teaching's rule decides.
LessonList from_within(Board const& board, Indicator const& indicator, core::OrgId const& school,
                       LessonQuery const& query, core::Instant now, std::string const& language) {
    bool const opening_counts = indicator.version_of(board.monday()).number < 2;
    LessonList list;
    list.named = true;
    std::map<std::string, std::int64_t> by_kind;
    // a lesson of two teachers (代课) has two records and counts once
    std::set<timetable::LessonId> open, held;
    for (auto const& one :
         teaching::sessions_of_school(board.tx(), school, board.monday(), board.monday().plus_days(6))) {
        bool const evidence = one.counts() && (opening_counts || one.used());
        if (!evidence || !asked(query.subject, one.subject)) continue;
        if (!teaching::open_to_school(one, now)) {
            held.insert(one.lesson_id);
            continue;
        }
        if (open.insert(one.lesson_id).second) ++by_kind[std::string(core::enum_text(one.kind))];
        list.lessons.push_back(row_of(one, language));
    }
    std::erase_if(held, [&](timetable::LessonId const& id) { return open.contains(id); });
    list.not_yet_open = static_cast<decltype(list.not_yet_open)>(held.size());
    list.counts.push_back({"open", static_cast<std::int64_t>(open.size())});
    for (auto const& [kind, count] : by_kind) list.counts.push_back({"evidence." + kind, count});
    // By subject even the number that wait may be one teacher's lesson: it is told for the whole school only.
    if (!query.subject.empty()) list.not_yet_open = 0;
    name(board.tx(), board.time().today, list.lessons);
    return list;
}

}  // namespace

core::Result<LessonList> lessons(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                 std::string const& wanted, LessonQuery const& query, std::string const& language) {
    auto const* known = find_indicator(wanted);
    if (known == nullptr) return core::not_found("indicators.not_found");
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<LessonList> {
        auto const subject = TRY(subject_of(tx, caller, query.org));
        auto const board = TRY(Board::open(tx, clock, query.week));
        if (subject.sight == Sight::district) return from_above(board, subject, *known, query);
        TRY_VOID(caller.require(tx, teaching::permissions::view_school_records, *subject.school));
        return from_within(board, *known, *subject.school, query, clock.now(), language);
    });
}

}  // namespace santong::indicators
