#pragma once
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

#include "platform/text/table.hpp"

namespace santong::text::test {

/// A folder of its own for one test; gone with it.
class Scratch {
public:
    Scratch() {
        auto pattern = (std::filesystem::temp_directory_path() / "santong-text-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder for a test");
        folder_ = pattern;
    }
    ~Scratch() { std::filesystem::remove_all(folder_); }
    Scratch(Scratch const&) = delete;
    Scratch& operator=(Scratch const&) = delete;

    std::filesystem::path path(std::string_view name) const { return folder_ / name; }
    std::filesystem::path write(std::string_view name, std::string_view bytes) const {
        std::ofstream(path(name), std::ios::binary) << bytes;
        return path(name);
    }

private:
    std::filesystem::path folder_;
};

/// A file of the repository, wherever the test program was started.
inline std::filesystem::path repository_file(std::string_view relative) {
    for (auto const& start :
         {std::filesystem::current_path(), std::filesystem::read_symlink("/proc/self/exe").parent_path()}) {
        for (auto folder = start; folder != folder.root_path(); folder = folder.parent_path()) {
            if (std::filesystem::exists(folder / relative)) return folder / relative;
        }
    }
    throw std::runtime_error("not found in the repository: " + std::string(relative));
}

/// Every row of the selected sheet as "number: a|b|c"; a refusal ends it as "! key".
inline std::string rows_of(TableReader& reader) {
    std::string out;
    TableRow row;
    while (true) {
        auto more = reader.next(row);
        if (!more) return out + "! " + more.error().key;
        if (!*more) return out;
        out += std::to_string(row.number) + ':';
        for (std::size_t i = 0; i < row.cells.size(); ++i) out += (i == 0 ? " " : "|") + row.cells[i].text;
        out += '\n';
    }
}

/// As above for a file; "! key" if it is refused as a whole.
inline std::string rows_of_file(std::filesystem::path const& path, TableLimits limits = {}) {
    auto reader = open_table(path, limits);
    return reader ? rows_of(**reader) : "! " + reader.error().key;
}

}  // namespace santong::text::test
