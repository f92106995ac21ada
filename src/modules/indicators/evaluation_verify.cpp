#include <algorithm>
#include <set>

#include "core/base64.hpp"
#include "core/json.hpp"
#include "modules/indicators/evaluation_file.hpp"
#include "platform/auth/crypto.hpp"
#include "platform/auth/ed25519.hpp"

namespace santong::indicators {

namespace {

struct AnyLine {
    std::string line;
};
BOOST_DESCRIBE_STRUCT(AnyLine, (), (line))

core::Error unreadable(std::string why) {
    return core::invalid("indicators.evaluation_unreadable", {{"why", std::move(why)}});
}

/// Everything of one school and week.
struct Cell {
    CellFacts facts;
    std::map<Family, std::vector<std::string>> computed;  ///< hashes of the fact lines
    std::map<Family, std::vector<std::string>> told;      ///< hashes that the file names
    std::vector<EvidenceValue> values;
};
using CellKey = std::pair<std::string, core::LocalDate>;

class Checker {
public:
    explicit Checker(std::string_view text) : text_(text) {}

    core::Result<EvaluationCheck> run(std::string_view wanted_key) {
        TRY_VOID(read());
        find_difference(wanted_key);
        return check_;
    }

private:
    template <class Line>
    core::Result<Line> as(std::string_view text) const {
        auto line = core::json::read<Line>(text);
        if (!line) return unreadable("line " + std::to_string(number_) + ": " + line.error().key);
        return std::move(*line);
    }

    core::Result<void> read() {
        std::size_t at = 0;
        while (at < text_.size()) {
            auto const end = text_.find('\n', at);
            if (end == std::string_view::npos) return unreadable("the last line has no end");
            ++number_;
            if (seal_) return unreadable("lines follow the seal");
            line_at_ = at;
            TRY_VOID(take(text_.substr(at, end - at)));
            at = end + 1;
        }
        if (!head_ || !seal_) return unreadable("no head, or no seal");
        auto const& format = check_.head.format;
        if (format != first_format && format != second_format && format != third_format)
            return unreadable("format " + format);
        return {};
    }

    core::Result<void> take(std::string_view text) {
        auto const any = core::json::read<AnyLine>(text, core::json::UnknownFields::ignore);
        if (!any) return unreadable("line " + std::to_string(number_));
        if (any->line == "fact") return take_fact(text);
        if (any->line == "evidence") {
            auto one = TRY(as<EvidenceHashes>(text));
            cells_[{one.school, one.monday}].told[one.family] = std::move(one.hashes);
        } else if (any->line == "value") {
            auto one = TRY(as<EvidenceValue>(text));
            ++check_.values;
            all_values_.push_back(one);
            cells_[{one.school, one.monday}].values.push_back(std::move(one));
        } else if (any->line == "hidden") {
            hidden_.push_back(TRY(as<EvidenceHidden>(text)));
        } else if (any->line == "result") {
            results_.push_back(TRY(as<EvidenceResult>(text)));
            ++check_.results;
        } else if (any->line == "school") {
            schools_.push_back(TRY(as<EvidenceSchool>(text)));
        } else if (any->line == "head") {
            check_.head = TRY(as<EvidenceHead>(text));
            head_ = true;
        } else if (any->line == "seal") {
            seal_ = TRY(as<EvidenceSeal>(text));
            sealed_until_ = line_at_;
        } else {
            return unreadable("line " + std::to_string(number_) + " is of an unknown kind");
        }
        return {};
    }

    core::Result<void> take_fact(std::string_view text) {
        auto one = TRY(as<EvidenceFact>(text));
        auto& cell = cells_[{one.school, one.monday}];
        cell.computed[one.family].push_back(core::hex(auth::crypto::sha256(text)));
        cell.facts[one.family].push_back(std::move(one));
        ++check_.facts;
        return {};
    }

    std::string place(CellKey const& key) const {
        if (key.first.empty()) return "the district, " + key.second.text();
        for (auto const& school : schools_) {
            if (school.school == key.first) return school.name + " (" + key.first + "), " + key.second.text();
        }
        return key.first + ", " + key.second.text();
    }

    /// True if something was found.
    bool say(std::string what) {
        check_.difference = std::move(what);
        return true;
    }

    bool hash_differs(CellKey const& key, Cell const& cell) {
        std::set<Family> families;
        for (auto const& [family, hashes] : cell.computed) families.insert(family);
        for (auto const& [family, hashes] : cell.told) families.insert(family);
        for (auto const family : families) {
            auto const [computed, told] = std::pair(list(cell.computed, family), list(cell.told, family));
            auto const name = std::string(core::enum_text(family)) + " of " + place(key);
            if (computed.size() != told.size()) {
                return say("facts: " + std::to_string(computed.size()) + " rows of " + name + ", " +
                           std::to_string(told.size()) + " were frozen");
            }
            for (std::size_t i = 0; i < told.size(); ++i) {
                if (computed[i] == told[i]) continue;
                bool const list_is_whole = digest_stands(cell, family);
                return say((list_is_whole ? "fact: row " : "hash: that of row ") + std::to_string(i + 1) + " of " +
                           name + " is another than the one that was frozen");
            }
        }
        return false;
    }

    static std::vector<std::string> list(std::map<Family, std::vector<std::string>> const& all, Family family) {
        auto const at = all.find(family);
        return at == all.end() ? std::vector<std::string>() : at->second;
    }

    /// Whether some value vouches for the hashes that the file names: then it was a fact that changed.
    static bool digest_stands(Cell const& cell, Family family) {
        for (auto const& value : cell.values) {
            auto const families = families_of(value.indicator);
            if (std::ranges::find(families, family) == families.end()) continue;
            return evidence_digest(families, cell.told) == value.evidence;
        }
        return true;
    }

    bool value_differs(CellKey const& key, Cell const& cell) {
        for (auto const& value : cell.values) {
            auto const name = value.indicator + " of " + place(key);
            auto const families = families_of(value.indicator);
            if (families.empty()) return say("value: nothing is known of " + name);
            if (evidence_digest(families, cell.told) != value.evidence) {
                return say("evidence: the digest of " + name + " is not that of its hashes");
            }
            if (!formula_stands(value)) return say("formula: version of " + name + " was not in force that week");
            auto const counted = count(value.indicator, value.version, cell.facts).value_or(Counted{});
            if (counted == Counted{value.numerator, value.denominator}) continue;
            return say("value: " + name + " is " + fraction(value.numerator, value.denominator) +
                       " in the file, the facts give " + fraction(counted.numerator, counted.denominator));
        }
        return false;
    }

    bool formula_stands(EvidenceValue const& value) const {
        EvidenceFormula const* in_force = nullptr;
        for (auto const& one : check_.head.formulas) {
            if (one.indicator != value.indicator) continue;
            if (in_force == nullptr || one.from_date <= value.monday) in_force = &one;
        }
        // An indicator that only lends its figures to another has no formula of its own in the file.
        return in_force == nullptr || in_force->version == value.version;
    }

    static std::string fraction(std::int64_t a, std::int64_t b) { return std::to_string(a) + "/" + std::to_string(b); }

    bool results_differ() {
        auto const made = indicators::results(check_.head.formulas, schools_, all_values_, hidden_);
        if (made.size() != results_.size()) return say("results: another number of them than the values give");
        for (std::size_t i = 0; i < made.size(); ++i) {
            if (core::json::write(made[i]) == core::json::write(results_[i])) continue;
            return say("result: " + results_[i].indicator + (results_[i].school.empty() ? "" : " of ") +
                       results_[i].school + " is " + fraction(results_[i].numerator, results_[i].denominator) + " = " +
                       results_[i].value + " in the file, the values give " +
                       fraction(made[i].numerator, made[i].denominator) + " = " + made[i].value);
        }
        return false;
    }

    void find_difference(std::string_view wanted_key) {
        auto const key = core::base64_decode(seal_->key);
        check_.key = key ? fingerprint(*key) : "";
        for (auto const& [place, cell] : cells_) {
            if (hash_differs(place, cell) || value_differs(place, cell)) return;
        }
        if (results_differ()) return;
        if (core::hex(auth::crypto::sha256(text_.substr(0, sealed_until_))) != seal_->sha256) {
            say("seal: the lines before it are not those that were sealed");
            return;
        }
        auto const signature = core::base64_decode(seal_->signature);
        if (!key || !signature || !auth::ed25519::verify(*key, seal_->sha256, *signature))
            say("signature: it is not that of the key in the file");
        else if (!wanted_key.empty() && check_.key != wanted_key)
            say("key: the file is signed by " + check_.key + ", not by the one that was asked for");
    }

    std::string_view text_;
    std::int64_t number_ = 0;
    std::size_t line_at_ = 0;
    std::size_t sealed_until_ = 0;
    bool head_ = false;
    std::optional<EvidenceSeal> seal_;
    std::map<CellKey, Cell> cells_;
    std::vector<EvidenceSchool> schools_;
    std::vector<EvidenceHidden> hidden_;
    std::vector<EvidenceResult> results_;
    std::vector<EvidenceValue> all_values_;
    EvaluationCheck check_;
};

}  // namespace

core::Result<EvaluationCheck> verify_evaluation(std::string_view file, std::string_view key) {
    auto const text = unpack(file);
    if (!text) return unreadable("it is no zstd stream");
    return Checker(*text).run(key);
}

}  // namespace santong::indicators
