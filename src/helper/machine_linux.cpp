// The system's side on Linux: xdg-open for files, a desktop file for the start.
#include "helper/machine.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <thread>

#include "helper/kept_file.hpp"

namespace santong::helper::machine {

namespace fs = std::filesystem;

namespace {

fs::path home() {
    char const* const set = std::getenv("HOME");
    return set != nullptr ? fs::path(set) : fs::current_path();
}

fs::path desktop_file() {
    char const* const set = std::getenv("XDG_CONFIG_HOME");
    return (set != nullptr ? fs::path(set) : home() / ".config") / "autostart" / "santong-helper.desktop";
}

/// As a desktop file wants it: in quotation marks, with what is special in them behind a stroke.
std::string quoted(std::string const& text) {
    std::string out = "\"";
    for (char c : text) {
        if (std::string_view("\"`$\\").find(c) != std::string_view::npos) out += '\\';
        out += c;
        if (c == '%') out += '%';
    }
    return out + '"';
}

}  // namespace

bool open_with_system(fs::path const& file) {
    while (waitpid(-1, nullptr, WNOHANG) > 0) {  // those that stayed and have ended since
    }
    auto const child = fork();
    if (child < 0) return false;
    if (child == 0) {
        execlp("xdg-open", "xdg-open", file.c_str(), static_cast<char*>(nullptr));
        _exit(127);
    }
    // Some desktops hand the file over and end, others stay until the program is closed: after a while that is good,
    // too.
    for (int tries = 0; tries < 50; ++tries) {
        int status = 0;
        if (waitpid(child, &status, WNOHANG) == child) return WIFEXITED(status) && WEXITSTATUS(status) == 0;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return true;
}

std::string sha256_of(fs::path const& file) {
    std::ifstream in(file, std::ios::binary);
    std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> const sum(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    if (!in || !sum || EVP_DigestInit_ex(sum.get(), EVP_sha256(), nullptr) != 1) return {};
    std::string part(256 * 1024, '\0');
    while (in.read(part.data(), static_cast<std::streamsize>(part.size())) || in.gcount() > 0) {
        EVP_DigestUpdate(sum.get(), part.data(), static_cast<std::size_t>(in.gcount()));
    }
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    if (EVP_DigestFinal_ex(sum.get(), digest, &size) != 1) return {};
    std::string text;
    for (unsigned int i = 0; i < size; ++i) {
        text += "0123456789abcdef"[digest[i] >> 4U];
        text += "0123456789abcdef"[digest[i] & 15U];
    }
    return text;
}

fs::path state_folder() {
    char const* const set = std::getenv("XDG_STATE_HOME");
    return (set != nullptr ? fs::path(set) : home() / ".local" / "state") / "santong-helper";
}

void make_private(fs::path const& place) {
    bool const folder = fs::is_directory(place);
    fs::permissions(place, folder ? fs::perms::owner_all : fs::perms::owner_read | fs::perms::owner_write);
}

std::FILE* open_file(fs::path const& file, char const* mode) {
    return std::fopen(file.c_str(), mode);
}

bool flush(std::FILE* file) {
    return std::fflush(file) == 0 && fsync(fileno(file)) == 0;
}

bool only_one(fs::path const& lock_file) {
    int const held = open(lock_file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    return held >= 0 && flock(held, LOCK_EX | LOCK_NB) == 0;
}

fs::path own_program() {
    return fs::read_symlink("/proc/self/exe");
}

fs::path set_up_autostart(std::vector<std::string> const& arguments) {
    auto const place = home() / ".local" / "bin" / "santong-helper";
    fs::create_directories(place.parent_path());
    if (own_program() != place) {
        auto beside = place;
        beside += ".new";  // a program that runs cannot be written over, but another may take its name
        fs::copy_file(own_program(), beside, fs::copy_options::overwrite_existing);
        fs::rename(beside, place);
    }
    std::string command = quoted(place.string());
    for (auto const& one : arguments) command += ' ' + quoted(one);
    fs::create_directories(desktop_file().parent_path());
    replace_file(desktop_file(), "[Desktop Entry]\nType=Application\nName=Santong\nExec=" + command +
                                     "\nX-GNOME-Autostart-enabled=true\nNoDisplay=true\n");
    return place;
}

void remove_autostart() {
    fs::remove(desktop_file());
    fs::remove(home() / ".local" / "bin" / "santong-helper");
}

std::string system_name() {
    return "Linux";
}

std::string computer_name() {
    char name[256] = {};
    gethostname(name, sizeof name - 1);
    return name;
}

std::string language() {
    for (char const* const name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        char const* const set = std::getenv(name);
        if (set != nullptr && *set != '\0') return std::string_view(set).starts_with("zh") ? "zh" : "en";
    }
    return "en";
}

std::vector<std::string> arguments(int count, char** values) {
    return {values + 1, values + count};
}

}  // namespace santong::helper::machine
