#pragma once
// What goes over the wire: made on a worker, so that the I/O thread only has to send it.
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "platform/http/router.hpp"

namespace santong::http {

/// An open file that closes itself.
class OpenFile {
public:
    OpenFile() = default;
    explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
    OpenFile(OpenFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    OpenFile& operator=(OpenFile&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    ~OpenFile();
    explicit operator bool() const { return descriptor_ >= 0; }
    int get() const { return descriptor_; }

private:
    int descriptor_ = -1;
};

/// Headers that every answer of a listener carries.
struct SiteHeaders {
    std::vector<std::pair<std::string, std::string>> always;  ///< unless the handler gives one of that name
};

/// Ready bytes of one answer.
struct Answer {
    int status = 200;
    std::string head;
    std::string body;
    std::string_view fixed;  ///< of embedded assets: lives as long as the program
    OpenFile file;
    off_t from = 0;
    off_t size = 0;
    std::function<void(std::shared_ptr<EventStream>)> events;
    std::function<std::string()> blocks;
    bool bulk = false;
    bool says_resent = false;
    std::int64_t bytes_per_second = 0;
    std::int64_t sent = 0;  ///< of `blocks`
    bool keep_alive = true;

    std::int64_t bytes() const {
        return sent + static_cast<std::int64_t>(file ? size : static_cast<off_t>(body.size() + fixed.size()));
    }
};

/// What of the request shapes its answer.
struct AnswerRequest {
    Call const& call;
    bool keep_alive = true;
    bool accepts_gzip = false;
    SiteHeaders const& site;
};

/// Opens files, handles Range and validators, squeezes text, writes the header. `fixed`: see `Answer`.
Answer make_answer(Response&& response, AnswerRequest const& request, std::string_view fixed = {});

/// Appends "name: value" with everything that could end the line or the header turned into spaces.
void append_header(std::string& head, std::string_view name, std::string_view value);
std::string_view reason_of(int status);

/// gzip at the fastest level; for answers, not for storage.
std::string squeeze(std::string_view text);
/// Whether the browser takes gzip.
bool accepts_gzip(Call const& call);

/// A part of something that has `size` bytes.
struct ByteRange {
    std::int64_t from = 0;
    std::int64_t size = 0;
};
enum class RangeVerdict { whole, part, unsatisfiable };
/// Reads a Range header with one range; anything else means the whole (RFC 9110, 14.2).
RangeVerdict read_range(std::string_view header, std::int64_t size, ByteRange& range);
/// Whether `etag` stands in an If-None-Match list; weak comparison.
bool etag_listed(std::string_view list, std::string_view etag);

}  // namespace santong::http
