#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "core/json.hpp"
#include "platform/auth/audit.hpp"
#include "platform/auth/audit_log.hpp"
#include "platform/auth/keys.hpp"
#include "platform/sql/installation.hpp"
#include "server/backup/contents.hpp"
#include "server/backup/fault.hpp"
#include "server/backup/passphrase.hpp"
#include "server/parts.hpp"
#include "world.hpp"

using namespace santong;
using namespace santong::server::backup;
using santong::test::World;
namespace fs = std::filesystem;

namespace {

constexpr char const* passphrase = "one long passphrase";

void quiet(std::string const&, std::int64_t, std::int64_t) {}

/// A world with a stored file and an audit row, and a place for what is restored.
struct Saved {
    World world;
    test::TestDatabase target;  ///< its folder holds an embedded database already; only its PostgreSQL side is used
    fs::path folder = fs::temp_directory_path() / ("santong-backup-" + core::Uuid::make().text());
    std::string file = (folder / "b.bak").string();
    core::FileId stored;

    Saved() {
        fs::create_directories(folder);
        auto& parts = world.application().parts();
        auto const kept = parts.files.keep(world.district(), {"诗.txt", world.teacher().account, {}}, "床前明月光");
        stored = kept->id;
        world.transact([&](sql::Tx& tx) { auth::audit(tx, world.teacher(), {"test.act", "😀 O'Brien", "{}"}); });
        world.application().drain();
    }
    ~Saved() { fs::remove_all(folder); }
    server::Place const& source() { return world.application().parts().place; }
    server::Place place(char const* name = "restored") const { return {(folder / name).string(), target.url()}; }
    Counts save() { return make_backup(source(), file, passphrase, quiet); }
    bool only_backup_left() const {
        return std::distance(fs::directory_iterator(folder), fs::directory_iterator()) == 1 && fs::exists(file);
    }
};

std::string refusal(std::function<void()> const& work) {
    try {
        work();
        return {};
    } catch (BackupFault const& fault) {
        return fault.what();
    }
}

std::string read_file(fs::path const& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// A backup that somebody made by hand, with the passphrase.
void forge(std::string const& file, std::string const& name) {
    SealedWriter out(file, passphrase);
    ArchiveWriter archive(out);
    archive.entry(manifest_entry, core::json::write(Manifest{"0.1.0", {}, "sqlite", {}, {}, 0}));
    archive.entry(name, "evil");
    archive.finish();
}

}  // namespace

TEST_CASE("a node that is being served is saved, restored elsewhere, and serves there with everything it had") {
    Saved saved;
    auto const counts = saved.save();
    CHECK(counts.contents == 1);
    CHECK(counts.keys == 1);
    CHECK(counts.warnings.empty());
    auto const place = saved.place();
    auto const restored = restore(place, saved.file, passphrase, quiet);
    CHECK(restored.rows == counts.rows);
    CHECK(restored.tables == counts.tables);
    CHECK(fs::status(place.data + "/keys").permissions() == fs::perms::owner_all);

    server::Application application(place);
    server::Serving serving;
    serving.server.port = 0;
    application.start(serving);
    auto& parts = application.parts();
    CHECK(test::HttpClient(application.port()).get("/healthz").status == 200);
    auto const file = parts.files.find(saved.world.district(), saved.stored);
    REQUIRE(file.has_value());
    CHECK(file->name == "诗.txt");
    CHECK(read_file(parts.files.open(*file)) == "床前明月光");
    auto const verdict = parts.db->read(saved.world.district(), [](sql::Tx& tx) { return auth::verify_audit(tx); });
    CHECK(verdict.fault == auth::AuditFault::none);
    CHECK(verdict.rows >= 1);
    application.stop();
}

TEST_CASE("a backup is noted in the audit log and for doctor") {
    Saved saved;
    saved.save();
    saved.world.application().drain();
    CHECK(saved.world.db().read(0, [](sql::Tx& tx) { return sql::installation_value(tx, "backup_at"); }).has_value());
    auto const acts = saved.world.read([](sql::Tx& tx) {
        return tx.column<std::string>("SELECT action FROM audit_log WHERE district_id = $1 ORDER BY number",
                                      tx.district());
    });
    CHECK(acts.back() == "backup.made");
}

TEST_CASE("master keys never stand in a backup unwrapped") {
    Saved saved;
    saved.save();
    auto const keys = auth::read_master_keys(saved.source().keys_folder());
    SealedReader sealed(saved.file, passphrase);
    ArchiveReader archive(sealed);
    int wrapped = 0;
    while (auto const name = archive.next()) {
        auto const bytes = archive.rest(std::size_t{1} << 30);
        for (auto const& key : keys) CHECK(bytes.find(key.secret) == std::string::npos);
        if (name->starts_with(key_prefix)) ++wrapped;
    }
    CHECK(wrapped == 1);
}

TEST_CASE("a damaged backup or a wrong passphrase changes nothing where it was to be restored") {
    Saved saved;
    saved.save();
    CHECK(refusal([&] { restore(saved.place(), saved.file, "another passphrase", quiet); }).find("wrong passphrase") !=
          std::string::npos);
    CHECK(saved.only_backup_left());
    auto bytes = read_file(saved.file);
    bytes[bytes.size() - 40] ^= 4;
    std::ofstream(saved.file, std::ios::binary | std::ios::trunc) << bytes;
    CHECK(refusal([&] { restore(saved.place(), saved.file, passphrase, quiet); }).find("altered or damaged") !=
          std::string::npos);
    CHECK(saved.only_backup_left());
    bytes.resize(bytes.size() / 2);
    std::ofstream(saved.file, std::ios::binary | std::ios::trunc) << bytes;
    CHECK(refusal([&] { restore(saved.place(), saved.file, passphrase, quiet); }).find("cut off") != std::string::npos);
    CHECK(saved.only_backup_left());
    if (!saved.target.url().empty()) {
        CHECK(saved.target->read(0, [](sql::Tx& tx) { return sql::installation_value(tx, "node"); }) == std::nullopt);
    }
}

TEST_CASE("names that lead out of the folder are refused in a restore (check 27)") {
    Saved saved;
    for (std::string const name : {"content/../../evil", "key/../../evil", "table/../evil", "/etc/evil", "content/..",
                                   "evil", "content/\0evil", "table/", "key/"}) {
        CAPTURE(name);
        fs::remove(saved.file);
        forge(saved.file, name);
        CHECK(refusal([&] { restore(saved.place(), saved.file, passphrase, quiet); }).find("an entry is refused") !=
              std::string::npos);
        CHECK(saved.only_backup_left());
        CHECK_FALSE(fs::exists(saved.folder.parent_path() / "evil"));
    }
}

TEST_CASE("a folder or a database that holds something is left as it is") {
    Saved saved;
    saved.save();
    auto const place = saved.place("full");
    fs::create_directories(place.data);
    std::ofstream(place.data + "/mine") << "mine";
    CHECK(refusal([&] { restore(place, saved.file, passphrase, quiet); }).find("is not empty") != std::string::npos);
    CHECK(read_file(place.data + "/mine") == "mine");
    fs::remove(place.data + "/mine");
    restore(place, saved.file, passphrase, quiet);  // an empty folder will do
    if (saved.target.url().empty()) return;
    CHECK(refusal([&] {
              restore(saved.place("other"), saved.file, passphrase, quiet);
          }).find("holds something already") != std::string::npos);
    CHECK_FALSE(fs::exists(saved.place("other").data));
}

TEST_CASE("what a killed restore left behind is cleared by the next one, and never served") {
    Saved saved;
    saved.save();
    auto const place = saved.place();
    fs::create_directories(place.data + ".restoring-1234/keys");
    restore(place, saved.file, passphrase, quiet);
    CHECK_FALSE(fs::exists(place.data + ".restoring-1234"));
    std::ofstream(place.data + "/restore-unfinished") << "";
    CHECK_THROWS_WITH_AS(server::open_database(place), doctest::Contains("was cut off"), std::runtime_error);
}

TEST_CASE("a content that was lost or damaged before the backup is named by it") {
    Saved saved;
    auto& contents = saved.world.application().parts().contents;
    auto const digest = saved.world.application().parts().files.find(saved.world.district(), saved.stored)->sha256;
    std::ofstream(*contents.open(digest), std::ios::binary | std::ios::trunc) << "changed";
    auto const counts = saved.save();
    REQUIRE(counts.warnings.size() == 1);
    CHECK(counts.warnings[0].find("damaged: " + digest) != std::string::npos);
    fs::remove(saved.file);
    fs::remove(*contents.open(digest));
    CHECK(saved.save().warnings.at(0).find("missing: " + digest) != std::string::npos);
}

TEST_CASE("a passphrase file is for its owner's eyes, and a new passphrase is worth something") {
    Saved saved;
    auto const file = (saved.folder / "pass").string();
    std::ofstream(file) << "one long passphrase\nsecond line";
    CHECK(refusal([&] { known_passphrase(file); }).find("chmod 600") != std::string::npos);
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    CHECK(known_passphrase(file) == "one long passphrase");
    CHECK(new_passphrase(file) == "one long passphrase");
    std::ofstream(file, std::ios::trunc) << "short";
    CHECK(refusal([&] { new_passphrase(file); }).find("at least 12") != std::string::npos);
}
