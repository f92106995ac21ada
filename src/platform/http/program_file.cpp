#include "platform/http/program_file.hpp"

#include <fcntl.h>
#include <link.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace santong::http {

ProgramFile::ProgramFile() : descriptor_(::open("/proc/self/exe", O_RDONLY | O_CLOEXEC)) {
    if (descriptor_ < 0) return;
    // The first object that is told is the program itself.
    auto const visit = [](dl_phdr_info* object, std::size_t, void* to) {
        auto& parts = *static_cast<std::vector<Part>*>(to);
        for (int i = 0; i < object->dlpi_phnum; ++i) {
            auto const& header = object->dlpi_phdr[i];
            if (header.p_type != PT_LOAD || (header.p_flags & PF_W) != 0) continue;
            // NOLINTNEXTLINE(performance-no-int-to-ptr): the loader tells addresses as numbers
            auto const* memory = reinterpret_cast<char const*>(object->dlpi_addr + header.p_vaddr);
            parts.push_back({memory, header.p_filesz, static_cast<off_t>(header.p_offset)});
        }
        return 1;
    };
    ::dl_iterate_phdr(visit, &parts_);
    std::erase_if(parts_, [&](Part const& part) { return !same_as_file(part); });
}

ProgramFile::~ProgramFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

bool ProgramFile::same_as_file(Part const& part) const {
    std::array<char, 64> begin{};
    auto const size = std::min(begin.size(), part.size);
    return ::pread(descriptor_, begin.data(), size, part.place) == static_cast<ssize_t>(size) &&
           std::memcmp(begin.data(), part.memory, size) == 0;
}

std::optional<off_t> ProgramFile::place_of(std::string_view bytes) const {
    for (auto const& part : parts_) {
        bool const inside = bytes.data() >= part.memory && bytes.data() + bytes.size() <= part.memory + part.size;
        if (inside) return part.place + (bytes.data() - part.memory);
    }
    return std::nullopt;
}

}  // namespace santong::http
