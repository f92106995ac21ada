#include "platform/http/workbook.hpp"

#include <fstream>
#include <iterator>

#include "core/id.hpp"

namespace santong::http {

WorkbookFile::WorkbookFile()
    : path_(std::filesystem::temp_directory_path() / ("santong-" + core::Uuid::make().text() + ".xlsx")) {}

WorkbookFile::~WorkbookFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
}

Response WorkbookFile::answer(std::string disposition) const {
    Response response;
    response.content_type = workbook_type;
    std::ifstream in(path_, std::ios::binary);
    response.body.assign(std::istreambuf_iterator<char>(in), {});
    return std::move(response).with("Content-Disposition", std::move(disposition));
}

}  // namespace santong::http
