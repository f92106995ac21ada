#pragma once
// The seam to the system: one file for Linux (machine_linux.cpp), one for Windows (machine_windows.cpp).
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

namespace santong::helper::machine {

/// Opens a file with the program that the system has for it. False if there is none.
bool open_with_system(std::filesystem::path const& file);
/// Small letters, hexadecimal; empty if the file cannot be read.
std::string sha256_of(std::filesystem::path const& file);

/// Where this user's state lies, made if it is missing.
std::filesystem::path state_folder();
/// A folder or file for this user alone.
void make_private(std::filesystem::path const& place);
/// A file by a name that may hold any character; nullptr if it cannot be opened.
std::FILE* open_file(std::filesystem::path const& file, char const* mode);
/// Waits until it is on disk.
bool flush(std::FILE* file);
/// Holds a lock until this program ends; false if another one has it.
bool only_one(std::filesystem::path const& lock_file);

/// Where this program lies.
std::filesystem::path own_program();
/// Copies it to where it stays and starts it with this user's session; gives that place.
std::filesystem::path set_up_autostart(std::vector<std::string> const& arguments);
void remove_autostart();

/// "Windows 7 (6.1)", "Linux".
std::string system_name();
/// What this computer is called.
std::string computer_name();
/// "zh" or "en".
std::string language();
/// Arguments as UTF-8, and a console for what is said, where the system gives none by itself.
std::vector<std::string> arguments(int count, char** values);

}  // namespace santong::helper::machine
