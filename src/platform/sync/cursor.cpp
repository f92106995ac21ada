#include "platform/sync/cursor.hpp"

#include <charconv>

#include "platform/sync/outgoing.hpp"

namespace santong::sync {

namespace {

std::int64_t number(std::string_view text) {
    std::int64_t value = 0;
    auto const [stopped, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc{} || stopped != text.data() + text.size() || value < 0)
        throw std::invalid_argument("a cursor that cannot be read");
    return value;
}

/// What stands before the next colon, and moves behind it.
std::string_view word(std::string_view& text) {
    auto const end = text.find(':');
    if (end == std::string_view::npos) throw std::invalid_argument("a cursor that cannot be read");
    auto const found = text.substr(0, end);
    text.remove_prefix(end + 1);
    return found;
}

}  // namespace

std::string Cursor::text() const {
    if (!snapshot) return "t:" + std::to_string(seq);
    return "n:" + std::to_string(seq) + ":" + std::to_string(left) + ":" + std::to_string(shape) + ":" + after;
}

Cursor read_cursor(sql::Tx& tx, Peer const& peer, std::string_view text) {
    Cursor cursor;
    if (text.empty()) {
        cursor.snapshot = !peer.parent;
        cursor.seq = peer.parent ? 0 : feed::last_seq(tx);
        return cursor;
    }
    auto const kind = word(text);
    if (kind == "t") {
        cursor.seq = number(text);
        return cursor;
    }
    // "s": as an earlier program wrote it, without what is left.
    if (kind != "n" && kind != "s") throw std::invalid_argument("a cursor that cannot be read");
    cursor.snapshot = true;
    cursor.seq = number(word(text));
    if (kind == "n") cursor.left = number(word(text));
    cursor.shape = static_cast<std::size_t>(number(word(text)));
    cursor.after = text;
    return cursor;
}

std::string further(std::string const& one, std::string const& other) {
    auto const reached = [](std::string const& text) {
        return text.starts_with("t:") ? number(std::string_view(text).substr(2)) : -1;
    };
    return reached(one) < reached(other) ? other : one;
}

}  // namespace santong::sync
