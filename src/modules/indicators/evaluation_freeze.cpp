#include "modules/indicators/evaluation_freeze.hpp"

#include <algorithm>
#include <set>

#include "core/base64.hpp"
#include "core/message.hpp"
#include "modules/indicators/board.hpp"
#include "modules/indicators/evaluation_facts.hpp"
#include "modules/indicators/evaluation_file.hpp"
#include "modules/indicators/facts.hpp"
#include "modules/indicators/shelf_weeks.hpp"
#include "platform/auth/crypto.hpp"
#include "platform/auth/ed25519.hpp"
#include "platform/auth/keys.hpp"

namespace santong::indicators {

namespace {

constexpr std::size_t salt_bytes = 32;

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
        auto const* known = find_formula(code);
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
            if (std::ranges::any_of(selected_, is_stock)) head.format = second_format;
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

    /// What the library held, of the whole district whatever schools were chosen. Weeks that nobody has frozen yet are.
    core::Result<void> add_shelf() {
        if (std::ranges::none_of(selected_, is_stock)) return {};
        return db_.transact(district_, [&](sql::Tx& tx) -> core::Result<void> {
            auto const today = roster::today(tx, clock_);
            if (!keep_shelf_weeks(tx, today))
                return core::conflict("indicators.evaluation_differs", {{"indicator", code::shelf}});
            auto const lines = shelf_weeks(tx, run_.from_monday, run_.to_monday, today);
            for (auto monday = run_.from_monday; monday <= run_.to_monday; monday = monday.plus_days(7))
                TRY_VOID(add_shelf_week(lines, monday));
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
    core::Result<void> add_shelf_week(std::vector<ShelfLine> const& lines, core::LocalDate monday) {
        auto evidence = shelf_evidence(lines, monday);
        std::erase_if(evidence, [&](auto const& one) { return !wanted_.contains(one.first); });
        std::vector<EvidenceValue> values;
        for (auto const& indicator : shelf_indicators()) {
            if (std::ranges::find(selected_, indicator.code) == selected_.end()) continue;
            auto const figure = shelf_figure(lines, indicator.code, monday);
            auto const version = indicator.version_of(monday).number;
            if (figure.denominator == 0) continue;
            if (count(indicator.code, version, evidence) != Counted{figure.numerator, figure.denominator})
                return core::conflict("indicators.evaluation_differs", {{"indicator", indicator.code}});
            values.push_back({"value", "", monday, indicator.code, version, figure.numerator, figure.denominator, ""});
        }
        writer_->add("", monday, evidence, std::move(values));
        return {};
    }

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

}  // namespace

core::Result<void> freeze_run(sql::Database& db, core::DistrictId district, EvaluationRun const& run,
                              core::Clock const& clock, SchoolsDone const& told) {
    Freeze freeze(db, district, run, clock);
    int const schools = freeze.schools();
    for (int i = 0; i < schools; ++i) {
        if (told) TRY_VOID(told(i, schools));
        TRY_VOID(freeze.add_school(i));
    }
    TRY_VOID(freeze.add_shelf());
    freeze.finish();
    return {};
}

}  // namespace santong::indicators
