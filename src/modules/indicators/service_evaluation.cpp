#include "modules/indicators/service_evaluation.hpp"

#include <algorithm>
#include <set>

#include "core/json.hpp"
#include "modules/indicators/evaluation_freeze.hpp"
#include "modules/indicators/permissions.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/audit.hpp"

namespace santong::indicators {

namespace {

constexpr char job_kind[] = "indicators.evaluate";
constexpr std::size_t longest_title = 80;
constexpr int most_weeks = 60;

struct EvaluationInput {
    EvaluationId run_id;
};
BOOST_DESCRIBE_STRUCT(EvaluationInput, (), (run_id))

core::Result<core::OrgId> county(sql::Tx& tx, auth::Caller const& caller, auth::Permission permission) {
    auto const root = roster::district(tx).org_id;
    TRY_VOID(caller.require(tx, permission, root));
    return root;
}

std::string file_name(EvaluationRun const& run) {
    return "evaluation-" + run.from_monday.text() + "-" + run.to_monday.plus_days(6).text() + ".jsonl.zst";
}

std::map<core::PersonId, std::string> authors(sql::Tx& tx, std::vector<EvaluationRun> const& runs) {
    std::set<core::PersonId> ids;
    for (auto const& one : runs) ids.insert(one.made_by);
    return roster::names(tx, {ids.begin(), ids.end()});
}

EvaluationView view_of(EvaluationRun const& run, std::map<core::PersonId, std::string>& names,
                       core::PersonId const& caller, std::size_t all_schools) {
    EvaluationView view;
    view.id = run.id;
    view.title = run.title;
    view.from = run.from_monday;
    view.to = run.to_monday.plus_days(6);
    view.weeks = (run.to_monday.day_number() - run.from_monday.day_number()) / 7 + 1;
    view.indicators = list_of<std::string>(run.indicators);
    auto const schools = list_of<core::OrgId>(run.schools).size();
    view.schools = static_cast<std::int32_t>(schools == 0 ? all_schools : schools);
    view.state = run.state;
    view.made_by = names[run.made_by];
    view.made_at = run.made_at;
    view.frozen_at = run.frozen_at;
    view.job_id = run.job_id;
    view.mine = run.made_by == caller;
    view.facts = run.facts;
    view.hidden = run.hidden;
    view.sha256 = run.sha256;
    view.key = run.key;
    view.file_name = file_name(run);
    return view;
}

core::Result<void> check_wish(sql::Tx& tx, core::Clock const& clock, NewEvaluation const& wish) {
    if (wish.title.empty() || wish.title.size() > longest_title * 3)
        return core::invalid_at("/title", "indicators.evaluation_title");
    auto const from = monday_of(wish.from), to = monday_of(wish.to);
    if (to < from || to.day_number() - from.day_number() > 7 * most_weeks)
        return core::invalid_at("/to", "indicators.evaluation_period");
    if (is_provisional(to, roster::today(tx, clock))) return core::invalid_at("/to", "indicators.evaluation_open");
    if (wish.indicators.empty()) return core::invalid_at("/indicators", "indicators.not_found");
    for (auto const& code : wish.indicators) {
        if (find_evaluated(code) == nullptr) return core::invalid_at("/indicators", "indicators.not_found");
    }
    for (auto const& id : wish.schools) static_cast<void>(TRY(roster::school(tx, id)));
    return {};
}

void compute(EvaluationPlace const& at, jobs::JobContext& job, EvaluationRun const& run) {
    auto const done = freeze_run(at.db, job.district(), run, at.clock, [&](int schools, int of) -> core::Result<void> {
        job.progress(schools, of, "indicators.evaluation_school");
        if (job.cancelled()) return core::conflict("indicators.evaluation_cancelled");
        return {};
    });
    if (done) return job.finish("null");
    at.db.transact(job.district(), [&](sql::Tx& tx) { store::fail_run(tx, run.id); });
    job.fail(done.error());
}

}  // namespace

core::Result<EvaluationView> make_evaluation(EvaluationPlace const& at, auth::Caller const& caller,
                                             NewEvaluation const& wish) {
    return at.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<EvaluationView> {
        auto const root = TRY(county(tx, caller, permissions::evaluate));
        TRY_VOID(check_wish(tx, at.clock, wish));
        EvaluationRun run;
        run.id = EvaluationId::make();
        run.title = wish.title;
        run.from_monday = monday_of(wish.from);
        run.to_monday = monday_of(wish.to);
        run.indicators.value = core::json::write(wish.indicators);
        run.schools.value = core::json::write(wish.schools);
        run.made_by = caller.person;
        run.made_at = at.clock.now();
        run.job_id = at.jobs.add(tx, {job_kind, caller.account, root, core::json::write(EvaluationInput{run.id})});
        store::insert_run(tx, run);
        auth::audit(tx, caller, {"indicators.evaluation_made", run.id.text(), core::json::write(wish)});
        auto names = authors(tx, {run});
        return view_of(run, names, caller.person, roster::schools(tx).size());
    });
}

core::Result<EvaluationList> list_evaluations(EvaluationPlace const& at, auth::Caller const& caller) {
    return at.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<EvaluationList> {
        auto const root = TRY(county(tx, caller, permissions::view_evaluations));
        auto const today = roster::today(tx, at.clock);
        EvaluationList list;
        auto const terms = roster::terms(tx);
        if (!terms.empty()) list.choices.first = terms.front().week_one_monday;
        list.choices.last = monday_of(today.plus_days(-14));
        for (auto const* one : evaluated_indicators()) list.choices.indicators.emplace_back(one->code);
        list.choices.may_make = caller.may(tx, permissions::evaluate, root);
        auto const runs = store::runs(tx);
        auto names = authors(tx, runs);
        for (auto const& one : roster::schools(tx)) list.choices.schools.push_back({one.id, one.name, one.central});
        auto const schools = list.choices.schools.size();
        for (auto const& run : runs) list.items.push_back(view_of(run, names, caller.person, schools));
        return list;
    });
}

core::Result<EvaluationView> evaluation(EvaluationPlace const& at, auth::Caller const& caller, EvaluationId const& id) {
    return at.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<EvaluationView> {
        static_cast<void>(TRY(county(tx, caller, permissions::view_evaluations)));
        auto const run = store::run(tx, id);
        if (!run) return core::not_found();
        auto names = authors(tx, {*run});
        auto view = view_of(*run, names, caller.person, roster::schools(tx).size());
        view.results = list_of<EvaluationLine>(run->results);
        return view;
    });
}

core::Result<EvaluationFile> evaluation_file(EvaluationPlace const& at, auth::Caller const& caller,
                                             EvaluationId const& id) {
    return at.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<EvaluationFile> {
        static_cast<void>(TRY(county(tx, caller, permissions::evaluate)));
        auto const run = store::run(tx, id);
        if (!run) return core::not_found();
        auto content = store::run_file(tx, id);
        if (!content) return core::conflict("indicators.evaluation_not_ready");
        auth::audit(tx, caller, {"indicators.evaluation_taken", id.text()});
        return EvaluationFile{file_name(*run), std::move(*content)};
    });
}

void register_evaluation_jobs(jobs::JobRunner& runner, EvaluationPlace const& at) {
    runner.on(job_kind, [at](jobs::JobContext& job) {
        auto const input = job.input<EvaluationInput>();
        auto const run = input ? at.db.read(job.district(), [&](sql::Tx& tx) { return store::run(tx, input->run_id); })
                               : std::nullopt;
        if (!run) return job.fail(core::not_found());
        if (run->state == EvaluationState::frozen) return job.finish("null");
        compute(at, job, *run);
    });
}

EvaluationId write_evaluation(sql::Database& db, core::DistrictId district, EvaluationRun run,
                              core::Clock const& clock) {
    db.transact(district, [&](sql::Tx& tx) { store::insert_run(tx, run); });
    auto const done = freeze_run(db, district, run, clock, {});
    if (!done) throw std::runtime_error(done.error().key);
    return run.id;
}

}  // namespace santong::indicators
