#include "platform/chunks/stream.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <stdexcept>

#include "platform/files/disk.hpp"
#include "platform/files/storage_error.hpp"

namespace santong::chunks {

namespace disk = files::disk;

namespace {

constexpr std::size_t block_size = 64 << 10;
constexpr std::size_t read_size = 256 << 10;
constexpr int usual_level = 3, least_level = 1;
void check(std::size_t outcome) {
    if (ZSTD_isError(outcome) != 0) throw std::runtime_error(ZSTD_getErrorName(outcome));
}

}  // namespace

struct StreamWriter::State {
    std::vector<Portion> portions;
    std::vector<Base> bases;
    std::unique_ptr<ZSTD_CCtx, std::size_t (*)(ZSTD_CCtx*)> context{ZSTD_createCCtx(), &ZSTD_freeCCtx};
    std::size_t portion = 0, span = 0;
    std::int64_t done = 0;  ///< of the span
    std::optional<disk::Descriptor> file;
    std::string in, out;
    std::string over;  ///< the base of the frame
    std::ptrdiff_t base = no_base;
    bool framed = false;  ///< something of a frame was packed
    bool ended = false;

    /// Gives what lies in `in` to the packer.
    void squeeze(ZSTD_EndDirective how) {
        framed = how != ZSTD_e_end;
        ZSTD_inBuffer input{in.data(), in.size(), 0};
        for (;;) {
            auto const before = out.size();
            out.resize(before + block_size);
            ZSTD_outBuffer output{out.data() + before, block_size, 0};
            auto const left = ZSTD_compressStream2(context.get(), &output, &input, how);
            check(left);
            out.resize(before + output.pos);
            if (how == ZSTD_e_continue ? input.pos == input.size : left == 0) break;
        }
        in.clear();
    }

    /// Reads on within a span. True if the span is at its end.
    bool read_on(Span const& now) {
        in.resize(static_cast<std::size_t>(std::min<std::int64_t>(read_size, now.size - done)));
        auto const count = ::pread(file->get(), in.data(), in.size(), now.from + done);
        if (count < 0 && errno == EINTR) {
            in.clear();
            return false;
        }
        if (count < 0) throw files::StorageError("pread", errno);
        if (count == 0 && !in.empty()) throw std::runtime_error("a content is shorter than what is asked of it");
        in.resize(static_cast<std::size_t>(count));
        done += count;
        return done >= now.size;
    }

    /// Ends the frame where the base changes, and lays the next base under what follows.
    void turn_to(std::ptrdiff_t next) {
        if (next == base) return;
        if (framed) squeeze(ZSTD_e_end);
        // Between new bytes that pack badly the usual search takes longer and longer steps; this one misses nothing.
        check(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_enableLongDistanceMatching, next == no_base ? 0 : 1));
        base = next;
        if (base == no_base) return;
        auto const& what = bases[static_cast<std::size_t>(base)];
        over = disk::read_at(what.file, what.from, static_cast<std::size_t>(what.size));
        check(ZSTD_CCtx_refPrefix(context.get(), over.data(), over.size()));
    }

    void step() {
        if (portion == portions.size()) {
            if (framed) squeeze(ZSTD_e_end);
            ended = true;
            return;
        }
        auto const& now = portions[portion];
        if (span == now.spans.size()) {
            file.reset();
            ++portion;
            span = 0;
            return;
        }
        if (!file) file.emplace(now.file, O_RDONLY);
        turn_to(now.spans[span].base);
        bool const end = read_on(now.spans[span]);
        squeeze(end ? ZSTD_e_flush : ZSTD_e_continue);
        if (!end) return;
        ++span;
        done = 0;
    }
};

StreamWriter::StreamWriter(std::vector<Portion> portions, Effort effort, std::vector<Base> bases)
    : state_(std::make_unique<State>()) {
    state_->portions = std::move(portions);
    state_->bases = std::move(bases);
    auto* const c = state_->context.get();
    check(ZSTD_CCtx_setParameter(c, ZSTD_c_compressionLevel, effort == Effort::usual ? usual_level : least_level));
    check(ZSTD_CCtx_setParameter(c, ZSTD_c_windowLog, stream_window_log));
}
StreamWriter::~StreamWriter() = default;

std::string StreamWriter::next() {
    auto& state = *state_;
    while (!state.ended && state.out.size() < block_size) state.step();
    return std::exchange(state.out, {});
}

}  // namespace santong::chunks
