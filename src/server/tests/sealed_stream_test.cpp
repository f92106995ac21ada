#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "core/id.hpp"
#include "platform/auth/crypto.hpp"
#include "server/backup/archive.hpp"
#include "server/backup/fault.hpp"

using namespace santong;
using namespace santong::server::backup;
namespace fs = std::filesystem;

namespace {

constexpr GuessCost cheap{8, 1};
constexpr char const* passphrase = "one long passphrase";
constexpr std::size_t head_size = 15 + 1 + 8 + 16 + 60 + 32, frame_size = 13, overhead = 28, piece = 1 << 20;

struct Folder {
    fs::path path = fs::temp_directory_path() / ("santong-sealed-" + core::Uuid::make().text());
    Folder() { fs::create_directories(path); }
    ~Folder() { fs::remove_all(path); }
};

std::string read_file(fs::path const& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(fs::path const& path, std::string const& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

/// A sealed file of three pieces, the last one short.
struct Sealed {
    Folder folder;
    fs::path file = folder.path / "b.bak";
    std::string clear = auth::crypto::random_bytes(2 * piece + 1'000);
    std::string bytes;

    Sealed() {
        SealedWriter out(file, passphrase, cheap);
        out.write(clear);
        out.finish();
        bytes = read_file(file);
    }
    std::string open(std::string const& changed, std::string const& with = passphrase) const {
        write_file(folder.path / "changed", changed);
        SealedReader in(folder.path / "changed", with);
        std::string all, buffer(100'000, '\0');
        while (auto const count = in.read(buffer.data(), buffer.size())) all.append(buffer, 0, count);
        return all;
    }
    /// Why it is refused; empty if it opens.
    std::string refusal(std::string const& changed, std::string const& with = passphrase) const {
        try {
            open(changed, with);
            return {};
        } catch (BackupFault const& fault) {
            return fault.what();
        }
    }
    std::string part(std::size_t number) const {
        auto const whole = frame_size + overhead + piece;
        return bytes.substr(head_size + number * whole, number < 2 ? whole : std::string::npos);
    }
    std::string head() const { return bytes.substr(0, head_size); }
};

bool says(std::string const& refusal, char const* words) {
    return refusal.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("what was sealed comes back with its passphrase, and with no other") {
    Sealed const sealed;
    CHECK(sealed.open(sealed.bytes) == sealed.clear);
    CHECK(says(sealed.refusal(sealed.bytes, "another passphrase"), "wrong passphrase"));
    CHECK(says(sealed.refusal(sealed.bytes, ""), "wrong passphrase"));
    CHECK(sealed.bytes.find(sealed.clear.substr(0, 32)) == std::string::npos);
    CHECK((fs::status(sealed.file).permissions() & fs::perms::all) == (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("one flipped bit anywhere in a sealed file is refused (check 37)") {
    Sealed const sealed;
    std::vector<std::size_t> places;
    for (std::size_t at = 0; at < head_size; ++at) places.push_back(at);
    for (std::size_t number = 0; number < 3; ++number) {
        auto const begin = head_size + number * (frame_size + overhead + piece);
        for (std::size_t at = begin; at < begin + frame_size + 16; ++at) places.push_back(at);
    }
    for (std::size_t at = head_size; at < sealed.bytes.size(); at += 50'021) places.push_back(at);
    for (std::size_t at = sealed.bytes.size() - 20; at < sealed.bytes.size(); ++at) places.push_back(at);
    for (auto const at : places) {
        auto changed = sealed.bytes;
        changed[at] = static_cast<char>(changed[at] ^ (1 << (at % 8)));
        CAPTURE(at);
        CHECK_FALSE(sealed.refusal(changed).empty());
    }
}

TEST_CASE("the refusal names what was done to a sealed file") {
    Sealed const sealed;
    auto changed = sealed.bytes;
    changed[head_size + 5'000] ^= 1;
    CHECK(says(sealed.refusal(changed), "piece 1 was altered"));
    CHECK(says(sealed.refusal(sealed.head() + sealed.part(1) + sealed.part(0) + sealed.part(2)),
               "another piece stands where piece 1 belongs"));
    CHECK(says(sealed.refusal(sealed.head() + sealed.part(0) + sealed.part(2)),
               "another piece stands where piece 2 belongs"));
    CHECK(
        says(sealed.refusal(sealed.head() + sealed.part(0) + sealed.part(0) + sealed.part(2)), "another piece stands"));
    CHECK(says(sealed.refusal(sealed.head() + sealed.part(0) + sealed.part(1)), "cut off before piece 3"));
    CHECK(says(sealed.refusal(sealed.bytes.substr(0, sealed.bytes.size() - 1)), "cut off in piece 3"));
    CHECK(says(sealed.refusal(sealed.bytes.substr(0, head_size + 7)), "cut off before piece 1"));
    CHECK(says(sealed.refusal(sealed.bytes.substr(0, 40)), "cut off"));
    CHECK(says(sealed.refusal(sealed.bytes + "x"), "bytes behind the end"));
    CHECK(says(sealed.refusal("PK\x03\x04 some zip file that somebody took for a backup, long enough to hold a head" +
                              std::string(100, 'x')),
               "no Santong backup"));
    changed = sealed.bytes;
    changed[20] ^= 1;
    CHECK(says(sealed.refusal(changed), "head of the backup is damaged"));
}

TEST_CASE("a piece of another backup under the same passphrase is refused") {
    Sealed const one, two;
    CHECK(says(one.refusal(one.head() + two.part(0) + one.part(1) + one.part(2)), "piece 1 was altered"));
    CHECK(says(one.refusal(two.head() + one.part(0) + one.part(1) + one.part(2)), "piece 1 was altered"));
}

TEST_CASE("a backup never replaces a file, and one that was not finished leaves none") {
    Folder const folder;
    auto const file = folder.path / "b.bak";
    { SealedWriter const cut(file, passphrase, cheap); }
    CHECK(fs::is_empty(folder.path));
    write_file(file, "something else");
    CHECK_THROWS_AS(SealedWriter(file, passphrase, cheap), BackupFault);
    CHECK(read_file(file) == "something else");
}

TEST_CASE("entries come back in their order, however large, and what is not read is passed over") {
    Folder const folder;
    auto const large = auth::crypto::random_bytes(3 * piece);
    {
        SealedWriter out(folder.path / "b.bak", passphrase, cheap);
        ArchiveWriter archive(out);
        archive.entry("empty", "");
        archive.entry("large", large);
        archive.entry("passed over", std::string(2 * piece, 'x'));
        archive.entry("last", "words");
        archive.finish();
    }
    SealedReader in(folder.path / "b.bak", passphrase);
    ArchiveReader archive(in);
    CHECK(archive.next() == "empty");
    CHECK(archive.rest(10).empty());
    CHECK(archive.next() == "large");
    CHECK(archive.rest(large.size()) == large);
    CHECK(archive.next() == "passed over");
    CHECK(archive.next() == "last");
    CHECK(archive.rest(10) == "words");
    CHECK_FALSE(archive.next().has_value());
}
