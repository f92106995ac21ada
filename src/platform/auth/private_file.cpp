#include "platform/auth/private_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace santong::auth {

void write_private_file(std::filesystem::path const& path, std::string_view bytes) {
    // Written aside and renamed: a cut leaves no half key behind.
    std::string const aside = path.string() + ".new";
    ::unlink(aside.c_str());
    int const file = ::open(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) throw std::runtime_error("cannot write a key file in " + path.parent_path().string());
    bool const written = ::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
    bool const kept = written && ::fsync(file) == 0;
    ::close(file);
    if (!kept || ::rename(aside.c_str(), path.c_str()) != 0) {
        ::unlink(aside.c_str());
        throw std::runtime_error("cannot write a key file in " + path.parent_path().string());
    }
}

std::string read_private_file(std::filesystem::path const& path) {
    std::string const name = path.filename().string();
    struct stat facts{};
    if (::stat(path.c_str(), &facts) != 0) throw std::runtime_error("key file " + name + " is missing");
    if ((facts.st_mode & 077) != 0)
        throw std::runtime_error("key file " + name + " must be readable by its owner only (chmod 600)");
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace santong::auth
