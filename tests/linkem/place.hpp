// Network namespaces of our own, each with one thread that lives in it.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace santong::linkem {

/// Namespaces or /dev/net/tun are not allowed here.
struct NotAllowed {
    std::string why;
};

/// A network namespace; whatever runs in `run` sees its addresses. Nothing is left of it when the program ends.
class Place {
public:
    enum class Kind { here, new_namespace };
    explicit Place(Kind kind);
    ~Place();
    Place(Place const&) = delete;
    Place& operator=(Place const&) = delete;

    /// Runs to its end in the namespace; what it throws is thrown here.
    void run(std::function<void()> const& work);
    /// For nsenter --net=…, while this program lives.
    std::string const& path() const { return path_; }

private:
    void live(Kind kind);

    std::mutex mutex_;
    std::condition_variable changed_;
    std::function<void()> work_;
    std::exception_ptr failed_;
    bool ending_ = false;
    std::string path_;
    std::thread thread_;
};

/// For one who is not root: takes the rights of a user namespace. Before any thread is made.
void take_rights();

/// Makes the TUN device of a place: `own` talks to `other`. Answers its descriptor, which does not block.
int open_tunnel(Place& place, std::string const& own, std::string const& other);

}  // namespace santong::linkem
