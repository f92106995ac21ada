#pragma once
// Small files that are whole after a crash.
#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>

namespace santong::helper {

/// Writes beside the file and puts it in its place; throws std::filesystem::filesystem_error or std::runtime_error if
/// the disk does not take it.
void replace_file(std::filesystem::path const& file, std::string_view text);
/// Appends and waits until it is on disk; throws like `replace_file`.
void append_to_file(std::filesystem::path const& file, std::string_view text);
/// Empty if there is none.
std::string read_file(std::filesystem::path const& file);

}  // namespace santong::helper
