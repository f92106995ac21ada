#pragma once
// Indicators (指标): what is counted from taught lessons and class sessions, and how. May include: core/ only.
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/described.hpp"

namespace santong::indicators {

using DeclarationId = core::Id<struct DeclarationTag>;

/// Codes as they stand in addresses, in rollups and in `REQUIREMENTS` section C.
namespace code {
inline constexpr char participation[] = "I20";      ///< 教师多媒体教学参与率
inline constexpr char coverage[] = "I21";           ///< 多媒体课时覆盖率
inline constexpr char subjects[] = "I22";           ///< 学科覆盖率
inline constexpr char two_lessons[] = "I23";        ///< 周两课时
inline constexpr char spaces[] = "I25";             ///< 学生空间: opened
inline constexpr char spaces_used[] = "I25U";       ///< 学生空间: used that week
inline constexpr char class_reach[] = "I27";        ///< 优质资源班级覆盖
inline constexpr char village_teachers[] = "I28T";  ///< 村小普惠: teachers, the figures of I20
inline constexpr char village_pupils[] = "I28P";    ///< 村小普惠: pupils, the figures of I25U
inline constexpr char village_schools[] = "I28S";   ///< 村小普惠: schools with a use, by the figures of I20
inline constexpr char shelf[] = "I29";              ///< 资源建设与复用: a stock, by week
inline constexpr char chapters[] = "I30";           ///< 教材章节覆盖: a stock, by week
inline constexpr char arrival[] = "I31";            ///< 推送准时到达率, by receipts
inline constexpr char offline_use[] = "I65";        ///< 断网可用率
inline constexpr char reviewed[] = "I33";           ///< 分层审核合规
inline constexpr char courses[] = "I34";            ///< 开课率
inline constexpr char periods[] = "I35";            ///< 课时足额
inline constexpr char rooms[] = "ROOMS";            ///< 班班通教室
inline constexpr char variation[] = "I62";          ///< 校际差异系数 of I21
/// Evidence split of I21: "I21.class_view", … and what fell out of its denominator.
inline constexpr char declared_lessons[] = "I21.declared";
inline constexpr char not_held[] = "I21.not_held";
}  // namespace code

/// Whose schools a district value is made of.
enum class Reach : int { every_school, central_schools, village_schools };
BOOST_DESCRIBE_ENUM(Reach, every_school, central_schools, village_schools)

/// What numerators and denominators count. A lesson stands in one cell of its school's row; a teacher may stand in two
/// (then the total is less than the sum of the cells), a class stands in the cell of every subject it is taught.
/// `items` are public things, such as resources in the library: nothing of them is kept back.
enum class Counts : int { lessons, people, classes, items };

/// One version of an indicator's formula (口径): the weeks from a Monday on are counted by it.
struct FormulaVersion {
    int number = 1;
    core::LocalDate from_date;
};

/// An indicator with all its formulas, oldest first. Their texts are keys "indicators.code.<code>.formula.<version>" of
/// the screens.
struct Indicator {
    char const* code;
    Counts counts = Counts::people;
    Reach reach = Reach::every_school;
    bool by_subject = true;  ///< has a school × subject matrix
    bool at_least = true;    ///< a higher value is better
    std::vector<FormulaVersion> versions{};
    char const* figures_of = nullptr;  ///< the indicator whose figures these are, for other schools; absent = its own

    /// Under which code its figures are kept.
    char const* figures() const { return figures_of == nullptr ? code : figures_of; }
    /// The one in force in the week of a Monday; weeks before the first are counted by the first.
    FormulaVersion const& version_of(core::LocalDate monday) const;
};
/// The indicators of this product, in the order of their codes.
std::span<Indicator const> indicators();
/// nullptr if there is none of that code.
Indicator const* find_indicator(std::string_view code);
/// Those of the library (I29, I30), of the whole district: what stands on the shelf at the end of a week.
std::span<Indicator const> shelf_indicators();
/// One of `indicators()` or of the library; nullptr if there is none of that code.
Indicator const* find_formula(std::string_view code);
/// Those of the whole district that are made of other figures, of the library or of receipts and are kept in no rollup:
/// I28S, I29, I30, I31.
bool is_derived(std::string_view code);
inline constexpr char const* derived_codes[] = {code::village_schools, code::shelf, code::chapters, code::arrival};

/// Those of lines and boxes (`line_weeks.hpp`), derived as well.
inline constexpr char const* line_codes[] = {"I01", "I02", "I03", "I04", "I05", "I06", "I09", "I65"};

/// Columns of the matrix: subjects that are taught by few teachers stand together (科学·理化生, 品德·史地政, 音体美).
struct SubjectGroup {
    char const* key;  ///< "g.science"; a group of one is the code itself
    std::vector<char const*> subjects;
};
std::span<SubjectGroup const> subject_groups();
/// The column a subject belongs to.
std::string group_of(std::string_view subject);

/// Monday of the week that a day lies in.
core::LocalDate monday_of(core::LocalDate date);
/// Last day on which a teacher may change a record of the week: the seventh day after its Sunday.
core::LocalDate fixed_after(core::LocalDate monday);
/// A week is provisional (暂定) until the seven days of correction are over.
bool is_provisional(core::LocalDate monday, core::LocalDate today);
/// "2014-10": the month that a week counts for, by its Thursday.
std::string month_of(core::LocalDate monday);
/// The month that lies so many months before "2014-10".
std::string month_before(std::string const& month, int months);
/// Whether a text names a month.
bool is_month(std::string_view text);

// ---- facts -------------------------------------------------------------------------------------------------------

/// A lesson as the timetable closed it (已上).
struct TaughtFact {
    core::Uuid lesson_id;
    core::OrgId school_id;
    core::OrgId class_id;
    core::LocalDate date;
    core::LocalDate monday;
    std::int32_t period = 0;
    std::string subject;
    std::optional<core::PersonId> teacher_id;
    std::string state;  ///< held, cancelled, not_taught
};
BOOST_DESCRIBE_STRUCT(TaughtFact, (),
                      (lesson_id, school_id, class_id, date, monday, period, subject, teacher_id, state))

/// A class session (使用证据).
struct SessionFact {
    core::Uuid session_id;
    core::Uuid lesson_id;
    core::OrgId school_id;
    core::OrgId class_id;
    core::PersonId teacher_id;
    std::string subject;
    core::LocalDate date;
    core::LocalDate monday;
    std::int32_t period = 0;
    std::string kind;          ///< class_view, resource_opened, helper, live; declared never counts
    std::string minutes_band;  ///< b0_10 …
    std::string state;         ///< provisional, released, discarded, fixed
    std::int32_t resource_count = 0;
    bool reviewed_resource = false;
    bool acted = false;  ///< a question was asked or hands were counted

    bool declared() const { return kind == "declared"; }
    bool discarded() const { return state == "discarded"; }
    /// Measured and not discarded by its owner.
    bool counts() const { return !declared() && !discarded(); }
    /// Whether more was done than to open a class view and close it: ten minutes of it, or one act in it. The other
    /// kinds of evidence are acts themselves.
    bool used() const { return kind != "class_view" || minutes_band != "b0_10" || resource_count > 0 || acted; }
    /// Whether it counts by the formulas of this version.
    bool is_evidence(int version) const { return counts() && (version < 2 || used()); }
    /// An effective lesson of I23: at least ten minutes, and some material on the screen.
    bool effective() const { return counts() && minutes_band != "b0_10" && (resource_count > 0 || kind == "helper"); }
};
BOOST_DESCRIBE_STRUCT(SessionFact, (),
                      (session_id, lesson_id, school_id, class_id, teacher_id, subject, date, monday, period, kind,
                       minutes_band, state, resource_count, reviewed_resource, acted))

/// A resource of a school that everybody of the school or above may use (已发布资源).
struct PublishedFact {
    core::Uuid resource_id;
    core::OrgId school_id;
    core::LocalDate monday;  ///< of its publication
};
BOOST_DESCRIBE_STRUCT(PublishedFact, (), (resource_id, school_id, monday))

/// The review that ended with an approval (审核通过); the engine lets no step be left out.
struct ReviewFact {
    core::Uuid resource_id;
    std::int64_t seconds = 0;  ///< from submission to approval
};
BOOST_DESCRIBE_STRUCT(ReviewFact, (), (resource_id, seconds))

/// A resource was put to use at another school than its own (复用), by others than who gave it: shown in a class
/// session
/// (`lesson`, `source_id` = the session), standing in a lesson plan (`plan`), saved by a teacher (`saved`, `source_id`
/// = the school).
struct ReuseFact {
    core::Uuid resource_id;
    core::OrgId school_id;  ///< where it was used
    core::LocalDate monday;
    std::string how;
    core::Uuid source_id;
};
BOOST_DESCRIBE_STRUCT(ReuseFact, (), (resource_id, school_id, monday, how, source_id))

/// A line of what the library held at the end of a week. I29: "kind.slides", of these reused; "schools" and "people"
/// who gave. I30: "has.plan,slides", chapters that have these of what a chapter needs and no others.
struct ShelfLine {
    std::string indicator;
    core::LocalDate monday;
    std::int32_t version = 1;
    std::string part;
    std::int64_t total = 0;
    std::int64_t counted = 0;
    bool frozen = false;  ///< its seven days are over: it is not computed again

    auto operator<=>(ShelfLine const&) const = default;
};
BOOST_DESCRIBE_STRUCT(ShelfLine, (), (indicator, monday, version, part, total, counted, frozen))

/// What the course plan asks of a class (课程计划): periods a week by subject.
using CoursesWanted = std::map<std::string, std::int32_t>;

/// Everything that one school did in one week.
struct WeekFacts {
    core::OrgId school_id;
    core::LocalDate monday;
    std::vector<TaughtFact> taught;
    std::vector<SessionFact> sessions;
    std::vector<core::PersonId> teachers;           ///< with a teacher's post on any day of the week
    std::int64_t pupils = 0;                        ///< enrolled on any day of the week
    std::int64_t pupils_opened = 0;                 ///< of these: their account is open today
    std::int64_t learners = 0;                      ///< pupils with a learning event that week
    std::int64_t published = 0;                     ///< resources that became public that week
    std::int64_t approved = 0;                      ///< of these: went through every step of review
    std::map<core::OrgId, CoursesWanted> wanted{};  ///< of the classes that had a lesson due
};

/// Counts of one indicator for one school, week and subject; `heads` = distinct people behind them (teachers, or pupils
/// where the indicator counts pupils).
struct Rollup {
    std::string indicator;
    core::LocalDate monday;
    core::OrgId org_id;
    std::string subject;
    std::int32_t version = 1;
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
    std::int64_t heads = 0;

    auto operator<=>(Rollup const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Rollup, (), (indicator, monday, org_id, subject, version, numerator, denominator, heads))

/// How often rollups were computed; moves whenever one of them does.
struct RollupState {
    std::int64_t version = 0;
    core::Instant computed_at;
};
BOOST_DESCRIBE_STRUCT(RollupState, (), (version, computed_at))

/// What a school says of itself (申报).
struct Declaration {
    DeclarationId id;
    std::string indicator;
    core::OrgId org_id;
    std::string month;  ///< "2014-10"
    double value = 0;   ///< per cent, or a number of rooms
    std::string note;
    core::PersonId declared_by;
    core::Instant declared_at;
};
BOOST_DESCRIBE_STRUCT(Declaration, (), (id, indicator, org_id, month, value, note, declared_by, declared_at))

/// What is to be reached by a date: by the district's schools together (`org_id` = the county) or by one school.
struct Target {
    std::string indicator;
    core::OrgId org_id;
    core::LocalDate due;
    double value = 0;
};
BOOST_DESCRIBE_STRUCT(Target, (), (indicator, org_id, due, value))

/// All rollups of one school and week, from facts alone; none for a week in which nothing happened.
///
/// A lesson counts as held when the timetable says so, or when there is measured evidence for it and the timetable does
/// not say that it was cancelled or not taught. From the second version of the formulas on, a class view that was
/// opened and closed at once is no evidence (`SessionFact::used`). A numerator never exceeds its denominator.
std::vector<Rollup> roll_up(WeekFacts const& facts);

/// Days with lessons below which a week says nothing of courses: the one period of a subject may have lain on a
/// holiday.
inline constexpr int least_school_days = 4;
inline constexpr int usual_school_days = 5;
/// Periods that are due in a week of so many school days where a full week has `weekly`.
std::int64_t periods_due(std::int32_t weekly, int school_days);

/// Standard deviation over mean (校际差异系数); empty with less than two values or a mean of nought.
std::optional<double> variation(std::vector<double> const& values);

}  // namespace santong::indicators
