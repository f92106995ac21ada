#include "platform/sql/dump_lines.hpp"

namespace santong::sql {

namespace {

[[noreturn]] void bad_line() {
    throw DatabaseError("postgresql: a COPY line that cannot be read", "22P04");
}

char unescaped(char c) {
    switch (c) {
        case 'b': return '\b';
        case 'f': return '\f';
        case 'n': return '\n';
        case 'r': return '\r';
        case 't': return '\t';
        case 'v': return '\v';
        default: return c;
    }
}

std::string unescaped(std::string_view field) {
    std::string out;
    out.reserve(field.size());
    for (std::size_t i = 0; i < field.size(); ++i) {
        if (field[i] != '\\')
            out += field[i];
        else if (++i < field.size())
            out += unescaped(field[i]);
        else
            bad_line();
    }
    return out;
}

int nibble(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    bad_line();
}

std::string from_hex(std::string_view text) {
    if (!text.starts_with("\\x") || text.size() % 2 != 0) bad_line();
    std::string out;
    for (std::size_t i = 2; i < text.size(); i += 2)
        out += static_cast<char>(nibble(text[i]) << 4 | nibble(text[i + 1]));
    return out;
}

void append_hex(std::string& out, std::string_view bytes) {
    constexpr char const* figures = "0123456789abcdef";
    out += "\\\\x";
    for (unsigned char const byte : bytes) {
        out += figures[byte >> 4];
        out += figures[byte & 15];
    }
}

void append_escaped(std::string& out, std::string_view text) {
    for (char const c : text) {
        if (c == '\\')
            out += "\\\\";
        else if (c == '\n')
            out += "\\n";
        else if (c == '\r')
            out += "\\r";
        else if (c == '\t')
            out += "\\t";
        else
            out += c;
    }
}

std::string neutral(std::string_view field, CellType type) {
    auto text = unescaped(field);
    if (type == CellType::boolean) return text == "t" ? "1" : "0";
    if (type == CellType::bytes) return from_hex(text);
    return text;
}

}  // namespace

void read_line(std::string_view line, std::vector<DumpColumn> const& columns, DumpRow& row) {
    row.resize(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
        auto const end = i + 1 < columns.size() ? line.find('\t') : line.size();
        if (end == std::string_view::npos) bad_line();
        auto const field = line.substr(0, end);
        if (field == "\\N")
            row[i].reset();
        else
            row[i] = neutral(field, columns[i].type);
        line.remove_prefix(std::min(end + 1, line.size()));
    }
}

void append_line(std::string& out, std::vector<DumpColumn> const& columns, DumpRow const& row) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (i > 0) out += '\t';
        if (!row[i])
            out += "\\N";
        else if (columns[i].type == CellType::boolean)
            out += *row[i] == "0" ? 'f' : 't';
        else if (columns[i].type == CellType::bytes)
            append_hex(out, *row[i]);
        else
            append_escaped(out, *row[i]);
    }
    out += '\n';
}

}  // namespace santong::sql
