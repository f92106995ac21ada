#pragma once
// The running program as a file: what is embedded in it can be sent from there without a copy.
#include <sys/types.h>

#include <optional>
#include <string_view>
#include <vector>

namespace santong::http {

class ProgramFile {
public:
    ProgramFile();
    ~ProgramFile();
    ProgramFile(ProgramFile const&) = delete;
    ProgramFile& operator=(ProgramFile const&) = delete;

    int descriptor() const { return descriptor_; }
    /// Where `bytes` begin in the file; nothing if they do not lie in it as they do in memory.
    std::optional<off_t> place_of(std::string_view bytes) const;

private:
    /// A part of the file that is mapped and never written.
    struct Part {
        char const* memory;
        std::size_t size;
        off_t place;
    };
    bool same_as_file(Part const& part) const;

    int descriptor_;
    std::vector<Part> parts_;
};

}  // namespace santong::http
