#include "modules/timetable/sheet.hpp"

#include <algorithm>

#include "modules/timetable/sheet_cell.hpp"
#include "platform/text/utf8.hpp"

namespace santong::timetable {

namespace {

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

std::string cell_text(text::TableRow const& row, std::size_t column) {
    return column < row.cells.size() ? row.cells[column].text : std::string();
}

/// Where the columns of a list stand.
struct ListColumns {
    std::size_t class_name = nowhere, weekday = nowhere, period = nowhere, subject = nowhere;
    std::size_t teacher = nowhere, room = nowhere, weeks = nowhere;

    bool complete() const {
        return class_name != nowhere && weekday != nowhere && period != nowhere && subject != nowhere;
    }
};

ListColumns list_columns(text::TableRow const& row) {
    ListColumns found;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        auto const title = text::without_blanks(row.cells[i].text);
        if (title == "班级" || title == "Class") found.class_name = i;
        if (title == "星期" || title == "Weekday") found.weekday = i;
        if (title == "节次" || title == "Period") found.period = i;
        if (title == "学科" || title == "课程" || title == "科目" || title == "Subject") found.subject = i;
        if (title == "任课教师" || title == "教师" || title == "老师" || title == "Teacher") found.teacher = i;
        if (title == "教室" || title == "Room") found.room = i;
        if (title == "单双周" || title == "Weeks") found.weeks = i;
    }
    return found;
}

/// Weekday of each column of a grid's heading; empty if the row is none.
std::map<std::size_t, int> weekday_columns(text::TableRow const& row) {
    std::map<std::size_t, int> found;
    std::set<int> days;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        auto const word = text::without_blanks(row.cells[i].text);
        if (period_of(word) != 0) continue;  // a bare number is no weekday's name
        int const day = weekday_of(word);
        if (day == 0) continue;
        found[i] = day;
        days.insert(day);
    }
    return days.size() >= 3 && days.size() == found.size() ? found : std::map<std::size_t, int>{};
}

class Sheets {
public:
    explicit Sheets(SheetWords const& words) : words_(words) {}

    core::Result<void> read(text::TableReader& table, std::string const& name) {
        sheet_ = name;
        list_ = {};
        grid_.clear();
        class_ = class_in(name);
        text::TableRow row;
        while (TRY(table.next(row))) {
            if (out_.entries.size() > most_entries) return core::invalid_at("/file_id", "timetable.import_too_long");
            if (list_.complete())
                list_row(row);
            else if (!grid_.empty())
                grid_row(row);
            else
                heading_row(row);
        }
        bool const understood = list_.complete() || !grid_.empty();
        if (!understood) refuse("A1", name, {"timetable.import_no_heading", {}});
        return {};
    }

    SheetReading take() { return std::move(out_); }

private:
    std::optional<core::OrgId> class_in(std::string const& text) const {
        auto const bare = text::without_blanks(text);
        if (auto const found = words_.classes.find(bare); found != words_.classes.end()) return found->second;
        for (auto const& [name, id] : words_.classes) {
            if (bare.starts_with(name)) return id;  // "五(2)班课表"
        }
        return {};
    }

    void refuse(std::string cell, std::string value, CellRefusal refusal) {
        if (out_.refused.size() >= most_refused) return;
        value = std::string(text::truncate_characters(value, 60));
        out_.refused.push_back(
            {sheet_, std::move(cell), std::move(value), std::move(refusal.reason), std::move(refusal.params)});
    }
    static std::string place(text::TableRow const& row, std::size_t column) {
        return text::column_letters(column) + std::to_string(row.number);
    }

    void heading_row(text::TableRow const& row) {
        list_ = list_columns(row);
        if (list_.complete()) return;
        grid_ = weekday_columns(row);
        if (grid_.empty()) {
            for (auto const& cell : row.cells) {
                if (auto const found = class_in(cell.text)) class_ = found;
            }
        } else if (!class_) {
            refuse(place(row, 0), sheet_, {"timetable.import_no_class", {{"name", sheet_}}});
        }
    }

    void list_row(text::TableRow const& row) {
        auto const bad = [&](std::size_t column, char const* reason) {
            refuse(place(row, column), cell_text(row, column), {reason, {{"name", cell_text(row, column)}}});
        };
        if (cell_text(row, list_.class_name).empty() && cell_text(row, list_.subject).empty()) return;
        Entry entry;
        auto const group = words_.classes.find(text::without_blanks(cell_text(row, list_.class_name)));
        if (group == words_.classes.end()) return bad(list_.class_name, "timetable.import_class");
        entry.class_id = group->second;
        entry.weekday = weekday_of(cell_text(row, list_.weekday));
        if (entry.weekday == 0) return bad(list_.weekday, "timetable.import_weekday");
        entry.period = period_of(cell_text(row, list_.period));
        if (!words_.periods.contains(entry.period)) return bad(list_.period, "timetable.import_period");
        LessonWords const lesson{cell_text(row, list_.subject), cell_text(row, list_.teacher),
                                 cell_text(row, list_.room), cell_text(row, list_.weeks)};
        auto refusal = fill(entry, lesson, words_);
        if (!refusal) {
            out_.entries.push_back(std::move(entry));
            return;
        }
        auto const column = column_of(refusal->reason);
        refuse(place(row, column), cell_text(row, column), std::move(*refusal));
    }
    std::size_t column_of(std::string const& reason) const {
        if (reason.starts_with("timetable.import_subject")) return list_.subject;
        return reason == "timetable.import_weeks" ? list_.weeks : list_.teacher;
    }

    void grid_row(text::TableRow const& row) {
        if (!class_) return;  // said once, at the heading
        int period = 0;
        for (std::size_t i = 0; i < grid_.begin()->first && i < row.cells.size(); ++i) {
            if (int const number = period_of(row.cells[i].text)) period = number;
        }
        for (auto const& [column, weekday] : grid_) {
            auto const value = cell_text(row, column);
            if (!value.empty()) grid_cell(row, column, weekday, period, value);
        }
    }
    void grid_cell(text::TableRow const& row, std::size_t column, int weekday, int period, std::string const& value) {
        auto const lessons = split_cell(value, words_);
        if (!words_.periods.contains(period)) {
            // A row such as 午休 says the same in every column and names no lesson.
            bool const lesson = !lessons.empty() && words_.subjects.contains(lessons[0].subject);
            if (lesson) refuse(place(row, column), value, {"timetable.import_row_period", {}});
            return;
        }
        for (auto const& words : lessons) {
            Entry entry;
            entry.class_id = *class_;
            entry.weekday = weekday;
            entry.period = period;
            if (auto refusal = fill(entry, words, words_))
                refuse(place(row, column), value, std::move(*refusal));
            else
                out_.entries.push_back(std::move(entry));
        }
    }

    SheetWords const& words_;
    SheetReading out_;
    std::string sheet_;
    ListColumns list_;
    std::map<std::size_t, int> grid_;
    std::optional<core::OrgId> class_;
};

}  // namespace

core::Result<SheetReading> read_sheets(text::TableReader& table, SheetWords const& words) {
    Sheets sheets(words);
    for (std::size_t i = 0; i < table.sheets().size(); ++i) {
        if (table.sheets()[i].hidden) continue;
        TRY_VOID(table.select(i));
        TRY_VOID(sheets.read(table, table.sheets()[i].name));
    }
    return sheets.take();
}

}  // namespace santong::timetable
