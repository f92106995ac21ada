#include <sys/stat.h>

#include <ctime>
#include <filesystem>
#include <fstream>

#include "auth_world.hpp"
#include "platform/auth/crypto.hpp"
#include "platform/auth/masking.hpp"
#include "platform/auth/vault.hpp"

using namespace santong;
using test::AuthWorld;
using test::district;

namespace {

/// A row as a module would keep it.
struct PersonalRow {
    core::PersonId id;
    auth::SealedText phone;
};
BOOST_DESCRIBE_STRUCT(PersonalRow, (), (id, phone))

}  // namespace

TEST_CASE("a personal field is sealed for its person, its district and its name") {
    AuthWorld world;
    auto const wang = core::PersonId::make(), li = core::PersonId::make();
    auto const sealed = world.db->transact(district, [&](sql::Tx& tx) {
        static_cast<void>(auth::seal(tx, li, "phone", "13900000000"));
        return *auth::seal(tx, wang, "phone", "13812345678");
    });
    CHECK(sealed.value.find("13812345678") == std::string::npos);
    world.db->read(district, [&](sql::Tx& tx) {
        CHECK(*auth::open(tx, wang, "phone", sealed) == "13812345678");
        CHECK_THROWS(auth::open(tx, wang, "health", sealed));
        CHECK_THROWS(auth::open(tx, li, "phone", sealed));
        auto altered = sealed;
        altered.value[10] = altered.value[10] == 'A' ? 'B' : 'A';
        CHECK_THROWS(auth::open(tx, wang, "phone", altered));
    });
    CHECK(world.db->transact(district, [&](sql::Tx& tx) { return *auth::seal(tx, wang, "phone", "13812345678"); }) !=
          sealed);
}

TEST_CASE("an empty field stays empty and needs no key") {
    AuthWorld world;
    auto const wang = core::PersonId::make();
    world.db->transact(district, [&](sql::Tx& tx) {
        CHECK(auth::seal(tx, wang, "phone", "")->empty());
        CHECK(auth::open(tx, wang, "phone", {})->empty());
    });
}

TEST_CASE("a sealed field is a column and a JSON string") {
    AuthWorld world;
    PersonalRow row{core::PersonId::make(), {"1abc"}};
    CHECK(core::json::write(row).ends_with(R"("phone":"1abc"})"));
    CHECK(core::json::read<PersonalRow>(core::json::write(row))->phone == row.phone);
    auto const back = world.db->read(
        district, [&](sql::Tx& tx) { return tx.rows<PersonalRow>("SELECT CAST($1 AS TEXT) AS phone", row.phone); });
    REQUIRE(back.size() == 1);
    CHECK(back[0].phone == row.phone);
}

TEST_CASE("erasing a person destroys his key: nothing sealed under it opens, nothing new is sealed") {
    AuthWorld world;
    auto const wang = core::PersonId::make(), li = core::PersonId::make();
    auto const [of_wang, of_li] = world.db->transact(district, [&](sql::Tx& tx) {
        return std::pair{*auth::seal(tx, wang, "health", "哮喘"), *auth::seal(tx, li, "health", "青霉素过敏")};
    });
    world.db->transact(district, [&](sql::Tx& tx) {
        auth::erase_person_key(tx, wang);
        CHECK(auth::open(tx, wang, "health", of_wang).error().key == "auth.person_erased");
    });
    world.db->transact(district, [&](sql::Tx& tx) {
        CHECK(auth::open(tx, wang, "health", of_wang).error().code == core::ErrorCode::gone);
        CHECK(auth::seal(tx, wang, "health", "哮喘").error().key == "auth.person_erased");
        CHECK(*auth::open(tx, li, "health", of_li) == "青霉素过敏");
    });
    auto const left = world.db->read(district, [&](sql::Tx& tx) {
        return *tx.value<int>(
            "SELECT COUNT(*) FROM person_key WHERE district_id = $1 AND person_id = $2 AND wrapped IS NULL", district,
            wang);
    });
    CHECK(left == 1);
}

TEST_CASE("a field is found by its blind index, which says nothing without the key") {
    AuthWorld world;
    auto const number = auth::normalized_number("430903 200501 01123x");
    auto const index = auth::blind_index("identity_number", number);
    CHECK(index == auth::blind_index("identity_number", "43090320050101123X"));
    CHECK(index != auth::blind_index("student_number", number));
    auth::Keys::current().rotate();
    CHECK(index == auth::blind_index("identity_number", number));
    auth::Keys::use(auth::Keys::in_memory());
    CHECK(index != auth::blind_index("identity_number", number));
}

TEST_CASE("keys turn: what was sealed before opens, and person keys move to the new master key") {
    AuthWorld world;
    auto const wang = core::PersonId::make();
    auto const sealed =
        world.db->transact(district, [&](sql::Tx& tx) { return *auth::seal(tx, wang, "phone", "13812345678"); });
    auto const signature = auth::Keys::current().sign(auth::KeyPurpose::signatures, "address");
    auth::Keys::current().rotate();
    CHECK(auth::Keys::current().verify(auth::KeyPurpose::signatures, "address", signature));
    CHECK_FALSE(auth::Keys::current().verify(auth::KeyPurpose::signatures, "addresses", signature));
    CHECK_FALSE(auth::Keys::current().verify(auth::KeyPurpose::second_factor, "address", signature));
    CHECK(world.db->transact(district, [&](sql::Tx& tx) { return auth::rewrap_person_keys(tx, 100); }) == 1);
    CHECK(world.db->transact(district, [&](sql::Tx& tx) { return auth::rewrap_person_keys(tx, 100); }) == 0);
    world.db->read(district, [&](sql::Tx& tx) { CHECK(*auth::open(tx, wang, "phone", sealed) == "13812345678"); });
}

TEST_CASE("the fields of a whole district are sealed within the import's five seconds of CPU") {
    AuthWorld world;
    std::vector<core::PersonId> people;
    for (int i = 0; i < 8'420; ++i) people.push_back(core::PersonId::make());
    std::vector<auth::SealedText> sealed;
    world.db->transact(district, [&](sql::Tx& tx) {
        sealed.clear();
        auth::prepare_keys(tx, people);
        for (auto const& person : people) sealed.push_back(*auth::seal(tx, person, "phone", "13812345678"));
    });
    world.db->read(district, [&](sql::Tx& tx) {
        auth::load_keys(tx, people);
        for (std::size_t i = 0; i < people.size(); i += 100) {
            CHECK(*auth::open(tx, people[i], "phone", sealed[i]) == "13812345678");
        }
    });
}

TEST_CASE("the keys folder is made once, for its owner only, and lies apart from the data") {
    AuthWorld world;
    auto const folder = world.db.folder() + "/keys";
    std::string const sealed_key = auth::Keys::open(folder)->newest_id();
    auto const first = auth::Keys::open(folder);
    CHECK(first->newest_id() == sealed_key);
    for (auto const& file : std::filesystem::directory_iterator(folder)) {
        struct stat facts{};
        REQUIRE(::stat(file.path().c_str(), &facts) == 0);
        CHECK((facts.st_mode & 0777) == 0600);
    }
    auto const sealed = first->seal(auth::KeyPurpose::second_factor, "the backup", "bound");
    first->rotate();
    auto const again = auth::Keys::open(folder);
    CHECK(again->newest_id() == first->newest_id());
    CHECK(again->newest_id() != sealed_key);
    CHECK(*again->open(auth::KeyPurpose::second_factor, sealed, "bound") == "the backup");
    CHECK_FALSE(again->open(auth::KeyPurpose::second_factor, sealed, "another"));
    CHECK(first->blind("x") == again->blind("x"));
}

TEST_CASE("a key file that others may read, or a damaged one, is refused") {
    AuthWorld world;
    auto const folder = world.db.folder() + "/keys";
    static_cast<void>(auth::Keys::open(folder));
    auto const file = std::filesystem::directory_iterator(folder)->path();
    std::filesystem::permissions(file, std::filesystem::perms::group_read, std::filesystem::perm_options::add);
    CHECK_THROWS(auth::Keys::open(folder));
    std::filesystem::permissions(file, std::filesystem::perms::group_read, std::filesystem::perm_options::remove);
    std::ofstream(file, std::ios::app) << "x";
    CHECK_THROWS(auth::Keys::open(folder));
}

TEST_CASE("one flipped bit of a sealed text is noticed") {
    auto const key = auth::crypto::random_bytes(32);
    auto const sealed = auth::crypto::seal(key, "backup", "bound");
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        auto flipped = sealed;
        flipped[i] = static_cast<char>(flipped[i] ^ 1);
        CHECK_FALSE(auth::crypto::open(key, flipped, "bound"));
    }
    CHECK(*auth::crypto::open(key, sealed, "bound") == "backup");
    CHECK_FALSE(auth::crypto::open(key, "short", "bound"));
}

TEST_CASE("phones and numbers are masked") {
    CHECK(auth::mask_phone("13812345678") == "138****5678");
    CHECK(auth::mask_phone("12345") == "*****");
    CHECK(auth::mask_identity_number("430903200501011234") == "430903**********34");
    CHECK(auth::mask_student_number("G430903200501011234") == "G430903**********34");
    CHECK(auth::mask_student_number("L2014300001") == "L201*****01");
    CHECK(auth::normalized_phone("+86 138-1234-5678") == "13812345678");
}
