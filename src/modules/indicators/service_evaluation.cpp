#include "modules/indicators/service_evaluation.hpp"

#include <algorithm>
#include <set>

#include "core/base64.hpp"
#include "core/json.hpp"
#include "core/message.hpp"
#include "modules/indicators/board.hpp"
#include "modules/indicators/evaluation_facts.hpp"
#include "modules/indicators/evaluation_file.hpp"
#include "modules/indicators/facts.hpp"
#include "modules/indicators/permissions.hpp"
#include "platform/auth/audit.hpp"
#include "platform/auth/crypto.hpp"
#include "platform/auth/ed25519.hpp"
#include "platform/auth/keys.hpp"

namespace santong::indicators {

namespace {

constexpr char job_kind[] = "indicators.evaluate";
constexpr std::size_t longest_title = 80, salt_bytes = 32;
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

template <class T>
std::vector<T> list_of(core::RawJson const& json) {
    auto read = core::json::read<std::vector<T>>(json.value);
    return read ? std::move(*read) : std::vector<T>();
}

std::string file_name(EvaluationRun const& run) {
    return "evaluation-" + run.from_monday.text() + "-" + run.to_monday.plus_days(6).text() + ".jsonl.zst";
}

/// Words of the result's lines: which school an "s03" is.
struct Numbered {
    std::vector<roster::School> schools;
    std::vector<EvidenceSchool> lines;
};

Numbered numbered(sql::Tx& tx, std::vector<core::OrgId> const& wanted) {
    Numbered all;
    for (auto& school : roster::schools(tx)) {
        if (!wanted.empty() && std::ranges::find(wanted, school.id) == wanted.end()) continue;
        auto const number = all.schools.size() + 1;
        auto const name = std::string(number < 10 ? "s0" : "s") + std::to_string(number);
        all.lines.push_back({"school", name, school.name, school.central});
        all.schools.push_back(std::move(school));
    }
    return all;
}

/// Selected indicators, and those whose figures they take.
std::vector<std::string> counted_codes(std::vector<std::string> const& selected) {
    std::vector<std::string> codes;
    for (auto const& code : selected) {
        auto const* known = find_indicator(code);
        std::string const source = known == nullptr ? code : known->figures();
        if (std::ranges::find(codes, source) == codes.end()) codes.push_back(source);
    }
    return codes;
}

std::vector<EvidenceFormula> formulas_of(std::vector<std::string> const& selected, core::LocalDate from,
                                         core::LocalDate to) {
    std::vector<EvidenceFormula> formulas;
    for (auto const& code : selected) {
        auto const* known = find_indicator(code);
        if (known == nullptr) continue;
        auto const first = known->version_of(from).number, last = known->version_of(to).number;
        for (auto const& one : known->versions) {
            if (one.number < first || one.number > last) continue;
            auto const text =
                core::message("indicators.formula." + code + "." + std::to_string(one.number), {}, "zh-CN");
            formulas.push_back({code, one.number, one.from_date, std::string(core::enum_text(known->reach)), text});
        }
    }
    return formulas;
}

/// One run while it is computed.
class Freeze {
public:
    Freeze(sql::Database& db, core::DistrictId district, EvaluationRun run, core::Clock const& clock)
        : db_(db),
          district_(district),
          run_(std::move(run)),
          clock_(clock),
          selected_(list_of<std::string>(run_.indicators)),
          salt_(auth::crypto::random_bytes(salt_bytes)) {}

    int schools() {
        db_.read(district_, [&](sql::Tx& tx) {
            all_ = numbered(tx, list_of<core::OrgId>(run_.schools));
            EvidenceHead head;
            head.run = run_.id.text();
            head.title = run_.title;
            head.district = roster::district(tx).name;
            head.from = run_.from_monday;
            head.to = run_.to_monday;
            head.made_at = run_.made_at;
            head.formulas = formulas_of(selected_, run_.from_monday, run_.to_monday);
            writer_.emplace(std::move(head), all_.lines);
        });
        return static_cast<int>(all_.schools.size());
    }

    /// All weeks of one school, in one view of the records.
    core::Result<void> add_school(int number) {
        auto const at = static_cast<std::size_t>(number);
        return db_.read(district_, [&](sql::Tx& tx) -> core::Result<void> {
            auto const board = TRY(Board::open(tx, clock_, 0));
            for (auto monday = run_.from_monday; monday <= run_.to_monday; monday = monday.plus_days(7)) {
                TRY_VOID(add_week(board, at, monday));
            }
            return {};
        });
    }

    /// Writes and seals; false if another worker was faster.
    bool finish() {
        return db_.transact(district_, [&](sql::Tx& tx) {
            auto const pair = key(tx);
            auto writer = *writer_;
            auto const file = writer.finish(pair.secret, pair.open);
            auto done = run_;
            done.frozen_at = clock_.now();
            done.facts = writer.facts();
            done.hidden = writer.hidden();
            done.sha256 = core::hex(auth::crypto::sha256(file));
            done.key = fingerprint(pair.open);
            done.results.value = core::json::write(lines(writer.results()));
            return store::freeze(tx, done, file);
        });
    }

private:
    core::Result<void> add_week(Board const& board, std::size_t at, core::LocalDate monday) {
        auto const& name = all_.lines[at].school;
        auto const facts = week_facts(board.tx(), all_.schools[at].id, monday);
        auto evidence = evidence_of(facts, name, salt_);
        for (auto const family : wanted_) {
            if (open(board, all_.schools[at].id, monday, family)) continue;
            if (evidence.erase(family) > 0) writer_->hide(name, monday, family);
        }
        std::erase_if(evidence, [&](auto const& one) { return !wanted_.contains(one.first); });
        auto values = TRY(values_of(facts, name, evidence));
        writer_->add(name, monday, evidence, std::move(values));
        return {};
    }

    /// Of the selected indicators whose rows are given away; each must be what the rollup says.
    core::Result<std::vector<EvidenceValue>> values_of(WeekFacts const& facts, std::string const& name,
                                                       CellFacts const& evidence) const {
        std::vector<EvidenceValue> values;
        for (auto const& row : roll_up(facts)) {
            if (!row.subject.empty() || std::ranges::find(codes_, row.indicator) == codes_.end()) continue;
            auto const given = std::ranges::all_of(families_of(row.indicator),
                                                   [&](Family family) { return evidence.contains(family); });
            if (!given || row.denominator == 0) continue;
            if (count(row.indicator, row.version, evidence) != Counted{row.numerator, row.denominator})
                return core::conflict("indicators.evaluation_differs", {{"indicator", row.indicator}});
            values.push_back(
                {"value", name, facts.monday, row.indicator, row.version, row.numerator, row.denominator, ""});
        }
        return values;
    }

    /// Rows of a family are given away where every figure that is made of them may be seen from above. Families are
    /// not tied to each other, so what one keeps back does not follow from another.
    static bool open(Board const& board, core::OrgId const& school, core::LocalDate monday, Family family) {
        return std::ranges::all_of(indicators(), [&](Indicator const& one) {
            auto const families = families_of(one.code);
            if (std::ranges::find(families, family) == families.end()) return true;
            auto const guarded = board.guarded(one.code, monday);
            auto const* row = guarded->row(school);
            return row == nullptr || row->empty() || row->shown;
        });
    }

    static std::set<Family> families_wanted(std::vector<std::string> const& codes) {
        std::set<Family> families;
        for (auto const& code : codes) {
            for (auto const family : families_of(code)) families.insert(family);
        }
        return families;
    }

    static auth::ed25519::KeyPair key(sql::Tx& tx) {
        auto& keys = auth::Keys::current();
        auto const bound = "evaluation/" + std::to_string(tx.district());
        if (auto const known = store::evaluation_key(tx)) {
            auto secret = keys.open(auth::KeyPurpose::signatures, {known->sealed_by, known->sealed.value}, bound);
            if (!secret) throw std::runtime_error("the key of evaluation runs cannot be opened");
            return {std::move(*secret), known->open_key.value};
        }
        auto pair = auth::ed25519::make_pair();
        auto const sealed = keys.seal(auth::KeyPurpose::signatures, pair.secret, bound);
        store::put_evaluation_key(tx, {{pair.open}, {sealed.bytes}, sealed.key_id});
        return pair;
    }

    std::vector<EvaluationLine> lines(std::vector<EvidenceResult> const& results) const {
        std::vector<EvaluationLine> all;
        for (auto const& one : results) {
            EvaluationLine line{one.indicator, {}, "", one.numerator, one.denominator, one.value, one.hidden};
            for (std::size_t i = 0; i < all_.lines.size(); ++i) {
                if (all_.lines[i].school != one.school) continue;
                line.org_id = all_.schools[i].id;
                line.name = all_.schools[i].name;
            }
            all.push_back(std::move(line));
        }
        return all;
    }

    sql::Database& db_;
    core::DistrictId district_;
    EvaluationRun run_;
    core::Clock const& clock_;
    std::vector<std::string> selected_;
    std::vector<std::string> codes_ = counted_codes(selected_);
    std::set<Family> wanted_ = families_wanted(codes_);
    std::string salt_;
    Numbered all_;
    std::optional<EvaluationWriter> writer_;
};

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
        if (find_indicator(code) == nullptr) return core::invalid_at("/indicators", "indicators.not_found");
    }
    for (auto const& id : wish.schools) static_cast<void>(TRY(roster::school(tx, id)));
    return {};
}

void compute(EvaluationPlace const& at, jobs::JobContext& job, EvaluationRun const& run) {
    Freeze freeze(at.db, job.district(), run, at.clock);
    int const schools = freeze.schools();
    for (int i = 0; i < schools; ++i) {
        job.progress(i, schools, "indicators.evaluation_school");
        auto const done = job.cancelled() ? core::Result<void>(core::conflict("indicators.evaluation_cancelled"))
                                          : freeze.add_school(i);
        if (done) continue;
        at.db.transact(job.district(), [&](sql::Tx& tx) { store::fail_run(tx, run.id); });
        return job.fail(done.error());
    }
    freeze.finish();
    job.finish("null");
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
        for (auto const& one : indicators()) list.choices.indicators.emplace_back(one.code);
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
    Freeze freeze(db, district, run, clock);
    int const schools = freeze.schools();
    for (int i = 0; i < schools; ++i) {
        auto const done = freeze.add_school(i);
        if (!done) throw std::runtime_error(done.error().key);
    }
    freeze.finish();
    return run.id;
}

}  // namespace santong::indicators
