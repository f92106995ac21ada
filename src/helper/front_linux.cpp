// The window in front on Linux: X11.
#include <X11/Xatom.h>
#include <X11/Xlib.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "helper/front.hpp"

namespace santong::helper {

namespace {

/// The property of a window as bytes; empty if it has none.
std::string property(Display* screen, Window window, char const* name, Atom type) {
    Atom actual = None;
    int format = 0;
    unsigned long count = 0;
    unsigned long left = 0;
    unsigned char* bytes = nullptr;
    auto const atom = XInternAtom(screen, name, True);
    if (atom == None) return {};
    int const outcome =
        XGetWindowProperty(screen, window, atom, 0, 1024, False, type, &actual, &format, &count, &left, &bytes);
    if (outcome != Success || bytes == nullptr) return {};
    std::size_t const width = format == 32 ? sizeof(long) : static_cast<std::size_t>(format / 8);
    std::string const value(reinterpret_cast<char*>(bytes), count * width);
    XFree(bytes);
    return value;
}

unsigned long number_in(std::string const& value) {
    unsigned long number = 0;
    if (value.size() >= sizeof number) value.copy(reinterpret_cast<char*>(&number), sizeof number);
    return number;
}

/// A window may go away between two questions: that is no reason to end.
int forgive(Display*, XErrorEvent*) {
    return 0;
}

Display* screen() {
    static Display* open = nullptr;
    if (open == nullptr) {
        XSetErrorHandler(&forgive);
        open = XOpenDisplay(nullptr);
    }
    return open;
}

/// On desktops that tell nobody what is in front (Wayland), a command may: the program's name, then the title.
Front told_by_command(char const* command) {
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> out(popen(command, "r"), &pclose);
    if (!out) return {};
    char line[512] = {};
    Front front;
    if (std::fgets(line, sizeof line, out.get()) != nullptr) front.process = line;
    if (std::fgets(line, sizeof line, out.get()) != nullptr) front.title = line;
    while (!front.process.empty() && front.process.back() == '\n') front.process.pop_back();
    return front;
}

}  // namespace

Front front_window() {
    if (char const* const command = std::getenv("SANTONG_HELPER_FRONT")) return told_by_command(command);
    Display* const open = screen();
    if (open == nullptr) return {};
    Window const window = number_in(property(open, DefaultRootWindow(open), "_NET_ACTIVE_WINDOW", XA_WINDOW));
    if (window == None) return {};
    auto const process = number_in(property(open, window, "_NET_WM_PID", XA_CARDINAL));
    Front front;
    if (process != 0) {
        std::error_code gone;
        auto const program = std::filesystem::read_symlink("/proc/" + std::to_string(process) + "/exe", gone);
        front.process = program.filename().string();
    }
    if (front.process.empty()) front.process = property(open, window, "WM_CLASS", XA_STRING).c_str();
    front.title = property(open, window, "_NET_WM_NAME", AnyPropertyType);
    return front;
}

}  // namespace santong::helper
