#include "helper/messages.hpp"

#include <boost/json.hpp>

#include "helper/version.hpp"

namespace santong::helper {

namespace json = boost::json;

namespace {

std::optional<json::object> object_in(std::string const& text) {
    json::error_code wrong;
    auto value = json::parse(text, wrong);
    if (wrong || !value.is_object()) return std::nullopt;
    return std::move(value.as_object());
}

std::string text_at(json::object const& from, char const* key) {
    auto const* found = from.if_contains(key);
    return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
}

std::int64_t number_at(json::object const& from, char const* key) {
    auto const* found = from.if_contains(key);
    return found != nullptr && found->is_int64() ? found->as_int64() : 0;
}

Original original_in(json::object const& from) {
    return {text_at(from, "resource_id"), text_at(from, "name"), number_at(from, "size"), text_at(from, "sha256")};
}

}  // namespace

std::string write(Pairing const& pairing) {
    return json::serialize(json::object{{"server", pairing.server},
                                        {"authority", pairing.authority},
                                        {"token", pairing.token},
                                        {"school", pairing.school},
                                        {"room", pairing.room}});
}

std::optional<Pairing> read_pairing(std::string const& text) {
    auto const from = object_in(text);
    if (!from) return std::nullopt;
    Pairing pairing{text_at(*from, "server"), text_at(*from, "authority"), text_at(*from, "token"),
                    text_at(*from, "school"), text_at(*from, "room")};
    if (pairing.server.empty() || pairing.token.empty()) return std::nullopt;
    return pairing;
}

std::string enrolment_request(std::string const& name, std::string const& system) {
    return json::serialize(json::object{{"name", name}, {"system", system}, {"version", version}});
}

std::optional<Enrolment> read_enrolment(std::string const& text) {
    auto const from = object_in(text);
    if (!from) return std::nullopt;
    Enrolment enrolment{text_at(*from, "code"), text_at(*from, "secret")};
    if (enrolment.code.empty() || enrolment.secret.empty()) return std::nullopt;
    return enrolment;
}

std::string enrolment_question(Enrolment const& enrolment) {
    return json::serialize(json::object{{"secret", enrolment.secret}});
}

std::optional<Approval> read_approval(std::string const& text) {
    auto const from = object_in(text);
    if (!from) return std::nullopt;
    auto const* approved = from->if_contains("approved");
    bool const yes = approved != nullptr && approved->is_bool() && approved->as_bool();
    return Approval{yes, text_at(*from, "school"), text_at(*from, "room")};
}

std::string contact_request(std::string const& system) {
    return json::serialize(json::object{{"system", system}, {"version", version}});
}

std::optional<Contact> read_contact(std::string const& text) {
    auto const from = object_in(text);
    if (!from) return std::nullopt;
    Contact contact;
    contact.now = number_at(*from, "now");
    contact.next_seconds = static_cast<int>(number_at(*from, "next_seconds"));
    contact.school = text_at(*from, "school");
    contact.room = text_at(*from, "room");
    contact.lesson = text_at(*from, "lesson");
    if (auto const* files = from->if_contains("files"); files != nullptr && files->is_array()) {
        for (auto const& one : files->as_array()) {
            if (one.is_object()) contact.files.push_back(original_in(one.as_object()));
        }
    }
    if (auto const* order = from->if_contains("order"); order != nullptr && order->is_object()) {
        contact.order = Order{text_at(order->as_object(), "order_id"), text_at(order->as_object(), "resource_id")};
    }
    if (contact.now <= 0) return std::nullopt;
    return contact;
}

std::string write(Contact const& contact) {
    json::array files;
    for (auto const& one : contact.files) {
        files.push_back(json::object{
            {"resource_id", one.resource_id}, {"name", one.name}, {"size", one.size}, {"sha256", one.sha256}});
    }
    return json::serialize(json::object{{"now", contact.now},
                                        {"next_seconds", contact.next_seconds},
                                        {"school", contact.school},
                                        {"room", contact.room},
                                        {"lesson", contact.lesson},
                                        {"files", std::move(files)}});
}

std::string order_outcome(Outcome outcome) {
    constexpr char const* words[] = {"opened", "no_program", "not_fetched", "not_of_lesson"};
    return json::serialize(json::object{{"outcome", words[static_cast<int>(outcome)]}});
}

std::string use_report(std::vector<Band> const& bands) {
    json::array out;
    for (auto const& band : bands) {
        json::array minutes;
        for (auto const& one : band.minutes) {
            minutes.push_back(json::object{{"kind", name_of(one.material)}, {"minutes", one.minutes}});
        }
        out.push_back(json::object{{"start", band.start}, {"minutes", std::move(minutes)}});
    }
    return json::serialize(json::object{{"bands", std::move(out)}});
}

std::optional<std::vector<std::int64_t>> read_received(std::string const& text) {
    auto const from = object_in(text);
    auto const* starts = from ? from->if_contains("received") : nullptr;
    if (starts == nullptr || !starts->is_array()) return std::nullopt;
    std::vector<std::int64_t> found;
    for (auto const& one : starts->as_array()) {
        if (one.is_int64()) found.push_back(one.as_int64());
    }
    return found;
}

}  // namespace santong::helper
