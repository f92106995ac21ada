#include "modules/roster/service_terms.hpp"

#include <algorithm>

#include "core/json.hpp"
#include "modules/roster/service.hpp"
#include "modules/roster/service_sources.hpp"
#include "modules/roster/service_write.hpp"
#include "modules/roster/store.hpp"
#include "modules/roster/visibility.hpp"
#include "platform/auth/audit.hpp"
#include "platform/feed/feed.hpp"
#include "platform/text/utf8.hpp"

namespace santong::roster {

namespace {

constexpr std::size_t longest_name = 40;

core::Result<Term> sound_term(TermBody const& body) {
    if (body.number != 1 && body.number != 2) return core::invalid_at("/number", "core.unknown_choice");
    if (body.from_date >= body.to_date) return core::invalid_at("/to_date", "roster.term_order");
    auto const year = school_year_of(body.from_date);
    if (body.school_year != year) {
        return core::invalid_at("/school_year", "roster.term_year", {{"year", std::to_string(year)}});
    }
    auto const name = text::clean(body.name);
    if (name.empty()) return core::invalid_at("/name", "core.required");
    if (text::count_characters(name) > longest_name) {
        return core::invalid_at("/name", "core.too_long", {{"max", std::to_string(longest_name)}});
    }
    auto const monday = body.week_one_monday.value_or(body.from_date.plus_days(1 - body.from_date.weekday()));
    if (monday.weekday() != 1) return core::invalid_at("/week_one_monday", "roster.not_a_monday");
    return Term{{}, body.school_year, body.number, name, body.from_date, body.to_date, monday};
}

core::Result<void> check_against(std::vector<Term> const& others, Term const& term) {
    for (auto const& other : others) {
        if (other.id == term.id) continue;
        if (other.school_year == term.school_year && other.number == term.number) {
            return core::conflict("roster.term_known", {{"name", other.name}});
        }
        if (other.from_date <= term.to_date && term.from_date <= other.to_date) {
            return core::conflict("roster.term_overlaps", {{"name", other.name}});
        }
    }
    return {};
}

}  // namespace

core::Result<TermList> list_terms(sql::Database& db, core::Clock const& clock, auth::Caller const& caller) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<TermList> {
        TermList list;
        list.items = terms(tx);
        list.today = today(tx, clock);
        if (auto const running = term_at(tx, list.today)) {
            list.current = running->id;
            list.week = running->week_of(list.today);
        }
        return list;
    });
}

core::Result<Term> write_term(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                              std::optional<TermId> const& id, TermBody const& body) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<Term> {
        TRY_VOID(caller.require(tx, permissions::manage_terms, district(tx).org_id));
        auto term = TRY(sound_term(body));
        auto const known = terms(tx);
        if (id && std::ranges::find(known, *id, &Term::id) == known.end()) return core::not_found("roster.no_term");
        term.id = id ? *id : TermId::make();
        TRY_VOID(check_against(known, term));
        BulkRoster bulk;
        bulk.terms = {term};
        TRY_VOID(write_bulk(tx, bulk, clock));
        auth::audit(tx, caller, {"roster.term_written", term.id.text(), core::json::write(term)});
        return term;
    });
}

core::Result<core::Nothing> remove_term(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller,
                                        TermId const& id) {
    TRY_VOID(caller.require(tx, permissions::manage_terms, district(tx).org_id));
    auto const known = terms(tx);
    auto const term = std::ranges::find(known, id, &Term::id);
    if (term == known.end()) return core::not_found("roster.no_term");
    if (term->from_date <= today(tx, clock)) return core::conflict("roster.term_begun", {{"name", term->name}});
    for (auto const& source : known_sources(tx)) {
        if (source.entity_id == id.value) return core::conflict("roster.term_imported", {{"name", term->name}});
    }
    store::remove_term(tx, id);
    feed::remove(tx, {"roster.Term", id.text(), district(tx).org_id});
    auth::audit(tx, caller, {"roster.term_removed", term->name, core::json::write(*term)});
    return core::Nothing{};
}

}  // namespace santong::roster
