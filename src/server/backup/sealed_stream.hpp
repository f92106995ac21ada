#pragma once
// A file that only the passphrase opens and in which no bit can change unseen.
//
//     head    magic, format, argon2id cost, salt, the file's own key sealed under the passphrase, SHA-256 of all that
//     pieces  number (8), length (4), last (1), sealed bytes; at most 1 MiB each, AES-256-GCM under the file's own key.
//             Head, number, length and "last" are bound to each piece: none can be moved, left out or cut off.
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace santong::server::backup {

/// Keys that come from the passphrase and the salt of one file.
struct PassphraseKeys {
    std::string for_file;
    std::string for_secrets;
};

/// Cost of guessing: argon2id over 64 MiB, which a village box with 512 MB can pay.
struct GuessCost {
    std::uint32_t memory_kib = 65'536;
    std::uint32_t passes = 3;
};

/// Writes `FILE.part` and gives it its name when it is whole and on disk. Mode 0600. Throws BackupFault if FILE is
/// there already, StorageError if the disk is full.
class SealedWriter {
public:
    SealedWriter(std::filesystem::path file, std::string_view passphrase, GuessCost cost = {});
    ~SealedWriter();
    SealedWriter(SealedWriter const&) = delete;
    SealedWriter& operator=(SealedWriter const&) = delete;

    void write(std::string_view bytes);
    void finish();
    std::int64_t size() const { return offset_; }
    /// Seals a secret a second time, under the passphrase itself: it never stands unwrapped in the stream.
    std::string wrap(std::string_view secret, std::string_view name) const;

private:
    void put(std::string_view bytes);
    void put_piece(bool last);

    std::filesystem::path file_;
    int descriptor_ = -1;
    std::int64_t offset_ = 0;
    PassphraseKeys keys_;
    std::string file_key_;
    std::string head_digest_;
    std::string pending_;
    std::uint64_t number_ = 0;
    bool finished_ = false;
};

/// Reads what a SealedWriter wrote. Every function throws BackupFault with the reason: no backup, wrong passphrase, a
/// piece altered, moved or missing, cut off, bytes behind the end.
class SealedReader {
public:
    SealedReader(std::filesystem::path file, std::string_view passphrase);

    /// Reads at most `size` bytes; 0 only at the proven end of the file.
    std::size_t read(char* to, std::size_t size);
    std::string unwrap(std::string_view wrapped, std::string_view name) const;
    std::int64_t position() const { return position_; }
    std::int64_t size() const { return size_; }

private:
    [[noreturn]] void refuse(std::string const& why) const;
    std::string take(std::size_t size, std::string const& missing);
    void read_head(std::string_view passphrase);
    void next_piece();

    std::filesystem::path file_;
    std::ifstream in_;
    std::int64_t size_ = 0;
    std::int64_t position_ = 0;
    PassphraseKeys keys_;
    std::string file_key_;
    std::string head_digest_;
    std::string piece_;
    std::size_t used_ = 0;
    std::uint64_t number_ = 0;
    bool last_ = false;
};

}  // namespace santong::server::backup
