#include <zlib.h>

#include <stdexcept>

#include "platform/http/answer.hpp"

namespace santong::http {

namespace {

/// One deflate state per worker: making one costs more than squeezing a small answer.
class Deflater {
public:
    Deflater() {
        constexpr int gzip_window = 15 + 16;
        if (deflateInit2(&stream_, 1, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK) throw std::bad_alloc();
    }
    ~Deflater() { deflateEnd(&stream_); }
    Deflater(Deflater const&) = delete;
    Deflater& operator=(Deflater const&) = delete;

    std::string squeeze(std::string_view text) {
        deflateReset(&stream_);
        std::string out(deflateBound(&stream_, text.size()), '\0');
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
        stream_.avail_in = static_cast<uInt>(text.size());
        stream_.next_out = reinterpret_cast<Bytef*>(out.data());
        stream_.avail_out = static_cast<uInt>(out.size());
        if (deflate(&stream_, Z_FINISH) != Z_STREAM_END) throw std::runtime_error("deflate did not finish");
        out.erase(out.size() - stream_.avail_out);
        return out;
    }

private:
    z_stream stream_{};
};

}  // namespace

bool accepts_gzip(Call const& call) {
    auto const accepted = call.header("accept-encoding");
    auto const at = accepted.find("gzip");
    if (at == std::string::npos) return false;
    auto const weight = std::string_view(accepted).substr(at + 4, accepted.find(',', at) - at - 4);
    auto const q = weight.find("q=0");
    return q == std::string_view::npos || weight.find_first_of("123456789", q) != std::string_view::npos;
}

std::string squeeze(std::string_view text) {
    thread_local Deflater deflater;
    return deflater.squeeze(text);
}

}  // namespace santong::http
