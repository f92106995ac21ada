#include "modules/indicators/evaluation_file.hpp"

#include <zstd.h>

#include <memory>
#include <set>
#include <stdexcept>

#include "core/base64.hpp"
#include "core/json.hpp"
#include "platform/auth/crypto.hpp"
#include "platform/auth/ed25519.hpp"

namespace santong::indicators {

namespace {

constexpr int level = 9;
/// A district of two hundred schools over a school year stays far below.
constexpr std::size_t largest_text = std::size_t{2} << 30;

}  // namespace

std::string pack(std::string_view text) {
    std::string out(ZSTD_compressBound(text.size()), '\0');
    auto const size = ZSTD_compress(out.data(), out.size(), text.data(), text.size(), level);
    if (ZSTD_isError(size) != 0) throw std::runtime_error(ZSTD_getErrorName(size));
    out.resize(size);
    return out;
}

std::optional<std::string> unpack(std::string_view file) {
    std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> const context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
    std::string out;
    std::string piece(ZSTD_DStreamOutSize(), '\0');
    ZSTD_inBuffer input{file.data(), file.size(), 0};
    std::size_t left = 1;
    while (input.pos < input.size) {
        ZSTD_outBuffer output{piece.data(), piece.size(), 0};
        left = ZSTD_decompressStream(context.get(), &output, &input);
        if (ZSTD_isError(left) != 0 || out.size() + output.pos > largest_text) return std::nullopt;
        out.append(piece.data(), output.pos);
    }
    if (left != 0) return std::nullopt;  // the end is missing
    return out;
}

std::string evidence_digest(std::vector<Family> const& families,
                            std::map<Family, std::vector<std::string>> const& hashes) {
    std::string all;
    for (auto const family : families) {
        auto const at = hashes.find(family);
        if (at == hashes.end()) continue;
        for (auto const& hash : at->second) all += hash;
    }
    return core::hex(auth::crypto::sha256(all));
}

std::string fingerprint(std::string_view open_key) {
    return core::hex(auth::crypto::sha256(open_key));
}

EvaluationWriter::EvaluationWriter(EvidenceHead head, std::vector<EvidenceSchool> schools)
    : head_(std::move(head)), schools_(std::move(schools)) {
    put(head_);
    for (auto const& school : schools_) put(school);
}

template <class Line>
void EvaluationWriter::put(Line const& line) {
    text_ += core::json::write(line);
    text_ += '\n';
}

void EvaluationWriter::add(std::string const& school, core::LocalDate monday, CellFacts const& facts,
                           std::vector<EvidenceValue> values) {
    std::map<Family, std::vector<std::string>> hashes;
    for (auto const& [family, rows] : facts) {
        EvidenceHashes said{"evidence", school, monday, family, {}};
        for (auto const& row : rows) {
            auto const line = core::json::write(row);
            said.hashes.push_back(core::hex(auth::crypto::sha256(line)));
            text_ += line;
            text_ += '\n';
            ++facts_;
        }
        put(said);
        hashes[family] = std::move(said.hashes);
    }
    for (auto& value : values) {
        value.evidence = evidence_digest(families_of(value.indicator), hashes);
        put(value);
        values_.push_back(std::move(value));
    }
}

void EvaluationWriter::hide(std::string const& school, core::LocalDate monday, Family family) {
    hidden_.push_back({"hidden", school, monday, family});
    put(hidden_.back());
}

std::int64_t EvaluationWriter::hidden() const {
    std::set<std::pair<std::string, core::LocalDate>> weeks;
    for (auto const& one : hidden_) weeks.insert({one.school, one.monday});
    return static_cast<std::int64_t>(weeks.size());
}

std::string EvaluationWriter::finish(std::string_view secret, std::string_view open) {
    results_ = indicators::results(head_.formulas, schools_, values_, hidden_);
    for (auto const& one : results_) put(one);
    EvidenceSeal seal;
    seal.sha256 = core::hex(auth::crypto::sha256(text_));
    seal.key = core::base64(open);
    seal.signature = core::base64(auth::ed25519::sign(secret, seal.sha256));
    put(seal);
    return pack(text_);
}

}  // namespace santong::indicators
