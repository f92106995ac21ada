#pragma once
#include "platform/sql/database.hpp"

namespace santong::sql {

/// A connection that runs one SELECT and no more, so that nothing has to hold several statements together.
class OneStatement final : public Connection {
public:
    explicit OneStatement(Connection& connection) : connection_(connection) {}
    Dialect dialect() const override { return connection_.dialect(); }
    long run(Sql const& sql, std::span<Param const> params, std::function<void(Cells const&)> const& on_row) override {
        if (ran_ || !std::string_view(sql.text).starts_with("SELECT"))
            throw std::logic_error(std::string("read_one runs one SELECT, not: ") + sql.text);
        ran_ = true;
        return connection_.run(sql, params, on_row);
    }
    void script(std::string const& text) override { throw std::logic_error("read_one runs one SELECT, not: " + text); }

private:
    Connection& connection_;
    bool ran_ = false;
};

}  // namespace santong::sql
