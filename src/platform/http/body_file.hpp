#pragma once
// Where a streamed body goes while it arrives.
#include <string>
#include <string_view>

#include "platform/http/answer.hpp"

namespace santong::http {

/// A temporary file; removed at the end unless the handler has renamed it away.
class BodyFile {
public:
    /// Throws std::system_error if the folder takes no file.
    explicit BodyFile(std::string const& folder);
    ~BodyFile();
    BodyFile(BodyFile const&) = delete;
    BodyFile& operator=(BodyFile const&) = delete;

    /// 0, or the errno of a write that failed.
    int append(std::string_view bytes) noexcept;
    std::string const& path() const { return path_; }

private:
    std::string path_;
    OpenFile file_;
};

/// Removes bodies that a killed process left behind. Only while no other process takes bodies into this folder.
void clear_body_files(std::string const& folder);

}  // namespace santong::http
