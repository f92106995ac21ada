#include "platform/sql/database.hpp"

#include <chrono>
#include <cstring>
#include <mutex>

#include "platform/sql/rewrite.hpp"

namespace santong::sql {

namespace {

using Steady = std::chrono::steady_clock;

/// Figures of one statement; found by the place in the source that runs it (a literal that stays where it is).
struct Figures {
    std::mutex mutex;
    std::map<std::pair<char const*, std::uint_least32_t>, Database::StatementFigure> rows;
};
Figures& figures() {
    static Figures all;
    return all;
}

/// "std::vector<Person> santong::roster::store::people(sql::Tx&, …)" → "roster.store.people"
std::string statement_name(char const* function) {
    std::string_view text(function);
    auto end = text.find('(');
    if (end == std::string_view::npos) end = text.size();
    auto begin = text.rfind(' ', end);
    begin = begin == std::string_view::npos ? 0 : begin + 1;
    std::string name(text.substr(begin, end - begin));
    for (std::string const cut : {"santong::", "{anonymous}::", "(anonymous namespace)::"}) {
        for (auto at = name.find(cut); at != std::string::npos; at = name.find(cut)) name.erase(at, cut.size());
    }
    for (auto at = name.find("::"); at != std::string::npos; at = name.find("::")) name.replace(at, 2, ".");
    return name;
}

std::int64_t since(Steady::time_point start) {
    return std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - start).count();
}

thread_local std::function<void(Tx&)> prologue;

}  // namespace

std::function<void(Tx&)>& thread_prologue() {
    return prologue;
}

PrologueScope::PrologueScope(std::function<void(Tx&)> step) {
    prologue = std::move(step);
}
PrologueScope::~PrologueScope() {
    prologue = nullptr;
}

void count_statement(std::source_location const& where, std::int64_t microseconds) {
    std::lock_guard lock(figures().mutex);
    auto& row = figures().rows[{where.function_name(), where.line()}];
    if (row.name.empty()) row.name = statement_name(where.function_name()) + ":" + std::to_string(where.line());
    ++row.count;
    row.total_us += microseconds;
}

std::vector<Database::StatementFigure> Database::statement_figures() {
    std::lock_guard lock(figures().mutex);
    std::vector<StatementFigure> out;
    for (auto const& [key, row] : figures().rows) out.push_back(row);
    return out;
}

long Tx::run(Sql const& sql, std::vector<Param> const& params, std::function<void(Cells const&)> const& on_row) {
    auto const start = Steady::now();
    auto const count = connection_.run(sql, params, on_row);
    count_statement(sql.where, since(start));
    return count;
}

long Tx::run_text(std::string const& text, std::vector<Param> const& params,
                  std::function<void(Cells const&)> const& on_row, std::source_location where) {
    return run(Sql(text.c_str(), where), params, on_row);
}

namespace {

/// "INSERT INTO t (district_id, a, b) VALUES ($1,$2,$3),($4,…) suffix" for as many rows as are given.
std::string insert_text(char const* table, core::Type const& type, std::size_t rows, char const* suffix) {
    std::string text = std::string("INSERT INTO ") + table + " (district_id";
    for (auto const& field : type.fields) text += std::string(", ") + field.name;
    text += ") VALUES ";
    std::size_t number = 2;
    for (std::size_t row = 0; row < rows; ++row) {
        text += row == 0 ? "($1" : ",($1";
        for (std::size_t i = 0; i < type.fields.size(); ++i) text += ",$" + std::to_string(number++);
        text += ')';
    }
    return text + ' ' + suffix;
}

}  // namespace

long Tx::insert_many(char const* table, core::Type const& type, void const* first, std::size_t stride,
                     std::size_t count, char const* suffix) {
    // Full blocks share one prepared statement; the rest has one of its own size.
    std::size_t const most = dialect() == Dialect::postgresql ? 8000 : 900;
    std::size_t const block = std::max<std::size_t>(1, most / (type.fields.size() + 1));
    long written = 0;
    for (std::size_t from = 0; from < count; from += block) {
        auto const rows = std::min(block, count - from);
        std::vector<Param> params{static_cast<std::int64_t>(district_)};
        params.reserve(1 + rows * type.fields.size());
        for (std::size_t i = from; i < from + rows; ++i) {
            append_params(params, type, static_cast<char const*>(first) + i * stride);
        }
        auto const text = insert_text(table, type, rows, suffix);
        written += run(Sql(text.c_str()), params, nullptr);
    }
    return written;
}

void TxAccess::before_commit(Tx& tx) {
    // A step may register another one.
    for (std::size_t i = 0; i < tx.before_commit_.size(); ++i) {
        auto const step = tx.before_commit_[i];
        step(tx);
    }
}

std::vector<std::function<void()>> TxAccess::take_after_commit(Tx& tx) {
    return std::move(tx.after_commit_);
}

namespace {

[[noreturn]] void no_copy() {
    throw DatabaseError("this database has no COPY", "0A000");
}

}  // namespace

void Connection::copy_out(std::string const&, std::function<void(std::string_view)> const&) {
    no_copy();
}
void Connection::copy_in(std::string const&) {
    no_copy();
}
void Connection::copy_in_put(std::string_view) {
    no_copy();
}
void Connection::copy_in_end() {
    no_copy();
}

std::unique_ptr<Database> Database::open(Options const& options) {
    return options.url.empty() ? open_sqlite(options) : open_postgresql(options);
}

std::string rewrite(std::string_view text, Dialect dialect) {
    std::string out;
    out.reserve(text.size() + 32);
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\'') quoted = !quoted;
        if (!quoted && text.substr(i, 5) == "{in $") {
            auto const end = text.find('}', i);
            std::string const number(text.substr(i + 5, end - i - 5));
            out += dialect == Dialect::sqlite ? "IN (SELECT value FROM json_each(?" + number + "))"
                                              : "= ANY($" + number + ")";
            i = end;
        } else if (!quoted && text[i] == '$' && dialect == Dialect::sqlite) {
            out += '?';
        } else {
            out += text[i];
        }
    }
    return out;
}

std::string rewrite_migration(std::string_view text, Dialect dialect) {
    bool const lite = dialect == Dialect::sqlite;
    std::string out;
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size());
        std::string line(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.starts_with(lite ? "--postgresql:" : "--sqlite:")) continue;
        if (line.starts_with(lite ? "--sqlite:" : "--postgresql:")) line.erase(0, line.find(':') + 1);
        for (auto const& [mark, type] : std::map<std::string, std::string>{{"{uuid}", lite ? "TEXT" : "UUID"},
                                                                           {"{bytes}", lite ? "BLOB" : "BYTEA"},
                                                                           {"{json}", lite ? "TEXT" : "JSONB"}}) {
            for (auto at = line.find(mark); at != std::string::npos; at = line.find(mark)) {
                line.replace(at, mark.size(), type);
            }
        }
        out += line + '\n';
    }
    return out;
}

}  // namespace santong::sql
