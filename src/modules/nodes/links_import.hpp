#pragma once
// The register of lines from and to spreadsheets.
#include "modules/nodes/links_sheet.hpp"
#include "platform/files/service.hpp"

namespace santong::nodes {

/// A file of the caller's; `write` takes it over if nothing of it is refused.
struct LinkImportRequest {
    core::FileId file_id;
    std::optional<bool> write;
};
BOOST_DESCRIBE_STRUCT(LinkImportRequest, (), (file_id, write))

struct LinkImportAnswer {
    std::int32_t rows = 0;     ///< that could be read
    std::int32_t changed = 0;  ///< of these: other ones than before; written ones, if asked for
    bool written = false;
    std::vector<RefusedLinkCell> refused;
    std::vector<std::string> schools;  ///< names of the changed ones, at most fifty
};
BOOST_DESCRIBE_STRUCT(LinkImportAnswer, (), (rows, changed, written, refused, schools))
/// Refuses what `set_links` refuses, and what the table reader refuses.
core::Result<LinkImportAnswer> import_links(Site const& site, auth::Caller const& caller, files::Files const& files,
                                            LinkImportRequest const& request);

/// The register of the caller's scope as a workbook that can be read again. Audited.
core::Result<void> write_links_workbook(Site const& site, auth::Caller const& caller, std::string const& path,
                                        std::string const& language);
/// The same as CSV.
core::Result<std::string> links_csv(Site const& site, auth::Caller const& caller, std::string const& language);

}  // namespace santong::nodes
