#include "server/key_restore.hpp"

#include <doctest/doctest.h>

#include <filesystem>

#include "platform/auth/audit.hpp"
#include "platform/auth/crypto.hpp"
#include "platform/auth/key_proof.hpp"
#include "platform/auth/private_file.hpp"
#include "server/cannot_begin.hpp"
#include "server/parts.hpp"
#include "world.hpp"

using namespace santong;
using santong::test::World;
namespace fs = std::filesystem;

namespace {

/// A node whose one master key has signed the audit log.
struct Sealed {
    World world;
    server::Place place;
    auth::MasterKey key;
    fs::path file;

    Sealed() : place(world.application().parts().place) {
        key = auth::read_master_keys(place.keys_folder()).at(0);
        file = fs::path(place.keys_folder()) / auth::master_key_file(key.id);
        world.transact([&](sql::Tx& tx) { auth::audit(tx, world.teacher(), {"test.act", "one", "{}"}); });
        world.application().drain();
    }
    std::string refusal(std::string const& secret) {
        try {
            server::restore_key(place, secret);
            return {};
        } catch (server::CannotBegin const& error) {
            return error.what();
        }
    }
};

}  // namespace

TEST_CASE("a lost master key is known by what it opens, and comes back for its owner only") {
    Sealed sealed;
    CHECK(auth::master_keys_needed(*sealed.world.application().parts().db) == std::vector{sealed.key.id});
    fs::remove(sealed.file);
    auto const restored = server::restore_key(sealed.place, sealed.key.secret);
    CHECK(restored.id == sealed.key.id);
    CHECK(restored.set_aside.empty());
    CHECK(auth::read_private_file(sealed.file) == sealed.key.secret);
}

TEST_CASE("a master key that works is not written again, one of another place never") {
    Sealed sealed;
    CHECK(sealed.refusal(sealed.key.secret).find("in its place and works") != std::string::npos);
    CHECK(sealed.refusal(auth::crypto::sha256("another place")).find("nothing here opens") != std::string::npos);
    fs::remove(sealed.file);
    CHECK_FALSE(sealed.refusal(auth::crypto::sha256("another place")).empty());
    CHECK_FALSE(fs::exists(sealed.file));
}

TEST_CASE("a damaged key file is set aside, not written over") {
    Sealed sealed;
    auth::write_private_file(sealed.file, "damaged");
    auto const restored = server::restore_key(sealed.place, sealed.key.secret);
    CHECK(auth::read_private_file(sealed.file) == sealed.key.secret);
    CHECK(auth::read_private_file(restored.set_aside) == "damaged");
}

TEST_CASE("where something is sealed and the keys are gone, none are made in their place") {
    Sealed sealed;
    auto& db = *sealed.world.application().parts().db;
    fs::remove(sealed.file);
    CHECK_THROWS_AS(server::open_keys(db, sealed.place), server::CannotBegin);
    CHECK(auth::read_master_keys(sealed.place.keys_folder()).empty());
    auth::write_master_key(sealed.place.keys_folder(), sealed.key);
    CHECK_NOTHROW(server::open_keys(db, sealed.place));
}
