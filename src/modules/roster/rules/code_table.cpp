#include "modules/roster/rules/code_table.hpp"

#include <algorithm>
#include <stdexcept>

#include "platform/text/csv.hpp"
#include "platform/text/utf8.hpp"

namespace santong::roster::rules {

CodeTable CodeTable::parse(std::string_view csv) {
    CodeTable table;
    text::CsvReader reader(text::Utf8Source::of_bytes(std::string(csv)), ',');
    text::CsvRow row;
    while (true) {
        auto more = reader.next(row);
        if (!more) throw std::runtime_error("a code table is no CSV: " + more.error().key);
        if (!*more) break;
        if (row.cells.size() < 2) throw std::runtime_error("a code table has a row without a name");
        row.cells.resize(std::max<std::size_t>(row.cells.size(), 3));  // the note may be missing
        if (row.record == 1) continue;
        table.by_code_.emplace(row.cells[0], table.entries_.size());
        table.by_name_.emplace(text::search_form(row.cells[1]), table.entries_.size());
        table.entries_.push_back({row.cells[0], row.cells[1], row.cells[2]});
    }
    return table;
}

std::string_view CodeTable::name_of(std::string_view code) const {
    auto found = by_code_.find(code);
    return found == by_code_.end() ? std::string_view{} : entries_[found->second].name;
}

core::Result<std::string> CodeTable::read(std::string_view cell) const {
    auto wanted = text::clean(cell);
    auto code = by_code_.find(wanted.substr(0, wanted.find('-')));
    if (code == by_code_.end()) code = by_code_.find("0" + wanted);  // a spreadsheet took the zero
    if (code != by_code_.end()) return code->first;
    auto folded = text::search_form(wanted);
    auto name = by_name_.find(folded);
    if (name == by_name_.end()) name = by_name_.find(folded + "族");
    if (name != by_name_.end()) return entries_[name->second].code;
    return core::invalid("roster.code_unknown", {{"value", std::string(text::truncate_characters(wanted, 40))}});
}

}  // namespace santong::roster::rules
