#include "standards/oneroster/bundle.hpp"

#include <algorithm>
#include <set>

#include "platform/text/csv.hpp"
#include "platform/text/encoding.hpp"
#include "platform/text/utf8.hpp"
#include "platform/text/zip.hpp"

namespace santong::oneroster {

namespace {

constexpr std::string_view manifest_name = "manifest.csv";
constexpr std::size_t most_rows = 5'000'000;

void whole_file(Bundle& bundle, std::string file, std::string key, core::ErrorParams params = {},
                std::int64_t row = 0) {
    bundle.findings.push_back({std::move(file), row, "", "", std::move(key), std::move(params), 0});
    bundle.readable = false;
}

/// The entries of the archive by file name. One folder around all of them is taken off.
std::map<std::string, std::string> unpack(std::filesystem::path const& zip, Bundle& bundle) {
    std::map<std::string, std::string> files;
    auto const name = zip.filename().string();
    auto refuse = [&](core::Error const& error) {
        whole_file(bundle, name, error.key, error.params);
        return std::map<std::string, std::string>();
    };
    auto reader = text::ZipReader::open(zip);
    if (!reader) return refuse(reader.error());
    for (;;) {
        auto entry = reader->next();
        if (!entry) return refuse(entry.error());
        if (!*entry) return files;
        auto const& path = (*entry)->path;
        if ((*entry)->folder || path.starts_with("__MACOSX/")) continue;
        auto const slash = path.rfind('/');
        auto const file = slash == std::string::npos ? path : path.substr(slash + 1);
        if (!file.ends_with(".csv")) continue;
        auto bytes = reader->read_all();
        if (!bytes) return refuse(bytes.error());
        if (!files.emplace(file, std::move(*bytes)).second) {
            whole_file(bundle, file, "oneroster.file_twice");
            return {};
        }
    }
}

/// Opens a file that must be UTF-8, with or without a mark.
std::optional<text::CsvReader> open_csv(std::string const& file, std::string bytes, Bundle& bundle) {
    auto const encoding = text::detect_encoding(bytes);
    if (encoding != text::Encoding::utf8 && encoding != text::Encoding::utf8_bom) {
        whole_file(bundle, file, "oneroster.not_utf8", {{"encoding", std::string(text::encoding_name(encoding))}}, 1);
        return std::nullopt;
    }
    if (bytes.find('\0') != std::string::npos) {
        whole_file(bundle, file, "oneroster.not_text", {}, 1);
        return std::nullopt;
    }
    return text::CsvReader(text::Utf8Source::of_bytes(std::move(bytes)), ',');
}

bool next_row(text::CsvReader& reader, text::CsvRow& row, std::string const& file, Bundle& bundle) {
    auto more = reader.next(row);
    if (more) return *more;
    whole_file(bundle, file, more.error().key, more.error().params, static_cast<std::int64_t>(row.record) + 1);
    return false;
}

void read_manifest(std::string bytes, Bundle& bundle) {
    std::string const file(manifest_name);
    auto reader = open_csv(file, std::move(bytes), bundle);
    if (!reader) return;
    text::CsvRow row;
    bool header = true;
    while (next_row(*reader, row, file, bundle)) {
        if (header && !row.cells.empty() && row.cells[0] == "propertyName") {
            header = false;
            continue;
        }
        header = false;
        row.cells.resize(std::max<std::size_t>(row.cells.size(), 2));
        bundle.manifest.emplace_back(row.cells[0], row.cells[1]);
        if (!row.cells[0].starts_with("file.")) continue;
        if (!core::enum_parse<Mode>(row.cells[1])) {
            bundle.findings.push_back(
                {file, static_cast<std::int64_t>(row.record), "value", row.cells[1], "oneroster.manifest_mode", {}, 0});
            bundle.readable = false;
        }
    }
}

void check_version(Bundle& bundle) {
    auto const version = bundle.property("oneroster.version");
    if (version.empty() || version.starts_with("1.2")) return;
    auto const at = std::ranges::find(bundle.manifest, "oneroster.version", &Properties::value_type::first);
    bundle.findings.push_back({std::string(manifest_name),
                               at - bundle.manifest.begin() + 2,
                               "value",
                               version,
                               "oneroster.version",
                               {{"version", version}},
                               0});
    bundle.readable = false;
}

void check_header(Table const& table, Bundle& bundle) {
    auto const& spec = spec_of(table.kind);
    std::set<std::string> seen;
    for (auto const& name : table.header) {
        if (!seen.insert(name).second && !name.empty()) {
            bundle.findings.push_back({spec.file_name(), 1, name, "", "oneroster.column_twice", {{"column", name}}, 0});
            bundle.readable = false;
        }
    }
    for (auto const& column : spec.columns) {
        if (!column.required || table.column(column.name) >= 0) continue;
        bundle.findings.push_back(
            {spec.file_name(), 1, column.name, "", "oneroster.column_missing", {{"column", column.name}}, 0});
        bundle.readable = false;
    }
}

void read_table(FileKind kind, Mode mode, std::string bytes, Bundle& bundle) {
    auto const file = spec_of(kind).file_name();
    auto reader = open_csv(file, std::move(bytes), bundle);
    if (!reader) return;
    Table table{kind, mode, {}, {}};
    text::CsvRow row;
    if (next_row(*reader, row, file, bundle)) {
        table.header = std::move(row.cells);
        for (auto& name : table.header) name = std::string(text::trim(name));
        check_header(table, bundle);
    } else if (bundle.readable) {
        whole_file(bundle, file, "oneroster.file_empty", {}, 1);
    }
    while (bundle.readable && next_row(*reader, row, file, bundle)) {
        auto const number = static_cast<std::int64_t>(row.record);
        if (row.cells.size() > table.header.size()) {
            bundle.findings.push_back(
                {file,
                 number,
                 "",
                 "",
                 "oneroster.too_many_cells",
                 {{"cells", std::to_string(row.cells.size())}, {"columns", std::to_string(table.header.size())}},
                 0});
        }
        bool const fits = row.cells.size() <= table.header.size();
        row.cells.resize(table.header.size());
        table.rows.push_back({number, std::move(row.cells), fits});
        if (table.rows.size() > most_rows) whole_file(bundle, file, "oneroster.too_many_rows");
    }
    bundle.tables.emplace(kind, std::move(table));
}

/// What the manifest says of a file, and what is there.
void read_tables(std::map<std::string, std::string>& files, Bundle& bundle) {
    for (auto const kind : files_in_order()) {
        auto const file = spec_of(kind).file_name();
        auto const told = core::enum_parse<Mode>(bundle.property("file." + std::string(core::enum_text(kind))));
        auto const found = files.find(file);
        auto const mode = told.value_or(Mode::absent);
        if (mode == Mode::absent) {
            if (found != files.end()) {
                bundle.findings.push_back({file, 0, "", "", "oneroster.file_not_announced", {}, 0});
            }
        } else if (found == files.end()) {
            whole_file(bundle, file, "oneroster.file_missing");
        } else {
            read_table(kind, mode, std::move(found->second), bundle);
        }
    }
}

}  // namespace

int Table::column(std::string_view name) const {
    auto const found = std::ranges::find(header, name);
    return found == header.end() ? -1 : static_cast<int>(found - header.begin());
}

std::string const& Table::cell(Row const& row, int column) {
    static std::string const nothing;
    return column < 0 || static_cast<std::size_t>(column) >= row.cells.size()
               ? nothing
               : row.cells[static_cast<std::size_t>(column)];
}

std::string Bundle::property(std::string_view name) const {
    auto const found = std::ranges::find(manifest, name, &Properties::value_type::first);
    return found == manifest.end() ? "" : found->second;
}

Table const* Bundle::table(FileKind kind) const {
    auto const found = tables.find(kind);
    return found == tables.end() ? nullptr : &found->second;
}

std::string Bundle::system() const {
    auto code = property("source.systemCode");
    return code.empty() ? property("source.systemName") : code;
}

Bundle read_bundle(std::filesystem::path const& zip) {
    Bundle bundle;
    auto files = unpack(zip, bundle);
    if (!bundle.readable) return bundle;
    auto const manifest = files.find(std::string(manifest_name));
    if (manifest == files.end()) {
        whole_file(bundle, std::string(manifest_name), "oneroster.manifest_missing");
        return bundle;
    }
    read_manifest(std::move(manifest->second), bundle);
    check_version(bundle);
    if (bundle.readable) read_tables(files, bundle);
    return bundle;
}

std::vector<std::string> list_of(std::string_view cell) {
    std::vector<std::string> parts;
    while (!cell.empty()) {
        auto const comma = cell.find(',');
        auto const part = text::trim(cell.substr(0, comma));
        if (!part.empty()) parts.emplace_back(part);
        if (comma == std::string_view::npos) break;
        cell.remove_prefix(comma + 1);
    }
    return parts;
}

std::string masked(std::string_view value) {
    auto const length = text::count_characters(value);
    if (length == 0) return "";
    if (length < 8) return std::string(text::truncate_characters(value, 1)) + "…";
    auto const start = std::string(text::truncate_characters(value, 4));
    auto const all_but_four = text::truncate_characters(value, length - 4);
    return start + "…" + std::string(value.substr(all_but_four.size()));
}

void write_bundle(std::filesystem::path const& zip, Bundle const& bundle) {
    text::ZipWriter writer(zip);
    auto csv = [](std::vector<std::vector<std::string>> const& rows) {
        std::string bytes;
        text::CsvWriter out([&](std::string_view piece) { bytes += piece; }, text::ByteOrderMark::none,
                            text::Formulas::keep);
        for (auto const& row : rows) out.row(row);
        return bytes;
    };
    std::vector<std::vector<std::string>> manifest{{"propertyName", "value"}};
    for (auto const& [name, value] : bundle.manifest) manifest.push_back({name, value});
    writer.add(manifest_name, csv(manifest));
    for (auto const& [kind, table] : bundle.tables) {
        std::vector<std::vector<std::string>> rows{table.header};
        for (auto const& row : table.rows) rows.push_back(row.cells);
        writer.add(spec_of(kind).file_name(), csv(rows));
    }
    writer.finish();
}

}  // namespace santong::oneroster
