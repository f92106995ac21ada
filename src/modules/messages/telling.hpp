#pragma once
// Inner words of the messages: who hears that something is new.
#include <vector>

#include "modules/messages/domain.hpp"
#include "platform/sql/database.hpp"

namespace santong::messages {

/// After the commit these people's open screens hear of it, each once, however many messages a transaction wrote.
void tell_after(sql::Tx& tx, std::vector<core::PersonId> const& people);

}  // namespace santong::messages
