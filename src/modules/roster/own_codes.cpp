#include <algorithm>

#include "core/json.hpp"
#include "core/message.hpp"
#include "modules/roster/permissions.hpp"
#include "modules/roster/service.hpp"
#include "modules/roster/service_codes.hpp"
#include "modules/roster/store.hpp"
#include "platform/auth/audit.hpp"
#include "platform/feed/feed.hpp"
#include "platform/text/csv.hpp"
#include "platform/text/utf8.hpp"

namespace santong::roster {

namespace {

constexpr std::size_t longest_title = 40;

bool has_room(std::string_view table) {
    return table == subject_table;
}

/// "L01" … "L99": no code of the state begins with a letter, and none of ours with an L.
bool is_own_form(std::string_view code) {
    auto const digit = [](char c) { return '0' <= c && c <= '9'; };
    return code.size() == 3 && code[0] == 'L' && digit(code[1]) && digit(code[2]) && code != "L00";
}

core::Result<std::string> sound_title(std::string const& given, char const* place, bool needed) {
    auto title = text::clean(given);
    if (title.empty() && needed) return core::invalid_at(place, "core.required");
    if (text::count_characters(title) > longest_title)
        return core::invalid_at(place, "core.too_long", {{"max", std::to_string(longest_title)}});
    return title;
}

core::Result<void> check_title(CodeTableView const& table, OwnCode const& own) {
    for (auto const& item : table.items) {
        if (item.code == own.code && item.version == own_version) continue;
        bool const same =
            text::search_form(item.title) == text::search_form(own.title) ||
            (!own.title_en.empty() && text::search_form(item.title_en) == text::search_form(own.title_en));
        if (same && !item.valid_to) return core::invalid_at("/title", "roster.code_title_known", {{"code", item.code}});
    }
    return {};
}

core::Result<CodeTableView> after_change(sql::Tx& tx, auth::Caller const& caller, char const* act, OwnCode const& own) {
    auth::audit(tx, caller, {act, own.table_name + " " + own.code, core::json::write(own)});
    feed::put(tx, {"roster.OwnCodes", own.table_name, {}}, own);
    use_own_subjects_after(tx);
    return code_table(tx, own.table_name);
}

}  // namespace

core::Result<CodeTableList> list_code_tables(sql::Database& db, auth::Caller const& caller) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<CodeTableList> {
        TRY_VOID(caller.require(tx, permissions::manage_codes, district(tx).org_id));
        auto const own = store::own_codes(tx, "");
        CodeTableList list;
        for (auto const& [name, count] : store::code_tables(tx)) {
            auto const added = std::ranges::count(own, name, &OwnCode::table_name);
            list.items.push_back({name, count, static_cast<std::int32_t>(added), has_room(name)});
        }
        return list;
    });
}

core::Result<std::string> export_code_table(sql::Database& db, auth::Caller const& caller, std::string const& name,
                                            std::string const& language) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<std::string> {
        TRY_VOID(caller.require(tx, permissions::manage_codes, district(tx).org_id));
        auto const table = TRY(code_table(tx, name));
        std::string file;
        text::CsvWriter writer([&file](std::string_view line) { file += line; }, text::ByteOrderMark::utf8,
                               text::Formulas::neutralise);
        std::vector<std::string> head;
        for (auto const* column : {"code", "title", "title_en", "version", "valid_from", "valid_to"})
            head.push_back(core::message(std::string("roster.codes.column_") + column, {}, language));
        writer.row(head);
        for (auto const& item : table.items) {
            bool const own = item.version == own_version;
            writer.row({item.code, item.title, item.title_en,
                        own ? core::message("roster.codes.own", {}, language) : item.version,
                        item.valid_from ? item.valid_from->text() : "", item.valid_to ? item.valid_to->text() : ""});
        }
        return file;
    });
}

core::Result<CodeTableView> add_own_code(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                         std::string const& table, OwnCodeBody const& body) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<CodeTableView> {
        TRY_VOID(caller.require(tx, permissions::manage_codes, district(tx).org_id));
        auto const known = TRY(code_table(tx, table));
        if (!has_room(table)) return core::conflict("roster.code_no_room");
        auto const code = text::clean(body.code);
        if (!is_own_form(code)) return core::invalid_at("/code", "roster.code_form");
        OwnCode const own{table,
                          code,
                          TRY(sound_title(body.title, "/title", true)),
                          TRY(sound_title(body.title_en, "/title_en", false)),
                          clock.now(),
                          {}};
        TRY_VOID(check_title(known, own));
        if (!store::insert_own_code(tx, own)) return core::invalid_at("/code", "roster.code_known");
        return after_change(tx, caller, "roster.code_added", own);
    });
}

core::Result<CodeTableView> change_own_code(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                            std::string const& table, std::string const& code,
                                            OwnCodeChange const& change) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<CodeTableView> {
        TRY_VOID(caller.require(tx, permissions::manage_codes, district(tx).org_id));
        auto const known = TRY(code_table(tx, table));
        auto const all = store::own_codes(tx, table);
        auto const at = std::ranges::find(all, code, &OwnCode::code);
        if (at == all.end()) return core::not_found("roster.code_not_own");
        auto own = *at;
        bool const was_retired = own.retired_at.has_value();
        own.title = TRY(sound_title(change.title, "/title", true));
        own.title_en = TRY(sound_title(change.title_en, "/title_en", false));
        if (change.retired && !was_retired)
            own.retired_at = clock.now();
        else if (!change.retired)
            own.retired_at.reset();
        if (!own.retired_at) TRY_VOID(check_title(known, own));
        store::update_own_code(tx, own);
        bool const turned = was_retired != change.retired;
        return after_change(tx, caller,
                            !turned          ? "roster.code_renamed"
                            : change.retired ? "roster.code_retired"
                                             : "roster.code_restored",
                            own);
    });
}

}  // namespace santong::roster
