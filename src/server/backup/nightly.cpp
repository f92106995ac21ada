#include "server/backup/nightly.hpp"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "core/json.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/accounts.hpp"
#include "platform/auth/private_file.hpp"
#include "platform/log/log.hpp"
#include "platform/sql/installation.hpp"
#include "server/backup/contents.hpp"

namespace santong::server::backup {

namespace fs = std::filesystem;

namespace {

constexpr char const* job_kind = "server.backup";
constexpr char const* plan_name = "nightly";
constexpr char const* day_name = "nightly_day";
constexpr char const* fault_name = "nightly_fault";
constexpr std::string_view prefix = "santong-";
constexpr std::string_view suffix = ".bak";

/// Which night a job is for.
struct Night {
    core::LocalDate day;
};
BOOST_DESCRIBE_STRUCT(Night, (), (day))

/// Backups that this job has made in the folder, oldest first: "santong-2026-09-01.bak".
std::vector<fs::path> made_in(std::string const& folder) {
    std::vector<fs::path> found;
    std::error_code ignored;
    for (auto const& entry : fs::directory_iterator(folder, ignored)) {
        auto const name = entry.path().filename().string();
        if (!name.starts_with(prefix) || !name.ends_with(suffix)) continue;
        auto const day = name.substr(prefix.size(), name.size() - prefix.size() - suffix.size());
        if (core::LocalDate::parse(day)) found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    return found;
}

void note_fault(sql::Database& db, std::string const& why) {
    db.transact(0, [&](sql::Tx& tx) { sql::set_installation_value(tx, fault_name, why); });
}

/// Whose job it is: he sees it among his own. Nobody if the district has neither of the two.
core::AccountId keeper(sql::Tx& tx, core::LocalDate today) {
    auto const root = roster::district(tx).org_id;
    for (auto const role : {auth::Role::sysadmin, auth::Role::info_office}) {
        auto const accounts = auth::accounts_of(tx, roster::holders(tx, role, root, "", today));
        if (!accounts.empty()) return accounts.front().id;
    }
    return {};
}

void make_one(Place const& place, NightlyPlan const& plan, Night const& night, Tell const& tell) {
    auto const passphrase = auth::read_private_file(passphrase_path(place));
    auto const file = fs::path(plan.folder) / (std::string(prefix) + night.day.text() + std::string(suffix));
    fs::create_directories(plan.folder);
    fs::remove(file);  // of a night that was cut off
    make_backup(place, file.string(), passphrase, tell);
    check_backup(file.string(), passphrase, tell);
    auto const made = made_in(plan.folder);
    auto const keep = static_cast<std::size_t>(plan.keep);
    for (std::size_t i = 0; i + keep < made.size(); ++i) fs::remove(made[i]);
}

}  // namespace

std::string passphrase_path(Place const& place) {
    return place.keys_folder() + "/backup.passphrase";
}

std::optional<NightlyPlan> nightly_plan(sql::Tx& tx) {
    auto const text = sql::installation_value(tx, plan_name);
    if (!text || text->empty()) return std::nullopt;
    auto plan = core::json::read<NightlyPlan>(*text);
    if (!plan) throw std::runtime_error("the plan of the nightly backup cannot be read");
    return *plan;
}

void set_nightly_plan(sql::Tx& tx, NightlyPlan const& plan) {
    sql::set_installation_value(tx, plan_name, core::json::write(plan));
}

NightlyStatus nightly_status(sql::Database& db) {
    NightlyStatus status;
    db.read(0, [&](sql::Tx& tx) {
        if (auto const at = sql::installation_value(tx, "backup_at")) status.last_at = core::Instant{std::stoll(*at)};
        status.fault = sql::installation_value(tx, fault_name).value_or("");
        auto const plan = nightly_plan(tx);
        if (!plan) return;
        status.planned = true;
        status.folder = plan->folder;
        status.minute = plan->minute;
        status.keep = plan->keep;
    });
    if (status.planned) status.kept = static_cast<std::int32_t>(made_in(status.folder).size());
    return status;
}

void queue_nightly(sql::Database& db, jobs::Jobs const& jobs, core::DistrictId district, core::Instant now) {
    db.transact(district, [&](sql::Tx& tx) {
        auto const plan = nightly_plan(tx);
        if (!plan) return;
        auto const zone = roster::district(tx).zone();
        auto const today = zone.date_of(now);
        if (zone.minute_of_day(now) < plan->minute || sql::installation_value(tx, day_name) == today.text()) return;
        auto const owner = keeper(tx, today);
        if (owner.is_nil()) return sql::set_installation_value(tx, fault_name, "nobody is system administrator");
        sql::set_installation_value(tx, day_name, today.text());
        jobs.add(tx, {job_kind, owner, roster::district(tx).org_id, core::json::write(Night{today})});
    });
}

void register_nightly(jobs::JobRunner& runner, Place const& place, sql::Database& db) {
    runner.on(job_kind, [place, &db](jobs::JobContext& context) {
        auto const plan = db.read(0, [](sql::Tx& tx) { return nightly_plan(tx); });
        auto const night = context.input<Night>();
        if (!plan || !night) return context.finish("{}");
        try {
            make_one(place, *plan, *night, [&](std::string const&, std::int64_t done, std::int64_t of) {
                context.progress(done, of, "backup.making");
            });
            note_fault(db, "");
            context.finish("{}");
        } catch (jobs::JobInterrupted const&) {
            throw;
        } catch (std::exception const& error) {
            log::error("the nightly backup failed", {{"why", error.what()}});
            note_fault(db, error.what());
            context.fail(core::unavailable("backup.failed"));
        }
    });
}

}  // namespace santong::server::backup
