#pragma once
// Files that hold a secret: for their owner only, written whole or not at all.
#include <filesystem>
#include <string>
#include <string_view>

namespace santong::auth {

/// Writes a file with mode 0600, durably; one that is there is replaced. Throws std::runtime_error.
void write_private_file(std::filesystem::path const& path, std::string_view bytes);
/// Reads one. Throws std::runtime_error if it is missing, or readable for others.
std::string read_private_file(std::filesystem::path const& path);

}  // namespace santong::auth
