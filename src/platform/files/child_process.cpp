#include "platform/files/child_process.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <thread>

namespace santong::files {

namespace {

constexpr auto pause = std::chrono::milliseconds(15);
constexpr auto asked_every = std::chrono::milliseconds(300);
constexpr int not_started = 127;

/// Everything the child needs, made before the fork: between fork and exec nothing may be allocated.
struct Prepared {
    std::vector<char*> arguments;
    std::vector<std::string> settings;
    std::vector<char*> environment;
    std::string folder;
    ChildLimits limits;

    Prepared(std::vector<std::string> const& command, std::filesystem::path const& where, ChildLimits const& limits_)
        : folder(where.string()), limits(limits_) {
        for (auto const& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
        arguments.push_back(nullptr);
        settings = {"PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8", "HOME=" + folder, "TMPDIR=" + folder};
        for (auto const& one : settings) environment.push_back(const_cast<char*>(one.c_str()));
        environment.push_back(nullptr);
    }
};

void limit(int what, std::int64_t most) {
    rlimit const value{static_cast<rlim_t>(most), static_cast<rlim_t>(most)};
    ::setrlimit(static_cast<__rlimit_resource>(what), &value);
}

/// In the child: gives up what it does not need and becomes the program. Only calls that are safe after a fork.
[[noreturn]] void become(Prepared const& wish, pid_t parent) {
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(not_started);  // it died before the line above
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) errno = 0;  // not everywhere; the other limits hold
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_AS, wish.limits.memory);
    limit(RLIMIT_FSIZE, wish.limits.file_size);
    limit(RLIMIT_CPU, wish.limits.time.count() + 1);
    limit(RLIMIT_NOFILE, 256);
    int const nothing = ::open("/dev/null", O_RDWR);
    if (nothing < 0 || ::chdir(wish.folder.c_str()) != 0) ::_exit(not_started);
    for (int const stream : {0, 1, 2}) ::dup2(nothing, stream);
    ::execve(wish.arguments[0], wish.arguments.data(), wish.environment.data());
    ::_exit(not_started);
}

ChildAnswer wait_for(pid_t child, ChildLimits const& limits, std::function<bool()> const& keep_going) {
    auto const until = std::chrono::steady_clock::now() + limits.time;
    auto ask_at = std::chrono::steady_clock::now() + asked_every;
    for (;;) {
        int status = 0;
        pid_t const ended = ::waitpid(child, &status, WNOHANG);
        if (ended == child && WIFEXITED(status)) return {ChildEnd::exited, WEXITSTATUS(status)};
        if (ended == child) return {ChildEnd::crashed, WTERMSIG(status)};
        if (ended < 0 && errno != EINTR) throw std::runtime_error("a program that was started cannot be waited for");
        auto const now = std::chrono::steady_clock::now();
        if (now >= until) return {ChildEnd::late, 0};
        if (keep_going && now >= ask_at) {
            ask_at = now + asked_every;
            if (!keep_going()) return {ChildEnd::stopped, 0};
        }
        std::this_thread::sleep_for(pause);
    }
}

/// Ends the whole group when the scope does, whatever happened.
class Group {
public:
    explicit Group(pid_t leader) : leader_(leader) {}
    ~Group() {
        ::kill(-leader_, SIGKILL);
        ::kill(leader_, SIGKILL);
        while (::waitpid(leader_, nullptr, 0) < 0 && errno == EINTR) {}
    }
    Group(Group const&) = delete;
    Group& operator=(Group const&) = delete;

private:
    pid_t leader_;
};

}  // namespace

ChildAnswer run_child(std::vector<std::string> const& command, std::filesystem::path const& folder,
                      ChildLimits const& limits, std::function<bool()> const& keep_going) {
    Prepared const wish(command, folder, limits);
    pid_t const parent = ::getpid();
    pid_t const child = ::fork();
    if (child < 0) throw std::runtime_error("no program can be started now");
    if (child == 0) become(wish, parent);
    ::setpgid(child, child);  // as the child does: whoever is first
    Group const group(child);
    return wait_for(child, limits, keep_going);
}

std::optional<std::filesystem::path> find_program(std::string const& name) {
    char const* const given = std::getenv("PATH");  // NOLINT(concurrency-mt-unsafe): nobody writes it
    std::string const path = given != nullptr ? given : "/usr/local/bin:/usr/bin:/bin";
    for (std::size_t from = 0; from <= path.size();) {
        auto const to = std::min(path.find(':', from), path.size());
        auto const file = std::filesystem::path(path.substr(from, to - from)) / name;
        from = to + 1;
        std::error_code error;
        if (!file.is_absolute() || !std::filesystem::is_regular_file(file, error)) continue;
        if (::access(file.c_str(), X_OK) == 0) return std::filesystem::canonical(file);
    }
    return std::nullopt;
}

}  // namespace santong::files
