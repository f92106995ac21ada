#include "modules/nodes/parent_ask.hpp"

#include <filesystem>
#include <mutex>

#include "core/base64.hpp"
#include "core/json.hpp"
#include "modules/nodes/node_keys.hpp"
#include "modules/nodes/packing.hpp"
#include "modules/nodes/service.hpp"

namespace santong::nodes {

namespace {

/// The refusal that a problem document names.
struct ProblemSaid {
    std::string code;
};
BOOST_DESCRIBE_STRUCT(ProblemSaid, (), (code))

/// The next ticket that each of those who are asked gave, in this process only.
struct NextTickets {
    std::mutex mutex;
    std::map<std::string, std::string> of;  ///< by the place's address and by who asks
};
NextTickets& tickets() {
    static NextTickets instance;
    return instance;
}

struct Signing {
    std::string_view method;
    std::string_view path;
    std::string_view ticket;
    std::string_view body;
};

std::map<std::string, std::string> signed_headers(Site const& site, Parent const& above, Signing const& what) {
    auto const pair = own_pair(site.keys_folder);
    auto const text = request_text(what.method, what.path, what.ticket, what.body);
    return {{"Santong-Node", above.node.text()},
            {"Santong-District", std::to_string(above.district)},
            {"Santong-Ticket", std::string(what.ticket)},
            {"Santong-Signature", core::base64(auth::ed25519::sign(pair.secret, text))}};
}

/// Tries with the ticket at hand, and once more with the one that a refusal brings.
template <class Try>
LineAnswer with_ticket(Parent const& above, Try once) {
    LineAnswer answer;
    auto const whose = above.url + " " + above.node.text();
    for (int attempt = 0; attempt < 2; ++attempt) {
        std::string used;
        {
            std::lock_guard const lock(tickets().mutex);
            used.swap(tickets().of[whose]);
        }
        answer = once(used);
        if (auto const next = answer.headers.find("santong-ticket"); next != answer.headers.end()) {
            std::lock_guard const lock(tickets().mutex);
            tickets().of[whose] = next->second;
        }
        if (answer.status != 401 || said(answer) != "nodes.ticket") return answer;
    }
    return answer;
}

}  // namespace

std::string said(LineAnswer const& answer) {
    auto const problem = core::json::read<ProblemSaid>(answer.body, core::json::UnknownFields::ignore);
    if (problem && !problem->code.empty()) return problem->code;
    return std::to_string(answer.status);
}

std::string authority_of(Site const& site) {
    auto const path = std::filesystem::path(site.keys_folder) / "parent-authority.crt";
    return std::filesystem::exists(path) ? path.string() : "";
}

LineAnswer send_signed(Site const& site, Parent const& above, SignedRequest const& what,
                       std::function<LineAnswer(std::map<std::string, std::string> const& headers)> const& send) {
    return with_ticket(above, [&](std::string const& ticket) {
        return send(signed_headers(site, above, {what.method, what.path, ticket, what.body}));
    });
}

LineAnswer ask(Site const& site, Parent const& above, std::string const& path, std::string const& text,
               Patience const& patience) {
    return ask_with_bytes(site, above, path, pack(text), patience);
}

LineAnswer ask_with_bytes(Site const& site, Parent const& above, std::string const& path, std::string const& body,
                          Patience const& patience) {
    std::string used;
    auto answer = with_ticket(above, [&](std::string const& ticket) {
        used = ticket;
        auto headers = signed_headers(site, above, {"POST", path, ticket, body});
        headers["Content-Type"] = "application/zstd";
        return post(above.url + path, headers, body, authority_of(site), patience);
    });
    if (answer.status != 200) return answer;
    auto const signature = core::base64_decode(answer.headers["santong-signature"]);
    auto const open = core::base64_decode(above.open_key);
    if (!signature || !open || !auth::ed25519::verify(*open, answer_text(used, answer.body), *signature))
        return {0, {}, {}, "the answer is not signed by the place that was asked"};
    auto unpacked = unpack(answer.body);
    if (!unpacked) return {0, {}, {}, "an answer that cannot be read"};
    answer.body = std::move(*unpacked);
    return answer;
}

LineAnswer ask_stream(Site const& site, Parent const& above, KeptLine& line, std::string const& path,
                      std::string const& text, Receiving const& receiving) {
    auto const body = pack(text);
    return with_ticket(above, [&](std::string const& ticket) {
        auto headers = signed_headers(site, above, {"POST", path, ticket, body});
        headers["Content-Type"] = "application/zstd";
        return line.post(above.url + path, headers, body, receiving, authority_of(site));
    });
}

LineAnswer fetch_to(Site const& site, Parent const& above, std::string const& path, std::string const& file,
                    std::int64_t bytes_per_second) {
    return with_ticket(above, [&](std::string const& ticket) {
        return get(above.url + path, signed_headers(site, above, {"GET", path, ticket, ""}), file, bytes_per_second,
                   authority_of(site));
    });
}

}  // namespace santong::nodes
