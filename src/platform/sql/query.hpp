#pragma once
#include <string>
#include <vector>

#include "platform/sql/database.hpp"

namespace santong::sql {

/// A statement that is put together at run time: filters that are there or not. Only placeholders enter its text.
struct Query {
    std::string text;
    std::vector<Param> params;

    /// Adds a parameter and returns its placeholder, such as "$3".
    template <class T>
    std::string bind(T const& value) {
        params.push_back(to_param(value));
        return "$" + std::to_string(params.size());
    }
    /// Adds a list and returns its membership test, such as "{in $3}".
    template <class T>
    std::string bind_list(std::vector<T> const& values) {
        return "{in " + bind(values) + "}";
    }
    template <class T>
    std::vector<T> rows(Tx& tx, std::source_location where = std::source_location::current()) const {
        return tx.rows_text<T>(text, params, where);
    }
};

}  // namespace santong::sql
