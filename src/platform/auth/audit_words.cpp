#include "platform/auth/audit_words.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "core/message.hpp"

namespace santong::auth {

namespace {

namespace json = boost::json;

constexpr std::size_t uuid_length = 36;
constexpr std::size_t shown_of_uuid = 8;
constexpr std::size_t longest_list = 5;

/// Words are looked for under the first key that has any.
std::string word(std::string const& prefix, std::string const& name, std::string_view language) {
    auto const key = prefix + name;
    return core::has_message(key) ? core::message(key, {}, language) : name;
}

bool is_key(std::string const& text) {
    return text.find('.') != text.npos && text.find(' ') == text.npos && core::has_message(text);
}

/// 2014年11月20日, 20 Nov 2014.
std::string day_in_words(core::LocalDate const& day, std::string_view language) {
    static constexpr std::array<char const*, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto const year = std::to_string(day.year), number = std::to_string(day.day);
    if (language == "en") return number + " " + months.at(static_cast<std::size_t>(day.month) - 1) + " " + year;
    return year + "年" + std::to_string(day.month) + "月" + number + "日";
}

/// What is put into words, and how.
struct Reader {
    AuditNames const& names;
    std::string_view language;

    std::string text(std::string const& value) const {
        if (core::Uuid::parse(value)) {
            auto const known = names.find(value);
            return known != names.end() ? known->second : "…" + value.substr(value.size() - shown_of_uuid);
        }
        if (is_key(value)) return core::message(value, {}, language);
        if (auto const day = core::LocalDate::parse(value)) return day_in_words(*day, language);
        return word("audit.value.", value, language);
    }
    std::string list(json::array const& values) const {
        if (values.size() > longest_list) {
            return core::message("audit.many", {{"count", std::to_string(values.size())}}, language);
        }
        std::string joined;
        for (auto const& one : values) {
            auto const said = scalar(one);
            if (!said.empty()) joined += (joined.empty() ? "" : language == "en" ? ", " : "、") + said;
        }
        return joined;
    }
    /// Empty for what says nothing.
    std::string scalar(json::value const& value) const {
        switch (value.kind()) {
            case json::kind::null: return {};
            case json::kind::bool_: return core::message(value.get_bool() ? "audit.yes" : "audit.no", {}, language);
            case json::kind::string: return text(std::string(value.get_string()));
            case json::kind::array: return list(value.get_array());
            case json::kind::int64:
            case json::kind::uint64:
            case json::kind::double_:
            case json::kind::object: return json::serialize(value);
        }
        return {};
    }
};

struct Field {
    std::string path;  ///< "school.kind"
    json::value value;
};
using Fields = std::vector<Field>;

/// Objects within objects become their fields.
void flatten(json::object const& object, std::string const& above, Fields& fields) {
    for (auto const& [name, value] : object) {
        auto path = above + std::string(name);
        if (value.is_object())
            flatten(value.get_object(), path + ".", fields);
        else
            fields.push_back({std::move(path), value});
    }
}

/// The word for a field within its object, else for the field alone.
std::string field_word(std::string const& path, std::string_view language) {
    if (core::has_message("audit.field." + path)) return core::message("audit.field." + path, {}, language);
    return word("audit.field.", path.substr(path.rfind('.') + 1), language);
}

/// A list of people is no number of them; the ends of an open period are none.
std::string word_of(Field const& field, std::string_view language) {
    bool const people = field.path == "people" && field.value.is_array();
    return field_word(people ? "person" : field.path, language);
}

bool is_open_end(Field const& field) {
    bool const end = field.path == "from" || field.path == "to";
    return end && field.value.is_int64() && field.value.get_int64() == 0;
}

json::object object_of(std::string const& detail) {
    boost::system::error_code bad;
    auto value = json::parse(detail, bad);
    return !bad && value.is_object() ? value.get_object() : json::object();
}

json::object part(json::object const& object, char const* name) {
    auto const* found = object.if_contains(name);
    return found && found->is_object() ? found->get_object() : json::object();
}

}  // namespace

std::vector<core::Uuid> identifiers_in(std::string const& text) {
    std::vector<core::Uuid> found;
    for (std::size_t at = text.find('-'); at != text.npos; at = text.find('-', at + 1)) {
        if (at < 8 || at - 8 + uuid_length > text.size()) continue;
        auto const id = core::Uuid::parse(std::string_view(text).substr(at - 8, uuid_length));
        if (id && std::ranges::find(found, *id) == found.end()) found.push_back(*id);
    }
    return found;
}

std::vector<AuditFact> facts_of(std::string const& detail, AuditNames const& names, std::string_view language) {
    auto object = object_of(detail);
    object.erase("before");
    object.erase("after");
    Fields fields;
    flatten(object, "", fields);
    Reader const reader{names, language};
    std::vector<AuditFact> facts;
    for (auto const& field : fields) {
        auto const& value = field.value;
        auto said = is_open_end(field) ? std::string() : reader.scalar(value);
        if (said.empty() || said == "[]") continue;
        bool const told_by_name = field.path == "id" || field.path.ends_with(".id");
        if (told_by_name && value.is_string() && names.contains(std::string(value.get_string()))) continue;
        if (field.path == "fields") {
            said.clear();
            for (auto const& one : value.get_array()) {
                said += (said.empty()       ? ""
                         : language == "en" ? ", "
                                            : "、") +
                        word("audit.field.", std::string(one.get_string()), language);
            }
        }
        facts.push_back({word_of(field, language), std::move(said)});
    }
    return facts;
}

std::vector<AuditChange> changes_of(std::string const& detail, AuditNames const& names, std::string_view language) {
    auto const object = object_of(detail);
    Fields before, after;
    flatten(part(object, "before"), "", before);
    flatten(part(object, "after"), "", after);
    Reader const reader{names, language};
    std::vector<AuditChange> changes;
    for (auto const& [path, now] : after) {
        auto const was = std::ranges::find(before, path, &Field::path);
        if (was != before.end() && was->value == now) continue;
        auto said = was == before.end() ? std::string() : reader.scalar(was->value);
        changes.push_back({field_word(path, language), std::move(said), reader.scalar(now)});
    }
    return changes;
}

std::string action_in_words(std::string const& action, std::string_view language) {
    return word("audit.act.", action, language);
}

std::string actor_in_words(AuditItem const& item, std::string_view language) {
    if (!item.person_name.empty()) return item.person_name;
    if (item.by == AuditActor::terminal) {
        auto const user = item.client.find(':');
        return core::message(user == item.client.npos ? "audit.by_terminal" : "audit.by_terminal_user",
                             {{"user", user == item.client.npos ? "" : item.client.substr(user + 1)}}, language);
    }
    return core::message(item.by == AuditActor::program ? "audit.by_program" : "audit.by_nobody", {}, language);
}

}  // namespace santong::auth
