#pragma once
// The list of a content's chunks (清单): what a place needs to know in order to fetch only what it lacks.
#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/described.hpp"
#include "platform/chunks/cutter.hpp"

namespace santong::chunks {

/// 32 raw bytes of SHA-256.
using Digest = std::array<char, 32>;
Digest digest_of(std::string_view bytes);
/// Of 64 hex digits; nothing for any other text.
std::optional<Digest> digest_from(std::string_view hex);
std::string hex_of(Digest const& digest);

/// A piece of a content.
struct Chunk {
    Digest digest{};
    std::uint32_t size = 0;
};

/// A content of at most this size is one chunk, whose digest is the content's own: it needs no list.
inline constexpr std::int64_t whole_up_to = 16 << 10;

struct Manifest {
    Digest content{};
    std::int64_t size = 0;
    Cutting cutting;
    std::vector<Chunk> chunks;  ///< in the order of the content

    std::string sha256() const { return hex_of(content); }
};

/// A manifest as it travels, with the giver's word for it (Ed25519 over `signed_text`).
struct SignedManifest {
    core::Bytes bytes;
    core::Bytes signature;
};
BOOST_DESCRIBE_STRUCT(SignedManifest, (), (bytes, signature))

/// What is signed of a manifest.
std::string signed_text(std::string_view manifest);

std::string write_manifest(Manifest const& manifest);
/// Nothing for bytes that are no manifest: sizes that do not add up, chunks out of bounds, one byte too many.
std::optional<Manifest> read_manifest(std::string_view bytes);

/// The manifest of a content that is one chunk.
Manifest manifest_of_small(Digest const& content, std::int64_t size);
/// Cuts a file. Throws StorageError if it cannot be read; `content` of the answer is the digest of what was read.
Manifest cut_file(std::filesystem::path const& path);

}  // namespace santong::chunks
