#include "server/backup/passphrase.hpp"

#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include "platform/auth/password.hpp"
#include "platform/text/utf8.hpp"
#include "server/backup/fault.hpp"

namespace santong::server::backup {

namespace {

constexpr std::size_t least_length = 12;
constexpr char const* variable = "SANTONG_BACKUP_PASSPHRASE";

/// Nothing typed is shown while this lives.
class Silence {
public:
    Silence() {
        ::tcgetattr(STDIN_FILENO, &before_);
        auto silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~Silence() {
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
        std::fputc('\n', stderr);
    }
    Silence(Silence const&) = delete;
    Silence& operator=(Silence const&) = delete;

private:
    termios before_{};
};

std::string asked(char const* what) {
    std::fprintf(stderr, "%s: ", what);
    Silence const silence;
    std::string line;
    std::getline(std::cin, line);
    return line;
}

std::string from_file(std::string const& file) {
    struct stat facts{};
    if (::stat(file.c_str(), &facts) != 0) throw BackupFault("the passphrase file cannot be read: " + file);
    if ((facts.st_mode & 077) != 0)
        throw BackupFault("the passphrase file must be readable by its owner only (chmod 600): " + file);
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    while (line.ends_with('\r')) line.pop_back();
    return line;
}

std::string read_passphrase(std::string const& file, bool twice) {
    if (!file.empty()) return from_file(file);
    if (char const* given = std::getenv(variable)) return given;
    if (::isatty(STDIN_FILENO) == 0)
        throw BackupFault(std::string("no passphrase: give --passphrase-file, or set ") + variable);
    auto passphrase = asked("Passphrase of the backup");
    if (twice && passphrase != asked("The same again")) throw BackupFault("the two passphrases differ");
    return passphrase;
}

}  // namespace

std::string known_passphrase(std::string const& file) {
    auto passphrase = read_passphrase(file, false);
    if (passphrase.empty()) throw BackupFault("the passphrase is empty");
    return passphrase;
}

std::string new_passphrase(std::string const& file) {
    auto passphrase = read_passphrase(file, true);
    if (text::count_characters(passphrase) < least_length) {
        throw BackupFault("a passphrase has at least " + std::to_string(least_length) + " characters");
    }
    if (auth::is_common_password(passphrase)) throw BackupFault("everybody tries that passphrase first; take another");
    return passphrase;
}

}  // namespace santong::server::backup
