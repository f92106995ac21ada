#include "modules/teaching/domain_class.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <set>

#include "platform/text/utf8.hpp"

namespace santong::teaching {

core::Result<void> check_stroke(InkStroke const& stroke) {
    bool const shape = stroke.points.size() >= 2 && stroke.points.size() % 2 == 0 &&
                       stroke.points.size() <= most_coordinates && stroke.color >= 0 && stroke.color < 8 &&
                       !stroke.sheet.empty() && stroke.sheet.size() <= 100;
    bool const near = std::ranges::all_of(stroke.points, [](int at) { return at >= -1000 && at <= 2000; });
    if (!shape || !near || stroke.id.is_nil()) return core::invalid_at("/add", "teaching.ink_unreadable");
    return {};
}

core::Result<void> check_cards(ClassQuestion const& question, CardReading const& reading) {
    if (question.options.size() > card_answers) return core::conflict("teaching.too_many_options_for_cards");
    std::set<std::int32_t> const cards(reading.seen.begin(), reading.seen.end());
    bool const numbered = std::ranges::all_of(cards, [](int card) { return card >= 1 && card <= last_card; });
    if (cards.size() != reading.seen.size() || !numbered) return core::invalid_at("/seen", "teaching.no_such_card");
    bool const fits = reading.counts.size() == question.options.size() &&
                      std::ranges::all_of(reading.counts, [](int count) { return count >= 0; }) &&
                      std::accumulate(reading.counts.begin(), reading.counts.end(), std::size_t{0}) == cards.size();
    if (!fits) return core::invalid_at("/counts", "teaching.counts_do_not_fit");
    return {};
}

std::string surname_of(std::string const& name) {
    static constexpr std::array<std::string_view, 14> two{"欧阳", "司马", "上官", "诸葛", "皇甫", "尉迟", "公孙",
                                                          "慕容", "令狐", "东方", "司徒", "夏侯", "宇文", "长孙"};
    bool const is_double = std::ranges::any_of(two, [&](std::string_view one) { return name.starts_with(one); });
    return std::string(text::truncate_characters(name, is_double ? 2 : 1));
}

}  // namespace santong::teaching
