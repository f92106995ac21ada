#include "modules/nodes/link.hpp"

#include <cstdio>

namespace santong::nodes {

namespace {

constexpr std::int64_t fastest_kbit = 400'000'000;  // 400 Gbit/s
constexpr std::size_t longest_word = 60, longest_note = 500, most_windows = 6;
constexpr int minutes_a_day = 24 * 60;

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

/// Signs as people type them, in the program's own.
std::string plain_signs(std::string_view typed) {
    std::string text(typed);
    for (auto const* one : {"—", "–", "－", "~", "～", "至", "到"}) text = replaced(text, one, "-");
    for (auto const* one : {"，", "、", "；", ";", ",", "\u3000"}) text = replaced(text, one, " ");
    return replaced(text, "：", ":");
}

/// Reads "22:00" at `at` and moves on; −1 if it is no time.
int read_time(std::string_view text, std::size_t& at) {
    auto const number = [&] {
        int value = 0, digits = 0;
        for (; at < text.size() && text[at] >= '0' && text[at] <= '9' && digits < 2; ++at, ++digits)
            value = value * 10 + (text[at] - '0');
        return digits == 0 ? -1 : value;
    };
    int const hour = number();
    if (hour < 0 || at >= text.size() || text[at] != ':') return -1;
    ++at;
    int const minute = number();
    if (minute < 0 || minute > 59 || hour > 24 || (hour == 24 && minute != 0)) return -1;
    return (hour * 60 + minute) % minutes_a_day;
}

void skip_blanks(std::string_view text, std::size_t& at) {
    while (at < text.size() && text[at] == ' ') ++at;
}

}  // namespace

LinkId link_id(core::OrgId const& org, LinkTier tier) {
    return LinkId{core::Uuid::named("link|" + org.text() + "|" + std::string(core::enum_text(tier)))};
}

std::optional<std::vector<Window>> windows_of(std::string_view typed) {
    auto const text = plain_signs(typed);
    std::vector<Window> found;
    if (text == "always" || text == "不限" || text == "全天") return found;
    std::size_t at = 0;
    for (skip_blanks(text, at); at < text.size(); skip_blanks(text, at)) {
        int const from = read_time(text, at);
        skip_blanks(text, at);
        if (from < 0 || at >= text.size() || text[at] != '-') return std::nullopt;
        ++at;
        skip_blanks(text, at);
        int const until = read_time(text, at);
        if (until < 0 || (at < text.size() && text[at] != ' ')) return std::nullopt;
        found.push_back({from, until});
    }
    if (found.size() > most_windows) return std::nullopt;
    return found;
}

std::string windows_text(std::vector<Window> const& windows) {
    if (windows.empty()) return "always";
    std::string text;
    for (auto const& one : windows) {
        char part[16];
        std::snprintf(part, sizeof part, "%02d:%02d-%02d:%02d", one.from / 60 % 24, one.from % 60, one.until / 60 % 24,
                      one.until % 60);
        text += (text.empty() ? "" : " ") + std::string(part);
    }
    return text;
}

std::vector<core::Problem> problems_of(Link const& link) {
    std::vector<core::Problem> found;
    auto const wrong = [&](char const* field, char const* key) { found.push_back({field, key, {}}); };
    if (link.down_kbit < 0 || link.down_kbit > fastest_kbit) wrong("/down_kbit", "nodes.link.rate");
    if (link.up_kbit < 0 || link.up_kbit > fastest_kbit) wrong("/up_kbit", "nodes.link.rate");
    if (link.medium == Medium::none && (link.down_kbit > 0 || link.up_kbit > 0))
        wrong("/medium", "nodes.link.none_has_rate");
    if (link.operator_name.size() > longest_word) wrong("/operator_name", "nodes.link.too_long");
    if (link.note.size() > longest_note) wrong("/note", "nodes.link.too_long");
    if (!windows_of(link.windows)) wrong("/windows", "nodes.link.windows");
    if (link.cap_kbit && (*link.cap_kbit < 0 || *link.cap_kbit > fastest_kbit)) wrong("/cap_kbit", "nodes.link.rate");
    if (link.day_percent && (*link.day_percent < 0 || *link.day_percent > 100))
        wrong("/day_percent", "nodes.link.percent");
    return found;
}

LinkPlan plan_of(PlanFacts const& facts) {
    LinkPlan plan;
    plan.zone_minutes = facts.zone_minutes;
    // The usual one first, then what the school has of its own.
    for (auto const* link : {facts.usual ? &*facts.usual : nullptr, facts.own ? &*facts.own : nullptr}) {
        if (link == nullptr) continue;
        if (link->down_kbit > 0 || link->medium == Medium::none) plan.rate_kbit = link->down_kbit;
        if (link->cap_kbit) plan.cap_kbit = *link->cap_kbit;
        if (link->day_percent) plan.day_percent = *link->day_percent;
        if (!link->windows.empty()) plan.windows = windows_of(link->windows).value_or(plan.windows);
    }
    if (facts.measured_kbit) plan.rate_kbit = *facts.measured_kbit;
    return plan;
}

}  // namespace santong::nodes
