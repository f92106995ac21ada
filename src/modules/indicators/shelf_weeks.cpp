#include "modules/indicators/shelf_weeks.hpp"

#include <set>

#include "modules/resources/service_shelf.hpp"
#include "modules/roster/service.hpp"

namespace santong::indicators {

namespace {

constexpr char kind_part[] = "kind.", has_part[] = "has.";
constexpr int days_of_week = 7;

/// First day from which a use counts in a week.
core::LocalDate uses_from(sql::Tx& tx, core::LocalDate monday) {
    auto const term = roster::term_at(tx, monday.plus_days(days_of_week - 1));
    return term ? term->from_date : monday;
}

std::set<resources::ResourceId> uses(sql::Tx& tx, core::LocalDate monday, int version) {
    auto const from = uses_from(tx, monday);
    if (version < 2) return resources::opened_elsewhere(tx, from, monday.plus_days(days_of_week - 1));
    std::set<resources::ResourceId> used;
    for (auto const& id : store::reused(tx, monday_of(from), monday)) used.insert(resources::ResourceId{id});
    return used;
}

/// "plan,slides", in the order of the needs.
std::string needs_text(std::set<resources::Kind> const& kinds) {
    std::string text;
    for (auto const need : resources::chapter_needs) {
        if (!kinds.contains(need)) continue;
        text += (text.empty() ? "" : ",") + std::string(core::enum_text(need));
    }
    return text;
}

std::vector<ShelfLine> counted_now(sql::Tx& tx, core::LocalDate monday, core::LocalDate today) {
    auto const zone = roster::district(tx).zone();
    auto const state = resources::shelf_state(tx, zone.at(monday.plus_days(days_of_week), 0));
    int const version = find_formula(code::shelf)->version_of(monday).number;
    int const chapters_version = find_formula(code::chapters)->version_of(monday).number;
    bool const frozen = today > fixed_after(monday);
    auto const used = uses(tx, monday, version);
    std::map<std::string, ShelfLine> kinds;
    for (auto const& one : state.resources) {
        auto const part = kind_part + std::string(core::enum_text(one.kind));
        auto& line = kinds.try_emplace(part, ShelfLine{code::shelf, monday, version, part, 0, 0, frozen}).first->second;
        ++line.total;
        line.counted += used.contains(one.id) ? 1 : 0;
    }
    std::vector<ShelfLine> lines;
    for (auto& [part, line] : kinds) lines.push_back(std::move(line));
    lines.push_back({code::shelf, monday, version, "schools", state.schools, 0, frozen});
    lines.push_back({code::shelf, monday, version, "people", state.people, 0, frozen});
    for (auto const& [kinds_there, count] : state.chapters) {
        bool const complete = kinds_there.size() == std::size(resources::chapter_needs);
        lines.push_back({code::chapters, monday, chapters_version, has_part + needs_text(kinds_there), count,
                         complete ? count : 0, frozen});
    }
    return lines;
}

}  // namespace

std::vector<ShelfLine> shelf_weeks(sql::Tx& tx, core::LocalDate from, core::LocalDate to, core::LocalDate today) {
    auto lines = store::shelf_lines(tx, from, to);
    std::set<core::LocalDate> frozen;
    for (auto const& line : lines) {
        if (line.frozen) frozen.insert(line.monday);
    }
    std::erase_if(lines, [](ShelfLine const& line) { return !line.frozen; });  // what may still move is counted anew
    for (auto monday = from; monday <= to; monday = monday.plus_days(days_of_week)) {
        if (frozen.contains(monday)) continue;
        auto const made = counted_now(tx, monday, today);
        lines.insert(lines.end(), made.begin(), made.end());
    }
    return lines;
}

std::vector<ShelfLine> shelf_week(sql::Tx& tx, core::LocalDate monday, core::LocalDate today) {
    return shelf_weeks(tx, monday, monday, today);
}

bool keep_shelf_weeks(sql::Tx& tx, core::LocalDate today) {
    if (feed::position_of(tx, reuse_reader_name) < feed::last_seq(tx, reuse_types())) return false;
    auto const terms = roster::terms(tx);
    if (terms.empty()) return true;
    auto first = terms.front().week_one_monday;
    for (auto const& term : terms) first = std::min(first, term.week_one_monday);
    auto const last = monday_of(today).plus_days(-days_of_week);
    std::set<core::LocalDate> frozen;
    for (auto const& line : store::shelf_lines(tx, first, last)) {
        if (line.frozen) frozen.insert(line.monday);
    }
    for (auto monday = monday_of(first); monday <= last; monday = monday.plus_days(days_of_week)) {
        if (!frozen.contains(monday)) store::replace_shelf_lines(tx, monday, counted_now(tx, monday, today));
    }
    return true;
}

ShelfFigure shelf_figure(std::vector<ShelfLine> const& lines, std::string_view indicator, core::LocalDate monday) {
    ShelfFigure figure;
    for (auto const& line : lines) {
        bool const counts = line.part.starts_with(kind_part) || line.part.starts_with(has_part);
        if (line.indicator != indicator || line.monday != monday || !counts) continue;
        figure.numerator += line.counted;
        figure.denominator += line.total;
    }
    return figure;
}

}  // namespace santong::indicators
