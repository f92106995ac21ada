// Any bytes as the sheet, the shared texts or the styles of a workbook, or as a whole file of any format.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>

#include "platform/text/table.hpp"
#include "platform/text/utf8.hpp"
#include "platform/text/zip.hpp"

using namespace santong;

namespace {

std::filesystem::path const path = "/tmp/santong-fuzz-" + std::to_string(getpid()) + ".xlsx";

void write_workbook(std::string_view bytes, int kind) {
    text::ZipWriter zip(path);
    zip.add("xl/workbook.xml", "<w><sheets><sheet name=\"s\" id=\"r\"/></sheets></w>");
    zip.add("xl/_rels/workbook.xml.rels", "<R><Relationship Id=\"r\" Target=\"worksheets/s.xml\"/></R>");
    zip.add("xl/styles.xml", kind == 2 ? bytes : "<s><cellXfs><xf numFmtId=\"14\"/></cellXfs></s>");
    zip.add("xl/sharedStrings.xml", kind == 1 ? bytes : "<sst><si><t>a</t></si></sst>");
    zip.add("xl/worksheets/s.xml",
            kind == 0 ? bytes : "<w><row><c t=\"s\"><v>0</v></c><c s=\"0\"><v>4e4</v></c></row></w>");
    zip.finish();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    if (size == 0) return 0;
    std::string_view rest(reinterpret_cast<char const*>(bytes) + 1, size - 1);
    int kind = bytes[0] % 4;
    if (kind == 3)
        std::ofstream(path, std::ios::binary) << rest;
    else
        write_workbook(rest, kind);
    auto reader = text::open_table(path);
    if (!reader || (*reader)->format() == text::FileFormat::xls) return 0;
    text::TableRow row;
    while (true) {
        auto more = (*reader)->next(row);
        if (!more || !*more) return 0;
        for (auto const& cell : row.cells) {
            if (!text::is_valid_utf8(cell.text)) std::abort();
        }
    }
}
