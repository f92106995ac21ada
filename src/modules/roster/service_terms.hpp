#pragma once
// School years and terms.
#include "core/result.hpp"
#include "modules/roster/domain.hpp"
#include "platform/auth/caller.hpp"
#include "platform/sql/database.hpp"

namespace santong::roster {

/// All terms, oldest first, and which one runs today.
struct TermList {
    std::vector<Term> items;
    std::optional<TermId> current;
    std::int32_t week = 0;  ///< of the current term; 0 without one
    core::LocalDate today;
};
BOOST_DESCRIBE_STRUCT(TermList, (), (items, current, week, today))

/// What a term is written with.
struct TermBody {
    std::int32_t school_year = 0;
    std::int32_t number = 1;
    std::string name;
    core::LocalDate from_date;
    core::LocalDate to_date;
    std::optional<core::LocalDate> week_one_monday;  ///< the Monday of the week of `from_date` if absent
};
BOOST_DESCRIBE_STRUCT(TermBody, (), (school_year, number, name, from_date, to_date, week_one_monday))

core::Result<TermList> list_terms(sql::Database& db, core::Clock const& clock, auth::Caller const& caller);
/// Writes a new term, or the one with this id. Refusals: "roster.term_year" {year}, "roster.term_order",
/// "roster.term_overlaps" {name}, "roster.term_known" {name}, "roster.not_a_monday".
core::Result<Term> write_term(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                              std::optional<TermId> const& id, TermBody const& body);
/// Takes back a term that has not begun; whoever hangs things on terms looks first. Refusals: "roster.no_term",
/// "roster.term_begun" {name}, "roster.term_imported" {name}.
core::Result<core::Nothing> remove_term(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller,
                                        TermId const& id);

}  // namespace santong::roster
