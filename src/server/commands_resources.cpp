#include "server/commands_resources.hpp"

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <thread>

#include "core/message.hpp"
#include "modules/resources/service_intake_local.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/accounts.hpp"
#include "platform/auth/audit.hpp"
#include "platform/files/disk.hpp"
#include "server/cannot_begin.hpp"
#include "server/parts.hpp"
#include "server/place_options.hpp"
#include "server/subcommand.hpp"

namespace santong::server {

namespace {

namespace fs = std::filesystem;
using resources::IntakeState;

constexpr int exit_files_refused = 3;
constexpr char const* import_exit_codes =
    "Exit codes: 0 every file is in the library, ready, a duplicate or of no use; 1 the machine or the data folder is "
    "broken; 2 it cannot be begun (the folder, the login, the school, a right): nothing was written; 3 files are "
    "refused"
    " or wait for a word of their owner. Run it again after a stop: it goes on and takes nothing twice.";
constexpr std::size_t most_lines_said = 20;
constexpr std::int64_t short_lease_ms = 20'000;

struct ImportArguments {
    PlaceOptions options;
    std::string path;
    std::string school;
    std::string owner;
    std::string name;
    std::string licence = "none";
    std::string source = "legacy";
    std::string source_note;
    std::string scope = "school";
    std::string language = "en";
    std::string report;
    bool review = false;
    bool dry_run = false;
};

std::string said(core::Error const& error, std::string const& language) {
    auto text = core::message(error.key, error.params, language);
    for (auto const& problem : error.problems)
        text += " " + problem.pointer + ": " + core::message(problem.key, problem.params, language);
    return text;
}

template <class T>
T must(core::Result<T> result, std::string const& what) {
    if (!result) throw CannotBegin(what + ": " + said(result.error(), "en"));
    return std::move(*result);
}

/// One line every two seconds, and one when the step changes.
class Progress {
public:
    void operator()(std::string const& step_key, std::int64_t done, std::int64_t total) {
        auto const now = std::chrono::steady_clock::now();
        if (step_key == step_ && now < next_) return;
        step_ = step_key;
        next_ = now + std::chrono::seconds(2);
        auto const step = core::message(step_key, {}, "en");
        if (total > 0)
            std::fprintf(stderr, "%s: %lld of %lld\n", step.c_str(), static_cast<long long>(done),
                         static_cast<long long>(total));
        else
            std::fprintf(stderr, "%s: %lld\n", step.c_str(), static_cast<long long>(done));
    }

private:
    std::string step_;
    std::chrono::steady_clock::time_point next_;
};

template <class T>
T value_of(char const* option, std::string const& text) {
    auto const value = core::enum_parse<T>(text);
    if (!value) throw CannotBegin(std::string(option) + ": there is no \"" + text + "\"");
    return *value;
}

resources::IntakeSubmit wish_of(ImportArguments const& arguments) {
    resources::IntakeSubmit wish;
    wish.review = arguments.review;
    wish.licence = value_of<resources::Licence>("--licence", arguments.licence);
    wish.source = value_of<resources::Source>("--source", arguments.source);
    wish.scope = value_of<resources::Scope>("--scope", arguments.scope);
    wish.source_note = arguments.source_note;
    auto const checked = resources::check_submit(wish);
    if (!checked) throw CannotBegin("--review: " + said(checked.error(), "en"));
    return wish;
}

auth::Caller owner_of(Application::Parts const& parts, resources::Library const& library, std::string const& login) {
    auto const owner = auth::owner_of_login(*parts.db, login);
    if (!owner) throw CannotBegin("--owner: there is no account \"" + login + "\"");
    if (owner->status != auth::AccountStatus::active) throw CannotBegin("--owner: the account " + login + " is closed");
    return resources::owner_caller(library, owner->district, owner->account, owner->person);
}

/// By its code, or by its name where it has none.
core::OrgId school_of(Application::Parts const& parts, core::DistrictId district, std::string const& said_school) {
    std::vector<core::OrgId> found;
    for (auto const& school : parts.db->read(district, [](sql::Tx& tx) { return roster::schools(tx); })) {
        if (school.school_code == said_school || school.name == said_school || school.short_name == said_school)
            found.push_back(school.id);
    }
    if (found.size() == 1) return found.front();
    throw CannotBegin("--school: " + std::string(found.empty() ? "no school" : "more than one school") +
                      " of the owner's district has the code or name " + said_school);
}

/// Does the work of batches beside a serving process, or in its place.
class IntakeWorker {
public:
    IntakeWorker(jobs::Jobs& jobs, resources::IntakePlace const& place, core::DistrictId district)
        : runner_(jobs, nullptr, options(district)) {
        resources::register_intake_jobs(runner_, place);
        runner_.start();
    }

    /// Waits until nobody works on a batch any more; what a killed run was doing goes on within half a minute.
    static resources::IntakeView wait(resources::Library const& library, auth::Caller const& owner,
                                      resources::IntakeId const& id, Progress& progress) {
        for (;;) {
            auto view = must(resources::intake(library, owner, id), "the batch");
            if (view.state != IntakeState::working && view.state != IntakeState::submitting) return view;
            auto const job =
                view.job_id ? library.jobs->find(owner, *view.job_id) : core::Result<jobs::JobView>(core::not_found());
            if (job && !job->step_key.empty()) progress(job->step_key, job->done, job->total);
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
        }
    }

private:
    static jobs::RunnerOptions options(core::DistrictId district) {
        jobs::RunnerOptions out;
        out.districts = {district};
        out.node = "import-" + core::Uuid::make().text();
        out.workers = 1;
        out.lease_ms = short_lease_ms;
        out.poll_ms = 300;
        return out;
    }
    jobs::JobRunner runner_;
};

void print_counts(std::vector<resources::IntakeLine> const& lines) {
    std::map<resources::Verdict, int> counts;
    for (auto const& line : lines) ++counts[line.verdict];
    for (auto const& [verdict, count] : counts)
        std::printf("%-10s %d\n", std::string(core::enum_text(verdict)).c_str(), count);
}

/// Prints, writes the report, and says how it ended.
int finish_import(ImportArguments const& arguments, std::vector<resources::IntakeRow> const& rows) {
    auto const lines = resources::lines_of(rows, arguments.language);
    if (!arguments.report.empty()) {
        std::ofstream file(arguments.report, std::ios::binary | std::ios::trunc);
        file << resources::lines_table(lines, arguments.language);
        file.close();
        if (!file) throw std::runtime_error("the report cannot be written: " + arguments.report);
    }
    std::size_t open = 0;
    for (auto const& line : lines) {
        if (line.hint.empty()) continue;
        if (++open > most_lines_said) continue;
        std::fprintf(stderr, "%s: %s %s\n", line.path.c_str(), line.reason.c_str(), line.hint.c_str());
    }
    if (open > most_lines_said)
        std::fprintf(stderr, "… and %zu more; --report FILE writes them all\n", open - most_lines_said);
    print_counts(lines);
    return open > 0 ? exit_files_refused : 0;
}

/// What a killed run was copying.
void clear_old_copies(fs::path const& folder) {
    constexpr std::int64_t day_ms = 86'400'000;
    std::error_code none;
    for (auto const& entry : fs::directory_iterator(folder, none)) {
        if (files::disk::written_at_ms(entry.path()) < core::system_now().ms - day_ms) fs::remove(entry.path(), none);
    }
}

int work_through(Application::Parts& parts, resources::IntakePlace const& place, auth::Caller const& owner,
                 resources::LocalBatch const& batch, ImportArguments const& arguments) {
    auto const wish = wish_of(arguments);
    auto const library = place.library();
    Progress progress;
    clear_old_copies(place.folder);
    auto view = must(resources::bring(place, owner, batch, std::ref(progress)), arguments.path);
    parts.db->transact(owner.district, [&](sql::Tx& tx) {
        auth::audit(tx, auth::terminal_caller(owner.district), {"resources.import_local", view.id.text(), "{}"});
    });
    IntakeWorker const worker(parts.jobs, place, owner.district);
    view = IntakeWorker::wait(library, owner, view.id, progress);
    if (view.state != IntakeState::ready || view.counts.contains("waiting")) {
        view = must(resources::work_on(library, owner, view.id), arguments.path);
        view = IntakeWorker::wait(library, owner, view.id, progress);
    }
    if (view.state != IntakeState::ready) {
        auto const why = view.error_key.empty() ? std::string("stopped") : core::message(view.error_key, {}, "en");
        std::fprintf(stderr, "santong: %s: %s\n", arguments.path.c_str(), why.c_str());
        return exit_files_refused;
    }
    if (view.counts.contains("sure")) {
        view = must(resources::submit_intake(library, owner, view.id, wish), arguments.path);
        view = IntakeWorker::wait(library, owner, view.id, progress);
    }
    auto const ended = finish_import(arguments, must(resources::all_rows(library, owner, view.id), arguments.path));
    std::printf("batch \"%s\" of %s\n", view.name.c_str(), arguments.owner.c_str());
    return ended;
}

int import_resources(ImportArguments const& arguments) {
    if (!fs::exists(arguments.path)) throw CannotBegin("there is no " + arguments.path);
    auto const settings = arguments.options.place();
    expect_database(settings);
    static_cast<void>(wish_of(arguments));
    Application application(settings);
    auto& parts = application.parts();
    resources::IntakePlace const place{*parts.db, parts.files, parts.jobs, *parts.clock,
                                       fs::path(parts.place.data) / "importing"};
    auto const owner = owner_of(parts, place.library(), arguments.owner);
    resources::LocalBatch const batch{arguments.path, school_of(parts, owner.district, arguments.school),
                                      arguments.name};
    if (!arguments.dry_run) return work_through(parts, place, owner, batch, arguments);
    Progress progress;
    auto const ended =
        finish_import(arguments, must(resources::foretell(place, owner, batch, std::ref(progress)), arguments.path));
    std::printf("dry run: nothing was written\n");
    return ended;
}

}  // namespace

void register_resource_commands(CLI::App& app, int& code) {
    auto const in = std::make_shared<ImportArguments>();
    auto* import = subcommand(app, "import");
    auto* command = import->add_subcommand(
        "resources", "a folder of lesson material, a .zip or the image of a disc, as a batch of its owner");
    command->add_option("path", in->path, "folder, .zip or .iso")->required();
    in->options.add_to(*command);
    command->add_option("--school", in->school, "the school it belongs to: its code (学校标识码) or its name")
        ->required();
    command->add_option("--owner", in->owner, "login of the teacher whose batch it becomes")->required();
    command->add_option("--name", in->name, "of the batch; else the name of the folder or file");
    command->add_flag("--review", in->review, "send what is complete into review; else it becomes drafts");
    command->add_option("--licence", in->licence, "with --review: region_teaching, cc_by, … bought")
        ->capture_default_str();
    command->add_option("--source", in->source, "own_work, adapted, bought, … legacy")->capture_default_str();
    command->add_option("--source-note", in->source_note, "where it comes from");
    command->add_option("--scope", in->scope, "with --review: group, school, area, district, public_")
        ->capture_default_str();
    command->add_flag("--dry-run", in->dry_run, "look only, write nothing");
    command->add_option("--report", in->report, "table of all files: path, result, reason, what to do (.csv)");
    command->add_option("--language", in->language, "of the report: en or zh-CN")
        ->check(CLI::IsMember({"en", "zh-CN"}))
        ->capture_default_str();
    command->footer(import_exit_codes);
    command->callback([in, &code] { code = import_resources(*in); });
}

}  // namespace santong::server
