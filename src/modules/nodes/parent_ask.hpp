#pragma once
// Signed requests of a child to its parent, or to a neighbour, which is asked as a parent is; an answer is believed
// only if who was asked signed it.
#include <functional>

#include "modules/nodes/domain.hpp"
#include "modules/nodes/line.hpp"

namespace santong::nodes {

struct Site;

/// What a refusal says: its code, or the status.
std::string said(LineAnswer const& answer);
/// The file of the authority that the parent's certificate hangs on; empty = the system's own.
std::string authority_of(Site const& site);

/// A request that somebody else sends: `send` gets the headers that sign it, a second time where the ticket was stale.
struct SignedRequest {
    std::string method;
    std::string path;
    std::string body;
};
LineAnswer send_signed(Site const& site, Parent const& above, SignedRequest const& what,
                       std::function<LineAnswer(std::map<std::string, std::string> const& headers)> const& send);

/// Posts a text, packed. `body` of the answer is unpacked.
LineAnswer ask(Site const& site, Parent const& above, std::string const& path, std::string const& text,
               Patience const& patience = {});
/// Posts a text, packed, and hands the answer on while it comes. Its bytes are not signed: whoever asks checks digests.
LineAnswer ask_stream(Site const& site, Parent const& above, KeptLine& line, std::string const& path,
                      std::string const& text, Receiving const& receiving);
/// Posts bytes as they are. `body` of the answer is unpacked.
LineAnswer ask_with_bytes(Site const& site, Parent const& above, std::string const& path, std::string const& bytes,
                          Patience const& patience = {});
/// Appends the bytes of an answer to a file that holds those before; at most so many bytes a second, 0 = no limit. The
/// bytes are not signed: whoever asks checks their digest.
LineAnswer fetch_to(Site const& site, Parent const& above, std::string const& path, std::string const& file,
                    std::int64_t bytes_per_second);

}  // namespace santong::nodes
