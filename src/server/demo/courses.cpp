#include "core/assert.hpp"
#include "server/demo/plan.hpp"

namespace santong::server::demo {

namespace {

using Course = std::vector<std::pair<std::string, int>>;

/// Periods a week, by code of ZXXKC (E1 道德与法治 is the extension of 2022). The grades' totals are 26 to 35.
Course const lower_primary{{"13", 8}, {"14", 5}, {"E1", 2}, {"22", 4}, {"24", 2}, {"25", 2}, {"15", 1}, {"60", 2}};
Course const upper_primary{{"13", 7}, {"14", 5}, {"41", 3}, {"15", 2}, {"E1", 2},
                           {"22", 3}, {"24", 2}, {"25", 2}, {"61", 1}, {"60", 3}};
Course const grade_seven{{"13", 5}, {"14", 5}, {"41", 5}, {"E1", 2}, {"21", 2}, {"20", 2},
                         {"18", 3}, {"22", 3}, {"24", 1}, {"25", 1}, {"61", 1}, {"60", 2}};
Course const grade_eight{{"13", 5}, {"14", 5}, {"41", 5}, {"16", 3}, {"E1", 2}, {"21", 2}, {"20", 2},
                         {"18", 2}, {"22", 3}, {"24", 1}, {"25", 1}, {"61", 1}, {"60", 1}};
Course const grade_nine{{"13", 6}, {"14", 6}, {"41", 6}, {"16", 4}, {"17", 3},
                        {"E1", 2}, {"21", 2}, {"22", 3}, {"60", 1}};
Course const senior{{"13", 5}, {"14", 5}, {"41", 5}, {"16", 3}, {"17", 3}, {"18", 2}, {"12", 2},
                    {"21", 2}, {"20", 2}, {"22", 2}, {"26", 1}, {"24", 1}, {"25", 1}};

timetable::BellPeriod period(int number, int hour, int minute, int length) {
    int const start = hour * 60 + minute;
    return {number, "", start, start + length};
}

}  // namespace

std::vector<std::pair<std::string, int>> const& course_of(int grade) {
    SANTONG_ASSERT(grade >= 1 && grade <= 12);
    if (grade <= 2) return lower_primary;
    if (grade <= 6) return upper_primary;
    if (grade == 7) return grade_seven;
    if (grade == 8) return grade_eight;
    if (grade == 9) return grade_nine;
    return senior;
}

std::vector<timetable::BellPeriod> bell_of(int first_grade) {
    if (first_grade >= 7) {
        return {period(1, 8, 0, 45),   period(2, 8, 55, 45), period(3, 10, 10, 45), period(4, 11, 5, 45),
                period(5, 14, 10, 45), period(6, 15, 5, 45), period(7, 16, 0, 45)};
    }
    return {period(1, 8, 20, 40),  period(2, 9, 10, 40), period(3, 10, 20, 40), period(4, 11, 10, 40),
            period(5, 14, 10, 40), period(6, 15, 0, 40), period(7, 15, 50, 40)};
}

}  // namespace santong::server::demo
