#include "platform/text/encoding.hpp"

#include <uchardet/uchardet.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <optional>
#include <stdexcept>

#include "platform/text/utf8.hpp"

namespace santong::text {

namespace {

constexpr std::size_t piece_size = 64 * 1024;

char const* converter_name(Encoding encoding) {
    switch (encoding) {
        case Encoding::utf8:
        case Encoding::utf8_bom: return "UTF-8";
        case Encoding::utf16_le: return "UTF-16LE";
        case Encoding::utf16_be: return "UTF-16BE";
        case Encoding::gb18030: return "gb18030";
        case Encoding::big5: return "Big5";
    }
    return "UTF-8";
}

std::size_t mark_length(Encoding encoding, std::string_view start) {
    if (encoding == Encoding::utf8_bom) return 3;
    bool little = encoding == Encoding::utf16_le && start.starts_with("\xFF\xFE");
    bool big = encoding == Encoding::utf16_be && start.starts_with("\xFE\xFF");
    return little || big ? 2 : 0;
}

/// Codes of GB18030-2005 in the private area to which Unicode has given names since (GB18030-2022, appendix).
char16_t named_since(char16_t c) {
    struct Pair {
        char16_t old_code, named;
    };
    static constexpr std::array<Pair, 18> pairs{{{0xE78D, 0xFE10},
                                                 {0xE78E, 0xFE12},
                                                 {0xE78F, 0xFE11},
                                                 {0xE790, 0xFE13},
                                                 {0xE791, 0xFE14},
                                                 {0xE792, 0xFE15},
                                                 {0xE793, 0xFE16},
                                                 {0xE794, 0xFE17},
                                                 {0xE795, 0xFE18},
                                                 {0xE796, 0xFE19},
                                                 {0xE81E, 0x9FB4},
                                                 {0xE826, 0x9FB5},
                                                 {0xE82B, 0x9FB6},
                                                 {0xE82C, 0x9FB7},
                                                 {0xE832, 0x9FB8},
                                                 {0xE843, 0x9FB9},
                                                 {0xE854, 0x9FBA},
                                                 {0xE864, 0x9FBB}}};
    auto found = std::find_if(pairs.begin(), pairs.end(), [c](Pair const& p) { return p.old_code == c; });
    return found == pairs.end() ? c : found->named;
}

/// Turns pieces of one encoding into UTF-8; keeps a half character for the next piece.
class PieceConverter {
public:
    explicit PieceConverter(Encoding encoding) : gb18030_(encoding == Encoding::gb18030) {
        UErrorCode status = U_ZERO_ERROR;
        converter_.reset(ucnv_open(converter_name(encoding), &status));
        if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU has no converter: ") + u_errorName(status));
    }

    void convert(std::string_view bytes, bool last, std::string& out) {
        char const* from = bytes.data();
        char const* end = from + bytes.size();
        std::array<char16_t, 4096> units{};
        UErrorCode status = U_BUFFER_OVERFLOW_ERROR;
        while (status == U_BUFFER_OVERFLOW_ERROR) {
            status = U_ZERO_ERROR;
            char16_t* to = units.data();
            ucnv_toUnicode(converter_.get(), &to, units.data() + units.size(), &from, end, nullptr, last, &status);
            append(std::u16string_view(units.data(), static_cast<std::size_t>(to - units.data())), out);
        }
        if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU cannot convert: ") + u_errorName(status));
    }

private:
    void append(std::u16string_view units, std::string& out) {
        for (char16_t unit : units) {
            if (high_ != 0 && unit >= 0xDC00 && unit <= 0xDFFF) {
                append_character(out, 0x10000 + ((static_cast<char32_t>(high_) - 0xD800) << 10) + (unit - 0xDC00));
                high_ = 0;
                continue;
            }
            if (high_ != 0) append_character(out, 0xFFFD);
            high_ = unit >= 0xD800 && unit <= 0xDBFF ? unit : u'\0';
            if (high_ != 0) continue;
            bool alone = unit >= 0xDC00 && unit <= 0xDFFF;
            append_character(out, alone ? 0xFFFD : gb18030_ ? named_since(unit) : unit);
        }
    }

    struct Close {
        void operator()(UConverter* c) const { ucnv_close(c); }
    };
    std::unique_ptr<UConverter, Close> converter_;
    char16_t high_ = 0;
    bool gb18030_;
};

/// The bytes without a character that is cut at their end.
std::string_view without_cut_tail(std::string_view bytes) {
    for (std::size_t back = 1; back <= std::min<std::size_t>(3, bytes.size()); ++back) {
        auto byte = static_cast<unsigned char>(bytes[bytes.size() - back]);
        if ((byte & 0xC0) == 0x80) continue;
        std::size_t needed = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
        return needed > back ? bytes.substr(0, bytes.size() - back) : bytes;
    }
    return bytes;
}

std::size_t count_broken(std::string_view bytes, Encoding encoding) {
    std::string utf8;
    PieceConverter(encoding).convert(bytes, false, utf8);
    std::size_t broken = 0;
    for (std::size_t at = utf8.find("\xEF\xBF\xBD"); at != utf8.npos; at = utf8.find("\xEF\xBF\xBD", at + 3)) ++broken;
    return broken;
}

bool statistics_say_big5(std::string_view bytes) {
    std::unique_ptr<uchardet, void (*)(uchardet_t)> detector(uchardet_new(), uchardet_delete);
    if (!detector || uchardet_handle_data(detector.get(), bytes.data(), bytes.size()) != 0) return false;
    uchardet_data_end(detector.get());
    return std::strcmp(uchardet_get_charset(detector.get()), "BIG5") == 0;
}

/// UTF-16 without a mark: every other byte of ASCII text is zero.
std::optional<Encoding> unmarked_utf16(std::string_view bytes) {
    std::array<std::size_t, 2> zeros{};
    auto head = bytes.substr(0, 4096);
    for (std::size_t i = 0; i < head.size(); ++i) zeros[i % 2] += head[i] == '\0' ? 1 : 0;
    if (zeros[0] + zeros[1] < head.size() / 16 + 2) return std::nullopt;
    if (zeros[1] > zeros[0] * 8) return Encoding::utf16_le;
    if (zeros[0] > zeros[1] * 8) return Encoding::utf16_be;
    return std::nullopt;
}

std::string around(std::string_view line, std::size_t from, std::size_t to) {
    for (int n = 0; n < 4 && from > 0; ++n) {
        do --from;
        while (from > 0 && (static_cast<unsigned char>(line[from]) & 0xC0) == 0x80);
    }
    for (int n = 0; n < 4 && to < line.size(); ++n) next_character(line, to);
    return std::string(line.substr(from, to - from));
}

std::optional<LossKind> loss_of(char32_t c, char32_t before, char32_t after) {
    if (c == 0xFFFD) return LossKind::replaced;
    if ((c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000) return LossKind::private_use;
    if (c == '?' && (is_han(before) || is_han(after))) return LossKind::question_mark;
    return std::nullopt;
}

void find_lost_in_line(std::string_view line, std::size_t number, std::vector<LostCharacter>& lost, std::size_t most) {
    char32_t before = 0;
    std::size_t place = 1;
    for (std::size_t at = 0; at < line.size() && lost.size() < most; ++place) {
        std::size_t start = at;
        char32_t c = next_character(line, at);
        std::size_t peek = at;
        char32_t after = peek < line.size() ? next_character(line, peek) : U'\0';
        if (auto kind = loss_of(c, before, after)) lost.push_back({*kind, number, place, around(line, start, at)});
        before = c;
    }
}

}  // namespace

std::string_view encoding_name(Encoding encoding) {
    switch (encoding) {
        case Encoding::utf8: return "UTF-8";
        case Encoding::utf8_bom: return "UTF-8 (BOM)";
        case Encoding::utf16_le: return "UTF-16LE";
        case Encoding::utf16_be: return "UTF-16BE";
        case Encoding::gb18030: return "GB18030";
        case Encoding::big5: return "Big5";
    }
    return "";
}

Encoding detect_encoding(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) return Encoding::utf8_bom;
    if (bytes.starts_with("\xFF\xFE")) return Encoding::utf16_le;
    if (bytes.starts_with("\xFE\xFF")) return Encoding::utf16_be;
    if (auto utf16 = unmarked_utf16(bytes)) return *utf16;
    if (is_valid_utf8(without_cut_tail(bytes))) return Encoding::utf8;
    std::size_t broken = count_broken(bytes, Encoding::gb18030);
    if (broken == 0) return Encoding::gb18030;
    if (count_broken(bytes, Encoding::utf8) * 4 < broken) return Encoding::utf8;
    return statistics_say_big5(bytes) && count_broken(bytes, Encoding::big5) < broken ? Encoding::big5
                                                                                      : Encoding::gb18030;
}

std::vector<LostCharacter> find_lost_characters(std::string_view utf8, std::size_t most) {
    std::vector<LostCharacter> lost;
    std::size_t number = 1;
    while (!utf8.empty() && lost.size() < most) {
        auto end = utf8.find('\n');
        find_lost_in_line(utf8.substr(0, end), number++, lost, most);
        utf8 = end == utf8.npos ? std::string_view{} : utf8.substr(end + 1);
    }
    return lost;
}

ConvertedText to_utf8(std::string_view bytes, Encoding encoding) {
    ConvertedText converted;
    PieceConverter(encoding).convert(bytes.substr(mark_length(encoding, bytes)), true, converted.utf8);
    converted.lost = find_lost_characters(converted.utf8);
    return converted;
}

struct Utf8Source::State {
    explicit State(Encoding e) : encoding(e), converter(e) {}
    Encoding encoding;
    PieceConverter converter;
    std::ifstream file;
    std::string bytes;  ///< used when there is no file
    std::size_t at = 0;
    bool ended = false;

    std::string next_piece() {
        if (!file.is_open()) {
            auto piece = bytes.substr(at, piece_size);
            at += piece.size();
            return piece;
        }
        std::string piece(piece_size, '\0');
        file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        if (file.bad()) throw std::runtime_error("a file cannot be read to its end");
        piece.resize(static_cast<std::size_t>(file.gcount()));
        return piece;
    }
};

Utf8Source::Utf8Source(std::unique_ptr<State> state) : state_(std::move(state)) {}
Utf8Source::Utf8Source(Utf8Source&&) noexcept = default;
Utf8Source& Utf8Source::operator=(Utf8Source&&) noexcept = default;
Utf8Source::~Utf8Source() = default;

core::Result<Utf8Source> Utf8Source::open(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return core::not_found("text.file_missing");
    auto found = Encoding::utf8;
    std::string cut, piece(1024 * 1024, '\0');
    // The first Chinese name may stand far down: look at every piece, each with the character that was cut before it.
    while (found == Encoding::utf8 && (file.read(piece.data(), std::ssize(piece)), file.gcount() > 0)) {
        auto bytes = cut + piece.substr(0, static_cast<std::size_t>(file.gcount()));
        found = detect_encoding(bytes);
        cut = bytes.substr(without_cut_tail(bytes).size());
    }
    auto state = std::make_unique<State>(found);
    state->file.open(path, std::ios::binary);
    return Utf8Source(std::move(state));
}

Utf8Source Utf8Source::of_bytes(std::string bytes) {
    auto state = std::make_unique<State>(detect_encoding(bytes));
    state->bytes = std::move(bytes);
    return Utf8Source(std::move(state));
}

bool Utf8Source::read(std::string& out) {
    if (state_->ended) return false;
    bool first = state_->at == 0 && (!state_->file.is_open() || state_->file.tellg() == 0);
    auto piece = state_->next_piece();
    state_->ended = piece.size() < piece_size;
    std::string_view bytes = piece;
    if (first) bytes.remove_prefix(std::min(bytes.size(), mark_length(state_->encoding, bytes)));
    state_->converter.convert(bytes, state_->ended, out);
    return true;
}

Encoding Utf8Source::encoding() const {
    return state_->encoding;
}

}  // namespace santong::text
