// Any bytes as CSV, and every cell through the writer and back.
#include <cstdint>
#include <cstdlib>

#include "platform/text/csv.hpp"
#include "platform/text/search.hpp"
#include "platform/text/utf8.hpp"

using namespace santong;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    text::CsvReader reader(text::Utf8Source::of_bytes(std::string(reinterpret_cast<char const*>(bytes), size)));
    text::CsvRow row;
    while (true) {
        auto more = reader.next(row);
        if (!more || !*more) return 0;
        std::string file;
        text::CsvWriter([&file](std::string_view piece) { file += piece; }, text::ByteOrderMark::none,
                        text::Formulas::keep)
            .row(row.cells);
        text::CsvReader again(text::Utf8Source::of_bytes("\xEF\xBB\xBF" + file), ',');
        text::CsvRow read;
        auto same = again.next(read);
        if (!same || !*same || read.cells != row.cells) std::abort();
        for (auto const& cell : row.cells) {
            if (!text::is_valid_utf8(cell) || !text::is_valid_utf8(text::clean(cell))) std::abort();
            if (text::without_neutralising(text::neutralised(cell)) != text::without_neutralising(cell)) std::abort();
            text::index_text(cell);
            text::fts_match_sqlite(cell);
        }
    }
}
