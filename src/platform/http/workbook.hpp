#pragma once
// Spreadsheets as answers: a handler writes one to a file of its own, which is gone when the answer is made.
#include <filesystem>

#include "platform/http/router.hpp"

namespace santong::http {

inline constexpr char workbook_type[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A path for one workbook of one request; what stands there is removed with this.
class WorkbookFile {
public:
    WorkbookFile();
    ~WorkbookFile();
    WorkbookFile(WorkbookFile const&) = delete;
    WorkbookFile& operator=(WorkbookFile const&) = delete;

    std::filesystem::path const& path() const { return path_; }
    /// The written workbook as an answer; `disposition` is the whole value of Content-Disposition.
    Response answer(std::string disposition) const;

private:
    std::filesystem::path path_;
};

}  // namespace santong::http
