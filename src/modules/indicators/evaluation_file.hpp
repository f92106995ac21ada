#pragma once
// Writing, sealing and checking the file of an evaluation run. Nothing here needs a database.
#include <functional>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "modules/indicators/domain_evaluation.hpp"

namespace santong::indicators {

/// Puts a file together line by line, in the order of EVALUATION.md.
class EvaluationWriter {
public:
    EvaluationWriter(EvidenceHead head, std::vector<EvidenceSchool> schools);

    /// Facts of one school and week with their hashes and the values made of them.
    void add(std::string const& school, core::LocalDate monday, CellFacts const& facts,
             std::vector<EvidenceValue> values);
    void hide(std::string const& school, core::LocalDate monday, Family family);
    /// Adds results and seal; `secret` and `open` are an Ed25519 pair. The file, compressed with zstd.
    std::string finish(std::string_view secret, std::string_view open);

    std::vector<EvidenceResult> const& results() const { return results_; }
    std::int64_t facts() const { return facts_; }
    /// Weeks of schools of which something is kept back.
    std::int64_t hidden() const;

private:
    template <class Line>
    void put(Line const& line);

    EvidenceHead head_;
    std::vector<EvidenceSchool> schools_;
    std::vector<EvidenceValue> values_;
    std::vector<EvidenceHidden> hidden_;
    std::vector<EvidenceResult> results_;
    std::int64_t facts_ = 0;
    std::string text_;
};

/// What a check found. Without a `difference` the file is whole.
struct EvaluationCheck {
    EvidenceHead head;
    std::string key;  ///< fingerprint of who signed: SHA-256 of the key, hex
    std::int64_t facts = 0;
    std::int64_t values = 0;
    std::int64_t results = 0;
    std::string difference;  ///< the first, in words for whoever checks
};

/// Computes every value again from the facts in the file and checks hashes, results, seal and signature. `key` empty =
/// any key. Refuses what cannot be read at all: "indicators.evaluation_unreadable" {why}.
core::Result<EvaluationCheck> verify_evaluation(std::string_view file, std::string_view key = {});

/// Plain lines of a file; empty if it is no zstd stream or larger than a run can be.
std::optional<std::string> unpack(std::string_view file);
std::string pack(std::string_view text);

/// Digest over the hashes of these families, as a value names it.
std::string evidence_digest(std::vector<Family> const& families,
                            std::map<Family, std::vector<std::string>> const& hashes);
/// SHA-256 of a key, hex.
std::string fingerprint(std::string_view open_key);

}  // namespace santong::indicators
