#include "server/demo/reviews.hpp"

#include <algorithm>

#include "core/assert.hpp"
#include "core/json.hpp"
#include "modules/workflow/service.hpp"
#include "server/demo/write_roster.hpp"

namespace santong::server::demo {

namespace {

using workflow::DecisionKind;

std::string facts_of(resources::Resource const& row, resources::Version const& version) {
    std::string json = R"({"kind":")" + std::string(core::enum_text(row.kind)) + R"(","media_type":)";
    core::json::write_string(json, version.media_type);
    json += ",\"pages\":" + std::to_string(version.pages);
    json += ",\"duration_seconds\":" + std::to_string(version.duration_seconds);
    json += ",\"grade_from\":" + std::to_string(row.grade_from) + ",\"grade_to\":" + std::to_string(row.grade_to);
    return json + ",\"version\":1,\"chapter_title\":\"\"}";
}

class ReviewWriter {
public:
    ReviewWriter(DistrictPlan const& plan, Random random, SignIns& sign_ins)
        : plan_(plan), random_(random), sign_ins_(sign_ins) {
        school_days_ = school_days(plan);
    }

    workflow::BulkItems bulk;

    /// A review that ended on the day of publication.
    void add_published(workflow::PathId const& path, resources::Resource const& row,
                       resources::Version const& version) {
        auto item = item_of(path, row, version, std::string(core::enum_text(row.scope)));
        item.opened_at = row.created_at;
        item.closed_at = *row.published_at;
        item.state = workflow::ItemState::approved;
        put(item, row, steps_of(item).size(), row.published_at->ms - row.created_at.ms);
    }

    /// One of seven is still at its school; the others wait for the researcher.
    void add_open(workflow::PathId const& path, resources::Resource const& row, resources::Version const& version) {
        auto item = item_of(path, row, version, "district");
        item.opened_at = core::Zone{}.at(demo_today.plus_days(-random_.between(1, 5)), random_.between(480, 1020));
        std::size_t const decided = ++open_ % 7 == 0 ? 1 : 2;
        auto const most_ms = core::Zone{}.at(demo_today, demo_minute).ms - item.opened_at.ms - 600'000;
        put(item, row, decided, std::min(random_.between(3600, 80'000) * std::int64_t{1000}, most_ms));
    }

private:
    static workflow::Item item_of(workflow::PathId const& path, resources::Resource const& row,
                                  resources::Version const& version, std::string scope) {
        workflow::Item item;
        item.id = workflow::ItemId::make();
        item.subject_kind = "resource";
        item.subject_id = row.id.text();
        item.title = row.title;
        item.path_id = path;
        item.scope = std::move(scope);
        item.submitter_person = row.owner_person;
        item.origin_school_id = row.school_id;
        item.subject_code = row.subject;
        item.facts.value = facts_of(row, version);
        return item;
    }
    static std::vector<workflow::StepRule> steps_of(workflow::Item const& item) {
        return workflow::usual_path(item.scope);
    }

    /// Writes the item with its steps, the first `decided` of which were approved within `took_ms`.
    void put(workflow::Item item, resources::Resource const& row, std::size_t decided, std::int64_t took_ms) {
        auto const rules = steps_of(item);
        auto const& school = school_of(row);
        auto at = item.opened_at;
        decide(item, 0, item.submitter_person, DecisionKind::submit, at);
        for (std::size_t i = 0; i < rules.size(); ++i) {
            auto const level = rules[i].pool_level;
            auto const place = level == workflow::PoolLevel::county ? plan_.county
                               : level == workflow::PoolLevel::area ? parent_of(plan_, school)
                                                                    : school.id;
            workflow::Step const step{item.id,
                                      1,
                                      rules[i].number,
                                      rules[i].name,
                                      rules[i].pool_role,
                                      place,
                                      rules[i].needs_subject ? row.subject : "",
                                      rules[i].days,
                                      false};
            bulk.steps.push_back(step);
            if (i <= decided) stand_at(item, step, at);
            if (i >= decided) continue;
            at =
                item.opened_at.plus_ms(took_ms * static_cast<std::int64_t>(i + 1) / static_cast<std::int64_t>(decided));
            decide(item, step.number, reviewer_of(step, school, row), DecisionKind::approve, at);
        }
        bulk.items.push_back(std::move(item));
    }
    void stand_at(workflow::Item& item, workflow::Step const& step, core::Instant since) const {
        item.step_number = step.number;
        item.pool_role = step.pool_role;
        item.pool_org_id = step.pool_org_id;
        item.pool_subject = step.pool_subject;
        item.step_since = since;
        item.due_at = workflow::due_after(since, step.days, core::Zone{}, school_days_);
    }
    void decide(workflow::Item const& item, int step, PersonId const& person, DecisionKind kind, core::Instant at) {
        bulk.decisions.push_back({workflow::DecisionId::make(), item.id, 1, step, person, kind, "", {"[]"}, at});
        sign_ins_.note(person, at);
    }

    SchoolPlan const& school_of(resources::Resource const& row) const {
        return *std::ranges::find(plan_.schools, row.school_id, &SchoolPlan::id);
    }
    /// Never the author: where he leads the research group himself, the principal looks.
    PersonId reviewer_of(workflow::Step const& step, SchoolPlan const& school, resources::Resource const& row) const {
        if (step.pool_role == "academic")
            return std::ranges::find(plan_.schools, step.pool_org_id, &SchoolPlan::id)->teachers[1].id;
        if (step.pool_role == "info_office") return plan_.officers.at("info_office").id;
        if (step.pool_role == "researcher") {
            auto const found = std::ranges::find(plan_.researchers, row.subject, &PersonPlan::subject);
            SANTONG_ASSERT(found != plan_.researchers.end());
            return found->id;
        }
        for (std::size_t i = 3; i < school.teachers.size(); ++i) {
            auto const& teacher = school.teachers[i];
            if (teacher.subject == row.subject)
                return teacher.id == row.owner_person ? school.teachers[0].id : teacher.id;
        }
        return school.teachers[0].id;
    }

    DistrictPlan const& plan_;
    Random random_;
    std::vector<core::LocalDate> school_days_;
    SignIns& sign_ins_;
    std::size_t open_ = 0;
};

}  // namespace

void write_reviews(sql::Database& db, DistrictPlan const& plan, resources::BulkResources const& library, Random random,
                   SignIns& sign_ins) {
    ReviewWriter writer(plan, random, sign_ins);
    db.transact(datonghu, [&](sql::Tx& tx) {
        std::map<resources::Scope, workflow::PathId> paths;
        for (std::size_t i = 0; i < library.resources.size(); ++i) {
            auto const& row = library.resources[i];
            auto& path = paths[row.wished_scope];
            if (path == workflow::PathId{})
                path = workflow::path_of(tx, "resource", std::string(core::enum_text(row.wished_scope)));
            if (row.in_review)
                writer.add_open(path, row, library.versions[i]);
            else
                writer.add_published(path, row, library.versions[i]);
        }
        workflow::write_bulk(tx, writer.bulk);
    });
}

std::vector<core::LocalDate> school_days(DistrictPlan const& plan) {
    auto const days = calendar(plan.county);
    std::vector<core::LocalDate> found;
    for (auto date = term_start; date <= term_end; date = date.plus_days(1)) {
        auto const special = std::ranges::find(days, date, &timetable::CalendarDay::date);
        if (timetable::is_school_day(date, special == days.end() ? nullptr : &*special)) found.push_back(date);
    }
    return found;
}

}  // namespace santong::server::demo
