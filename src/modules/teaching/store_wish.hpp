#pragma once
// Wishes to take a colleague's class along. Part of the store.
#include "modules/teaching/domain_wish.hpp"
#include "platform/sql/database.hpp"

namespace santong::teaching::store {

std::optional<ClassAsk> ask(sql::Tx& tx, WishId const& id);
std::vector<ClassAsk> asks_for(sql::Tx& tx, SessionId const& session);
/// Those that wait, of sessions that run.
std::vector<ClassAsk> asks_of(sql::Tx& tx, core::PersonId const& person);
/// Asked again, the old one goes on.
void put_ask(sql::Tx& tx, ClassAsk const& row);
/// False if it does not wait any more.
bool set_ask(sql::Tx& tx, WishId const& id, WishState state);

}  // namespace santong::teaching::store
