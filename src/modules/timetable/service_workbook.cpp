#include <cstdio>

#include "modules/roster/service.hpp"
#include "modules/timetable/permissions.hpp"
#include "modules/timetable/service_import.hpp"
#include "modules/timetable/store.hpp"
#include "platform/text/xlsx_writer.hpp"

namespace santong::timetable {

namespace {

using text::ColumnKind;
using text::XlsxColumn;

/// Words of a workbook: it leaves the program, so it cannot take them from the screens.
class Words {
public:
    explicit Words(std::string const& language) : english_(language == "en") {}
    char const* operator()(char const* chinese, char const* english) const { return english_ ? english : chinese; }
    std::string weekday(int number) const {
        static constexpr char const* chinese[] = {"周一", "周二", "周三", "周四", "周五", "周六", "周日"};
        static constexpr char const* english[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
        return english_ ? english[number - 1] : chinese[number - 1];
    }
    std::string weeks(WeekParity parity) const {
        if (parity == WeekParity::all) return (*this)("每周", "all");
        return parity == WeekParity::odd ? (*this)("单周", "odd") : (*this)("双周", "even");
    }

private:
    bool english_;
};

/// What the sheet of one school offers and holds.
struct Content {
    std::vector<roster::ClassGroup> classes;
    std::vector<BellPeriod> bell;
    std::vector<std::string> subjects;
    std::vector<Entry> entries;
    std::map<core::PersonId, std::string> teachers;
    std::set<std::string> namesakes;
};

XlsxColumn column(char const* title, std::vector<std::string> choices = {}) {
    XlsxColumn made;
    made.title = title;
    made.choices = std::move(choices);
    return made;
}

std::vector<XlsxColumn> list_columns(Content const& content, Words const& words) {
    std::vector<std::string> classes, days, periods;
    for (auto const& group : content.classes) classes.push_back(group.name);
    for (int day = 1; day <= 7; ++day) days.push_back(words.weekday(day));
    for (auto const& period : content.bell) periods.push_back(std::to_string(period.number));
    // A spreadsheet takes lists of at most 255 signs; longer ones are left to the check at import.
    auto const short_enough = [](std::vector<std::string> const& list) {
        std::size_t length = 0;
        for (auto const& one : list) length += one.size() + 1;
        return length <= 255 ? list : std::vector<std::string>{};
    };
    return {column(words("班级", "Class"), short_enough(classes)),
            column(words("星期", "Weekday"), days),
            column(words("节次", "Period"), short_enough(periods)),
            column(words("学科", "Subject"), short_enough(content.subjects)),
            column(words("任课教师", "Teacher")),
            column(words("教室", "Room")),
            column(words("单双周", "Weeks"),
                   {words.weeks(WeekParity::all), words.weeks(WeekParity::odd), words.weeks(WeekParity::even)})};
}

core::Result<Content> content_of(sql::Tx& tx, core::LocalDate today, core::OrgId const& school, bool filled,
                                 std::string const& language) {
    Content content;
    auto const term = TRY(roster::term_at(tx, today));
    content.classes = roster::classes(tx, school, today);
    content.bell = store::bell(tx, school, today);
    std::set<std::string> codes;
    for (auto const& row : store::course_plan(tx, term.school_year)) codes.insert(row.subject);
    for (auto const& code : codes) content.subjects.push_back(roster::subject_title(code, language));
    if (!filled) return content;
    if (auto const table = store::timetable_on(tx, school, today)) content.entries = store::entries(tx, table->id);
    std::set<std::string> seen;
    for (auto const& one : roster::teachers(tx, school, today)) {
        bool const first = seen.insert(one.name).second;
        if (!first) content.namesakes.insert(one.name);
    }
    for (auto const& one : roster::teachers(tx, school, today)) {
        // Namesakes go by their staff number, so that the sheet can be read back.
        bool const unique = !content.namesakes.contains(one.name) || one.staff_number.empty();
        content.teachers[one.person_id] = unique ? one.name : one.staff_number;
    }
    return content;
}

std::string tenths(double value) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.1f", value);
    return buffer;
}

}  // namespace

core::Result<void> write_workbook(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                  core::OrgId const& school, bool filled, Workbook const& target) {
    auto const content = TRY(db.read(caller.district, [&](sql::Tx& tx) -> core::Result<Content> {
        TRY_VOID(roster::school(tx, school));
        if (!caller.may(tx, permissions::view, school)) return core::not_found();
        return content_of(tx, roster::today(tx, clock), school, filled, target.language);
    }));
    Words const words(target.language);
    std::map<core::OrgId, std::string> classes;
    for (auto const& group : content.classes) classes[group.id] = group.name;
    text::XlsxWriter writer{std::filesystem::path(target.path)};
    writer.sheet(words("课表", "Timetable"), list_columns(content, words));
    for (auto const& entry : content.entries) {
        auto const teacher = entry.teacher_id ? content.teachers.find(*entry.teacher_id) : content.teachers.end();
        writer.row({classes[entry.class_id], words.weekday(entry.weekday), std::to_string(entry.period),
                    roster::subject_title(entry.subject, target.language),
                    teacher == content.teachers.end() ? "" : teacher->second, entry.room,
                    words.weeks(entry.week_parity)});
    }
    writer.finish();
    return {};
}

core::Result<void> write_check(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                               core::OrgId const& school, Workbook const& target) {
    auto const rows = TRY(course_check(db, caller, clock, school));
    Words const words(target.language);
    text::XlsxWriter writer{std::filesystem::path(target.path)};
    auto number = [](char const* title) {
        auto made = column(title);
        made.kind = ColumnKind::number;
        return made;
    };
    writer.sheet(words("开课与课时", "Course check"),
                 {column(words("班级", "Class")), column(words("学科", "Subject")), number(words("要求", "Required")),
                  number(words("已排", "Scheduled")), number(words("每周实上", "Taught a week"))});
    for (auto const& row : rows) {
        writer.row({row.class_name, roster::subject_title(row.subject, target.language), std::to_string(row.required),
                    std::to_string(row.scheduled), tenths(row.taught)});
    }
    writer.finish();
    return {};
}

}  // namespace santong::timetable
