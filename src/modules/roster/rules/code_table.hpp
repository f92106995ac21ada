#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace santong::roster::rules {

struct CodeEntry {
    std::string code;
    std::string name;
    std::string note;
};

/// A table of codes/: a field stores the code and shows the name.
class CodeTable {
public:
    /// Reads CSV with the columns code, name, note. A table that is no such CSV is a broken build: throws.
    static CodeTable parse(std::string_view csv);

    std::vector<CodeEntry> const& entries() const { return entries_; }
    /// The name of a code; empty if there is no such code.
    std::string_view name_of(std::string_view code) const;
    /// What an imported cell means: a code, a name, or "01-汉族". Refuses with "roster.code_unknown" {value}.
    core::Result<std::string> read(std::string_view cell) const;

private:
    std::vector<CodeEntry> entries_;
    std::map<std::string, std::size_t, std::less<>> by_code_;
    std::map<std::string, std::size_t, std::less<>> by_name_;
};

}  // namespace santong::roster::rules
