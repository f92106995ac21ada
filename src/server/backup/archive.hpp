#pragma once
// Named entries, one after the other, squeezed with zstd inside a sealed stream.
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "server/backup/sealed_stream.hpp"

namespace santong::server::backup {

class ArchiveWriter {
public:
    explicit ArchiveWriter(SealedWriter& out);
    ~ArchiveWriter();

    /// Begins an entry; its length need not be known.
    void begin(std::string_view name);
    void write(std::string_view bytes);
    void end();
    void entry(std::string_view name, std::string_view bytes);
    /// Marks the end and finishes the sealed stream.
    void finish();

private:
    struct Squeeze;
    void put(std::string_view bytes);
    void put_block();
    SealedWriter& out_;
    std::unique_ptr<Squeeze> squeeze_;
    std::string block_;
};

/// Reads entries in their order. Throws BackupFault.
class ArchiveReader {
public:
    explicit ArchiveReader(SealedReader& in);
    ~ArchiveReader();

    /// The name of the next entry (what was left of the one before is passed over); empty behind the last, when the end
    /// of the file is proven.
    std::optional<std::string> next();
    /// At most `size` bytes of the entry; 0 at its end.
    std::size_t read(char* to, std::size_t size);
    /// The rest of the entry; refused beyond `most` bytes.
    std::string rest(std::size_t most);

private:
    struct Stretch;
    std::string take(std::size_t size);
    std::size_t fill(char* to, std::size_t size);
    bool next_block();
    SealedReader& in_;
    std::unique_ptr<Stretch> stretch_;
    std::uint32_t left_ = 0;  ///< bytes of the block that is being read
    bool inside_ = false;
};

}  // namespace santong::server::backup
