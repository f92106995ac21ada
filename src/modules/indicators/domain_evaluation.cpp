#include "modules/indicators/domain_evaluation.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>

namespace santong::indicators {

namespace {

bool evident(EvidenceUse const& use, int version) {
    if (use.kind == "declared" || use.state == "discarded") return false;
    bool const done = use.minutes_band != "b0_10" || use.resources > 0 || use.acted;
    return version < 2 || use.kind != "class_view" || done;
}
bool effective(EvidenceUse const& use, int version) {
    bool const material = use.resources > 0 || use.kind == "helper";
    return evident(use, version) && use.minutes_band != "b0_10" && material;
}
auto by(int version) {
    return [version](EvidenceUse const& use) { return evident(use, version); };
}

std::vector<EvidenceFact> const& rows(CellFacts const& facts, Family family) {
    static std::vector<EvidenceFact> const none;
    auto const at = facts.find(family);
    return at == facts.end() ? none : at->second;
}

Counted lessons(CellFacts const& facts, int version) {
    Counted sum;
    for (auto const& one : rows(facts, Family::lesson)) {
        bool const open = one.state == "held" || one.state.empty();
        bool const used = open && std::ranges::any_of(one.uses, by(version));
        sum.numerator += used ? 1 : 0;
        sum.denominator += used || one.state == "held" ? 1 : 0;
    }
    return sum;
}

Counted teachers(CellFacts const& facts, int version, int least, bool lasting) {
    Counted sum;
    for (auto const& one : rows(facts, Family::teacher)) {
        auto const uses = std::ranges::count_if(one.uses, [&](EvidenceUse const& use) {
            return lasting ? effective(use, version) : evident(use, version);
        });
        sum.numerator += uses >= least ? 1 : 0;
        ++sum.denominator;
    }
    return sum;
}

Counted with_use(std::vector<EvidenceFact> const& all, int version, bool reviewed) {
    Counted sum;
    for (auto const& one : all) {
        bool const used = std::ranges::any_of(
            one.uses, [&](EvidenceUse const& use) { return evident(use, version) && (!reviewed || use.reviewed); });
        sum.numerator += used ? 1 : 0;
        ++sum.denominator;
    }
    return sum;
}

Counted courses(CellFacts const& facts, bool by_period) {
    Counted sum;
    for (auto const& one : rows(facts, Family::course)) {
        sum.denominator += by_period ? one.due : 1;
        sum.numerator += by_period ? std::min(one.done, one.due) : one.done > 0 ? 1 : 0;
    }
    return sum;
}

Counted stated(std::vector<EvidenceFact> const& all) {
    Counted sum;
    for (auto const& one : all) {
        sum.numerator += one.done;
        sum.denominator += one.due;
    }
    return sum;
}

Counted held(CellFacts const& facts) {
    return stated(rows(facts, Family::held));
}
/// Chapters that have everything: plan, slides, video, exercise.
Counted chapters(CellFacts const& facts) {
    Counted sum;
    for (auto const& one : rows(facts, Family::chapters)) {
        sum.denominator += one.due;
        if (one.state == "plan,slides,video,exercise") sum.numerator += one.due;
    }
    return sum;
}

/// Schools and counties of one indicator of lines.
Counted of_lines(CellFacts const& facts, std::string_view indicator) {
    Counted sum;
    for (auto const& one : rows(facts, Family::lines)) {
        if (one.state != indicator) continue;
        sum.numerator += one.done;
        sum.denominator += one.due;
    }
    return sum;
}

bool reaches(std::string const& reach, EvidenceSchool const& school) {
    return reach == "every_school" || (reach == "central_schools") == school.central;
}

/// Of the last week of those that are in the file.
EvidenceResult stock_result(std::string const& indicator, std::vector<EvidenceValue> const& values) {
    EvidenceResult result;
    result.indicator = indicator;
    EvidenceValue const* last = nullptr;
    for (auto const& one : values) {
        if (one.indicator == indicator && (last == nullptr || last->monday < one.monday)) last = &one;
    }
    if (last == nullptr) return result;
    result.numerator = last->numerator;
    result.denominator = last->denominator;
    result.value = percent_text(last->numerator, last->denominator);
    return result;
}

/// Of all weeks of the whole district that are in the file.
EvidenceResult flow_result(std::string const& indicator, std::vector<EvidenceValue> const& values) {
    EvidenceResult result;
    result.indicator = indicator;
    for (auto const& one : values) {
        if (one.indicator != indicator || !one.school.empty()) continue;
        result.numerator += one.numerator;
        result.denominator += one.denominator;
    }
    result.value = percent_text(result.numerator, result.denominator);
    return result;
}

std::string source_of(std::string const& code) {
    auto const* known = find_indicator(code);
    return known == nullptr ? code : known->figures();
}

}  // namespace

bool is_of_library(std::string_view indicator) {
    return std::ranges::any_of(shelf_indicators(), [&](Indicator const& one) { return indicator == one.code; });
}

bool is_of_lines(std::string_view indicator) {
    return indicator == code::arrival ||
           std::ranges::any_of(line_codes, [&](char const* one) { return indicator == one; });
}

bool is_stock(std::string_view indicator) {
    bool const of_weeks = indicator == code::arrival || indicator == code::offline_use;
    return is_of_library(indicator) || (is_of_lines(indicator) && !of_weeks);
}

std::vector<Family> families_of(std::string_view indicator) {
    using enum Family;
    if (indicator == code::participation || indicator == code::two_lessons) return {teacher};
    if (indicator == code::coverage) return {lesson};
    if (indicator == code::subjects) return {subject};
    if (indicator == code::class_reach) return {class_group};
    if (indicator == code::courses || indicator == code::periods) return {course};
    if (indicator == code::spaces) return {pupils_opened};
    if (indicator == code::spaces_used) return {pupils_used};
    if (indicator == code::reviewed) return {shelf};
    if (indicator == code::shelf) return {Family::held};
    if (indicator == code::chapters) return {Family::chapters};
    if (is_of_lines(indicator)) return {lines};
    return {};
}

std::optional<Counted> count(std::string_view indicator, int version, CellFacts const& facts) {
    auto const found = [&]() -> Counted {
        if (indicator == code::participation) return teachers(facts, version, 1, false);
        if (indicator == code::two_lessons) return teachers(facts, version, 2, true);
        if (indicator == code::coverage) return lessons(facts, version);
        if (indicator == code::subjects) return with_use(rows(facts, Family::subject), version, false);
        if (indicator == code::class_reach) return with_use(rows(facts, Family::class_group), version, true);
        if (indicator == code::courses) return courses(facts, false);
        if (indicator == code::periods) return courses(facts, true);
        if (indicator == code::spaces) return stated(rows(facts, Family::pupils_opened));
        if (indicator == code::spaces_used) return stated(rows(facts, Family::pupils_used));
        if (indicator == code::reviewed) return stated(rows(facts, Family::shelf));
        if (indicator == code::shelf) return held(facts);
        if (indicator == code::chapters) return chapters(facts);
        if (is_of_lines(indicator)) return of_lines(facts, indicator);
        return {};
    }();
    if (found.denominator == 0) return std::nullopt;
    return found;
}

std::string percent_text(std::int64_t numerator, std::int64_t denominator) {
    if (denominator <= 0) return "";
    char buffer[32];
    double const value = 100.0 * static_cast<double>(numerator) / static_cast<double>(denominator);
    std::snprintf(buffer, sizeof buffer, "%.1f", std::round(value * 10) / 10);
    return buffer;
}

std::vector<EvidenceResult> results(std::vector<EvidenceFormula> const& formulas,
                                    std::vector<EvidenceSchool> const& schools,
                                    std::vector<EvidenceValue> const& values,
                                    std::vector<EvidenceHidden> const& hidden) {
    std::map<std::pair<std::string, std::string>, Counted> sums;
    for (auto const& one : values) {
        auto& sum = sums[{one.indicator, one.school}];
        sum.numerator += one.numerator;
        sum.denominator += one.denominator;
    }
    std::map<std::pair<std::string, Family>, std::int32_t> hidden_weeks;
    for (auto const& one : hidden) ++hidden_weeks[{one.school, one.family}];
    auto const kept_back = [&](std::string const& indicator, std::string const& school) {
        std::int32_t weeks = 0;
        for (auto const family : families_of(source_of(indicator))) weeks += hidden_weeks[{school, family}];
        return weeks;
    };
    std::vector<EvidenceResult> all;
    std::set<std::string> told;
    for (auto const& formula : formulas) {
        if (!told.insert(formula.indicator).second) continue;  // several versions, one sum
        if (is_stock(formula.indicator)) {
            all.push_back(stock_result(formula.indicator, values));
            continue;
        }
        if (is_of_lines(formula.indicator)) {
            all.push_back(flow_result(formula.indicator, values));
            continue;
        }
        EvidenceResult district;
        district.indicator = formula.indicator;
        std::vector<EvidenceResult> by_school;
        for (auto const& school : schools) {
            if (!reaches(formula.reach, school)) continue;
            auto const sum = sums[{source_of(formula.indicator), school.school}];
            auto const weeks = kept_back(formula.indicator, school.school);
            by_school.push_back({"result", formula.indicator, school.school, sum.numerator, sum.denominator,
                                 percent_text(sum.numerator, sum.denominator), weeks});
            district.numerator += sum.numerator;
            district.denominator += sum.denominator;
            district.hidden += weeks;
        }
        district.value = percent_text(district.numerator, district.denominator);
        all.push_back(district);
        all.insert(all.end(), by_school.begin(), by_school.end());
    }
    return all;
}

}  // namespace santong::indicators
