// The month's changes as a workbook, for the school's own bookkeeping (代课课时).
#include <filesystem>

#include "modules/roster/service.hpp"
#include "modules/timetable/changing.hpp"
#include "modules/timetable/permissions.hpp"
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
    char const* kind(SubstitutionKind kind) const {
        switch (kind) {
            case SubstitutionKind::cancelled: return (*this)("停课", "Cancelled");
            case SubstitutionKind::substitute: return (*this)("代课", "Substitute");
            case SubstitutionKind::swapped: return (*this)("调课", "Swap");
            case SubstitutionKind::added: return (*this)("加课", "Added");
            case SubstitutionKind::self_study: break;
        }
        return (*this)("自习", "Self-study");
    }

private:
    bool english_;
};

/// What one teacher gave away and took over in the month.
struct Counts {
    int given = 0;    ///< held by a colleague
    int taken = 0;    ///< held for a colleague
    int swapped = 0;  ///< held at another time
    int lost = 0;     ///< self-study or cancelled
};

struct Month {
    std::string school_name;
    std::vector<SubstitutionView> changes;
    std::vector<roster::Teacher> teachers;
};

core::Result<Month> month_of(sql::Tx& tx, auth::Caller const& caller, core::OrgId const& school,
                             core::LocalDate first) {
    Month month;
    month.school_name = TRY(roster::school(tx, school)).name;
    if (!caller.may(tx, permissions::view, school)) return core::not_found();
    bool const office = caller.may(tx, permissions::substitute, school);
    auto const last = core::LocalDate{static_cast<std::int16_t>(first.month == 12 ? first.year + 1 : first.year),
                                      static_cast<std::int8_t>(first.month == 12 ? 1 : first.month + 1), 1}
                          .plus_days(-1);
    month.changes = views_of(tx, school, store::substitutions(tx, school, first, last));
    month.teachers = roster::teachers(tx, school, last);
    if (office) return month;
    std::erase_if(month.changes, [&](SubstitutionView const& one) {
        return one.change.teacher_id != caller.person && one.planned_teacher_id != caller.person;
    });
    std::erase_if(month.teachers, [&](roster::Teacher const& one) { return one.person_id != caller.person; });
    return month;
}

std::map<core::PersonId, Counts> counts_of(std::vector<SubstitutionView> const& changes) {
    std::map<core::PersonId, Counts> counts;
    for (auto const& one : changes) {
        auto const kind = one.change.kind;
        if (kind == SubstitutionKind::swapped) {
            if (one.change.teacher_id) ++counts[*one.change.teacher_id].swapped;
        } else if (kind == SubstitutionKind::substitute || kind == SubstitutionKind::added) {
            if (one.planned_teacher_id) ++counts[*one.planned_teacher_id].given;
            if (one.change.teacher_id) ++counts[*one.change.teacher_id].taken;
        } else if (one.planned_teacher_id) {
            ++counts[*one.planned_teacher_id].lost;
        }
    }
    return counts;
}

XlsxColumn column(char const* title, double width = 14, ColumnKind kind = ColumnKind::text) {
    XlsxColumn made;
    made.title = title;
    made.width = width;
    made.kind = kind;
    return made;
}

void write_list(text::XlsxWriter& writer, Words const& words, Month const& month, std::string const& language) {
    auto const title = [&](std::string const& code) {
        return code.empty() ? "" : roster::subject_title(code, language);
    };
    writer.sheet(
        words("调代课", "Changes"),
        {column(words("日期", "Date"), 12, ColumnKind::date), column(words("节次", "Period"), 8),
         column(words("班级", "Class")), column(words("原学科", "Subject")), column(words("原任课教师", "Teacher")),
         column(words("处理", "Kind"), 12), column(words("现学科", "Subject now")),
         column(words("现任课教师", "Teacher now")), column(words("申请人", "Asked by"))});
    for (auto const& one : month.changes) {
        bool const off =
            one.change.kind == SubstitutionKind::cancelled || one.change.kind == SubstitutionKind::self_study;
        auto const now = off ? "" : one.change.subject.empty() ? one.planned_subject : one.change.subject;
        writer.row({one.change.date.text(), std::to_string(one.change.period), one.class_name,
                    title(one.planned_subject), one.planned_teacher_name, words.kind(one.change.kind), title(now),
                    one.teacher_name, one.asked_by_name});
    }
}

void write_counts(text::XlsxWriter& writer, Words const& words, Month const& month) {
    auto const counts = counts_of(month.changes);
    auto const number = [&](char const* chinese, char const* english) {
        return column(words(chinese, english), 14, ColumnKind::number);
    };
    writer.sheet(words("每人节数", "By teacher"),
                 {column(words("教师", "Teacher")), number("请人代课", "Given"), number("代别人课", "Taken"),
                  number("调课", "Swapped"), number("自习或停课", "Not taught")});
    for (auto const& teacher : month.teachers) {
        auto const found = counts.find(teacher.person_id);
        if (found == counts.end()) continue;
        auto const& one = found->second;
        writer.row({teacher.name, std::to_string(one.given), std::to_string(one.taken), std::to_string(one.swapped),
                    std::to_string(one.lost)});
    }
}

}  // namespace

core::Result<void> write_changes(sql::Database& db, auth::Caller const& caller, core::OrgId const& school,
                                 std::string const& month, ChangesWorkbook const& target) {
    auto const first = core::LocalDate::parse(month + "-01");
    if (!first) return core::invalid_at("month", "timetable.no_such_month");
    auto const found = TRY(db.read(
        caller.district, [&](sql::Tx& tx) -> core::Result<Month> { return month_of(tx, caller, school, *first); }));
    Words const words(target.language);
    text::XlsxWriter writer{std::filesystem::path(target.path)};
    write_list(writer, words, found, target.language);
    write_counts(writer, words, found);
    writer.finish();
    return {};
}

}  // namespace santong::timetable
