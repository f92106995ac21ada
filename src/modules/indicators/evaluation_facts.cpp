#include "modules/indicators/evaluation_facts.hpp"

#include <algorithm>
#include <set>

#include "core/base64.hpp"
#include "platform/auth/crypto.hpp"

namespace santong::indicators {

namespace {

constexpr std::size_t id_bytes = 8;

EvidenceUse use_of(SessionFact const& one) {
    return {one.kind, one.minutes_band, one.state, one.resource_count, one.reviewed_resource, one.acted};
}

class Rows {
public:
    Rows(WeekFacts const& facts, std::string school, std::string const& salt)
        : facts_(facts),
          school_(std::move(school)),
          salt_(salt),
          version_(find_indicator(code::coverage)->version_of(facts.monday).number) {
        for (auto const& one : facts.taught) lessons_[one.lesson_id] = &one;
    }

    CellFacts take() {
        take_lessons();
        take_teachers();
        take_subjects_and_classes();
        take_courses();
        state(Family::pupils_opened, facts_.pupils, facts_.pupils_opened);
        state(Family::pupils_used, facts_.pupils, std::min(facts_.learners, facts_.pupils));
        state(Family::shelf, facts_.published, facts_.approved);
        // In the order of their ids, which is none: rows of two families cannot be laid side by side.
        for (auto& [family, rows] : made_) std::ranges::sort(rows, {}, &EvidenceFact::id);
        return std::move(made_);
    }

private:
    EvidenceFact& add(Family family, std::string const& name) {
        EvidenceFact fact;
        fact.school = school_;
        fact.monday = facts_.monday;
        fact.family = family;
        auto const said =
            std::string(core::enum_text(family)) + '/' + school_ + '/' + facts_.monday.text() + '/' + name;
        fact.id = core::hex(auth::crypto::hmac_sha256(salt_, said).substr(0, id_bytes));
        auto& rows = made_[family];
        rows.push_back(std::move(fact));
        return rows.back();
    }
    void state(Family family, std::int64_t due, std::int64_t done) {
        if (due == 0) return;
        auto& fact = add(family, "all");
        fact.due = due;
        fact.done = done;
    }

    TaughtFact const* lesson_of(SessionFact const& one) const {
        auto const at = lessons_.find(one.lesson_id);
        return at == lessons_.end() ? nullptr : at->second;
    }
    /// Evidence of a lesson that the timetable says was not held counts nowhere.
    bool dropped(SessionFact const& one) const {
        auto const* lesson = lesson_of(one);
        return lesson != nullptr && lesson->state != "held";
    }

    void take_lessons() {
        std::map<core::Uuid, std::vector<EvidenceUse>> uses;
        for (auto const& one : facts_.sessions) uses[one.lesson_id].push_back(use_of(one));
        for (auto const& [id, lesson] : lessons_) {
            auto& fact = add(Family::lesson, id.text());
            fact.state = lesson->state;
            if (auto const at = uses.find(id); at != uses.end()) fact.uses = at->second;
        }
        for (auto const& [id, of] : uses) {
            if (!lessons_.contains(id)) add(Family::lesson, id.text()).uses = of;
        }
    }

    void take_teachers() {
        std::map<core::PersonId, std::vector<EvidenceUse>> uses;
        for (auto const& one : facts_.sessions) {
            if (!dropped(one)) uses[one.teacher_id].push_back(use_of(one));
        }
        for (auto const& teacher : facts_.teachers) {
            auto& fact = add(Family::teacher, teacher.text());
            if (auto const at = uses.find(teacher); at != uses.end()) {
                fact.uses = at->second;
                std::ranges::sort(fact.uses);
            }
        }
    }

    /// One use is enough for a subject or a class: how many there were would say which it is.
    void take_subjects_and_classes() {
        std::map<std::string, std::optional<EvidenceUse>> subjects;
        std::map<core::OrgId, std::optional<EvidenceUse>> classes;
        for (auto const& lesson : facts_.taught) {
            subjects.try_emplace(lesson.subject);
            if (lesson.state == "held") classes.try_emplace(lesson.class_id);
        }
        for (auto const& one : facts_.sessions) {
            if (dropped(one) || !one.is_evidence(version_)) continue;
            auto const* lesson = lesson_of(one);
            auto& use = subjects[lesson == nullptr ? one.subject : lesson->subject];
            if (!use) use = use_of(one);
            auto& reach = classes[one.class_id];
            if (one.reviewed_resource && !reach) reach = use_of(one);
        }
        for (auto const& [subject, use] : subjects) keep(add(Family::subject, subject), use);
        for (auto const& [id, use] : classes) keep(add(Family::class_group, id.text()), use);
    }
    static void keep(EvidenceFact& fact, std::optional<EvidenceUse> const& use) {
        if (use) fact.uses.push_back(*use);
    }

    void take_courses() {
        std::set<core::LocalDate> days;
        std::map<std::pair<core::OrgId, std::string>, std::set<core::Uuid>> given;
        for (auto const& lesson : facts_.taught) {
            days.insert(lesson.date);
            if (lesson.state == "held") given[{lesson.class_id, lesson.subject}].insert(lesson.lesson_id);
        }
        for (auto const& one : facts_.sessions) {
            if (dropped(one) || !one.is_evidence(version_)) continue;
            auto const* lesson = lesson_of(one);
            given[{one.class_id, lesson == nullptr ? one.subject : lesson->subject}].insert(one.lesson_id);
        }
        auto const school_days = static_cast<int>(days.size());
        if (school_days < least_school_days) return;
        for (auto const& [class_id, wanted] : facts_.wanted) {
            for (auto const& [subject, weekly] : wanted) {
                auto& fact = add(Family::course, class_id.text() + '/' + subject);
                fact.due = periods_due(weekly, school_days);
                auto const at = given.find({class_id, subject});
                if (at != given.end()) fact.done = static_cast<std::int64_t>(at->second.size());
            }
        }
    }

    WeekFacts const& facts_;
    std::string school_;
    std::string const& salt_;
    int version_;
    std::map<core::Uuid, TaughtFact const*> lessons_;
    CellFacts made_;
};

}  // namespace

CellFacts shelf_evidence(std::vector<ShelfLine> const& lines, core::LocalDate monday) {
    CellFacts made;
    for (auto const& line : lines) {
        auto const point = line.part.find('.');
        if (line.monday != monday || point == std::string::npos) continue;  // who gave is in no file
        EvidenceFact fact;
        fact.monday = monday;
        fact.family = line.indicator == code::shelf ? Family::held : Family::chapters;
        fact.state = line.part.substr(point + 1);
        fact.id = fact.state;
        fact.due = line.total;
        fact.done = line.counted;
        made[fact.family].push_back(std::move(fact));
    }
    return made;
}

CellFacts line_evidence(std::vector<LineFact> const& facts, core::LocalDate monday,
                        std::map<core::OrgId, std::string> const& names) {
    CellFacts made;
    for (auto const& one : facts) {
        if (one.monday != monday || line_figure(facts, one.indicator, monday).denominator == 0) continue;
        if (!one.known && one.indicator == code::offline_use) continue;  // only what was seen says anything
        EvidenceFact fact;
        fact.monday = monday;
        fact.family = Family::lines;
        fact.state = one.indicator;
        auto const name = names.find(one.org_id);
        fact.id = name == names.end() ? one.org_id.text() : name->second;
        fact.due = one.total;
        fact.done = one.counted;
        made[fact.family].push_back(std::move(fact));
    }
    return made;
}

CellFacts evidence_of(WeekFacts const& facts, std::string const& school, std::string const& salt) {
    return Rows(facts, school, salt).take();
}

}  // namespace santong::indicators
