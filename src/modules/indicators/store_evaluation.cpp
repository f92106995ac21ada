#include "modules/indicators/store_evaluation.hpp"

#define RUN_COLUMNS                                                                                              \
    "id, title, from_monday, to_monday, indicators, schools, state, made_by, made_at, frozen_at, job_id, facts," \
    " hidden, sha256, key, results"

namespace santong::indicators::store {

namespace {

struct FileRow {
    EvaluationId run_id;
    core::Bytes content;
};
BOOST_DESCRIBE_STRUCT(FileRow, (), (run_id, content))

}  // namespace

void insert_run(sql::Tx& tx, EvaluationRun const& run) {
    tx.insert("evaluation_run", std::vector<EvaluationRun>{run});
}

std::optional<EvaluationRun> run(sql::Tx& tx, EvaluationId const& id) {
    return tx.optional_row<EvaluationRun>(
        "SELECT " RUN_COLUMNS " FROM evaluation_run WHERE district_id = $1 AND id = $2", tx.district(), id);
}

std::vector<EvaluationRun> runs(sql::Tx& tx) {
    return tx.rows<EvaluationRun>(
        "SELECT " RUN_COLUMNS " FROM evaluation_run WHERE district_id = $1 ORDER BY id DESC LIMIT 200", tx.district());
}

bool freeze(sql::Tx& tx, EvaluationRun const& run, std::string const& file) {
    auto const done = tx.execute(
        "UPDATE evaluation_run SET state = $3, frozen_at = $4, facts = $5, hidden = $6, sha256 = $7, key = $8,"
        " results = $9 WHERE district_id = $1 AND id = $2 AND state <> $3",
        tx.district(), run.id, std::string(core::enum_text(EvaluationState::frozen)), run.frozen_at, run.facts,
        run.hidden, run.sha256, run.key, run.results);
    if (done == 0) return false;
    tx.insert("evaluation_file", std::vector<FileRow>{{run.id, {file}}});
    return true;
}

void fail_run(sql::Tx& tx, EvaluationId const& id) {
    tx.execute("UPDATE evaluation_run SET state = $3 WHERE district_id = $1 AND id = $2 AND state = $4", tx.district(),
               id, std::string(core::enum_text(EvaluationState::failed)),
               std::string(core::enum_text(EvaluationState::computing)));
}

std::optional<std::string> run_file(sql::Tx& tx, EvaluationId const& id) {
    auto row = tx.optional_row<FileRow>(
        "SELECT run_id, content FROM evaluation_file WHERE district_id = $1 AND run_id = $2", tx.district(), id);
    if (!row) return std::nullopt;
    return std::move(row->content.value);
}

std::optional<EvaluationKey> evaluation_key(sql::Tx& tx) {
    return tx.optional_row<EvaluationKey>(
        "SELECT open_key, sealed, sealed_by FROM evaluation_key WHERE district_id = $1", tx.district());
}

void put_evaluation_key(sql::Tx& tx, EvaluationKey const& key) {
    tx.insert("evaluation_key", std::vector<EvaluationKey>{key}, "ON CONFLICT DO NOTHING");
}

}  // namespace santong::indicators::store
