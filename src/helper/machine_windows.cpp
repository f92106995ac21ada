// The system's side on Windows 7 and later: nothing is called that Windows 7 does not have.
#include "helper/machine.hpp"

#include <windows.h>
// clang-format off: these want windows.h before them
#include <bcrypt.h>
#include <io.h>
#include <shellapi.h>
#include <shlobj.h>
// clang-format on

#include <cstdio>
#include <memory>

namespace santong::helper::machine {

namespace fs = std::filesystem;

namespace {

constexpr wchar_t const* run_key = L"Software\\Microsoft\\Windows\\CurrentVersion\\Run";
constexpr wchar_t const* run_name = L"SantongHelper";

std::string narrow(std::wstring_view text) {
    int const length = static_cast<int>(text.size());
    int const size = WideCharToMultiByte(CP_UTF8, 0, text.data(), length, nullptr, 0, nullptr, nullptr);
    std::string out(static_cast<std::size_t>(size), '\0');
    WideCharToMultiByte(CP_UTF8, 0, text.data(), length, out.data(), size, nullptr, nullptr);
    return out;
}

std::wstring wide(std::string const& text) {
    return fs::path(std::u8string(text.begin(), text.end())).wstring();
}

fs::path own_folder() {
    wchar_t* found = nullptr;
    fs::path folder;
    if (SHGetKnownFolderPath(FOLDERID_LocalAppData, 0, nullptr, &found) == S_OK) folder = found;
    CoTaskMemFree(found);
    return folder / L"Santong";
}

std::wstring quoted(std::wstring const& text) {
    return L'"' + text + L'"';
}

}  // namespace

bool open_with_system(fs::path const& file) {
    CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED | COINIT_DISABLE_OLE1DDE);
    auto const answer = ShellExecuteW(nullptr, L"open", file.c_str(), nullptr, nullptr, SW_SHOWMAXIMIZED);
    return reinterpret_cast<INT_PTR>(answer) > 32;
}

std::string sha256_of(fs::path const& file) {
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> const in(open_file(file, "rb"), &std::fclose);
    BCRYPT_ALG_HANDLE algorithm = nullptr;
    if (!in || BCryptOpenAlgorithmProvider(&algorithm, BCRYPT_SHA256_ALGORITHM, nullptr, 0) != 0) return {};
    DWORD state_size = 0;
    DWORD written = 0;
    BCryptGetProperty(algorithm, BCRYPT_OBJECT_LENGTH, reinterpret_cast<PUCHAR>(&state_size), sizeof state_size,
                      &written, 0);
    std::vector<unsigned char> state(state_size);
    BCRYPT_HASH_HANDLE sum = nullptr;
    std::string text;
    if (BCryptCreateHash(algorithm, &sum, state.data(), state_size, nullptr, 0, 0) == 0) {
        std::vector<unsigned char> part(256 * 1024);
        std::size_t count = 0;
        while ((count = std::fread(part.data(), 1, part.size(), in.get())) > 0) {
            BCryptHashData(sum, part.data(), static_cast<ULONG>(count), 0);
        }
        unsigned char digest[32];
        if (BCryptFinishHash(sum, digest, sizeof digest, 0) == 0) {
            for (unsigned char byte : digest) {
                text += "0123456789abcdef"[byte >> 4U];
                text += "0123456789abcdef"[byte & 15U];
            }
        }
        BCryptDestroyHash(sum);
    }
    BCryptCloseAlgorithmProvider(algorithm, 0);
    return text;
}

fs::path state_folder() {
    return own_folder() / L"helper";
}

void make_private(fs::path const&) {
    // %LOCALAPPDATA% is this user's alone; what lies in it inherits that.
}

std::FILE* open_file(fs::path const& file, char const* mode) {
    return _wfopen(file.c_str(), std::wstring(mode, mode + std::char_traits<char>::length(mode)).c_str());
}

bool flush(std::FILE* file) {
    return std::fflush(file) == 0 && _commit(_fileno(file)) == 0;
}

bool only_one(fs::path const& lock_file) {
    // Shared with nobody until this program ends.
    return CreateFileW(lock_file.c_str(), GENERIC_READ | GENERIC_WRITE, 0, nullptr, OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL,
                       nullptr) != INVALID_HANDLE_VALUE;
}

fs::path own_program() {
    wchar_t name[1024];
    return std::wstring(name, GetModuleFileNameW(nullptr, name, 1024));
}

fs::path set_up_autostart(std::vector<std::string> const& arguments) {
    auto const place = own_folder() / L"santong-helper.exe";
    fs::create_directories(place.parent_path());
    std::error_code other;
    if (!fs::equivalent(own_program(), place, other)) {
        fs::copy_file(own_program(), place, fs::copy_options::overwrite_existing);
    }
    std::wstring command = quoted(place.wstring());
    for (auto const& one : arguments) command += L' ' + quoted(wide(one));
    auto const size = static_cast<DWORD>((command.size() + 1) * sizeof(wchar_t));
    RegSetKeyValueW(HKEY_CURRENT_USER, run_key, run_name, REG_SZ, command.c_str(), size);
    return place;
}

void remove_autostart() {
    RegDeleteKeyValueW(HKEY_CURRENT_USER, run_key, run_name);
}

std::string system_name() {
    // GetVersionEx tells the truth up to Windows 8; later ones are all served alike.
    OSVERSIONINFOW version{};
    version.dwOSVersionInfoSize = sizeof version;
    GetVersionExW(&version);
    return "Windows " + std::to_string(version.dwMajorVersion) + '.' + std::to_string(version.dwMinorVersion);
}

std::string computer_name() {
    wchar_t name[256];
    DWORD size = 256;
    return GetComputerNameExW(ComputerNameDnsHostname, name, &size) ? narrow({name, size}) : "Windows";
}

std::string language() {
    return PRIMARYLANGID(GetUserDefaultUILanguage()) == LANG_CHINESE ? "zh" : "en";
}

std::vector<std::string> arguments(int, char**) {
    // A program without a window of its own borrows the console that it was called from.
    if (AttachConsole(ATTACH_PARENT_PROCESS)) {
        SetConsoleOutputCP(CP_UTF8);
        if (GetFileType(GetStdHandle(STD_OUTPUT_HANDLE)) != FILE_TYPE_DISK) std::freopen("CONOUT$", "w", stdout);
        std::freopen("CONOUT$", "w", stderr);
    }
    int count = 0;
    std::unique_ptr<LPWSTR, HLOCAL (*)(HLOCAL)> const words(CommandLineToArgvW(GetCommandLineW(), &count),
                                                            [](HLOCAL what) { return LocalFree(what); });
    std::vector<std::string> found;
    for (int i = 1; i < count; ++i) found.push_back(narrow(words.get()[i]));
    return found;
}

}  // namespace santong::helper::machine
