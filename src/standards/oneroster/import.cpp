#include <algorithm>
#include <set>
#include <unordered_map>

#include "core/json.hpp"
#include "core/message.hpp"
#include "modules/roster/rules/citizen_number.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/audit.hpp"
#include "platform/auth/vault.hpp"
#include "platform/sql/installation.hpp"
#include "platform/text/utf8.hpp"
#include "standards/oneroster/check.hpp"
#include "standards/oneroster/kept.hpp"
#include "standards/oneroster/service.hpp"

namespace santong::oneroster {

namespace {

constexpr std::string_view digest_purpose = "oneroster.row";

/// A GB/T 2260 number in a text: six digits, or the first six of a place code of twelve.
std::optional<core::DistrictId> area_code(std::string_view value) {
    auto const text = text::without_blanks(value);
    bool const digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || (text.size() != 6 && text.size() != 12) || !roster::rules::is_plausible_region(text.substr(0, 6))) {
        return std::nullopt;
    }
    return std::stoi(text.substr(0, 6));
}

/// Whether an extension column holds an area code: six digits may as well be a postcode.
bool names_area_code(std::string const& column) {
    if (!column.starts_with(metadata_prefix)) return false;
    auto const form = text::search_form(column);
    for (char const* word : {"2260", "areacode", "regioncode", "divisioncode", "districtcode", "admincode", "区划"}) {
        if (form.find(word) != std::string::npos) return true;
    }
    return false;
}

/// The district that a bundle is about, by the row of its topmost district.
core::Result<core::DistrictId> district_of(Bundle const& bundle) {
    auto const* orgs = bundle.table(FileKind::orgs);
    if (!orgs) return core::invalid("oneroster.no_district");
    int const type = orgs->column("type");
    auto const row =
        std::ranges::find_if(orgs->rows, [&](Row const& one) { return Table::cell(one, type) == "district"; });
    if (row == orgs->rows.end()) return core::invalid("oneroster.no_district");
    std::vector<std::string> candidates{Table::cell(*row, orgs->column("identifier"))};
    for (std::size_t i = 0; i < orgs->header.size(); ++i) {
        if (names_area_code(orgs->header[i])) candidates.push_back(row->cells[i]);
    }
    candidates.push_back(Table::cell(*row, orgs->column("sourcedId")));
    for (auto const& candidate : candidates) {
        if (auto const code = area_code(candidate)) return *code;
    }
    return core::invalid("oneroster.district_code_needed", {{"name", Table::cell(*row, orgs->column("name"))}});
}

struct Target {
    core::DistrictId district = 0;
    bool is_new = false;
};

std::string listed(std::vector<core::DistrictId> const& districts) {
    std::string list;
    for (auto const id : districts) list += (list.empty() ? "" : " ") + std::to_string(id);
    return list;
}

/// What speaks against the district that was asked for: others stand there, or the bundle is about another one.
std::vector<core::Error> doubts(std::vector<core::DistrictId> const& known, Bundle const& bundle,
                                core::DistrictId wanted) {
    std::vector<core::Error> found;
    auto const code = std::to_string(wanted);
    if (!known.empty() && std::ranges::find(known, wanted) == known.end()) {
        found.push_back(core::conflict("oneroster.other_district", {{"wanted", code}, {"districts", listed(known)}}));
    }
    auto const said = district_of(bundle);
    if (said && *said != wanted) {
        found.push_back(core::conflict("oneroster.other_bundle", {{"wanted", code}, {"said", std::to_string(*said)}}));
    }
    return found;
}

core::Result<Target> choose_district(sql::Database& db, Bundle const& bundle, ImportOptions const& options,
                                     std::vector<core::Error>& warnings) {
    auto const known = sql::districts(db);
    if (options.district) {
        warnings = doubts(known, bundle, *options.district);
        bool const is_new = std::ranges::find(known, *options.district) == known.end();
        if (is_new && !known.empty() && !options.add_district && !options.dry_run) return warnings.front();
        return Target{*options.district, is_new};
    }
    if (known.size() == 1) return Target{known.front(), false};
    if (known.empty()) return Target{TRY(district_of(bundle)), true};
    return core::invalid("oneroster.choose_district", {{"districts", listed(known)}});
}

/// What the import finds in the database.
struct Before {
    roster::RosterExtract extract;
    std::vector<roster::KnownSource> known;
    std::vector<roster::SourceFile> files;
    std::vector<roster::PersonTraits> traits;
    std::optional<Bundle> own;
    core::LocalDate today;
};

/// Whether the bundle may hold rows under the roster's own ids.
bool has_own_ids(Bundle const& bundle, KnownRows const& known) {
    for (auto const& [kind, table] : bundle.tables) {
        int const id = table.column("sourcedId");
        for (auto const& row : table.rows) {
            auto const& name = Table::cell(row, id);
            if (name.size() == 36 && core::Uuid::parse(name) && !known.find(kind, name)) return true;
        }
    }
    return false;
}

Before look(sql::Database& db, core::Clock const& clock, core::DistrictId district, Bundle const& bundle) {
    return db.read(district, [&](sql::Tx& tx) {
        Before before;
        before.today = roster::today(tx, clock);
        before.known = roster::known_sources(tx);
        before.files = roster::source_files(tx);
        before.extract = roster::extract_roster(tx, roster::GuardedFields::open);
        before.traits = roster::person_traits(tx);
        if (!before.extract.people.empty() && has_own_ids(bundle, {before.known, bundle.system()})) {
            before.own = export_bundle(tx, clock);
        }
        return before;
    });
}

/// Finds people who came by another way, by their numbers.
class Recogniser {
public:
    Recogniser(std::vector<roster::PersonTraits> const& traits, std::vector<roster::KnownSource> const& known) {
        std::set<core::PersonId> named;
        for (auto const& row : known) {
            if (row.kind == "users" && row.entity_id) named.insert(core::PersonId{*row.entity_id});
        }
        for (auto const& one : traits) {
            if (named.contains(one.id)) continue;
            if (!one.identity_index.empty()) by_index_.emplace(one.identity_index, one.id);
            if (!one.student_number_index.empty()) by_index_.emplace(one.student_number_index, one.id);
            if (!one.staff_number.empty()) by_staff_number_.emplace(one.staff_number, one.id);
        }
    }
    std::optional<core::PersonId> operator()(roster::PersonRecord const& record) const {
        if (by_index_.empty() && by_staff_number_.empty()) return std::nullopt;
        for (auto const& index :
             {roster::identity_key(record.identity_number), roster::student_number_key(record.student_number)}) {
            auto const found = by_index_.find(index);
            if (!index.empty() && found != by_index_.end()) return found->second;
        }
        auto const found = record.staff_number ? by_staff_number_.find(*record.staff_number) : by_staff_number_.end();
        return found == by_staff_number_.end() ? std::nullopt : std::optional(found->second);
    }

private:
    std::unordered_map<std::string, core::PersonId> by_index_, by_staff_number_;
};

SourcedIds names_of(std::vector<roster::KnownSource> const& known) {
    SourcedIds ids;
    for (auto const& row : known) {
        bool const main = row.kind != "demographics" && row.entity_id;
        if (main) ids.set(EntityId{*row.entity_id}, row.sourced_id);
    }
    return ids;
}

std::string digest_of(std::string const& content) {
    return auth::blind_index(digest_purpose, content);
}

/// Writes the pieces of a plan.
class Writer {
public:
    Writer(sql::Database& db, core::Clock const& clock, Bundle const& bundle, Picture const& picture,
           SourcedIds const& ids)
        : db_(db), clock_(clock), bundle_(bundle), picture_(picture), ids_(ids), system_(bundle.system()) {}

    core::Result<void> run(core::DistrictId district, Plan const& plan, ImportOptions const& options) {
        std::size_t done = 0;
        for (auto const& piece : plan.pieces) {
            TRY_VOID(db_.transact(district, [&](sql::Tx& tx) { return write(tx, piece); }));
            if (options.progress) options.progress(++done, plan.pieces.size());
        }
        return {};
    }

    void finish(core::DistrictId district, ImportOutcome const& outcome) {
        db_.transact(district, [&](sql::Tx& tx) {
            roster::put_source_files(tx, files());
            if (!outcome.written) return;
            auth::audit(tx, auth::terminal_caller(district),
                        {"roster.import_oneroster", system_, core::json::write(outcome.counts)});
        });
    }

private:
    core::Result<void> write(sql::Tx& tx, Piece const& piece) {
        TRY_VOID(roster::write_bulk(tx, piece.bulk, clock_));
        std::vector<roster::SourceRow> rows;
        rows.reserve(piece.kept.size());
        auto const now = core::system_now();
        for (auto const& kept : piece.kept) rows.push_back(source_row(kept, now));
        roster::put_sources(tx, std::move(rows));
        std::map<FileKind, std::vector<std::string>> dropped;
        for (auto const& one : piece.dropped) dropped[one.kind].push_back(one.sourced_id);
        for (auto const& [kind, sourced_ids] : dropped) {
            roster::drop_sources(tx, system_, std::string(core::enum_text(kind)), sourced_ids);
        }
        return {};
    }

    roster::SourceRow source_row(KeptRow const& kept, core::Instant now) const {
        auto const& table = *bundle_.table(kept.kind);
        Kept content{columns_of(table, *kept.row), {}};
        if (kept.entity) content.ours = projection(picture_, ids_, kept.kind, *kept.entity);
        return {system_,
                std::string(core::enum_text(kept.kind)),
                Table::cell(*kept.row, table.column("sourcedId")),
                kept.entity,
                kept.person,
                kept.digest,
                core::json::write(content),
                kept.row->number,
                now};
    }

    std::vector<roster::SourceFile> files() const {
        auto const now = core::system_now();
        std::vector<roster::SourceFile> rows;
        for (auto const& [kind, table] : bundle_.tables) {
            rows.push_back({system_, std::string(core::enum_text(kind)), core::json::write(table.header), now});
        }
        KeptManifest manifest;
        for (auto const& [name, value] : bundle_.manifest) {
            manifest.names.push_back(name);
            manifest.values.push_back(value);
        }
        rows.push_back({system_, manifest_kind, core::json::write(manifest), now});
        return rows;
    }

    sql::Database& db_;
    core::Clock const& clock_;
    Bundle const& bundle_;
    Picture const& picture_;
    SourcedIds const& ids_;
    std::string system_;
};

bool any_file_news(Bundle const& bundle, std::vector<roster::SourceFile> const& files) {
    for (auto const& [kind, table] : bundle.tables) {
        auto const same = std::ranges::any_of(files, [&](roster::SourceFile const& file) {
            return file.system == bundle.system() && file.kind == core::enum_text(kind) &&
                   file.header == core::json::write(table.header);
        });
        if (!same) return true;
    }
    return false;
}

}  // namespace

core::Result<ImportOutcome> import_bundle(sql::Database& db, core::Clock const& clock, ImportOptions const& options) {
    return import_bundle(db, clock, read_bundle(options.zip), options);
}

core::Result<ImportOutcome> import_bundle(sql::Database& db, core::Clock const& clock, Bundle bundle,
                                          ImportOptions const& options) {
    ImportOutcome outcome;
    if (!bundle.readable) {
        outcome.findings = std::move(bundle.findings);
        return outcome;
    }
    auto const target = TRY(choose_district(db, bundle, options, outcome.warnings));
    outcome.district = target.district;
    outcome.new_district = target.is_new;
    auto before = look(db, clock, target.district, bundle);
    Recogniser const recogniser(before.traits, before.known);
    auto ids = names_of(before.known);
    KnownRows const known(std::move(before.known), bundle.system());
    check_bundle(
        bundle, [&](FileKind kind, std::string const& id) { return known.find(kind, id) != nullptr; },
        core::Zone{before.extract.district.zone()}.date_of(core::system_now()));
    bool const refused = !bundle.findings.empty();
    outcome.findings = bundle.findings;
    Picture picture(std::move(before.extract), before.today, target.district);
    auto const plan =
        make_plan({bundle, known, picture, ids, recogniser, digest_of, before.own ? &*before.own : nullptr});
    outcome.counts = plan.counts;
    outcome.by_file = plan.by_file;
    if (options.dry_run || (refused && !options.accept_good)) return outcome;
    outcome.written = !plan.pieces.empty();
    if (!outcome.written && !any_file_news(bundle, before.files)) return outcome;
    sql::add_district(db, target.district);
    Writer writer(db, clock, bundle, picture, ids);
    TRY_VOID(writer.run(target.district, plan, options));
    writer.finish(target.district, outcome);
    return outcome;
}

std::vector<ReportLine> report_of(std::vector<Finding> const& findings, std::string_view language) {
    std::vector<ReportLine> lines;
    for (auto const& finding : findings) {
        auto hint_key = finding.key + "_hint";
        auto hint = core::has_message(hint_key) ? core::message(hint_key, finding.params, language)
                                                : core::message("oneroster.mend_hint", finding.params, language);
        if (finding.dependants > 0) {
            hint += (language == "en" ? " " : "") +
                    core::message("oneroster.dependants", {{"count", std::to_string(finding.dependants)}}, language);
        }
        lines.push_back({finding.file, finding.row, finding.column, finding.value,
                         core::message(finding.key, finding.params, language), std::move(hint), finding.key});
    }
    return lines;
}

}  // namespace santong::oneroster
