// Who teaches what to whom and when. A plain construction with ejection is enough: the demo's rooms are not the limit.
#include <algorithm>

#include "core/assert.hpp"
#include "server/demo/plan.hpp"

namespace santong::server::demo {

namespace {

constexpr int weekdays = 5, periods = 7, slots = weekdays * periods;

/// One lesson a week of a class in a subject, waiting for its place.
struct Unit {
    std::size_t class_index;
    std::size_t teacher;
    std::string subject;
};

/// Shares the subjects of a school among its teachers, by load; then finds a place for each lesson.
class SchoolTimetable {
public:
    SchoolTimetable(SchoolPlan& school, Random random)
        : school_(school),
          random_(random),
          load_(school.teachers.size()),
          class_free_(school.classes.size(), std::vector<int>(slots, -1)),
          teacher_busy_(school.teachers.size(), std::vector<int>(slots, -1)) {}

    void build() {
        appoint_by_need();
        make_units();
        for (std::size_t i = 0; i < units_.size(); ++i) place(i);
        write();
    }

private:
    struct Job {
        std::size_t class_index;
        std::string subject;
        int hours;
    };

    /// Largest demand first, each to the least loaded teacher of the subject; the first of a subject is drawn from
    /// those without one.
    void appoint_by_need() {
        std::map<std::string, int> need;
        for (std::size_t c = 0; c < school_.classes.size(); ++c) {
            for (auto const& [subject, hours] : course_of(school_.classes[c].grade)) {
                jobs_.push_back({c, subject, hours});
                need[subject] += hours;
            }
        }
        int total = 0;
        for (auto const& [subject, hours] : need) total += hours;
        share_posts(need, total);
        std::stable_sort(jobs_.begin(), jobs_.end(), [](Job const& a, Job const& b) { return a.hours > b.hours; });
        for (auto const& job : jobs_) teacher_of_[{job.class_index, job.subject}] = lightest(job);
        for (std::size_t c = 0; c < school_.classes.size(); ++c) {
            school_.classes[c].homeroom = teacher_of_.at({c, "13"});  // 语文 teachers lead the class
        }
    }

    /// Each teacher gets a main subject, in proportion to the hours it needs; the rarest subjects share a teacher.
    void share_posts(std::map<std::string, int> const& need, int total) {
        std::vector<std::pair<double, std::string>> wish;
        for (auto const& [subject, hours] : need) {
            double const posts = static_cast<double>(hours) * static_cast<double>(school_.teachers.size()) / total;
            for (int i = 0; i < std::max(1, static_cast<int>(posts + 0.5)); ++i) wish.emplace_back(posts - i, subject);
        }
        std::stable_sort(wish.begin(), wish.end(), [](auto const& a, auto const& b) { return a.first > b.first; });
        for (std::size_t t = 0; t < school_.teachers.size(); ++t)
            school_.teachers[t].subject = wish[t % wish.size()].second;
    }

    std::size_t lightest(Job const& job) {
        std::size_t best = 0;
        double best_cost = 1e9;
        for (std::size_t t = 0; t < school_.teachers.size(); ++t) {
            // A minor subject may be taught by somebody else, but his own people come first.
            double const cost = load_[t] + (school_.teachers[t].subject == job.subject ? 0 : 9);
            if (cost < best_cost) {
                best_cost = cost;
                best = t;
            }
        }
        load_[best] += job.hours;
        return best;
    }

    void make_units() {
        for (auto const& job : jobs_) {
            for (int i = 0; i < job.hours; ++i)
                units_.push_back({job.class_index, teacher_of_.at({job.class_index, job.subject}), job.subject});
        }
        // The most loaded teachers are the hardest to place.
        std::stable_sort(units_.begin(), units_.end(),
                         [&](Unit const& a, Unit const& b) { return load_[a.teacher] > load_[b.teacher]; });
    }

    int same_subject_that_day(Unit const& unit, int slot) const {
        int count = 0;
        for (int p = 0; p < periods; ++p) {
            int const other = class_free_[unit.class_index][static_cast<std::size_t>(slot / periods * periods + p)];
            count += other >= 0 && units_[static_cast<std::size_t>(other)].subject == unit.subject ? 1 : 0;
        }
        return count;
    }

    /// A place that both class and teacher have free, best spread over the week; else somebody is moved away.
    void place(std::size_t number, int depth = 0) {
        SANTONG_ASSERT(depth < 2000);
        auto const& unit = units_[number];
        int best = -1, best_cost = 1 << 30;
        for (int slot = 0; slot < slots; ++slot) {
            auto const at = static_cast<std::size_t>(slot);
            if (class_free_[unit.class_index][at] >= 0 || teacher_busy_[unit.teacher][at] >= 0) continue;
            int const cost = same_subject_that_day(unit, slot) * 100 + slot % periods * 4 + random_.between(0, 9);
            if (cost < best_cost) {
                best_cost = cost;
                best = slot;
            }
        }
        if (best >= 0) {
            put(number, best);
            return;
        }
        eject_and_place(number, depth);
    }

    /// Takes a drawn slot by force: whoever held the class or the teacher there looks for another place.
    void eject_and_place(std::size_t number, int depth) {
        auto const& unit = units_[number];
        auto const slot = random_.below(slots);
        std::vector<std::size_t> homeless;
        for (int const other : {class_free_[unit.class_index][slot], teacher_busy_[unit.teacher][slot]}) {
            if (other < 0 || std::count(homeless.begin(), homeless.end(), static_cast<std::size_t>(other)) > 0)
                continue;
            auto const& moved = units_[static_cast<std::size_t>(other)];
            class_free_[moved.class_index][slot] = -1;
            teacher_busy_[moved.teacher][slot] = -1;
            homeless.push_back(static_cast<std::size_t>(other));
        }
        put(number, static_cast<int>(slot));
        for (auto const other : homeless) place(other, depth + 1);
    }

    void put(std::size_t number, int slot) {
        class_free_[units_[number].class_index][static_cast<std::size_t>(slot)] = static_cast<int>(number);
        teacher_busy_[units_[number].teacher][static_cast<std::size_t>(slot)] = static_cast<int>(number);
    }

    void write() {
        school_.timetable_id = timetable::TimetableId::make();
        for (std::size_t c = 0; c < school_.classes.size(); ++c) {
            for (std::size_t slot = 0; slot < slots; ++slot) {
                if (class_free_[c][slot] < 0) continue;
                auto const& unit = units_[static_cast<std::size_t>(class_free_[c][slot])];
                school_.entries.push_back({timetable::EntryId::make(), school_.timetable_id, school_.classes[c].id,
                                           static_cast<int>(slot) / periods + 1, static_cast<int>(slot) % periods + 1,
                                           unit.subject, school_.teachers[unit.teacher].id, school_.classes[c].room,
                                           timetable::WeekParity::all});
            }
        }
        SANTONG_ASSERT(school_.entries.size() == units_.size());
        SANTONG_ASSERT(timetable::clashes(school_.entries).empty());
    }

    SchoolPlan& school_;
    Random random_;
    std::vector<int> load_;
    std::vector<Job> jobs_;
    std::map<std::pair<std::size_t, std::string>, std::size_t> teacher_of_;
    std::vector<Unit> units_;
    std::vector<std::vector<int>> class_free_;    ///< unit in each slot of a class; -1 = none
    std::vector<std::vector<int>> teacher_busy_;  ///< unit in each slot of a teacher; -1 = none
};

}  // namespace

void draw_timetables(DistrictPlan& plan, Random const& random) {
    for (auto& school : plan.schools) SchoolTimetable(school, random.part("timetable/" + school.row.name)).build();
}

}  // namespace santong::server::demo
