#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <set>

#include "platform/chunks/kept_manifests.hpp"
#include "platform/chunks/manifest.hpp"
#include "platform/chunks/partial.hpp"
#include "platform/chunks/stream.hpp"
#include "platform/files/disk.hpp"

namespace fs = std::filesystem;
using namespace santong;
using namespace santong::chunks;

namespace {

struct ChunkFolder {
    ChunkFolder() { fs::create_directories(path); }
    ~ChunkFolder() { fs::remove_all(path); }
    fs::path write(std::string const& name, std::string_view bytes) const {
        std::ofstream(path / name, std::ios::binary) << bytes;
        return path / name;
    }
    fs::path path = fs::temp_directory_path() / ("santong_chunks_" + core::Uuid::make().text());
};

std::string noise(std::size_t size, unsigned seed) {
    std::mt19937_64 random(seed);
    std::string bytes(size, '\0');
    for (auto& byte : bytes) byte = static_cast<char>(random());
    return bytes;
}

std::string bytes_in(fs::path const& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::set<Digest> digests(Manifest const& manifest) {
    std::set<Digest> all;
    for (auto const& chunk : manifest.chunks) all.insert(chunk.digest);
    return all;
}

/// Bytes of chunks of `now` that `before` does not have.
std::int64_t new_bytes(Manifest const& before, Manifest const& now) {
    auto const known = digests(before);
    std::int64_t bytes = 0;
    for (auto const& chunk : now.chunks) bytes += known.contains(chunk.digest) ? 0 : chunk.size;
    return bytes;
}

std::string_view piece(std::string const& all, Partial const& partial, std::size_t chunk) {
    return std::string_view(all).substr(static_cast<std::size_t>(partial.offset(chunk)),
                                        partial.manifest().chunks[chunk].size);
}

}  // namespace

TEST_CASE("an insertion in the middle changes the chunks around it and no other") {
    ChunkFolder const folder;
    auto const old_bytes = noise(4 << 20, 1);
    auto new_text = old_bytes;
    new_text.insert(1'234'567, "一段新的文字");
    auto const before = cut_file(folder.write("old", old_bytes));
    auto const after = cut_file(folder.write("new", new_text));
    CHECK(before.size == 4 << 20);
    CHECK(after.size == static_cast<std::int64_t>(new_text.size()));
    CHECK(new_bytes(before, after) > 0);
    CHECK(new_bytes(before, after) <= 2 * std::int64_t{before.cutting.most});
    auto const average = before.size / static_cast<std::int64_t>(before.chunks.size());
    CHECK(average > 12 << 10);
    CHECK(average < 24 << 10);
    for (std::size_t i = 0; i + 1 < before.chunks.size(); ++i) {
        CHECK(before.chunks[i].size >= before.cutting.least);
        CHECK(before.chunks[i].size <= before.cutting.most);
    }
}

TEST_CASE("a small content is one chunk and carries the content's own digest; equal bytes are cut to their end") {
    ChunkFolder const folder;
    auto const small = cut_file(folder.write("small", std::string(16 << 10, 'x')));
    REQUIRE(small.chunks.size() == 1);
    CHECK(small.chunks.front().digest == small.content);
    CHECK(write_manifest(small) == write_manifest(manifest_of_small(small.content, small.size)));
    auto const zeros = cut_file(folder.write("zeros", std::string(1 << 20, '\0')));
    CHECK(zeros.chunks.size() == 16);
    CHECK(digests(zeros).size() == 1);
    CHECK(cut_file(folder.write("nothing", "")).chunks.empty());
    CHECK(digest_from(hex_of(small.content)) == small.content);
    CHECK(!digest_from("no digest"));
}

TEST_CASE("a manifest is read as it was written, and with one altered byte it is none or another one") {
    ChunkFolder const folder;
    auto const made = cut_file(folder.write("content", noise(200'000, 2)));
    auto const bytes = write_manifest(made);
    auto const read = read_manifest(bytes);
    REQUIRE(read.has_value());
    CHECK(write_manifest(*read) == bytes);
    CHECK(read->sha256() == made.sha256());
    auto const signed_was = signed_text(bytes);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        auto other = bytes;
        other[i] = static_cast<char>(other[i] ^ 1);
        CHECK(signed_text(other) != signed_was);
        auto const damaged = read_manifest(other);
        if (damaged) CHECK(write_manifest(*damaged) == other);
    }
    CHECK(!read_manifest(bytes.substr(0, bytes.size() - 1)));
    CHECK(!read_manifest(bytes + "x"));
    CHECK(!read_manifest(""));
}

TEST_CASE("what came before a cut is found again; a chunk that lies is not taken") {
    ChunkFolder const folder;
    auto const all = noise(300'000, 3);
    auto const manifest = cut_file(folder.write("content", all));
    auto const file = folder.path / "half";
    {
        Partial partial(file, manifest);
        CHECK(partial.bytes_here() == 0);
        CHECK(!partial.put(0, std::string(manifest.chunks[0].size, 'x')));
        CHECK(!partial.put(0, piece(all, partial, 1)));
        CHECK(partial.bytes_here() == 0);
        for (std::size_t i = 0; i < manifest.chunks.size(); i += 2) CHECK(partial.put(i, piece(all, partial, i)));
    }
    {
        // A power cut took what had not reached the disk: that chunk is missing again, the others are not.
        std::fstream out(file, std::ios::binary | std::ios::in | std::ios::out);
        out.seekp(5);
        out << "?";
    }
    Partial again(file, manifest);
    CHECK(!again.has(0));
    CHECK(!again.has(1));
    CHECK(again.has(2));
    CHECK(!again.whole());
    for (std::size_t i = 0; i < manifest.chunks.size(); ++i) CHECK(again.put(i, piece(all, again, i)));
    CHECK(again.whole());
    again.settle();
    CHECK(bytes_in(file) == all);
}

TEST_CASE("kept manifests are found by whoever opens the folder; a torn end costs the last one only") {
    ChunkFolder const folder;
    auto const one = cut_file(folder.write("one", noise(100'000, 4)));
    auto const two = cut_file(folder.write("two", noise(100'000, 5)));
    KeptManifests kept(folder.path / "chunks");
    KeptManifests other(folder.path / "chunks");
    kept.keep(one.content, {{write_manifest(one)}, {std::string(64, 's')}});
    other.keep(two.content, {{write_manifest(two)}, {}});
    REQUIRE(kept.find(two.content).has_value());
    CHECK(kept.find(two.content)->bytes.value == write_manifest(two));
    CHECK(other.find(one.content)->signature.value == std::string(64, 's'));
    CHECK(!kept.find(digest_of("nothing")).has_value());

    auto const file = folder.path / "chunks" / "manifests";
    fs::resize_file(file, fs::file_size(file) - 10);
    KeptManifests torn(folder.path / "chunks");
    CHECK(torn.find(one.content).has_value());
    CHECK(!torn.find(two.content).has_value());
    torn.keep(two.content, {{write_manifest(two)}, {}});
    int seen = 0;
    torn.each([&](Manifest const&) { ++seen; });
    CHECK(seen == 2);
    CHECK(kept.find(two.content).has_value());

    torn.tidy([&](Digest const&) { return true; });
    CHECK(kept.find(one.content).has_value());
    auto const large = cut_file(folder.write("large", noise(2'000'000, 6)));
    torn.keep(large.content, {{write_manifest(large)}, {}});
    torn.tidy([&](Digest const& digest) { return digest == two.content; });
    CHECK(!kept.find(large.content).has_value());
    CHECK(!kept.find(one.content).has_value());
    CHECK(kept.find(two.content).has_value());
}

TEST_CASE("pieces of several files come out of one stream as they went in, and whole up to a cut") {
    ChunkFolder const folder;
    auto const first = noise(100'000, 7);
    std::string second;
    while (second.size() < 500'000) second += "三通两平台,校校通班班通人人通。";
    std::vector<Portion> const portions{
        {folder.write("first", first).string(), {{10, 40'000}, {50'010, 1'000}}},
        {folder.write("second", second).string(), {{0, 300'000}}},
    };
    auto const expected = first.substr(10, 40'000) + first.substr(50'010, 1'000) + second.substr(0, 300'000);
    std::string packed;
    StreamWriter writer(portions, StreamWriter::Effort::usual);
    for (auto block = writer.next(); !block.empty(); block = writer.next()) packed += block;
    CHECK(packed.size() < 50'000);
    std::string got;
    StreamReader reader([&](std::string_view bytes) {
        got += bytes;
        return true;
    });
    for (std::size_t i = 0; i < packed.size(); i += 1'000)
        CHECK(reader.feed(std::string_view(packed).substr(i, 1'000)));
    CHECK(got == expected);

    std::string before_cut;
    StreamReader cut([&](std::string_view bytes) {
        before_cut += bytes;
        return true;
    });
    CHECK(cut.feed(std::string_view(packed).substr(0, 41'500)));
    CHECK(before_cut.size() >= 41'000);  // both pieces of the first file are through
    CHECK(!cut.feed("this is no stream, whatever comes before it may have been"));
    CHECK(!StreamReader([](std::string_view) { return true; }).feed("no stream at all"));
    CHECK(!StreamReader([](std::string_view) { return false; }).feed(packed));
    StreamWriter too_long({{portions[0].file, {{0, 200'000}}}}, StreamWriter::Effort::least);
    auto const all_of_it = [&] {
        while (!too_long.next().empty()) {}
    };
    CHECK_THROWS(all_of_it());
}

namespace {

std::string packed_over(std::vector<Portion> const& portions, std::vector<Base> const& bases) {
    std::string packed;
    StreamWriter writer(portions, StreamWriter::Effort::usual, bases);
    for (auto block = writer.next(); !block.empty(); block = writer.next()) packed += block;
    return packed;
}

}  // namespace

TEST_CASE("a piece goes over a base in a few bytes; without that base nobody gets it, and a cut costs what follows") {
    ChunkFolder const folder;
    auto const old_bytes = noise(60'000, 8);
    auto new_bytes = old_bytes;
    new_bytes.insert(30'000, "一段新的文字");
    Base const base{folder.write("old", old_bytes).string(), 1'000, 58'000};
    auto const file = folder.write("new", new_bytes).string();
    std::vector<Portion> const portions{{file, {{0, 500}, {20'000, 10'000, 0}, {30'000, 10'000, 0}, {50'000, 800}}}};
    auto const packed = packed_over(portions, {base});
    CHECK(packed.size() < 1'300 + 200);
    auto const expected = new_bytes.substr(0, 500) + new_bytes.substr(20'000, 20'000) + new_bytes.substr(50'000, 800);
    std::string got;
    auto const take = [&](std::string_view bytes) {
        got += bytes;
        return true;
    };
    auto const base_at = [&](std::int64_t bytes) { return bytes == 500 ? old_bytes.substr(1'000, 58'000) : ""; };
    StreamReader reader(take, base_at);
    for (auto const& byte : packed) CHECK(reader.feed({&byte, 1}));
    CHECK(got == expected);

    got.clear();
    CHECK(StreamReader(take, base_at).feed(packed));
    CHECK(got == expected);

    got.clear();
    auto const other = noise(58'000, 9);
    auto const other_base = [&](std::int64_t bytes) { return bytes == 500 ? other : ""; };
    CHECK((!StreamReader(take, other_base).feed(packed) || got != expected));
    got.clear();
    CHECK((!StreamReader(take).feed(packed) || got != expected));
    CHECK(got.starts_with(expected.substr(0, 500)));

    got.clear();
    auto const first_half = packed_over({{file, {{0, 500}, {20'000, 10'000, 0}}}}, {base});
    CHECK(StreamReader(take, base_at).feed(std::string_view(packed).substr(0, first_half.size())));
    CHECK(got.size() >= 10'500);
    CHECK(expected.starts_with(got));
}

TEST_CASE("a base of its own for each of many pieces, the largest and one that brings nothing") {
    ChunkFolder const folder;
    auto const large = noise(static_cast<std::size_t>(largest_base), 10);
    auto const unlike = noise(70'000, 11);
    auto const all = large + unlike;
    std::vector<Base> const bases{{folder.write("large", large).string(), 0, largest_base},
                                  {folder.write("unlike", noise(50'000, 12)).string(), 0, 50'000}};
    auto const file = folder.write("all", all).string();
    std::vector<Portion> const portions{{file, {{0, largest_base, 0}, {largest_base, 70'000, 1}}}};
    auto const packed = packed_over(portions, bases);
    CHECK(packed.size() < 70'000 + 2'000);
    std::string got;
    StreamReader reader(
        [&](std::string_view bytes) {
            got += bytes;
            return true;
        },
        [&](std::int64_t bytes) {
            auto const& base = bases[bytes == 0 ? 0 : 1];
            return files::disk::read_at(base.file, base.from, static_cast<std::size_t>(base.size));
        });
    CHECK(reader.feed(packed));
    CHECK(got == all);
    CHECK(packed_over({}, {}).empty());
}
