#include "modules/roster/editing.hpp"

#include <set>

#include "modules/roster/service.hpp"

namespace santong::roster {

namespace {

std::string joined(std::set<std::string> const& names) {
    std::string text;
    for (auto const& one : names) text += (text.empty() ? "" : ",") + one;
    return text;
}

std::set<std::string> split(std::string const& text) {
    std::set<std::string> names;
    for (std::size_t from = 0; from < text.size();) {
        auto const to = std::min(text.find(',', from), text.size());
        names.insert(text.substr(from, to - from));
        from = to + 1;
    }
    return names;
}

core::Error changed_meanwhile(sql::Tx& tx, std::vector<store::Edit> const& edits) {
    if (edits.empty()) return core::conflict("roster.changed_by_import");
    std::set<std::string> fields;
    for (auto const& edit : edits) fields.merge(split(edit.fields));
    auto const& last = edits.back();
    return core::conflict("roster.changed_meanwhile", {{"by", names(tx, {last.person_id})[last.person_id]},
                                                       {"at", std::to_string(last.at.ms)},
                                                       {"fields", joined(fields)}});
}

}  // namespace

core::Result<void> begin_edit(sql::Tx& tx, store::Edited what, core::Uuid const& id, std::int64_t version) {
    if (store::hold_version(tx, what, id) == version) return {};
    return changed_meanwhile(tx, store::edits_after(tx, id, version));
}

void note_edit(sql::Tx& tx, auth::Caller const& caller, store::Edited what, core::Uuid const& id,
               std::vector<std::string> const& fields) {
    store::put_edit(tx, {id, store::version_of(tx, what, id), core::system_now(), caller.person,
                         joined({fields.begin(), fields.end()})});
}

}  // namespace santong::roster
