#include <zstd.h>

#include "platform/chunks/stream.hpp"

namespace santong::chunks {

struct StreamReader::State {
    Take take;
    std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> context{ZSTD_createDCtx(), &ZSTD_freeDCtx};
    std::string out = std::string(ZSTD_DStreamOutSize(), '\0');
    bool failed = false;
};

StreamReader::StreamReader(Take take) : state_(std::make_unique<State>()) {
    state_->take = std::move(take);
    ZSTD_DCtx_setParameter(state_->context.get(), ZSTD_d_windowLogMax, stream_window_log);
}
StreamReader::~StreamReader() = default;

bool StreamReader::feed(std::string_view bytes) {
    auto& state = *state_;
    ZSTD_inBuffer input{bytes.data(), bytes.size(), 0};
    bool more = false;
    while (!state.failed && (input.pos < input.size || more)) {
        ZSTD_outBuffer output{state.out.data(), state.out.size(), 0};
        auto const outcome = ZSTD_decompressStream(state.context.get(), &output, &input);
        state.failed = ZSTD_isError(outcome) != 0 || !state.take({state.out.data(), output.pos});
        more = output.pos == output.size;
    }
    return !state.failed;
}

}  // namespace santong::chunks
