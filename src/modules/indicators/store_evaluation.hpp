#pragma once
#include "modules/indicators/domain_evaluation.hpp"
#include "platform/sql/database.hpp"

namespace santong::indicators {

enum class EvaluationState : int { computing, frozen, failed };
BOOST_DESCRIBE_ENUM(EvaluationState, computing, frozen, failed)

/// An evaluation run as it is kept; its file lies beside it.
struct EvaluationRun {
    EvaluationId id;
    std::string title;
    core::LocalDate from_monday;
    core::LocalDate to_monday;
    core::RawJson indicators{"[]"};  ///< codes
    core::RawJson schools{"[]"};     ///< ids; empty = all
    EvaluationState state = EvaluationState::computing;
    core::PersonId made_by;
    core::Instant made_at;
    std::optional<core::Instant> frozen_at;
    core::JobId job_id;
    std::int64_t facts = 0;
    std::int64_t hidden = 0;  ///< school weeks that were kept back
    std::string sha256;       ///< of the file
    std::string key;          ///< fingerprint of the signing key
    core::RawJson results{"[]"};
};
BOOST_DESCRIBE_STRUCT(EvaluationRun, (),
                      (id, title, from_monday, to_monday, indicators, schools, state, made_by, made_at, frozen_at,
                       job_id, facts, hidden, sha256, key, results))

namespace store {

struct EvaluationKey {
    core::Bytes open_key;
    core::Bytes sealed;
    std::string sealed_by;
};
BOOST_DESCRIBE_STRUCT(EvaluationKey, (), (open_key, sealed, sealed_by))

void insert_run(sql::Tx& tx, EvaluationRun const& run);
std::optional<EvaluationRun> run(sql::Tx& tx, EvaluationId const& id);
/// Newest first.
std::vector<EvaluationRun> runs(sql::Tx& tx);
/// False if it is no longer being computed: then nothing is written.
bool freeze(sql::Tx& tx, EvaluationRun const& run, std::string const& file);
void fail_run(sql::Tx& tx, EvaluationId const& id);
std::optional<std::string> run_file(sql::Tx& tx, EvaluationId const& id);
std::optional<EvaluationKey> evaluation_key(sql::Tx& tx);
void put_evaluation_key(sql::Tx& tx, EvaluationKey const& key);

}  // namespace store

}  // namespace santong::indicators
