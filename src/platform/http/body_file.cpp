#include "platform/http/body_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace santong::http {

namespace {

constexpr std::string_view prefix = "body-";

}  // namespace

BodyFile::BodyFile(std::string const& folder)
    : path_(folder + "/" + std::string(prefix) + "XXXXXX"), file_(::mkostemp(path_.data(), O_CLOEXEC)) {
    if (!file_) throw std::system_error(errno, std::generic_category(), "cannot write to " + folder);
}

BodyFile::~BodyFile() {
    ::unlink(path_.c_str());
}

int BodyFile::append(std::string_view bytes) noexcept {
    while (!bytes.empty()) {
        auto const count = ::write(file_.get(), bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return errno;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return 0;
}

void clear_body_files(std::string const& folder) {
    for (auto const& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().filename().string().starts_with(prefix)) std::filesystem::remove(entry.path());
    }
}

}  // namespace santong::http
