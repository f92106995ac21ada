#include "helper/kept_file.hpp"

#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>

#include "helper/machine.hpp"

namespace santong::helper {

namespace {

void write_out(std::filesystem::path const& file, std::string_view text, char const* mode) {
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> out(machine::open_file(file, mode), &std::fclose);
    if (!out) throw std::runtime_error("cannot write " + file.string());
    if (std::fwrite(text.data(), 1, text.size(), out.get()) != text.size() || !machine::flush(out.get())) {
        throw std::runtime_error("cannot write " + file.string());
    }
}

}  // namespace

void replace_file(std::filesystem::path const& file, std::string_view text) {
    auto beside = file;
    beside += ".new";
    write_out(beside, text, "wb");
    std::filesystem::rename(beside, file);
}

void append_to_file(std::filesystem::path const& file, std::string_view text) {
    write_out(file, text, "ab");
}

std::string read_file(std::filesystem::path const& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace santong::helper
