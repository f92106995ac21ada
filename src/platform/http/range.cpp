#include <charconv>

#include "platform/http/answer.hpp"

namespace santong::http {

namespace {

std::optional<std::int64_t> digits(std::string_view text) {
    std::int64_t value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || text.front() == '-' || error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::string_view without_weak_mark(std::string_view etag) {
    return etag.substr(etag.starts_with("W/") ? 2 : 0);
}

}  // namespace

RangeVerdict read_range(std::string_view header, std::int64_t size, ByteRange& range) {
    if (!header.starts_with("bytes=")) return RangeVerdict::whole;
    header.remove_prefix(6);
    auto const dash = header.find('-');
    if (dash == std::string_view::npos || header.find(',') != std::string_view::npos) return RangeVerdict::whole;
    auto const first = digits(header.substr(0, dash));
    auto const last = digits(header.substr(dash + 1));
    if (dash == 0) {  // the last so many bytes
        if (!last) return RangeVerdict::whole;
        if (*last == 0 || size == 0) return RangeVerdict::unsatisfiable;
        range.size = std::min(*last, size);
        range.from = size - range.size;
        return RangeVerdict::part;
    }
    bool const open_end = dash + 1 == header.size();
    if (!first || (!last && !open_end) || (last && *last < *first)) return RangeVerdict::whole;
    if (*first >= size) return RangeVerdict::unsatisfiable;
    range.from = *first;
    range.size = std::min(open_end ? size - 1 : *last, size - 1) - *first + 1;
    return RangeVerdict::part;
}

bool etag_listed(std::string_view list, std::string_view etag) {
    while (!list.empty()) {
        auto const end = std::min(list.find(','), list.size());
        auto item = list.substr(0, end);
        while (item.starts_with(' ')) item.remove_prefix(1);
        while (item.ends_with(' ')) item.remove_suffix(1);
        if (item == "*" || without_weak_mark(item) == without_weak_mark(etag)) return true;
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return false;
}

}  // namespace santong::http
