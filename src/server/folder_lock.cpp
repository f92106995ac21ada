#include "server/folder_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>

namespace santong::server {

FolderLock::FolderLock(std::filesystem::path const& file)
    : descriptor_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640)) {
    if (descriptor_ < 0) throw std::runtime_error("cannot write " + file.string());
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
    ::close(descriptor_);
    throw std::runtime_error("another process serves " + file.parent_path().string() + " already");
}

FolderLock::~FolderLock() {
    ::close(descriptor_);
}

void FolderLock::note(ServedAt const& served) const {
    auto const text = std::to_string(served.process) + " " + served.address + " " + std::to_string(served.port) + " " +
                      std::to_string(served.package_port) + "\n";
    bool const written = ::ftruncate(descriptor_, 0) == 0 &&
                         ::pwrite(descriptor_, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
    if (!written) throw std::runtime_error("cannot write serving.lock");
}

std::optional<ServedAt> FolderLock::noted(std::filesystem::path const& file) {
    if (!held(file)) return std::nullopt;
    std::ifstream text(file);
    ServedAt served;
    if (!(text >> served.process >> served.address >> served.port >> served.package_port)) return std::nullopt;
    return served;
}

bool FolderLock::held(std::filesystem::path const& file) {
    int const descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return false;
    bool const free = ::flock(descriptor, LOCK_SH | LOCK_NB) == 0;
    ::close(descriptor);
    return !free;
}

}  // namespace santong::server
