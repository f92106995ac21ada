#pragma once
// The register of lines as a spreadsheet: read cell by cell, every refusal with its place; written so that it can be
// read again. Knows no database.
#include <map>
#include <string>
#include <vector>

#include "modules/nodes/links.hpp"
#include "platform/text/table.hpp"

namespace santong::nodes {

/// The words by which a file may name a place, without blanks: school codes, names, short names. A name that two
/// schools have leads to none.
struct LinkWords {
    std::map<std::string, core::OrgId> places;
    std::map<std::string, int> ambiguous;
};

/// A cell that cannot be taken: where it stands, what it says, why (an i18n key; `<reason>_hint` says what to do).
struct RefusedLinkCell {
    std::string sheet;
    std::string cell;  ///< "B5"
    std::string value;
    std::string reason;
    std::map<std::string, std::string> params;
};
BOOST_DESCRIBE_STRUCT(RefusedLinkCell, (), (sheet, cell, value, reason, params))

struct LinksReading {
    std::vector<LinkEntry> entries;
    std::vector<RefusedLinkCell> refused;
};

/// Reads the first sheet that is not hidden. A column that the file does not have leaves the field as `known` has it;
/// an empty cell empties it. Refusals of the file itself are those of the reader, and "nodes.import.no_heading",
/// "nodes.link.too_many".
core::Result<LinksReading> read_links(text::TableReader& table, LinkWords const& words,
                                      std::map<core::OrgId, LinkEntry> const& known);

/// Columns and rows of a file, in "zh-CN" or "en".
std::vector<std::string> link_headings(std::string const& language);
std::vector<std::string> link_cells(LinkView const& view, std::string const& language);
/// Titles of all media in a language, for a list to choose from.
std::vector<std::string> medium_titles(std::string const& language);

}  // namespace santong::nodes
