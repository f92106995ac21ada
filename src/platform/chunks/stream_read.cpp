#include <zstd.h>

#include "platform/chunks/stream.hpp"

namespace santong::chunks {

struct StreamReader::State {
    Take take;
    BaseAt base_at;
    std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> context{ZSTD_createDCtx(), &ZSTD_freeDCtx};
    std::string out = std::string(ZSTD_DStreamOutSize(), '\0');
    std::string over;  ///< the base of the frame
    std::int64_t given = 0;
    bool between_frames = true;
    bool failed = false;

    void begin_frame() {
        between_frames = false;
        if (base_at) over = base_at(given);
        if (base_at && !over.empty())
            failed = ZSTD_isError(ZSTD_DCtx_refPrefix(context.get(), over.data(), over.size()));
    }
    /// Unpacks what fits into `out`; true if there may be more of it.
    bool step(ZSTD_inBuffer& input) {
        ZSTD_outBuffer output{out.data(), out.size(), 0};
        auto const outcome = ZSTD_decompressStream(context.get(), &output, &input);
        given += static_cast<std::int64_t>(output.pos);
        failed = ZSTD_isError(outcome) != 0 || !take({out.data(), output.pos});
        between_frames = outcome == 0;
        return !between_frames && output.pos == output.size;
    }
};

StreamReader::StreamReader(Take take, BaseAt base_at) : state_(std::make_unique<State>()) {
    state_->take = std::move(take);
    state_->base_at = std::move(base_at);
    ZSTD_DCtx_setParameter(state_->context.get(), ZSTD_d_windowLogMax, stream_window_log);
}
StreamReader::~StreamReader() = default;

bool StreamReader::feed(std::string_view bytes) {
    auto& state = *state_;
    ZSTD_inBuffer input{bytes.data(), bytes.size(), 0};
    bool more = false;
    while (!state.failed && (input.pos < input.size || more)) {
        if (state.between_frames) state.begin_frame();
        if (!state.failed) more = state.step(input);
    }
    return !state.failed;
}

}  // namespace santong::chunks
