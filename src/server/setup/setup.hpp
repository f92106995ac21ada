#pragma once
// The first start of a place without a district: what has been answered so far, who may answer, and the end of it.
#include <atomic>
#include <functional>
#include <map>
#include <mutex>

#include "core/result.hpp"
#include "platform/http/router.hpp"
#include "server/application.hpp"
#include "server/setup/answers.hpp"

namespace santong::server::setup {

/// What the machine is found to have.
struct MachineFacts {
    std::int32_t cores = 0;
    std::int64_t memory = 0;  ///< bytes
    std::int64_t disk_free = 0;
    core::Instant now;
    bool clock_kept = false;  ///< NTP keeps it
    std::string data;
    std::string site_file;  ///< the configuration that will be written
    std::string database;   ///< "sqlite" or "postgresql"
};
BOOST_DESCRIBE_STRUCT(MachineFacts, (), (cores, memory, disk_free, now, clock_kept, data, site_file, database))

/// One of the first four as the wizard shows him.
struct PersonView {
    auth::Role role = auth::Role::sysadmin;
    std::string name;
    std::string login;
    bool has_password = false;
    bool confirmed = false;
    std::string uri;     ///< for the QR code, while the first code is awaited
    std::string secret;  ///< the same to be typed
};
BOOST_DESCRIBE_STRUCT(PersonView, (), (role, name, login, has_password, confirmed, uri, secret))

struct KeyView {
    std::string id;
    std::string fingerprint;  ///< of SHA-256, in groups of four
};
BOOST_DESCRIBE_STRUCT(KeyView, (), (id, fingerprint))

struct KeysView {
    std::string folder;
    std::vector<KeyView> keys;
    bool put_away = false;
};
BOOST_DESCRIBE_STRUCT(KeysView, (), (folder, keys, put_away))

/// Everything the wizard shows.
struct SetupView {
    MachineFacts machine;
    std::optional<PlaceAnswer> place;
    std::optional<DistrictAnswer> district;
    DistrictAnswer proposed;
    std::vector<PersonView> people;
    KeysView keys;
    std::optional<CertificateAnswer> certificate;
    std::optional<KeptBackup> backup;
    std::vector<std::string> missing;  ///< steps that are still open
    std::string address;               ///< where the site will be after the end; empty = as now
};
BOOST_DESCRIBE_STRUCT(SetupView, (),
                      (machine, place, district, proposed, people, keys, certificate, backup, missing, address))

/// A master key to be printed, for the safe.
struct KeySheet {
    std::string folder;
    std::vector<KeyView> keys;
    std::vector<std::string> groups;  ///< in the order of the keys: seventeen each, which prove themselves
};
BOOST_DESCRIBE_STRUCT(KeySheet, (), (folder, keys, groups))

/// Where the site is from now on.
struct Finished {
    std::string address;
    std::string login;  ///< of the information office's person, who goes on
};
BOOST_DESCRIBE_STRUCT(Finished, (), (address, login))

class Setup {
public:
    /// `finished` is called once when the district stands; the node has to start anew then.
    Setup(Application& application, int own_port, std::function<void()> finished);
    Setup(Setup const&) = delete;
    Setup& operator=(Setup const&) = delete;

    /// A new code, of which the folder keeps a keyed hash; the one before is void.
    std::string new_code();
    /// Whether a request carries the code; wrong ones are counted by address. Refuses with "setup.code_wrong",
    /// "setup.code_throttled" and, after the end, as a route that is not there.
    core::Result<void> admit(http::Call const& call);

    SetupView view();
    core::Result<SetupView> save_place(PlaceAnswer const& answer);
    core::Result<SetupView> save_district(DistrictAnswer const& answer);
    /// A new secret for the second factor comes with it unless nothing but the name changed.
    core::Result<SetupView> save_person(auth::Role role, PersonAnswer const& answer);
    core::Result<SetupView> confirm_person(auth::Role role, std::string const& code);
    KeySheet key_sheet();
    core::Result<SetupView> save_keys(KeysAnswer const& answer);
    core::Result<SetupView> save_certificate(CertificateAnswer const& answer);
    /// Makes a test backup and reads it back; slow.
    core::Result<SetupView> save_backup(BackupAnswer const& answer);
    /// Everything in one act. Refuses with "setup.incomplete", "setup.district_stands", "tls.*".
    core::Result<Finished> finish(auth::Caller const& caller);

    /// For `santong setup`: without passwords and second factors in the browser.
    void set_people(std::vector<KeptPerson> people);

private:
    Kept load();
    void store(Kept const& kept);
    SetupView view_of(Kept const& kept);
    core::Result<std::int64_t> try_backup(BackupAnswer const& answer);
    core::Result<void> make_authority(Kept const& kept);
    core::Result<void> write_all(sql::Tx& tx, auth::Caller const& caller, Kept const& kept);

    struct Tries {
        int wrong = 0;
        core::Instant locked_until;
    };

    Application& application_;
    int own_port_;
    std::function<void()> finished_;
    std::atomic<bool> over_{false};
    std::recursive_mutex mutex_;  ///< one answer at a time
    std::mutex tries_mutex_;
    std::map<std::string, Tries> tries_;
};

/// Adds the wizard's routes to a node that has no district.
void register_setup_routes(http::Router& router, Setup& setup);
/// The pages / and /signin lead to the wizard: nobody can sign in yet.
void register_front_doors(http::Router& router);

}  // namespace santong::server::setup
