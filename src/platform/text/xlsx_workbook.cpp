#include "platform/text/xlsx_workbook.hpp"

#include <charconv>
#include <map>

#include "platform/text/utf8.hpp"
#include "platform/text/xml_stream.hpp"

namespace santong::text {

namespace {

constexpr std::size_t block_size = 256 * 1024;
constexpr std::size_t most_styles = 65'536;
constexpr std::size_t most_sheets = 1'024;

int number_of(std::string_view text, int otherwise) {
    int value = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

/// xl/workbook.xml: names of the sheets, and from which year days are counted.
class WorkbookPart final : public XmlListener {
public:
    explicit WorkbookPart(XlsxWorkbook& book) : book_(book) {}
    core::Result<void> begin(std::string_view name, XmlAttributes const& attributes) override {
        if (name == "workbookPr" && (attributes["date1904"] == "1" || attributes["date1904"] == "true")) {
            book_.dates = DateSystem::from_1904;
        }
        if (name != "sheet") return {};
        if (book_.sheets.size() == most_sheets) return core::too_large("text.table_too_large");
        Sheet sheet{std::string(truncate_characters(attributes["name"], 255)),
                    !attributes["state"].empty() && attributes["state"] != "visible"};
        book_.sheets.push_back({std::move(sheet), std::string(attributes["id"])});
        return {};
    }
    core::Result<void> end(std::string_view) override { return {}; }
    core::Result<void> text(std::string_view) override { return {}; }

private:
    XlsxWorkbook& book_;
};

/// xl/_rels/workbook.xml.rels: which part each sheet is.
class RelationsPart final : public XmlListener {
public:
    std::map<std::string, std::string> targets;
    core::Result<void> begin(std::string_view name, XmlAttributes const& attributes) override {
        if (name != "Relationship" || targets.size() > most_sheets * 8) return {};
        auto target = lower_ascii(attributes["Target"]);
        targets[std::string(attributes["Id"])] = target.starts_with('/') ? target.substr(1) : "xl/" + target;
        return {};
    }
    core::Result<void> end(std::string_view) override { return {}; }
    core::Result<void> text(std::string_view) override { return {}; }
};

/// xl/styles.xml: which styles show a number as a date.
class StylesPart final : public XmlListener {
public:
    explicit StylesPart(std::vector<NumberStyle>& styles) : styles_(styles) {}
    core::Result<void> begin(std::string_view name, XmlAttributes const& attributes) override {
        if (name == "cellXfs") inside_ = true;
        if (name == "numFmt" && formats_.size() < most_styles) {
            formats_[number_of(attributes["numFmtId"], -1)] = style_of_format(attributes["formatCode"]);
        }
        if (name == "xf" && inside_ && styles_.size() < most_styles) {
            int format = number_of(attributes["numFmtId"], 0);
            auto own = formats_.find(format);
            styles_.push_back(own != formats_.end() ? own->second : style_of_builtin(format));
        }
        return {};
    }
    core::Result<void> end(std::string_view name) override {
        if (name == "cellXfs") inside_ = false;
        return {};
    }
    core::Result<void> text(std::string_view) override { return {}; }

private:
    std::vector<NumberStyle>& styles_;
    std::map<int, NumberStyle> formats_;
    bool inside_ = false;
};

/// xl/sharedStrings.xml.
class TextsPart final : public XmlListener {
public:
    TextsPart(SharedTexts& texts, TableLimits const& limits) : texts_(texts), limits_(limits) {}
    core::Result<void> begin(std::string_view name, XmlAttributes const&) override {
        if (name == "si") current_.clear();
        if (name == "rPh") phonetic_ = true;
        if (name == "t") inside_ = true;
        return {};
    }
    core::Result<void> end(std::string_view name) override {
        if (name == "rPh") phonetic_ = false;
        if (name == "t") inside_ = false;
        if (name == "si" && !texts_.append(current_, limits_)) return core::too_large("text.table_too_large");
        return {};
    }
    core::Result<void> text(std::string_view piece) override {
        if (!inside_ || phonetic_) return {};
        if (current_.size() + piece.size() > limits_.cell_bytes) return core::too_large("text.table_too_large");
        current_ += piece;
        return {};
    }

private:
    SharedTexts& texts_;
    TableLimits const& limits_;
    std::string current_;
    bool inside_ = false;
    bool phonetic_ = false;
};

core::Result<void> read_part(ZipReader& zip, XmlListener& listener) {
    XmlStream stream(listener);
    auto take = [&stream](std::string_view piece) -> core::Result<bool> {
        TRY_VOID(stream.feed(piece, XmlStream::Piece::more_follows));
        return true;
    };
    TRY_VOID(zip.read(take));
    return stream.feed({}, XmlStream::Piece::last);
}

}  // namespace

bool SharedTexts::append(std::string_view text, TableLimits const& limits) {
    bytes_ += text.size() + sizeof(std::uint32_t);
    if (bytes_ > limits.text_bytes || places_.size() == limits.texts) return false;
    auto length = static_cast<std::uint32_t>(text.size());
    std::size_t needed = sizeof length + text.size();
    if (blocks_.empty() || blocks_.back().size() + needed > blocks_.back().capacity()) {
        blocks_.emplace_back().reserve(std::max(block_size, needed));
    }
    auto& block = blocks_.back();
    places_.push_back({static_cast<std::uint32_t>(blocks_.size() - 1), static_cast<std::uint32_t>(block.size())});
    block.append(reinterpret_cast<char const*>(&length), sizeof length);
    block.append(text);
    return true;
}

std::string_view SharedTexts::operator[](std::size_t index) const {
    auto place = places_[index];
    std::string_view block = blocks_[place.block];
    std::uint32_t length = 0;
    block.copy(reinterpret_cast<char*>(&length), sizeof length, place.at);
    return block.substr(place.at + sizeof length, length);
}

ZipLimits zip_limits(TableLimits const& limits) {
    return {limits.unpacked_bytes, limits.unpacked_bytes, limits.archive_entries, limits.unpacked_ratio};
}

std::string lower_ascii(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
        if (c == '\\') c = '/';
    }
    return out;
}

core::Result<XlsxWorkbook> read_xlsx_workbook(std::filesystem::path const& path, TableLimits const& limits) {
    auto zip = TRY(ZipReader::open(path, zip_limits(limits)));
    XlsxWorkbook book;
    WorkbookPart workbook(book);
    RelationsPart relations;
    StylesPart styles(book.styles);
    TextsPart texts(book.texts, limits);
    while (auto entry = TRY(zip.next())) {
        auto name = lower_ascii(entry->path);
        if (name == "xl/workbook.xml")
            TRY_VOID(read_part(zip, workbook));
        else if (name == "xl/_rels/workbook.xml.rels")
            TRY_VOID(read_part(zip, relations));
        else if (name == "xl/styles.xml")
            TRY_VOID(read_part(zip, styles));
        else if (name == "xl/sharedstrings.xml")
            TRY_VOID(read_part(zip, texts));
    }
    std::erase_if(book.sheets, [&relations](XlsxSheetPart& part) {
        auto target = relations.targets.find(part.path);
        if (target != relations.targets.end()) part.path = target->second;
        return target == relations.targets.end() || target->second.find("/chartsheets/") != std::string::npos;
    });
    if (book.sheets.empty()) return core::invalid("text.table_broken");
    return book;
}

}  // namespace santong::text
