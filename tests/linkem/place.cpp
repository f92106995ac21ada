#include "place.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <exception>
#include <fstream>
#include <utility>

namespace santong::linkem {

namespace {

void must(bool truth, char const* what) {
    if (!truth) throw NotAllowed{std::string(what) + ": " + std::strerror(errno)};
}

void write_setting(std::string const& name, char const* value) {
    std::ofstream file("/proc/sys/net/ipv4/conf/" + name);
    file << value;
}

/// Sets one address of a device by an ioctl of its kind.
void set_address(int control, char const* device, unsigned long kind, std::string const& address) {
    ifreq request{};
    std::strncpy(request.ifr_name, device, IFNAMSIZ - 1);
    sockaddr_in in{};
    in.sin_family = AF_INET;
    inet_pton(AF_INET, address.c_str(), &in.sin_addr);
    std::memcpy(&request.ifr_addr, &in, sizeof in);
    must(ioctl(control, kind, &request) == 0, device);
}

void bring_up(int control, char const* device) {
    ifreq request{};
    std::strncpy(request.ifr_name, device, IFNAMSIZ - 1);
    must(ioctl(control, SIOCGIFFLAGS, &request) == 0, device);
    request.ifr_flags = static_cast<short>(request.ifr_flags | IFF_UP);
    must(ioctl(control, SIOCSIFFLAGS, &request) == 0, device);
}

}  // namespace

Place::Place(Kind kind) : thread_([this, kind] { live(kind); }) {
    run([&] {
        path_ = "/proc/" + std::to_string(getpid()) + "/task/" + std::to_string(gettid()) + "/ns/net";
        if (kind == Kind::new_namespace) must(unshare(CLONE_NEWNET) == 0, "a network namespace");
    });
}

Place::~Place() {
    {
        std::lock_guard const lock(mutex_);
        ending_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void Place::run(std::function<void()> const& work) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !work_; });
    work_ = work;
    changed_.notify_all();
    changed_.wait(lock, [&] { return !work_; });
    if (failed_) std::rethrow_exception(std::exchange(failed_, nullptr));
}

void Place::live(Kind) {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [&] { return ending_ || work_; });
        if (ending_) return;
        try {
            work_();
        } catch (...) {
            failed_ = std::current_exception();
        }
        work_ = nullptr;
        changed_.notify_all();
    }
}

void take_rights() {
    if (geteuid() == 0) return;
    auto const uid = std::to_string(geteuid());
    auto const gid = std::to_string(getegid());
    must(unshare(CLONE_NEWUSER) == 0, "a user namespace");
    std::ofstream("/proc/self/setgroups") << "deny";
    std::ofstream("/proc/self/uid_map") << "0 " + uid + " 1";
    std::ofstream("/proc/self/gid_map") << "0 " + gid + " 1";
}

int open_tunnel(Place& place, std::string const& own, std::string const& other) {
    int tunnel = -1;
    place.run([&] {
        int const control = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        must(control >= 0, "a socket");
        // 127/8 is everybody's own in Linux: here only 127.0.0.1 is, so that both ends of the line count as this
        // machine.
        bring_up(control, "lo");
        set_address(control, "lo", SIOCSIFNETMASK, "255.255.255.255");
        tunnel = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
        must(tunnel >= 0, "/dev/net/tun");
        ifreq request{};
        request.ifr_flags = IFF_TUN | IFF_NO_PI;
        std::strncpy(request.ifr_name, "line", IFNAMSIZ - 1);
        must(ioctl(tunnel, TUNSETIFF, &request) == 0, "a TUN device");
        for (char const* name : {"all", "line"}) {
            write_setting(std::string(name) + "/route_localnet", "1");
            write_setting(std::string(name) + "/rp_filter", "0");
        }
        set_address(control, "line", SIOCSIFADDR, own);
        set_address(control, "line", SIOCSIFDSTADDR, other);
        set_address(control, "line", SIOCSIFNETMASK, "255.255.255.255");
        bring_up(control, "line");
        close(control);
    });
    return tunnel;
}

}  // namespace santong::linkem
