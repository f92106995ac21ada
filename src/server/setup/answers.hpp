#pragma once
// What the wizard of the first start asks for, as it is sent and as it is kept until the end.
#include <optional>
#include <string>
#include <vector>

#include "core/time.hpp"
#include "modules/roster/domain.hpp"
#include "platform/auth/caller.hpp"
#include "platform/config/config.hpp"

namespace santong::server::setup {

/// What this machine is to be.
struct PlaceAnswer {
    config::Place place = config::Place::hub;
    std::string host;  ///< name or address that people will type; empty = this machine only, for now
    std::int32_t zone_minutes = 480;
};
BOOST_DESCRIBE_STRUCT(PlaceAnswer, (), (place, host, zone_minutes))

/// The area whose bureau this is (or an alliance of schools), and the term that runs.
struct DistrictAnswer {
    roster::OrgKind kind = roster::OrgKind::county;
    core::DistrictId number = 0;  ///< GB/T 2260; an alliance takes 900000–999999
    std::string name;
    std::int32_t school_year = 0;
    std::int32_t term = 1;  ///< 1 autumn, 2 spring
    std::optional<core::LocalDate> from_date;
    std::optional<core::LocalDate> to_date;
};
BOOST_DESCRIBE_STRUCT(DistrictAnswer, (), (kind, number, name, school_year, term, from_date, to_date))

/// One of the first four people.
struct PersonAnswer {
    std::string name;
    std::string login;
    std::string password;
    std::string again;
};
BOOST_DESCRIBE_STRUCT(PersonAnswer, (), (name, login, password, again))

/// The same as it is kept: nothing that lets anybody in.
struct KeptPerson {
    auth::Role role = auth::Role::sysadmin;
    core::PersonId id;
    std::string name;
    std::string login;
    std::string password_hash;  ///< empty: a one-time code is printed at the end (without a browser)
    std::string totp_key;       ///< the second factor's secret under a master key; base64
    std::string totp_sealed;
    bool confirmed = false;  ///< its first code was right
};
BOOST_DESCRIBE_STRUCT(KeptPerson, (), (role, id, name, login, password_hash, totp_key, totp_sealed, confirmed))

struct KeysAnswer {
    bool put_away = false;
};
BOOST_DESCRIBE_STRUCT(KeysAnswer, (), (put_away))

/// Where https comes from. `later`: plain http on this machine only.
enum class CertificateWay : int { later, proxy, files, authority };
BOOST_DESCRIBE_ENUM(CertificateWay, later, proxy, files, authority)

struct CertificateAnswer {
    CertificateWay way = CertificateWay::later;
    std::string origin;          ///< proxy: what browsers see, "https://hub.example"
    std::string package_origin;  ///< proxy: the second origin
    std::string certificate;     ///< files
    std::string key;
    std::string names;    ///< authority: of this machine
    std::string permits;  ///< authority: domains and ranges that it may sign for
    std::int32_t port = 443;
    std::int32_t http_port = 80;
};
BOOST_DESCRIBE_STRUCT(CertificateAnswer, (),
                      (way, origin, package_origin, certificate, key, names, permits, port, http_port))

struct BackupAnswer {
    bool later = false;  ///< there is no target yet; doctor says so every day
    std::string folder;
    std::string passphrase;
    std::string again;
    std::int32_t minute = 150;  ///< of the day, in the district's zone: 150 = 02:30
    std::int32_t keep = 14;     ///< backups that stay
};
BOOST_DESCRIBE_STRUCT(BackupAnswer, (), (later, folder, passphrase, again, minute, keep))

/// The same as it is kept; the passphrase lies beside the master keys, in a file of its own.
struct KeptBackup {
    bool later = false;
    std::string folder;
    std::int32_t minute = 150;
    std::int32_t keep = 14;
    std::int64_t tried_bytes = 0;  ///< of the test backup that was made and read back
    bool same_disk = false;
};
BOOST_DESCRIBE_STRUCT(KeptBackup, (), (later, folder, minute, keep, tried_bytes, same_disk))

/// Everything that is known so far; it lies in the folder until the end.
struct Kept {
    std::optional<PlaceAnswer> place;
    std::optional<DistrictAnswer> district;
    std::vector<KeptPerson> people;
    bool keys_put_away = false;
    std::optional<CertificateAnswer> certificate;
    std::optional<KeptBackup> backup;
};
BOOST_DESCRIBE_STRUCT(Kept, (), (place, district, people, keys_put_away, certificate, backup))

/// The four without whom a district cannot begin, in the order in which they are asked for.
inline constexpr auth::Role first_roles[] = {auth::Role::sysadmin, auth::Role::secadmin, auth::Role::auditor,
                                             auth::Role::info_office};

}  // namespace santong::server::setup
