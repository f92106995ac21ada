#include "modules/indicators/service_school.hpp"

#include <algorithm>
#include <set>

#include "modules/indicators/board.hpp"
#include "modules/indicators/permissions.hpp"
#include "modules/indicators/rows.hpp"
#include "modules/indicators/service_detail.hpp"
#include "modules/timetable/service.hpp"

namespace santong::indicators {

namespace {

constexpr double most_rooms = 10'000;
constexpr std::size_t longest_note = 500;

std::vector<RoomView> rooms_of(Board const& board, core::OrgId const& school) {
    std::vector<RoomView> rooms;
    for (auto const& room : board.rooms(school)) {
        rooms.push_back({room.name, std::string(core::enum_text(room.kind)), room.equipped});
    }
    return rooms;
}

std::vector<CourseView> courses_of(Board const& board, roster::School const& school, std::string const& language) {
    std::set<std::string> wanted;
    for (auto const& row : timetable::course_plan(board.tx(), board.term().school_year)) {
        bool const grade = row.grade >= school.first_grade && row.grade <= school.last_grade;
        if (grade && row.weekly_periods > 0) wanted.insert(row.subject);
    }
    std::map<std::string, std::int64_t> held;
    for (auto const& row : store::coverage_by_subject(board.tx(), board.last_whole_week())) {
        if (row.org_id == school.id) held[row.subject] = row.denominator;
    }
    std::vector<CourseView> courses;
    for (auto const& subject : wanted)
        courses.push_back({subject, roster::subject_title(subject, language), held[subject]});
    return courses;
}

/// What the school said in the months around the chosen week, with what was measured since.
std::vector<DeclarationView> declarations_of(Board const& board, core::OrgId const& school, bool from_above) {
    std::vector<DeclarationView> views;
    std::vector<core::PersonId> authors;
    std::set<std::string> months;
    for (auto const& week : board.time().weeks) months.insert(month_of(week.monday));
    std::vector<Declaration> found;
    for (auto const& month : months) {
        for (auto const* wanted : {code::rooms, code::participation, code::coverage, code::two_lessons, code::spaces,
                                   code::spaces_used, code::class_reach}) {
            auto all = board.declarations(wanted, month);
            if (auto const one = all.find(school); one != all.end()) found.push_back(one->second);
        }
    }
    for (auto const& one : found) authors.push_back(one.declared_by);
    auto names = roster::names(board.tx(), authors);
    for (auto const& one : found) {
        DeclarationView view{one.id,   one.indicator,          one.month,      one.value, {},
                             one.note, names[one.declared_by], one.declared_at};
        if (one.indicator == code::rooms)
            view.measured = static_cast<double>(board.classrooms(school).second);
        else
            view.measured = board.measured_in_month(one.indicator, school, one.month, from_above);
        views.push_back(std::move(view));
    }
    return views;
}

std::vector<Number> numbers_of(Board const& board, core::OrgId const& school, bool from_above) {
    std::vector<Number> numbers;
    for (auto const& one : indicators()) numbers.push_back(board.school_number(one, school, from_above));
    return numbers;
}

}  // namespace

core::Result<SchoolProfileView> school_profile(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                               core::OrgId const& id, int week, std::string const& language) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<SchoolProfileView> {
        auto const subject = subject_of(tx, caller, id.text());
        if (!subject || !subject->school) return core::not_found("roster.org_not_found");
        bool const from_above = subject->sight == Sight::district;
        auto const board = TRY(Board::open(tx, clock, week));
        auto const school = TRY(roster::school(tx, id));
        SchoolProfileView view{school.id,
                               school.name,
                               school.short_name,
                               school.township_name,
                               std::string(core::enum_text(school.kind)),
                               school.central,
                               school.first_grade,
                               school.last_grade,
                               0,
                               0,
                               0,
                               0,
                               0,
                               board.time(),
                               {},
                               {},
                               {},
                               {},
                               {},
                               {},
                               {},
                               {},
                               !from_above,
                               false};
        auto const today = board.time().today;
        view.teachers = roster::teacher_count(tx, id, today);
        view.pupils = roster::pupil_counts(tx, today)[id];
        view.classes = static_cast<std::int32_t>(roster::classes(tx, id, today).size());
        std::tie(view.classrooms, view.equipped) = board.classrooms(id);
        view.courses_week = board.week_view(board.last_whole_week());
        view.numbers = numbers_of(board, id, from_above);
        view.exceptions = exceptions_of(board, id, language);
        std::vector<RowView> rows;
        fill_rows(board, {id, from_above}, *find_indicator(code::coverage), language, view.columns, rows);
        if (!rows.empty()) view.cells = rows.front().cells;
        view.courses = courses_of(board, school, language);
        view.rooms = rooms_of(board, id);
        view.declarations = declarations_of(board, id, from_above);
        view.may_declare = caller.may(tx, permissions::declare, id);
        return view;
    });
}

core::Result<DeclarationView> declare(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                      NewDeclaration const& said) {
    bool const rooms = said.indicator == code::rooms;
    if (!rooms && find_indicator(said.indicator) == nullptr)
        return core::invalid_at("/indicator", "indicators.not_found");
    if (!is_month(said.month)) return core::invalid_at("/month", "indicators.no_such_month");
    if (!(said.value >= 0 && said.value <= (rooms ? most_rooms : 100))) {
        return core::invalid_at("/value", "indicators.no_such_value");
    }
    if (said.note.size() > longest_note) return core::invalid_at("/note", "indicators.note_too_long");
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<DeclarationView> {
        TRY_VOID(caller.require(tx, permissions::declare, said.org_id));
        static_cast<void>(TRY(roster::school(tx, said.org_id)));
        if (said.month > roster::today(tx, clock).text().substr(0, 7)) {
            return core::invalid_at("/month", "indicators.no_such_month");
        }
        Declaration const row{DeclarationId::make(), said.indicator, said.org_id, said.month, said.value, said.note,
                              caller.person,         clock.now()};
        store::insert_declarations(tx, {row});
        feed::put(tx, {"indicators.Declaration", row.id.text(), row.org_id}, row);
        return DeclarationView{row.id, row.indicator, row.month, row.value, {}, row.note, caller.name, row.declared_at};
    });
}

}  // namespace santong::indicators
