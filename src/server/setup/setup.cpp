#include "server/setup/setup.hpp"

#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <sys/timex.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "core/base64.hpp"
#include "core/json.hpp"
#include "platform/auth/crypto.hpp"
#include "platform/auth/key_sheet.hpp"
#include "platform/auth/keys.hpp"
#include "platform/auth/password.hpp"
#include "platform/auth/private_file.hpp"
#include "platform/auth/totp.hpp"
#include "platform/files/disk.hpp"
#include "platform/sql/installation.hpp"
#include "server/backup/contents.hpp"
#include "server/backup/nightly.hpp"
#include "server/parts.hpp"
#include "server/setup/checks.hpp"
#include "server/setup/site_file.hpp"

namespace santong::server::setup {

namespace fs = std::filesystem;

namespace {

constexpr char const* kept_name = "setup";
constexpr char const* code_name = "setup_code";
constexpr std::size_t code_length = 10;
constexpr int free_tries = 5;
constexpr std::int64_t first_lock_seconds = 30;
constexpr int most_doublings = 5;
constexpr std::size_t most_addresses = 4'096;
constexpr char const* issuer = "Santong";

std::string mac_of(std::string const& code) {
    std::string plain;
    for (char const c : code) {
        if (c != '-' && c != ' ') plain += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return auth::crypto::base64url(auth::Keys::current().token_mac("setup|" + plain));
}

std::string bound_to(KeptPerson const& person) {
    return "setup|" + person.id.text() + "|totp";
}

std::string clear_secret(KeptPerson const& person) {
    auto const sealed = core::base64_decode(person.totp_sealed);
    auto secret = sealed ? auth::Keys::current().open(auth::KeyPurpose::second_factor, {person.totp_key, *sealed},
                                                      bound_to(person))
                         : std::nullopt;
    if (!secret) throw std::runtime_error("a second factor of the first start does not open: are the keys the same?");
    return *secret;
}

void renew_secret(KeptPerson& person) {
    auto secret = auth::totp::make_secret();
    auto const sealed = auth::Keys::current().seal(auth::KeyPurpose::second_factor, secret, bound_to(person));
    person.totp_key = sealed.key_id;
    person.totp_sealed = core::base64(sealed.bytes);
    person.confirmed = false;
    auth::crypto::wipe(secret);
}

KeptPerson* find(Kept& kept, auth::Role role) {
    auto const found = std::find_if(kept.people.begin(), kept.people.end(),
                                    [&](KeptPerson const& person) { return person.role == role; });
    return found == kept.people.end() ? nullptr : &*found;
}

std::vector<std::string> open_steps(Kept const& kept) {
    std::vector<std::string> out;
    if (!kept.place) out.emplace_back("place");
    if (!kept.district) out.emplace_back("district");
    auto const ready = std::count_if(kept.people.begin(), kept.people.end(),
                                     [](KeptPerson const& one) { return one.confirmed || one.password_hash.empty(); });
    if (ready != static_cast<std::ptrdiff_t>(std::size(first_roles))) out.emplace_back("people");
    if (!kept.keys_put_away) out.emplace_back("keys");
    if (!kept.certificate) out.emplace_back("certificate");
    if (!kept.backup) out.emplace_back("backup");
    return out;
}

PersonView shown(KeptPerson const& person) {
    PersonView view{person.role, person.name, person.login, !person.password_hash.empty(), person.confirmed, {}, {}};
    if (!person.confirmed && !person.totp_sealed.empty()) {
        auto const secret = clear_secret(person);
        view.uri = auth::totp::address(secret, issuer, person.login);
        view.secret = auth::crypto::base32(secret);
    }
    return view;
}

std::string address_of(Kept const& kept) {
    if (!kept.place || !kept.certificate || kept.certificate->way == CertificateWay::later) return {};
    if (kept.certificate->way == CertificateWay::proxy) return kept.certificate->origin;
    auto host = kept.place->host;
    if (host.empty() && kept.certificate->way == CertificateWay::authority)
        host = kept.certificate->names.substr(0, kept.certificate->names.find(' '));
    if (host.empty()) return {};
    if (host.find(':') != std::string::npos) host = "[" + host + "]";
    auto const port = kept.certificate->port;
    return "https://" + host + (port == 443 ? "" : ":" + std::to_string(port));
}

bool same_disk(std::string const& one, std::string const& other) {
    struct stat a{}, b{};
    return ::stat(one.c_str(), &a) == 0 && ::stat(other.c_str(), &b) == 0 && a.st_dev == b.st_dev;
}

MachineFacts machine_facts(Place const& place) {
    MachineFacts facts;
    struct sysinfo system{};
    ::sysinfo(&system);
    timex state{};
    facts.cores = static_cast<std::int32_t>(std::thread::hardware_concurrency());
    facts.memory = static_cast<std::int64_t>(system.totalram) * system.mem_unit;
    facts.disk_free = files::disk::free_bytes(place.data);
    facts.now = core::system_now();
    facts.clock_kept = ::adjtimex(&state) != TIME_ERROR;
    facts.data = fs::absolute(place.data).string();
    facts.site_file = site_file(facts.data);
    facts.database = place.database.empty() ? "sqlite" : "postgresql";
    return facts;
}

std::vector<KeyView> key_views(std::vector<auth::MasterKey> const& keys) {
    std::vector<KeyView> views;
    for (auto const& key : keys) views.push_back({key.id, auth::fingerprint_of(key.secret)});
    return views;
}

}  // namespace

Setup::Setup(Application& application, int own_port, std::function<void()> finished)
    : application_(application), own_port_(own_port), finished_(std::move(finished)) {}

std::string Setup::new_code() {
    auto const code = auth::crypto::readable_code(code_length);
    application_.parts().db->transact(0,
                                      [&](sql::Tx& tx) { sql::set_installation_value(tx, code_name, mac_of(code)); });
    return code.substr(0, code_length / 2) + "-" + code.substr(code_length / 2);
}

core::Result<void> Setup::admit(http::Call const& call) {
    if (over_) return core::not_found();
    auto const now = core::system_now();
    auto const& address = call.client_address;
    {
        std::lock_guard const lock(tries_mutex_);
        auto const known = tries_.find(address);
        if (known != tries_.end() && known->second.locked_until > now) {
            auto const left = static_cast<int>((known->second.locked_until.ms - now.ms) / 1000 + 1);
            return core::rate_limited("setup.code_throttled", left, {{"seconds", std::to_string(left)}});
        }
    }
    auto const kept =
        application_.parts().db->read(0, [](sql::Tx& tx) { return sql::installation_value(tx, code_name); });
    bool const right = kept && !kept->empty() && auth::crypto::equal(*kept, mac_of(call.header("x-setup-code")));
    std::lock_guard const lock(tries_mutex_);
    if (right) {
        tries_.erase(address);
        return {};
    }
    if (call.header("x-setup-code").empty()) return core::unauthenticated("setup.code_needed");
    if (tries_.size() > most_addresses) tries_.clear();
    auto& tries = tries_[address];
    if (++tries.wrong >= free_tries) {
        auto const doublings = std::min(tries.wrong - free_tries, most_doublings);
        tries.locked_until = now.plus_seconds(first_lock_seconds << doublings);
    }
    return core::unauthenticated("setup.code_wrong");
}

Kept Setup::load() {
    auto const text =
        application_.parts().db->read(0, [](sql::Tx& tx) { return sql::installation_value(tx, kept_name); });
    if (!text || text->empty()) return {};
    auto kept = core::json::read<Kept>(*text);
    return kept ? *kept : Kept{};
}

void Setup::store(Kept const& kept) {
    application_.parts().db->transact(
        0, [&](sql::Tx& tx) { sql::set_installation_value(tx, kept_name, core::json::write(kept)); });
}

SetupView Setup::view_of(Kept const& kept) {
    auto const& place = application_.parts().place;
    SetupView view;
    view.machine = machine_facts(place);
    view.place = kept.place;
    view.district = kept.district;
    view.proposed = proposed_term(
        core::Zone{kept.place ? kept.place->zone_minutes : core::Zone{}.offset_minutes}.date_of(core::system_now()));
    for (auto const role : first_roles) {
        auto const found = std::find_if(kept.people.begin(), kept.people.end(),
                                        [&](KeptPerson const& person) { return person.role == role; });
        view.people.push_back(found == kept.people.end() ? PersonView{role, {}, {}, false, false, {}, {}}
                                                         : shown(*found));
    }
    view.keys.folder = fs::absolute(place.keys_folder()).string();
    view.keys.keys = key_views(auth::read_master_keys(place.keys_folder()));
    view.keys.put_away = kept.keys_put_away;
    view.certificate = kept.certificate;
    view.backup = kept.backup;
    view.missing = open_steps(kept);
    view.address = address_of(kept);
    return view;
}

SetupView Setup::view() {
    std::lock_guard const lock(mutex_);
    return view_of(load());
}

core::Result<SetupView> Setup::save_place(PlaceAnswer const& answer) {
    TRY_VOID(check_place(answer));
    std::lock_guard const lock(mutex_);
    auto kept = load();
    kept.place = answer;
    store(kept);
    return view_of(kept);
}

core::Result<SetupView> Setup::save_district(DistrictAnswer const& answer) {
    TRY_VOID(check_district(answer));
    std::lock_guard const lock(mutex_);
    auto kept = load();
    kept.district = answer;
    store(kept);
    return view_of(kept);
}

core::Result<SetupView> Setup::save_person(auth::Role role, PersonAnswer const& answer) {
    if (std::find(std::begin(first_roles), std::end(first_roles), role) == std::end(first_roles))
        return core::not_found();
    std::lock_guard const lock(mutex_);
    auto kept = load();
    auto* known = find(kept, role);
    TRY_VOID(check_person(answer, role, kept.people, known == nullptr || known->password_hash.empty()));
    if (known == nullptr) {
        kept.people.push_back({});
        known = &kept.people.back();
        known->role = role;
        known->id = core::PersonId::make();
    }
    auto const login = auth::normalized_login(answer.login);
    bool const another = known->login != login || !answer.password.empty();
    known->name = answer.name;
    known->login = login;
    if (!answer.password.empty()) known->password_hash = TRY(auth::hash_password(answer.password));
    if (another || known->totp_sealed.empty()) renew_secret(*known);
    store(kept);
    return view_of(kept);
}

core::Result<SetupView> Setup::confirm_person(auth::Role role, std::string const& code) {
    std::lock_guard const lock(mutex_);
    auto kept = load();
    auto* known = find(kept, role);
    if (known == nullptr || known->totp_sealed.empty()) return core::not_found();
    if (!auth::totp::matching_step(clear_secret(*known), code, core::system_now(), 0))
        return core::invalid_at("/code", "auth.totp_invalid");
    known->confirmed = true;
    store(kept);
    return view_of(kept);
}

void Setup::set_people(std::vector<KeptPerson> people) {
    auto kept = load();
    kept.people = std::move(people);
    store(kept);
}

KeySheet Setup::key_sheet() {
    auto const& place = application_.parts().place;
    auto keys = auth::read_master_keys(place.keys_folder());
    KeySheet sheet{fs::absolute(place.keys_folder()).string(), key_views(keys), {}};
    for (auto& key : keys) {
        sheet.groups.push_back(auth::sheet_of(key.secret));
        auth::crypto::wipe(key.secret);
    }
    return sheet;
}

core::Result<SetupView> Setup::save_keys(KeysAnswer const& answer) {
    if (!answer.put_away) return core::invalid_at("/put_away", "setup.put_away_first");
    std::lock_guard const lock(mutex_);
    auto kept = load();
    kept.keys_put_away = true;
    store(kept);
    return view_of(kept);
}

core::Result<SetupView> Setup::save_certificate(CertificateAnswer const& answer) {
    TRY_VOID(check_certificate(answer, own_port_));
    std::lock_guard const lock(mutex_);
    auto kept = load();
    kept.certificate = answer;
    store(kept);
    return view_of(kept);
}

core::Result<std::int64_t> Setup::try_backup(BackupAnswer const& answer) {
    auto const& place = application_.parts().place;
    auto const file = fs::path(answer.folder) / ("santong-test-" + core::Uuid::make().text() + ".bak");
    try {
        fs::create_directories(answer.folder);
        auto const quiet = [](std::string const&, std::int64_t, std::int64_t) {};
        auto const counts = backup::make_backup(place, file.string(), answer.passphrase, quiet);
        backup::check_backup(file.string(), answer.passphrase, quiet);
        fs::remove(file);
        auth::write_private_file(backup::passphrase_path(place), answer.passphrase);
        return counts.bytes;
    } catch (std::exception const& error) {
        std::error_code ignored;
        fs::remove(file, ignored);
        return core::invalid_at("/folder", "setup.backup_fails", {{"why", error.what()}});
    }
}

core::Result<SetupView> Setup::save_backup(BackupAnswer const& answer) {
    auto const& place = application_.parts().place;
    TRY_VOID(check_backup(answer, place.data));
    std::lock_guard const lock(mutex_);
    auto kept = load();
    KeptBackup made{answer.later, answer.folder, answer.minute, answer.keep, 0, false};
    if (!answer.later) {
        made.tried_bytes = TRY(try_backup(answer));
        made.same_disk = same_disk(answer.folder, place.data);
    }
    kept.backup = made;
    store(kept);
    return view_of(kept);
}

}  // namespace santong::server::setup
