// The end of the first start: everything is written in one act.
#include "core/base64.hpp"
#include "core/json.hpp"
#include "core/message.hpp"
#include "modules/roster/service_write.hpp"
#include "platform/auth/accounts.hpp"
#include "platform/auth/audit.hpp"
#include "platform/auth/keys.hpp"
#include "platform/sql/installation.hpp"
#include "platform/tls/authority.hpp"
#include "server/backup/nightly.hpp"
#include "server/parts.hpp"
#include "server/setup/setup.hpp"
#include "server/setup/site_file.hpp"

namespace santong::server::setup {

namespace {

constexpr char const* authority_name = "Santong district authority 三通区域证书机构";
constexpr char const* language = "zh-CN";

/// What the audit log says of the act.
struct Opened {
    std::string place;
    std::string certificate;
    bool nightly_backup = false;
};
BOOST_DESCRIBE_STRUCT(Opened, (), (place, certificate, nightly_backup))

struct Appointed {
    std::string role;
    bool second_factor = false;
};
BOOST_DESCRIBE_STRUCT(Appointed, (), (role, second_factor))

core::LocalDate monday_of(core::LocalDate day) {
    return day.plus_days(1 - day.weekday());
}

roster::Term term_of(DistrictAnswer const& answer) {
    roster::Term term;
    term.id = roster::TermId::make();
    term.school_year = answer.school_year;
    term.number = answer.term;
    term.name = core::message(answer.term == 1 ? "setup.term_autumn" : "setup.term_spring",
                              {{"year", std::to_string(answer.school_year)}}, language);
    term.from_date = *answer.from_date;
    term.to_date = *answer.to_date;
    term.week_one_monday = monday_of(*answer.from_date);
    return term;
}

roster::BulkRoster roster_of(Kept const& kept, core::LocalDate today) {
    auto const& district = *kept.district;
    auto const since = std::min(today, *district.from_date);
    roster::BulkRoster bulk;
    roster::Org root;
    root.id = core::OrgId::make();
    root.kind = district.kind;
    root.name = root.short_name = district.name;
    root.code = std::to_string(district.number);
    root.from_date = since;
    bulk.district = roster::District{root.id, district.name, kept.place->zone_minutes};
    bulk.orgs.push_back(root);
    bulk.terms.push_back(term_of(district));
    for (auto const& person : kept.people) {
        roster::PersonRecord record;
        record.id = person.id;
        record.name = person.name;
        record.staff_number = person.login;
        bulk.people.push_back(std::move(record));
        roster::Post post;
        post.id = roster::PostId::make();
        post.person_id = person.id;
        post.org_id = root.id;
        post.kind = person.role;
        post.from_date = since;
        bulk.posts.push_back(std::move(post));
    }
    return bulk;
}

std::string secret_of(KeptPerson const& person) {
    auto const sealed = core::base64_decode(person.totp_sealed);
    auto secret = sealed ? auth::Keys::current().open(auth::KeyPurpose::second_factor, {person.totp_key, *sealed},
                                                      "setup|" + person.id.text() + "|totp")
                         : std::nullopt;
    if (!secret) throw std::runtime_error("a second factor of the first start does not open: are the keys the same?");
    return *secret;
}

void write_account(sql::Tx& tx, auth::Caller const& caller, KeptPerson const& person) {
    auto const account = auth::accounts_of(tx, {person.id}).at(0).id;
    auth::set_status(tx, account, auth::AccountStatus::active);
    if (!person.password_hash.empty()) auth::set_password_hash(tx, account, person.password_hash, false);
    if (person.confirmed) auth::set_totp_secret(tx, account, secret_of(person));
    Appointed const detail{std::string(core::enum_text(person.role)), person.confirmed};
    auth::audit(tx, caller, {"setup.appointed", person.id.text(), core::json::write(detail)});
}

}  // namespace

core::Result<void> Setup::make_authority(Kept const& kept) {
    if (kept.certificate->way != CertificateWay::authority) return {};
    auto const& parts = application_.parts();
    tls::AuthorityPlace const place{*parts.db, parts.place.keys_folder(), 0};
    tls::NewAuthorityRequest request{authority_name, tls::words(kept.certificate->permits), false};
    request.replace = tls::current_authority(*parts.db).has_value();
    TRY(tls::create_authority(place, request));
    return {};
}

core::Result<void> Setup::write_all(sql::Tx& tx, auth::Caller const& caller, Kept const& kept) {
    if (!sql::districts(tx).empty()) return core::conflict("setup.district_stands");
    auto& parts = application_.parts();
    sql::add_district(tx);
    auto const today = core::Zone{kept.place->zone_minutes}.date_of(core::system_now());
    auto const bulk = roster_of(kept, today);
    TRY_VOID(roster::write_bulk(tx, bulk, *parts.clock));
    Opened const detail{std::string(core::enum_text(kept.place->place)),
                        std::string(core::enum_text(kept.certificate->way)), !kept.backup->later};
    auth::audit(tx, caller, {"setup.opened", bulk.orgs.at(0).id.text(), core::json::write(detail)});
    for (auto const& person : kept.people) write_account(tx, caller, person);
    if (!kept.backup->later)
        backup::set_nightly_plan(tx, {kept.backup->folder, kept.backup->minute, kept.backup->keep});
    sql::set_installation_value(tx, "setup", "");
    sql::set_installation_value(tx, "setup_code", "");
    return {};
}

core::Result<Finished> Setup::finish(auth::Caller const& given) {
    std::lock_guard const lock(mutex_);
    auto const kept = load();
    auto const view = view_of(kept);
    if (!view.missing.empty()) return core::conflict("setup.incomplete");
    auto& parts = application_.parts();
    if (!parts.districts.empty()) return core::conflict("setup.district_stands");
    TRY_VOID(make_authority(kept));
    prepare_site_file(parts.place.data, site_text(*kept.place, *kept.certificate));
    auto caller = given;
    caller.district = kept.district->number;
    TRY_VOID(parts.db->transact(kept.district->number, [&](sql::Tx& tx) { return write_all(tx, caller, kept); }));
    name_site_file(parts.place.data);
    over_ = true;
    Finished done{view.address, {}};
    for (auto const& person : kept.people) {
        if (person.role == auth::Role::info_office) done.login = person.login;
    }
    finished_();
    return done;
}

}  // namespace santong::server::setup
