#include "modules/messages/sync.hpp"

#include "modules/messages/store.hpp"
#include "modules/messages/telling.hpp"
#include "modules/roster/sync.hpp"

namespace santong::messages {

namespace {

/// Open screens hear of what came from elsewhere, too.
void tell_readers(sql::Tx& tx, std::vector<std::string> const& ids) {
    std::vector<MessageId> messages;
    for (auto const& id : ids) {
        if (auto const message = MessageId::parse(id)) messages.push_back(*message);
    }
    tell_after(tx, store::readers_of(tx, messages));
}

}  // namespace

void add_shapes(sync::Shapes& shapes) {
    shapes.add(
        {.type = "messages.Message",
         .direction = sync::Direction::both,
         .tables = {{.name = "message", .read_as = &core::type_of<Message>}},
         .held = "SELECT id FROM message WHERE district_id = $1 AND person_id IN (" + roster::persons_held() + ")",
         .applied = tell_readers});
}

}  // namespace santong::messages
