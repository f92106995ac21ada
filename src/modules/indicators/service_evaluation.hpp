#pragma once
// Frozen evaluation runs (评估冻结, Z-108): an officer makes one, a job computes and seals it, anybody checks it
// offline.
#include "modules/indicators/service.hpp"
#include "modules/indicators/store_evaluation.hpp"
#include "platform/jobs/runner.hpp"

namespace santong::indicators {

/// What evaluation runs work with.
struct EvaluationPlace {
    sql::Database& db;
    jobs::Jobs& jobs;
    core::Clock const& clock;
};

struct NewEvaluation {
    std::string title;
    core::LocalDate from;  ///< any day of the first week
    core::LocalDate to;    ///< any day of the last one; its correction must be over
    std::vector<std::string> indicators;
    std::vector<core::OrgId> schools;  ///< empty = all
};
BOOST_DESCRIBE_STRUCT(NewEvaluation, (), (title, from, to, indicators, schools))

struct EvaluationLine {
    std::string indicator;
    std::optional<core::OrgId> org_id;  ///< absent = the district
    std::string name;
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
    std::string value;
    std::int32_t hidden = 0;  ///< weeks of schools kept back
};
BOOST_DESCRIBE_STRUCT(EvaluationLine, (), (indicator, org_id, name, numerator, denominator, value, hidden))

struct EvaluationView {
    EvaluationId id;
    std::string title;
    core::LocalDate from;
    core::LocalDate to;  ///< Sunday of the last week
    std::int32_t weeks = 0;
    std::int32_t schools = 0;
    std::vector<std::string> indicators;
    EvaluationState state = EvaluationState::computing;
    std::string made_by;
    core::Instant made_at;
    std::optional<core::Instant> frozen_at;
    core::JobId job_id;
    bool mine = false;  ///< its progress is for who made it
    std::int64_t facts = 0;
    std::int64_t hidden = 0;
    std::string sha256;
    std::string key;
    std::string file_name;
    std::vector<EvaluationLine> results;  ///< of one run only, not in the list
};
BOOST_DESCRIBE_STRUCT(EvaluationView, (),
                      (id, title, from, to, weeks, schools, indicators, state, made_by, made_at, frozen_at, job_id,
                       mine, facts, hidden, sha256, key, file_name, results))

struct EvaluationSchool {
    core::OrgId id;
    std::string name;
    bool central = false;
};
BOOST_DESCRIBE_STRUCT(EvaluationSchool, (), (id, name, central))

/// A week that may be evaluated, for the form.
struct EvaluationChoices {
    core::LocalDate first;  ///< Mondays between which a period may lie
    core::LocalDate last;
    std::vector<std::string> indicators;
    bool may_make = false;
    std::vector<EvaluationSchool> schools;
};
BOOST_DESCRIBE_STRUCT(EvaluationChoices, (), (first, last, indicators, may_make, schools))

struct EvaluationList {
    EvaluationChoices choices;
    std::vector<EvaluationView> items;
};
BOOST_DESCRIBE_STRUCT(EvaluationList, (), (choices, items))

/// Refuses "indicators.evaluation_title", "indicators.evaluation_period", "indicators.evaluation_open" (teachers may
/// still correct a week), "indicators.not_found", "roster.org_not_found".
core::Result<EvaluationView> make_evaluation(EvaluationPlace const& at, auth::Caller const& caller,
                                             NewEvaluation const& wish);
core::Result<EvaluationList> list_evaluations(EvaluationPlace const& at, auth::Caller const& caller);
core::Result<EvaluationView> evaluation(EvaluationPlace const& at, auth::Caller const& caller, EvaluationId const& id);
struct EvaluationFile {
    std::string name;
    std::string content;
};
/// The sealed file; each download is recorded. Refuses "indicators.evaluation_not_ready".
core::Result<EvaluationFile> evaluation_file(EvaluationPlace const& at, auth::Caller const& caller,
                                             EvaluationId const& id);

void register_evaluation_jobs(jobs::JobRunner& runner, EvaluationPlace const& at);

/// Makes and seals a run at once, for the demo district; feed readers must have caught up.
EvaluationId write_evaluation(sql::Database& db, core::DistrictId district, EvaluationRun run,
                              core::Clock const& clock);

}  // namespace santong::indicators
