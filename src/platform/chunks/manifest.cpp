#include "platform/chunks/manifest.hpp"

#include <openssl/evp.h>

#include <bit>
#include <cstring>
#include <stdexcept>

#include "core/base64.hpp"

namespace santong::chunks {

namespace {

constexpr std::string_view magic = "santong-manifest/1\n";
constexpr std::size_t head_size = magic.size() + 32 + 8 + 3 * 4 + 4;
constexpr std::size_t chunk_size = 32 + 4;
constexpr std::uint32_t largest_chunk = 16 << 20;

void put_number(std::string& out, std::uint64_t number, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(number >> (8 * i));
}
std::uint64_t number_at(std::string_view text, std::size_t at, int bytes) {
    std::uint64_t number = 0;
    for (int i = 0; i < bytes; ++i)
        number |= std::uint64_t{static_cast<unsigned char>(text[at + static_cast<std::size_t>(i)])} << (8 * i);
    return number;
}
Digest digest_at(std::string_view text, std::size_t at) {
    Digest digest;
    std::memcpy(digest.data(), text.data() + at, digest.size());
    return digest;
}

bool sensible(Cutting const& cutting) {
    return std::has_single_bit(cutting.average) && cutting.average >= 64 && cutting.least <= cutting.average &&
           cutting.average <= cutting.most && cutting.most <= largest_chunk;
}

}  // namespace

Digest digest_of(std::string_view bytes) {
    Digest digest{};
    if (EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()), nullptr, EVP_sha256(),
                   nullptr) != 1)
        throw std::runtime_error("SHA-256 is not to be had");
    return digest;
}

std::optional<Digest> digest_from(std::string_view hex) {
    if (hex.size() != 64 || hex.find_first_not_of("0123456789abcdef") != std::string_view::npos) return std::nullopt;
    auto const value = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    Digest digest;
    for (std::size_t i = 0; i < digest.size(); ++i)
        digest[i] = static_cast<char>(value(hex[2 * i]) * 16 + value(hex[2 * i + 1]));
    return digest;
}

std::string hex_of(Digest const& digest) {
    return core::hex({digest.data(), digest.size()});
}

std::string signed_text(std::string_view manifest) {
    return "santong-manifest-signed/1\n" + hex_of(digest_of(manifest));
}

std::string write_manifest(Manifest const& manifest) {
    std::string out(magic);
    out.reserve(head_size + manifest.chunks.size() * chunk_size);
    out.append(manifest.content.data(), manifest.content.size());
    put_number(out, static_cast<std::uint64_t>(manifest.size), 8);
    for (auto const part : {manifest.cutting.least, manifest.cutting.average, manifest.cutting.most})
        put_number(out, part, 4);
    put_number(out, manifest.chunks.size(), 4);
    for (auto const& chunk : manifest.chunks) {
        put_number(out, chunk.size, 4);
        out.append(chunk.digest.data(), chunk.digest.size());
    }
    return out;
}

std::optional<Manifest> read_manifest(std::string_view bytes) {
    if (bytes.size() < head_size || !bytes.starts_with(magic)) return std::nullopt;
    Manifest manifest;
    std::size_t at = magic.size();
    manifest.content = digest_at(bytes, at);
    at += 32;
    auto const size = number_at(bytes, at, 8);
    if (size > std::uint64_t{1} << 50) return std::nullopt;
    manifest.size = static_cast<std::int64_t>(size);
    at += 8;
    for (auto* part : {&manifest.cutting.least, &manifest.cutting.average, &manifest.cutting.most}) {
        *part = static_cast<std::uint32_t>(number_at(bytes, at, 4));
        at += 4;
    }
    if (!sensible(manifest.cutting)) return std::nullopt;
    auto const count = number_at(bytes, at, 4);
    at += 4;
    if (bytes.size() - at != count * chunk_size) return std::nullopt;
    manifest.chunks.reserve(count);
    std::uint64_t sum = 0;
    for (; at < bytes.size(); at += chunk_size) {
        Chunk const chunk{digest_at(bytes, at + 4), static_cast<std::uint32_t>(number_at(bytes, at, 4))};
        if (chunk.size == 0 || chunk.size > manifest.cutting.most) return std::nullopt;
        sum += chunk.size;
        manifest.chunks.push_back(chunk);
    }
    if (sum != size) return std::nullopt;
    if (count == 1 && manifest.chunks.front().digest != manifest.content) return std::nullopt;
    return manifest;
}

Manifest manifest_of_small(Digest const& content, std::int64_t size) {
    return {content, size, cutting_for(size), {{content, static_cast<std::uint32_t>(size)}}};
}

}  // namespace santong::chunks
