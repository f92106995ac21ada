#include "modules/nodes/links_import.hpp"

#include <algorithm>

#include "modules/nodes/parent.hpp"
#include "modules/nodes/permissions.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/audit.hpp"
#include "platform/text/csv.hpp"
#include "platform/text/utf8.hpp"
#include "platform/text/xlsx_writer.hpp"

namespace santong::nodes {

namespace {

constexpr std::size_t most_names = 50;

/// What the words of a file mean here, and what is registered.
struct Known {
    LinkWords words;
    std::map<core::OrgId, LinkEntry> entries;
    std::map<core::OrgId, std::string> names;
    files::FileObject file;
};

void add_word(LinkWords& words, std::string const& typed, core::OrgId const& org) {
    auto const word = text::without_blanks(typed);
    if (word.empty()) return;
    auto const [at, added] = words.places.emplace(word, org);
    if (!added && at->second != org) ++words.ambiguous[word];
}

core::Result<Known> known_to(Site const& site, auth::Caller const& caller, files::Files const& files,
                             core::FileId const& file) {
    auto const list = TRY(list_links(site, caller));
    return site.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<Known> {
        TRY_VOID(caller.require(tx, permissions::manage, list.district_org_id));
        Known known;
        known.file = TRY(files.own(tx, caller, file));
        for (auto const& one : list.items) {
            if (one.link.tier != LinkTier::access) continue;
            auto const& org = one.link.org_id;
            known.names.emplace(org, one.org_name);
            if (one.registered) known.entries.emplace(org, one.link);
            add_word(known.words, one.org_name, org);
            add_word(known.words, one.school_code, org);
        }
        for (auto const& school : roster::schools(tx)) {
            if (!school.short_name.empty() && school.short_name != school.name)
                add_word(known.words, school.short_name, school.id);
        }
        return known;
    });
}

bool same(LinkEntry const& a, LinkEntry const& b) {
    return a.medium == b.medium && a.down_kbit == b.down_kbit && a.up_kbit == b.up_kbit &&
           a.operator_name == b.operator_name && a.since == b.since && a.ipv6 == b.ipv6 && a.windows == b.windows &&
           a.cap_kbit == b.cap_kbit && a.day_percent == b.day_percent && a.note == b.note;
}

std::vector<LinkView> rows_of(Site const& site, auth::Caller const& caller, LinkList const& list) {
    site.db.transact(caller.district, [&](sql::Tx& tx) {
        auth::audit(tx, caller, {"nodes.export_links", list.district_org_id.text()});
    });
    std::vector<LinkView> rows;
    std::ranges::copy_if(list.items, std::back_inserter(rows),
                         [](LinkView const& one) { return one.link.tier == LinkTier::access; });
    return rows;
}

}  // namespace

core::Result<LinkImportAnswer> import_links(Site const& site, auth::Caller const& caller, files::Files const& files,
                                            LinkImportRequest const& request) {
    if (parent(site.db)) return core::conflict("nodes.below");
    auto const known = TRY(known_to(site, caller, files, request.file_id));
    auto table = TRY(text::open_table(files.open(known.file)));
    auto const reading = TRY(read_links(*table, known.words, known.entries));
    LinkImportAnswer answer;
    answer.rows = static_cast<std::int32_t>(reading.entries.size());
    answer.refused = reading.refused;
    LinkEdits edits;
    for (auto const& one : reading.entries) {
        auto const before = known.entries.find(one.org_id);
        if (before != known.entries.end() && same(before->second, one)) continue;
        edits.items.push_back(one);
        if (answer.schools.size() < most_names) answer.schools.push_back(known.names.at(one.org_id));
    }
    answer.changed = static_cast<std::int32_t>(edits.items.size());
    if (!request.write.value_or(false) || !answer.refused.empty()) return answer;
    answer.changed = TRY(set_links(site, caller, edits)).changed;
    answer.written = true;
    return answer;
}

core::Result<void> write_links_workbook(Site const& site, auth::Caller const& caller, std::string const& path,
                                        std::string const& language) {
    auto const list = TRY(list_links(site, caller));
    bool const english = language == "en";
    std::vector<text::XlsxColumn> columns;
    for (auto const& title : link_headings(language)) {
        text::XlsxColumn column;
        column.title = title;
        columns.push_back(column);
    }
    columns[1].width = 30;
    columns[2].choices = medium_titles(language);
    for (std::size_t const number : {3, 4, 9, 10}) columns[number].kind = text::ColumnKind::number;
    columns[6].kind = text::ColumnKind::date;
    columns[7].choices = english ? std::vector<std::string>{"yes", "no"} : std::vector<std::string>{"是", "否"};
    columns[8].width = 24;
    columns[8].hint = english ? "22:00-06:00; several with a blank between; empty = as usual in the district; always"
                              : "如 22:00-06:00，多个时段用空格隔开；留空按区县统一设置；不限填“不限”";
    text::XlsxWriter writer(path);
    writer.sheet(english ? "Lines" : "线路", columns);
    for (auto const& one : rows_of(site, caller, list)) writer.row(link_cells(one, language));
    writer.finish();
    return {};
}

core::Result<std::string> links_csv(Site const& site, auth::Caller const& caller, std::string const& language) {
    auto const list = TRY(list_links(site, caller));
    std::string file;
    text::CsvWriter writer([&](std::string_view line) { file += line; }, text::ByteOrderMark::utf8,
                           text::Formulas::neutralise);
    writer.row(link_headings(language));
    for (auto const& one : rows_of(site, caller, list)) writer.row(link_cells(one, language));
    return file;
}

}  // namespace santong::nodes
