#include <atomic>
#include <deque>
#include <map>
#include <mutex>
#include <set>

#include "core/embedded.hpp"
#include "modules/roster/rules/code_table.hpp"
#include "modules/roster/service.hpp"
#include "modules/roster/service_codes.hpp"
#include "modules/roster/store.hpp"

namespace santong::roster {

namespace {

constexpr std::string_view first_version = "2012";
constexpr std::string_view english = "en";

/// A file of codes/: "2012/ZXXKC.csv".
struct Source {
    std::string version;
    std::string table;
    std::string_view csv;
};

std::vector<Source> sources() {
    std::vector<Source> found;
    for (auto const& file : embedded::roster_codes()) {
        auto const slash = file.path.find('/');
        if (slash == std::string::npos || !file.path.ends_with(".csv")) continue;
        found.push_back(
            {file.path.substr(0, slash), file.path.substr(slash + 1, file.path.size() - slash - 5), file.bytes});
    }
    return found;
}

/// English names by table and code.
std::map<std::pair<std::string, std::string>, std::string> english_names() {
    std::map<std::pair<std::string, std::string>, std::string> names;
    for (auto const& source : sources()) {
        if (source.version != english) continue;
        auto const table = rules::CodeTable::parse(source.csv);
        for (auto const& entry : table.entries()) names[{source.table, entry.code}] = entry.name;
    }
    return names;
}

std::optional<core::LocalDate> first_day(std::string const& version) {
    if (version == first_version) return std::nullopt;
    return core::LocalDate::parse(version + "-09-01");
}

std::vector<CodeItem> items_of(Source const& source) {
    static auto const names = english_names();
    std::vector<CodeItem> items;
    auto const table = rules::CodeTable::parse(source.csv);
    for (auto const& entry : table.entries()) {
        auto const name = names.find({source.table, entry.code});
        items.push_back({source.version,
                         entry.code,
                         entry.name,
                         name == names.end() ? "" : name->second,
                         static_cast<std::int32_t>(items.size() + 1),
                         first_day(source.version),
                         {}});
    }
    return items;
}

std::vector<Subject> read_subjects() {
    std::vector<Subject> subjects;
    for (auto const& source : sources()) {
        if (source.table != subject_table || source.version == english) continue;
        for (auto const& item : items_of(source)) {
            subjects.push_back({item.code, item.title, item.title_en, item.version});
        }
    }
    return subjects;
}

/// Subjects as they stand after a change. Lists that were given away stay: whoever holds one reads on in peace, and a
/// district changes its own a few times in years.
class KnownSubjects {
public:
    struct Lists {
        std::vector<Subject> valid;
        std::vector<Subject> all;  ///< with what the district has retired
    };

    static KnownSubjects& instance() {
        static KnownSubjects known;
        return known;
    }
    Lists const& now() const { return *now_.load(std::memory_order_acquire); }
    void use(std::vector<OwnCode> const& own) {
        std::lock_guard const lock(mutex_);
        Lists lists{carried_, carried_};
        for (auto const& one : own) {
            Subject const subject{one.code, one.title, one.title_en, own_version};
            lists.all.push_back(subject);
            if (!one.retired_at) lists.valid.push_back(subject);
        }
        kept_.push_back(std::move(lists));
        now_.store(&kept_.back(), std::memory_order_release);
    }

private:
    KnownSubjects() { use({}); }

    std::vector<Subject> const carried_ = read_subjects();
    std::mutex mutex_;
    std::deque<Lists> kept_;
    std::atomic<Lists const*> now_{nullptr};
};

}  // namespace

std::vector<Subject> const& subjects() {
    return KnownSubjects::instance().now().valid;
}

void use_own_subjects(std::vector<OwnCode> const& own) {
    KnownSubjects::instance().use(own);
}

void use_own_subjects_after(sql::Tx& tx) {
    auto const everywhere = store::own_codes_everywhere(tx, subject_table);
    tx.after_commit([everywhere] { use_own_subjects(everywhere); });
}

std::string subject_title(std::string_view code, std::string_view language) {
    for (auto const& subject : KnownSubjects::instance().now().all) {
        if (subject.code == code)
            return language == english && !subject.title_en.empty() ? subject.title_en : subject.title;
    }
    return std::string(code);
}

void load_code_tables(sql::Database& db) {
    auto const own = db.transact(0, [](sql::Tx& tx) {
        auto const known = store::code_counts(tx);
        for (auto const& source : sources()) {
            if (source.version == english) continue;
            auto const items = items_of(source);
            auto const found = known.find(source.table + "/" + source.version);
            if (found != known.end() && found->second == static_cast<int>(items.size())) continue;
            store::put_code_table(tx, source.table, source.version, items);
        }
        return store::own_codes_everywhere(tx, subject_table);
    });
    use_own_subjects(own);
}

core::Result<CodeTableView> code_table(sql::Tx& tx, std::string const& name) {
    CodeTableView view;
    view.name = name;
    view.items = store::code_items(tx, name);
    if (view.items.empty()) return core::not_found("roster.code_table_unknown");
    auto const zone = tx.district() == 0 ? core::Zone{} : district(tx).zone();
    for (auto const& own : store::own_codes(tx, name)) {
        std::optional<core::LocalDate> until;
        if (own.retired_at) until = zone.date_of(*own.retired_at);
        view.items.push_back({own_version, own.code, own.title, own.title_en,
                              static_cast<std::int32_t>(view.items.size() + 1), zone.date_of(own.added_at), until});
    }
    std::set<std::string> versions;
    for (auto const& item : view.items) versions.insert(item.version);
    view.versions.assign(versions.begin(), versions.end());
    return view;
}

}  // namespace santong::roster
