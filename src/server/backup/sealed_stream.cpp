#include "server/backup/sealed_stream.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "platform/auth/crypto.hpp"
#include "platform/files/disk.hpp"
#include "platform/files/storage_error.hpp"
#include "server/backup/fault.hpp"

namespace santong::server::backup {

namespace crypto = auth::crypto;
namespace disk = files::disk;

namespace {

constexpr std::string_view magic = "SANTONG-BACKUP\n";
constexpr std::uint8_t format = 1;
constexpr std::size_t salt_size = 16, key_size = 32, seal_overhead = 28, digest_size = 32;
constexpr std::size_t piece_size = 1 << 20;
constexpr std::size_t frame_size = 13;
constexpr std::size_t head_size = magic.size() + 1 + 8 + salt_size + key_size + seal_overhead;
/// A head that asks for more was not written by this program.
constexpr std::uint32_t most_memory_kib = 1 << 20, most_passes = 64;

template <class Number>
void append_number(std::string& out, Number value) {
    for (std::size_t i = 0; i < sizeof(Number); ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
}

template <class Number>
Number number_at(std::string_view bytes, std::size_t at) {
    Number value = 0;
    for (std::size_t i = sizeof(Number); i-- > 0;)
        value = static_cast<Number>(value << 8 | static_cast<std::uint8_t>(bytes[at + i]));
    return value;
}

PassphraseKeys derive(std::string_view passphrase, std::string_view salt, GuessCost cost) {
    auto root = crypto::key_from_passphrase(passphrase, salt, cost.memory_kib, cost.passes);
    PassphraseKeys keys{crypto::hmac_sha256(root, "santong/backup/file"),
                        crypto::hmac_sha256(root, "santong/backup/secrets")};
    crypto::wipe(root);
    return keys;
}

std::string frame_of(std::uint64_t number, std::size_t length, bool last) {
    std::string frame;
    append_number(frame, number);
    append_number(frame, static_cast<std::uint32_t>(length));
    frame += last ? '\1' : '\0';
    return frame;
}

}  // namespace

SealedWriter::SealedWriter(std::filesystem::path file, std::string_view passphrase, GuessCost cost)
    : file_(std::move(file)) {
    if (std::filesystem::exists(file_)) throw BackupFault(file_.string() + " is there already; name another file");
    auto const part = file_.string() + ".part";
    descriptor_ = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor_ < 0) throw std::runtime_error("cannot write " + part + ": " + std::strerror(errno));
    auto const salt = crypto::random_bytes(salt_size);
    keys_ = derive(passphrase, salt, cost);
    file_key_ = crypto::random_bytes(key_size);
    std::string head(magic);
    head += static_cast<char>(format);
    append_number(head, cost.memory_kib);
    append_number(head, cost.passes);
    head += salt;
    head += crypto::seal(keys_.for_file, file_key_, head);
    head_digest_ = crypto::sha256(head);
    put(head + head_digest_);
}

SealedWriter::~SealedWriter() {
    ::close(descriptor_);
    if (!finished_) ::unlink((file_.string() + ".part").c_str());
    for (auto* secret : {&file_key_, &keys_.for_file, &keys_.for_secrets, &pending_}) crypto::wipe(*secret);
}

void SealedWriter::put(std::string_view bytes) {
    disk::write_at(descriptor_, bytes, offset_);
    offset_ += static_cast<std::int64_t>(bytes.size());
}

void SealedWriter::put_piece(bool last) {
    auto const frame = frame_of(number_, pending_.size() + seal_overhead, last);
    put(frame + crypto::seal(file_key_, pending_, head_digest_ + frame));
    pending_.clear();
    ++number_;
}

void SealedWriter::write(std::string_view bytes) {
    while (!bytes.empty()) {
        auto const count = std::min(piece_size - pending_.size(), bytes.size());
        pending_.append(bytes.substr(0, count));
        bytes.remove_prefix(count);
        if (pending_.size() == piece_size) put_piece(false);
    }
}

void SealedWriter::finish() {
    put_piece(true);
    disk::flush(descriptor_);
    auto const part = file_.string() + ".part";
    bool named = ::renameat2(AT_FDCWD, part.c_str(), AT_FDCWD, file_.c_str(), RENAME_NOREPLACE) == 0;
    // A USB disk's file system may not know how to keep what is there.
    if (!named && errno == EINVAL && !std::filesystem::exists(file_))
        named = ::rename(part.c_str(), file_.c_str()) == 0;
    if (!named) throw std::runtime_error("cannot make " + file_.string() + ": " + std::strerror(errno));
    finished_ = true;
    disk::flush_folder(std::filesystem::absolute(file_).parent_path());
}

std::string SealedWriter::wrap(std::string_view secret, std::string_view name) const {
    return crypto::seal(keys_.for_secrets, secret, name);
}

SealedReader::SealedReader(std::filesystem::path file, std::string_view passphrase)
    : file_(std::move(file)), in_(file_, std::ios::binary) {
    if (!in_ || !std::filesystem::is_regular_file(file_)) refuse("cannot be read");
    size_ = disk::size_of(file_);
    read_head(passphrase);
}

void SealedReader::refuse(std::string const& why) const {
    throw BackupFault(file_.string() + ": " + why);
}

std::string SealedReader::take(std::size_t size, std::string const& missing) {
    std::string bytes(size, '\0');
    in_.read(bytes.data(), static_cast<std::streamsize>(size));
    if (in_.gcount() != static_cast<std::streamsize>(size)) refuse(missing);
    position_ += static_cast<std::int64_t>(size);
    return bytes;
}

void SealedReader::read_head(std::string_view passphrase) {
    auto const head = take(head_size, "this is no Santong backup, or it is cut off in its head");
    if (!head.starts_with(magic)) refuse("this is no Santong backup");
    if (static_cast<std::uint8_t>(head[magic.size()]) != format)
        refuse("the backup is of a format that this program does not know");
    head_digest_ = take(digest_size, "the backup is cut off in its head");
    if (!crypto::equal(head_digest_, crypto::sha256(head))) refuse("the head of the backup is damaged");
    GuessCost const cost{number_at<std::uint32_t>(head, magic.size() + 1),
                         number_at<std::uint32_t>(head, magic.size() + 5)};
    if (cost.memory_kib > most_memory_kib || cost.passes > most_passes || cost.memory_kib < 8 || cost.passes == 0) {
        refuse("the head of the backup is damaged");
    }
    auto const salt_at = magic.size() + 9;
    keys_ = derive(passphrase, std::string_view(head).substr(salt_at, salt_size), cost);
    auto const bound = std::string_view(head).substr(0, salt_at + salt_size);
    auto key = crypto::open(keys_.for_file, std::string_view(head).substr(bound.size()), bound);
    if (!key) refuse("wrong passphrase");
    file_key_ = std::move(*key);
}

void SealedReader::next_piece() {
    auto const name = "piece " + std::to_string(number_ + 1);
    auto const cut = "the backup is cut off before " + name;
    auto const frame = take(frame_size, cut);
    auto const number = number_at<std::uint64_t>(frame, 0);
    auto const length = number_at<std::uint32_t>(frame, 8);
    if (number != number_)
        refuse("another piece stands where " + name + " belongs: pieces were moved, removed or damaged");
    if (length < seal_overhead || length > piece_size + seal_overhead) refuse(name + " was altered or damaged");
    auto const sealed = take(length, "the backup is cut off in " + name);
    auto piece = crypto::open(file_key_, sealed, head_digest_ + frame);
    if (!piece) refuse(name + " was altered or damaged");
    piece_ = std::move(*piece);
    used_ = 0;
    last_ = frame[frame_size - 1] == '\1';
    ++number_;
    if (last_ && position_ != size_) refuse("there are bytes behind the end of the backup");
}

std::size_t SealedReader::read(char* to, std::size_t size) {
    while (used_ == piece_.size() && !last_) next_piece();
    auto const count = std::min(size, piece_.size() - used_);
    std::memcpy(to, piece_.data() + used_, count);
    used_ += count;
    return count;
}

std::string SealedReader::unwrap(std::string_view wrapped, std::string_view name) const {
    auto secret = crypto::open(keys_.for_secrets, wrapped, name);
    if (!secret) refuse("a wrapped key does not open");
    return std::move(*secret);
}

}  // namespace santong::server::backup
