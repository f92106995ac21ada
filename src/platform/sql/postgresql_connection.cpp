#include "platform/sql/postgresql_connection.hpp"

#include <charconv>
#include <cstring>

#include "platform/sql/rewrite.hpp"

namespace santong::sql {

namespace {

constexpr Bracket commit = {"commit", "COMMIT"};

/// States after which the same closure may succeed: serialization, deadlock, and every way of losing the server.
bool retryable(std::string_view state) {
    return state == "40001" || state == "40P01" || state.starts_with("08") || state.starts_with("57P") ||
           state == "25006";
}

[[noreturn]] void fail(PGconn* connection, PGresult* result, std::string const& statement) {
    char const* field = result != nullptr ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
    std::string const state = PQstatus(connection) != CONNECTION_OK ? "08006" : field != nullptr ? field : "58000";
    char const* told = result != nullptr ? PQresultErrorMessage(result) : "";
    std::string const what =
        std::string("postgresql: ") + (*told ? told : PQerrorMessage(connection)) + " in: " + statement;
    if (retryable(state)) throw RetryableError(what, state);
    throw DatabaseError(what, state);
}

struct ResultCells final : Cells {
    explicit ResultCells(PGresult* r) : result(r) {}
    int count() const override { return PQnfields(result); }
    std::string_view name(int c) const override { return PQfname(result, c); }
    bool is_null(int c) const override { return PQgetisnull(result, row, c) != 0; }
    std::int64_t integer(int c) const override {
        auto const value = text(c);
        if (value == "t") return 1;
        std::int64_t number = 0;
        std::from_chars(value.data(), value.data() + value.size(), number);
        return number;
    }
    double real(int c) const override {
        auto const value = text(c);
        double number = 0;
        std::from_chars(value.data(), value.data() + value.size(), number);
        return number;
    }
    std::string_view text(int c) const override {
        return {PQgetvalue(result, row, c), static_cast<std::size_t>(PQgetlength(result, row, c))};
    }
    std::string bytes(int c) const override {
        std::size_t size = 0;
        auto* data = PQunescapeBytea(reinterpret_cast<unsigned char const*>(PQgetvalue(result, row, c)), &size);
        std::string out(reinterpret_cast<char const*>(data), size);
        PQfreemem(data);
        return out;
    }
    PGresult* result;
    int row = 0;
};

std::string array_literal(ListParam const& list) {
    std::string out = "{";
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        if (i > 0) out += ',';
        out += '"';
        for (char const c : list.items[i]) {
            if (c == '"' || c == '\\') out += '\\';
            out += c;
        }
        out += '"';
    }
    return out + '}';
}

/// Text form of a parameter; empty for NULL.
std::optional<std::string> text_form(Param const& param) {
    switch (param.index()) {
        case 0: return std::nullopt;
        case 1: return std::get<bool>(param) ? "t" : "f";
        case 2: return std::to_string(std::get<std::int64_t>(param));
        case 3: {
            char digits[40];
            return std::string(digits, std::to_chars(digits, digits + sizeof digits, std::get<double>(param)).ptr);
        }
        case 4: return std::get<std::string>(param);
        case 5: {
            static constexpr char digits[] = "0123456789abcdef";
            std::string out = "\\x";
            for (unsigned char const c : std::get<core::Bytes>(param).value) {
                out += digits[c >> 4];
                out += digits[c & 15];
            }
            return out;
        }
        case 6: return std::get<core::RawJson>(param).value;
        default: return array_literal(std::get<ListParam>(param));
    }
}

}  // namespace

PostgresConnection::PostgresConnection(std::string const& url) : connection_(PQconnectdb(url.c_str())) {
    if (PQstatus(connection_) != CONNECTION_OK) {
        std::string const what = std::string("postgresql: ") + PQerrorMessage(connection_);
        PQfinish(connection_);
        throw RetryableError(what, "08001");
    }
    PQsetNoticeProcessor(connection_, [](void*, char const*) {}, nullptr);
    script("SET TIME ZONE 'UTC'; SET statement_timeout='120s'; SET extra_float_digits=3;");
    prepare_brackets();
}

PostgresConnection::~PostgresConnection() {
    PQfinish(connection_);
}

bool PostgresConnection::usable() const {
    return PQstatus(connection_) == CONNECTION_OK && (ending_ || PQtransactionStatus(connection_) == PQTRANS_IDLE);
}

void PostgresConnection::end_unread() {
    if (std::exchange(begin_, nullptr)) return;
    if (PQsendQueryPrepared(connection_, commit.name, 0, nullptr, nullptr, nullptr, 0) != 1)
        fail(connection_, nullptr, commit.text);
    ending_ = true;
}

long PostgresConnection::run(Sql const& sql, std::span<Param const> params,
                             std::function<void(Cells const&)> const& on_row) {
    auto const& name = prepared(sql.text);
    std::vector<std::optional<std::string>> texts;
    std::vector<char const*> values;
    for (auto const& param : params) texts.push_back(text_form(param));
    for (auto const& text : texts) values.push_back(text ? text->c_str() : nullptr);
    auto const count = static_cast<int>(std::min(values.size(), name.parameters));
    auto const result =
        begin_
            ? execute_with_begin(name.name, count, values)
            : ResultPointer(PQexecPrepared(connection_, name.name.c_str(), count, values.data(), nullptr, nullptr, 0));
    auto const status = PQresultStatus(result.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) fail(connection_, result.get(), sql.text);
    if (!on_row) return std::atol(PQcmdTuples(result.get()));
    ResultCells cells(result.get());
    int const rows = PQntuples(result.get());
    for (cells.row = 0; cells.row < rows; ++cells.row) on_row(cells);
    return rows;
}

void PostgresConnection::script(std::string const& text) {
    get_ready();
    ResultPointer const result(PQexec(connection_, text.c_str()));
    auto const status = PQresultStatus(result.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) fail(connection_, result.get(), text);
}

void PostgresConnection::copy_out(std::string const& statement, std::function<void(std::string_view)> const& on_line) {
    begin_copy(statement, PGRES_COPY_OUT);
    for (;;) {
        char* line = nullptr;
        int const size = PQgetCopyData(connection_, &line, 0);
        if (size < 0) break;
        std::unique_ptr<char, decltype(&PQfreemem)> const owned(line, &PQfreemem);
        on_line({line, static_cast<std::size_t>(size > 0 ? size - 1 : 0)});
    }
    end_copy(statement);
}

void PostgresConnection::copy_in(std::string const& statement) {
    begin_copy(statement, PGRES_COPY_IN);
}

void PostgresConnection::copy_in_put(std::string_view lines) {
    if (PQputCopyData(connection_, lines.data(), static_cast<int>(lines.size())) != 1)
        fail(connection_, nullptr, "COPY");
}

void PostgresConnection::copy_in_end() {
    if (PQputCopyEnd(connection_, nullptr) != 1) fail(connection_, nullptr, "COPY");
    end_copy("COPY");
}

void PostgresConnection::settle() {
    if (!std::exchange(ending_, false)) return;
    while (ResultPointer(PQgetResult(connection_))) {  // a lost connection shows with the next statement
    }
}

void PostgresConnection::get_ready() {
    settle();
    if (auto const* begin = std::exchange(begin_, nullptr)) script(begin->text);
}

ResultPointer PostgresConnection::execute_with_begin(std::string const& name, int count,
                                                     std::vector<char const*> const& values) {
    auto const* begin = std::exchange(begin_, nullptr);
    PQenterPipelineMode(connection_);
    if (PQsendQueryPrepared(connection_, begin->name, 0, nullptr, nullptr, nullptr, 0) != 1 ||
        PQsendQueryPrepared(connection_, name.c_str(), count, values.data(), nullptr, nullptr, 0) != 1 ||
        PQpipelineSync(connection_) != 1) {
        fail(connection_, nullptr, begin->text);
    }
    ResultPointer const begun = next_result();
    ResultPointer result = next_result();
    ResultPointer const synced(PQgetResult(connection_));
    PQexitPipelineMode(connection_);
    if (PQresultStatus(begun.get()) != PGRES_COMMAND_OK) fail(connection_, begun.get(), begin->text);
    return result;
}

ResultPointer PostgresConnection::next_result() {
    ResultPointer result(PQgetResult(connection_));
    while (ResultPointer(PQgetResult(connection_))) {}
    return result;
}

void PostgresConnection::begin_copy(std::string const& statement, ExecStatusType expected) {
    get_ready();
    ResultPointer const result(PQexec(connection_, statement.c_str()));
    if (PQresultStatus(result.get()) != expected) fail(connection_, result.get(), statement);
}

void PostgresConnection::end_copy(std::string const& statement) {
    ResultPointer const result(PQgetResult(connection_));
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) fail(connection_, result.get(), statement);
    while (ResultPointer(PQgetResult(connection_))) {  // libpq wants to be asked until it has nothing left
    }
}

void PostgresConnection::prepare_brackets() {
    for (auto const& [name, text] : {begin_write, begin_read, commit}) {
        ResultPointer const made(PQprepare(connection_, name, text, 0, nullptr));
        if (PQresultStatus(made.get()) != PGRES_COMMAND_OK) fail(connection_, made.get(), text);
    }
}

PostgresConnection::Prepared const& PostgresConnection::prepared(char const* text) {
    settle();
    auto found = cache_.find(text);
    if (found != cache_.end()) return found->second;
    if (cache_.size() >= 2000) {
        ResultPointer const dropped(PQexec(connection_, "DEALLOCATE ALL"));
        cache_.clear();
        prepare_brackets();
    }
    Prepared entry{"s" + std::to_string(++made_), 0};
    auto const own = rewrite(text, Dialect::postgresql);
    ResultPointer const made(PQprepare(connection_, entry.name.c_str(), own.c_str(), 0, nullptr));
    if (PQresultStatus(made.get()) != PGRES_COMMAND_OK) fail(connection_, made.get(), own);
    ResultPointer const described(PQdescribePrepared(connection_, entry.name.c_str()));
    entry.parameters = static_cast<std::size_t>(PQnparams(described.get()));
    return cache_.emplace(text, entry).first->second;
}

}  // namespace santong::sql
