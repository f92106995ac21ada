// The window in front on Windows.
#include <windows.h>

#include <memory>

#include "helper/front.hpp"

namespace santong::helper {

namespace {

std::string narrow(std::wstring_view text) {
    int const length = static_cast<int>(text.size());
    int const size = WideCharToMultiByte(CP_UTF8, 0, text.data(), length, nullptr, 0, nullptr, nullptr);
    std::string out(static_cast<std::size_t>(size), '\0');
    WideCharToMultiByte(CP_UTF8, 0, text.data(), length, out.data(), size, nullptr, nullptr);
    return out;
}

struct Closes {
    void operator()(HANDLE handle) const { CloseHandle(handle); }
};
using Handle = std::unique_ptr<void, Closes>;

}  // namespace

Front front_window() {
    HWND const window = GetForegroundWindow();
    if (window == nullptr) return {};
    DWORD process = 0;
    GetWindowThreadProcessId(window, &process);
    Front front;
    if (Handle const opened{OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, process)}) {
        wchar_t name[1024];
        DWORD size = 1024;
        if (QueryFullProcessImageNameW(opened.get(), 0, name, &size)) front.process = narrow({name, size});
    }
    if (front.process.empty()) front.process = "unknown";
    wchar_t title[512];
    int const length = GetWindowTextW(window, title, 512);
    front.title = narrow({title, static_cast<std::size_t>(length)});
    return front;
}

}  // namespace santong::helper
