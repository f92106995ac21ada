#include <cstdio>

#include "core/json.hpp"
#include "modules/indicators/service_detail.hpp"
#include "platform/auth/audit.hpp"
#include "platform/text/xlsx_writer.hpp"

namespace santong::indicators {

namespace {

using text::ColumnKind;
using text::XlsxColumn;

/// Words of a workbook. It leaves the program, so it cannot take them from the screens.
class Words {
public:
    explicit Words(std::string const& language) : english_(language == "en") {}
    char const* operator()(char const* chinese, char const* english) const { return english_ ? english : chinese; }

    std::string title(std::string const& code) const {
        if (code == code::rooms) return (*this)("班班通教室", "Equipped classrooms");
        if (code == code::coverage) return (*this)("多媒体课时覆盖率", "Lessons with multimedia");
        if (code == code::participation) return (*this)("教师多媒体教学参与率", "Teachers taking part");
        if (code == code::two_lessons) return (*this)("周两课时", "Two lessons a week");
        if (code == code::spaces) return (*this)("学生空间开通", "Pupil spaces opened");
        if (code == code::spaces_used) return (*this)("学生空间应用", "Pupil spaces used");
        if (code == code::class_reach) return (*this)("优质资源班级覆盖", "Classes reached by reviewed resources");
        if (code == code::subjects) return (*this)("学科覆盖率", "Subjects with multimedia");
        if (code == code::village_teachers) return (*this)("村小教师应用", "Village teachers taking part");
        if (code == code::village_pupils) return (*this)("村小学生应用", "Village pupils learning");
        if (code == code::village_schools) return (*this)("村小应用", "Village schools taking part");
        if (code == code::shelf) return (*this)("资源建设与复用", "Resources given and used elsewhere");
        if (code == code::chapters) return (*this)("教材章节覆盖", "Chapters covered");
        if (code == code::arrival) return (*this)("推送准时到达率", "Pushed in time");
        if (code == code::reviewed) return (*this)("分层审核合规", "Reviewed in layers");
        if (code == code::courses) return (*this)("开课率", "Courses taught");
        if (code == code::periods) return (*this)("课时足额", "Periods taught in full");
        return (*this)("校际差异系数", "Variation between schools");
    }
    std::string hidden() const { return (*this)("不显示", "hidden"); }

private:
    bool english_;
};

XlsxColumn column(std::string title, ColumnKind kind, double width = 14) {
    XlsxColumn made;
    made.title = std::move(title);
    made.kind = kind;
    made.width = width;
    return made;
}

std::string number(std::optional<double> const& value) {
    if (!value) return "";
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.2f", *value);
    return buffer;
}
std::string number(std::optional<std::int64_t> const& value) {
    return value ? std::to_string(*value) : "";
}

std::string cell(CellView const& view, Words const& words) {
    return view.hidden ? words.hidden() : number(view.value);
}

std::string join(std::vector<std::string> const& titles, std::string const& otherwise) {
    if (titles.empty()) return otherwise;
    std::string out;
    for (auto const& title : titles) out += (out.empty() ? "" : "·") + title;
    return out;
}

void write_numbers(text::XlsxWriter& writer, std::vector<Number> const& numbers, TimeView const& time,
                   Words const& words) {
    auto const week_shown = std::to_string(time.week.number);
    std::vector<XlsxColumn> columns{
        column(words("指标", "Indicator"), ColumnKind::text, 28),
        column(words("实测（第", "Measured (week ") + week_shown + words("周）", ")"), ColumnKind::number, 16),
        column(words("单位", "Unit"), ColumnKind::text, 8),
        column(words("分子", "Numerator"), ColumnKind::number),
        column(words("分母", "Denominator"), ColumnKind::number),
        column(words("目标", "Target"), ColumnKind::number),
        column(words("申报", "Declared"), ColumnKind::number),
        column(words("状态", "State"), ColumnKind::text)};
    for (auto const& week : time.weeks) {
        columns.push_back(
            column(words("第", "Week ") + std::to_string(week.number) + words("周", ""), ColumnKind::number));
    }
    writer.sheet(words("指标", "Indicators"), std::move(columns));
    for (auto const& one : numbers) {
        std::vector<std::string> row{words.title(one.code),
                                     one.hidden ? words.hidden() : number(one.value),
                                     one.unit == "rooms" ? words("间", "rooms") : one.unit,
                                     one.hidden ? "" : std::to_string(one.numerator),
                                     one.hidden ? "" : std::to_string(one.denominator),
                                     number(one.target),
                                     one.declared ? number(std::optional(one.declared->value)) : "",
                                     one.provisional ? words("暂定", "provisional") : words("定数", "final")};
        for (auto const& value : one.series) row.push_back(number(value));
        writer.row(row);
    }
}

void write_matrix(text::XlsxWriter& writer, IndicatorView const& view, Words const& words) {
    std::vector<XlsxColumn> columns{column(words("学校", "School"), ColumnKind::text, 28),
                                    column(words("分子", "Numerator"), ColumnKind::number),
                                    column(words("分母", "Denominator"), ColumnKind::number),
                                    column(words("全校 %", "Whole school %"), ColumnKind::number),
                                    column(words("较上周", "Since last week"), ColumnKind::number)};
    for (auto const& one : view.columns) {
        columns.push_back(column(join(one.titles, words("其他", "Other")), ColumnKind::number, 16));
    }
    writer.sheet(words("学校×学科", "School by subject"), std::move(columns));
    for (auto const& row : view.rows) {
        std::string name = row.name;
        if (row.group == "central") name = words("中心校以上", "Central schools and above");
        if (row.group == "village") name = words("村小教学点", "Village schools");
        std::vector<std::string> cells{name, number(row.total.numerator), number(row.total.denominator),
                                       cell(row.total, words), number(row.delta)};
        for (auto const& one : row.cells) cells.push_back(cell(one, words));
        writer.row(cells);
    }
}

struct ExportDetail {
    std::string indicator;
    std::string org;
    std::string week;
};
BOOST_DESCRIBE_STRUCT(ExportDetail, (), (indicator, org, week))

void note_export(sql::Database& db, auth::Caller const& caller, ExportDetail const& detail) {
    db.transact(caller.district, [&](sql::Tx& tx) {
        auth::audit(tx, caller, {"indicators.exported", detail.indicator, core::json::write(detail)});
    });
}

}  // namespace

core::Result<void> export_indicator(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                    std::string const& code, FigureQuery const& query, Export const& target) {
    auto const view = TRY(indicator(db, caller, clock, code, query, target.language));
    note_export(db, caller, {code, view.org_id.text(), view.time.week.monday.text()});
    Words const words(target.language);
    text::XlsxWriter writer(target.file);
    write_numbers(writer, {view.number}, view.time, words);
    write_matrix(writer, view, words);
    writer.finish();
    return {};
}

core::Result<void> export_cockpit(sql::Database& db, auth::Caller const& caller, core::Clock const& clock, int week,
                                  Export const& target) {
    auto const page = TRY(cockpit(db, caller, clock, week, target.language));
    note_export(db, caller, {"cockpit", page.district_id.text(), page.time.week.monday.text()});
    Words const words(target.language);
    text::XlsxWriter writer(target.file);
    write_numbers(writer, page.numbers, page.time, words);
    writer.sheet(
        words("学校", "Schools"),
        {column(words("学校", "School"), ColumnKind::text, 28), column(words("乡镇", "Township"), ColumnKind::text, 16),
         column(words("需要帮助的事", "Things that need help"), ColumnKind::number, 20),
         column(words.title(code::coverage) + " %", ColumnKind::number, 24)});
    for (auto const& school : page.schools) {
        writer.row({school.name, school.township, std::to_string(school.exceptions),
                    school.hidden ? words.hidden() : number(school.value)});
    }
    writer.finish();
    return {};
}

}  // namespace santong::indicators
