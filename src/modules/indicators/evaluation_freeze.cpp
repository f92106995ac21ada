#include "modules/indicators/evaluation_freeze.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/base64.hpp"
#include "core/message.hpp"
#include "modules/indicators/board.hpp"
#include "modules/indicators/evaluation_facts.hpp"
#include "modules/indicators/evaluation_file.hpp"
#include "modules/indicators/facts.hpp"
#include "modules/indicators/line_weeks.hpp"
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

Indicator const& arrival_indicator() {
    static Indicator const one{code::arrival, Counts::items, Reach::every_school, false, true, {{1, {2014, 3, 1}}}};
    return one;
}

std::vector<EvidenceFormula> formulas_of(std::vector<std::string> const& selected, core::LocalDate from,
                                         core::LocalDate to) {
    std::vector<EvidenceFormula> formulas;
    for (auto const& code : selected) {
        auto const* known = find_evaluated(code);
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
            if (std::ranges::any_of(selected_, is_of_library)) head.format = second_format;
            if (std::ranges::any_of(selected_, is_of_lines)) head.format = third_format;
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

    /// What the library held and how lines stood, of the whole district whatever schools were chosen. Weeks that nobody
    /// has frozen yet are.
    core::Result<void> add_district() {
        bool const library = std::ranges::any_of(selected_, is_of_library);
        if (!library && std::ranges::none_of(selected_, is_of_lines)) return {};
        return db_.transact(district_, [&](sql::Tx& tx) -> core::Result<void> {
            auto const today = roster::today(tx, clock_);
            if (library && !keep_shelf_weeks(tx, today))
                return core::conflict("indicators.evaluation_differs", {{"indicator", code::shelf}});
            keep_line_weeks(tx, today);
            DistrictWeeks weeks;
            if (library) weeks.shelf = shelf_weeks(tx, run_.from_monday, run_.to_monday, today);
            weeks.lines = line_weeks(tx, run_.from_monday, run_.to_monday, today);
            add_arrivals(tx, weeks.lines);
            for (auto const& org : roster::subtree(tx, roster::district(tx).org_id)) weeks.names[org.id] = org.name;
            for (auto monday = run_.from_monday; monday <= run_.to_monday; monday = monday.plus_days(7))
                TRY_VOID(add_district_week(weeks, monday));
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
    /// Of the whole district, all weeks of the run.
    struct DistrictWeeks {
        std::vector<ShelfLine> shelf;
        std::vector<LineFact> lines;
        std::map<core::OrgId, std::string> names;
    };

    /// What was pushed in time, as a fact of the line of each school that had a need in the week.
    void add_arrivals(sql::Tx& tx, std::vector<LineFact>& lines) const {
        if (std::ranges::find(selected_, code::arrival) == selected_.end()) return;
        std::vector<core::LocalDate> mondays;
        for (auto monday = run_.from_monday; monday <= run_.to_monday; monday = monday.plus_days(7))
            mondays.push_back(monday);
        for (auto const& [monday, schools] : push::rates_of(tx, clock_.now(), mondays)) {
            for (auto const& one : schools) {
                if (one.rate.counted == 0) continue;
                lines.push_back(
                    {code::arrival, monday, one.school_id, true, one.rate.counted, one.rate.on_time, 0, true});
            }
        }
    }

    static Counted district_figure(DistrictWeeks const& weeks, std::string const& indicator, core::LocalDate monday) {
        if (is_of_library(indicator)) {
            auto const figure = shelf_figure(weeks.shelf, indicator, monday);
            return {figure.numerator, figure.denominator};
        }
        auto const figure = line_figure(weeks.lines, indicator, monday);
        return {figure.numerator, figure.denominator};
    }

    core::Result<void> add_district_week(DistrictWeeks const& weeks, core::LocalDate monday) {
        auto evidence = shelf_evidence(weeks.shelf, monday);
        evidence.merge(line_evidence(weeks.lines, monday, weeks.names));
        for (auto& [family, rows] : evidence) {
            if (family != Family::lines) continue;
            std::erase_if(rows, [&](EvidenceFact const& one) {
                return std::ranges::find(selected_, one.state) == selected_.end();
            });
        }
        std::erase_if(evidence, [&](auto const& one) { return !wanted_.contains(one.first) || one.second.empty(); });
        std::vector<EvidenceValue> values;
        for (auto const* indicator : evaluated_indicators()) {
            std::string const code = indicator->code;
            bool const of_district = is_of_library(code) || is_of_lines(code);
            if (!of_district || std::ranges::find(selected_, code) == selected_.end()) continue;
            auto const figure = district_figure(weeks, code, monday);
            auto const version = indicator->version_of(monday).number;
            if (figure.denominator == 0) continue;
            if (count(code, version, evidence) != figure)
                return core::conflict("indicators.evaluation_differs", {{"indicator", code}});
            values.push_back({"value", "", monday, code, version, figure.numerator, figure.denominator, ""});
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

std::vector<Indicator const*> evaluated_indicators() {
    std::vector<Indicator const*> all;
    for (auto const& one : indicators()) all.push_back(&one);
    for (auto const& one : shelf_indicators()) all.push_back(&one);
    for (auto const& one : line_indicators()) all.push_back(&one);
    all.push_back(&arrival_indicator());
    std::ranges::sort(all, {}, [](Indicator const* one) { return std::string_view(one->code); });
    return all;
}

Indicator const* find_evaluated(std::string_view wanted) {
    for (auto const* one : evaluated_indicators()) {
        if (wanted == one->code) return one;
    }
    return nullptr;
}

core::Result<void> freeze_run(sql::Database& db, core::DistrictId district, EvaluationRun const& run,
                              core::Clock const& clock, SchoolsDone const& told) {
    Freeze freeze(db, district, run, clock);
    int const schools = freeze.schools();
    for (int i = 0; i < schools; ++i) {
        if (told) TRY_VOID(told(i, schools));
        TRY_VOID(freeze.add_school(i));
    }
    TRY_VOID(freeze.add_district());
    freeze.finish();
    return {};
}

}  // namespace santong::indicators
