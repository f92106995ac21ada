// A batch as a whole: begun, listed, worked on, given to the library, forgotten.
#include "modules/resources/service_intake.hpp"

#include "modules/resources/intake_batch.hpp"
#include "modules/resources/permissions.hpp"
#include "modules/resources/readers.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/sessions.hpp"
#include "platform/files/media_type.hpp"
#include "platform/files/zip_reader.hpp"
#include "platform/text/utf8.hpp"

namespace santong::resources {

namespace {

constexpr int most_batches = 100;
constexpr std::size_t longest_name = 120;
constexpr std::int64_t untouched_ms = std::int64_t{90} * 86'400'000;

core::Result<Intake> own(sql::Tx& tx, auth::Caller const& caller, IntakeId const& id) {
    auto const found = store::find_intake(tx, id);
    if (!found || !caller.signed_in() || found->owner_person != caller.person)
        return core::not_found("resources.intake.not_found");
    return *found;
}

bool busy(IntakeState state) {
    return state == IntakeState::working || state == IntakeState::submitting;
}

/// A batch whose job ended without a word (cancelled while it waited, given up) is no longer busy.
core::Result<Intake> settled(Library const& library, auth::Caller const& caller, IntakeId const& id) {
    auto found = TRY(library.db.read(caller.district, [&](sql::Tx& tx) { return own(tx, caller, id); }));
    if (!busy(found.state) || !found.job_id || library.jobs == nullptr) return found;
    auto const job = library.jobs->find(caller, *found.job_id);
    if (job && !jobs::ended(job->state)) return found;
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<Intake> {
        auto now = TRY(own(tx, caller, id));
        if (!busy(now.state) || now.job_id != found.job_id) return now;
        bool const failed = job && job->state == jobs::JobState::failed;
        now.error_key = failed ? job->error_key : "";
        set_state(tx, library.clock, now, failed ? IntakeState::failed : IntakeState::stopped);
        return now;
    });
}

IntakeView view_of(sql::Tx& tx, Intake const& intake) {
    IntakeView view;
    view.id = intake.id;
    view.name = intake.name;
    view.state = intake.state;
    view.archive = intake.archive_file_id.has_value();
    for (auto const& org : roster::orgs(tx, {intake.school_id})) view.school_name = org.name;
    for (auto const& count : store::count_rows(tx, intake.id)) {
        view.counts[std::string(core::enum_text(count.verdict))] = count.files;
        view.files += count.files;
        view.bytes += count.bytes;
    }
    if (busy(intake.state)) view.job_id = intake.job_id;
    view.error_key = intake.error_key;
    view.created_at = intake.created_at;
    view.updated_at = intake.updated_at;
    return view;
}

core::Result<void> check_wish(NewIntake const& wish) {
    if (text::trim(wish.name).empty()) return core::invalid_at("/name", "core.required");
    if (wish.name.size() > longest_name * 4)
        return core::invalid_at("/name", "core.too_long", {{"max", std::to_string(longest_name)}});
    if (wish.file_id.has_value() != wish.entries.empty())
        return core::invalid_at("/file_id", "resources.intake.content_needed");
    if (wish.entries.size() > static_cast<std::size_t>(most_intake_files))
        return core::too_large("resources.intake.too_many", {{"limit", std::to_string(most_intake_files)}});
    return {};
}

/// Begins a job of the batch, in the transaction of the use case.
void begin(Library const& library, sql::Tx& tx, Intake& intake, char const* kind, std::string const& input) {
    intake.error_key.clear();
    if (library.jobs != nullptr)
        intake.job_id = library.jobs->add(tx, {kind, intake.owner_account, intake.school_id, input});
    bool const submits = std::string_view(kind) == intake_submit_job;
    set_state(tx, library.clock, intake, submits ? IntakeState::submitting : IntakeState::working);
}

core::Result<core::OrgId> school_for(sql::Tx& tx, auth::Caller const& caller, std::optional<core::OrgId> const& wish) {
    auto const schools = schools_of(tx, caller);
    auto const school = wish ? *wish : schools.empty() ? roster::district(tx).org_id : schools.front();
    TRY_VOID(caller.require(tx, permissions::contribute, school));
    return school;
}

core::Result<void> take_archive(Library const& library, sql::Tx& tx, auth::Caller const& caller, Intake& intake,
                                core::FileId const& id) {
    auto const file = TRY(library.files.own(tx, caller, id));
    if (file.media_type != files::collection_type)
        return core::invalid_at("/file_id", "resources.intake.not_a_collection");
    intake.archive_file_id = id;
    TRY_VOID(library.files.hold(tx, id, intake_holder_type, intake.id.text()));
    return {};
}

core::Result<void> take_arrival(Library const& library, sql::Tx& tx, auth::Caller const& caller, IntakeRow& row,
                                IntakeArrival const& arrival) {
    if (row.verdict != Verdict::expected) return {};
    if (arrival.file_id) {
        auto const file = TRY(library.files.own(tx, caller, *arrival.file_id));
        TRY_VOID(library.files.hold(tx, file.id, intake_holder_type, row.intake_id.text()));
        row.file_id = file.id;
        row.sha256 = file.sha256;
        row.size = file.size;
        row.media_type = file.media_type;
        row.verdict = Verdict::waiting;
    } else {
        auto const key = arrival.refused.value_or("");
        bool const known = key.starts_with("files.") && key.size() < 60 &&
                           key.find_first_not_of("abcdefghijklmnopqrstuvwxyz._") == std::string::npos;
        row.verdict = Verdict::refused;
        row.reason = known ? key : "files.content_not_taken";
    }
    store::update_row(tx, row);
    return {};
}

void release_files(Library const& library, sql::Tx& tx, Intake const& intake) {
    auto const let_go = [&](core::FileId const& file) {
        library.files.release(tx, file, intake_holder_type, intake.id.text());
    };
    if (intake.archive_file_id) let_go(*intake.archive_file_id);
    for (auto const& file : store::files_of_intake(tx, intake.id)) let_go(file);
}

}  // namespace

auth::Caller giver_of(sql::Tx& tx, core::Clock const& clock, Intake const& intake) {
    auth::Caller caller;
    caller.district = tx.district();
    caller.account = intake.owner_account;
    caller.person = intake.owner_person;
    caller.grants = auth::current_grants(tx, intake.owner_person, roster::today(tx, clock));
    return caller;
}

void set_state(sql::Tx& tx, core::Clock const& clock, Intake& intake, IntakeState state) {
    intake.state = state;
    intake.updated_at = clock.now();
    store::update_intake(tx, intake);
}

IntakeRow row_of(IntakeId const& id, int number, std::string const& path, std::int64_t size) {
    IntakeRow row;
    row.intake_id = id;
    row.number = number;
    row.path = path;
    row.size = size;
    auto const safe = files::safe_path(path);
    if (!safe) {
        row.path = std::string(text::truncate_bytes(text::is_valid_utf8(path) ? path : std::string("?"), 200));
        row.verdict = Verdict::refused;
        row.reason = safe.error().key;
        return row;
    }
    row.path = safe->generic_string();
    auto const taken = files::check_name(safe->filename().string());
    if (auto const* const junk = junk_reason(row.path)) {
        row.verdict = Verdict::junk;
        row.reason = junk;
    } else if (size == 0) {
        row.verdict = Verdict::refused;
        row.reason = "files.empty";
    } else if (!taken) {
        row.verdict = Verdict::refused;
        row.reason = taken.error().key;
    }
    return row;
}

core::Result<IntakeView> add_intake(Library const& library, auth::Caller const& caller, NewIntake const& wish) {
    TRY_VOID(check_wish(wish));
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<IntakeView> {
        Intake intake;
        intake.id = IntakeId::make();
        intake.owner_person = caller.person;
        intake.owner_account = caller.account;
        intake.school_id = TRY(school_for(tx, caller, wish.school_id));
        intake.name = std::string(text::truncate_characters(text::clean(wish.name), longest_name));
        intake.unpacked = !wish.file_id.has_value();
        intake.created_at = intake.updated_at = library.clock.now();
        if (wish.file_id) TRY_VOID(take_archive(library, tx, caller, intake, *wish.file_id));
        store::insert_intake(tx, intake);
        std::vector<IntakeRow> rows;
        for (auto const& entry : wish.entries)
            rows.push_back(row_of(intake.id, static_cast<int>(rows.size()) + 1, entry.path, entry.size));
        store::insert_rows(tx, rows);
        if (wish.file_id) begin(library, tx, intake, intake_job, core::json::write(IntakeInput{intake.id}));
        return view_of(tx, intake);
    });
}

std::vector<IntakeView> intakes(Library const& library, auth::Caller const& caller) {
    auto const all = library.db.read(caller.district,
                                     [&](sql::Tx& tx) { return store::intakes_of(tx, caller.person, most_batches); });
    for (auto const& one : all) {
        if (busy(one.state)) static_cast<void>(settled(library, caller, one.id));
    }
    return library.db.read(caller.district, [&](sql::Tx& tx) {
        std::vector<IntakeView> views;
        for (auto const& one : store::intakes_of(tx, caller.person, most_batches)) views.push_back(view_of(tx, one));
        return views;
    });
}

core::Result<IntakeView> intake(Library const& library, auth::Caller const& caller, IntakeId const& id) {
    auto const found = TRY(settled(library, caller, id));
    return library.db.read(caller.district, [&](sql::Tx& tx) { return view_of(tx, found); });
}

core::Result<IntakeView> note_arrivals(Library const& library, auth::Caller const& caller, IntakeId const& id,
                                       IntakeArrivals const& arrivals) {
    constexpr std::size_t most_at_once = 200;
    if (arrivals.files.size() > most_at_once)
        return core::too_large("resources.intake.too_many", {{"limit", std::to_string(most_at_once)}});
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<IntakeView> {
        auto intake = TRY(own(tx, caller, id));
        if (busy(intake.state)) return core::conflict("resources.intake.busy");
        std::vector<int> numbers;
        std::map<int, IntakeArrival const*> by_number;
        for (auto const& one : arrivals.files) {
            numbers.push_back(one.number);
            by_number[one.number] = &one;
        }
        for (auto& row : store::rows_by_number(tx, id, numbers))
            TRY_VOID(take_arrival(library, tx, caller, row, *by_number.at(row.number)));
        intake.updated_at = library.clock.now();
        store::update_intake(tx, intake);
        return view_of(tx, intake);
    });
}

core::Result<IntakeView> work_on(Library const& library, auth::Caller const& caller, IntakeId const& id) {
    TRY_VOID(settled(library, caller, id));
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<IntakeView> {
        auto intake = TRY(own(tx, caller, id));
        TRY_VOID(caller.require(tx, permissions::contribute, intake.school_id));
        if (busy(intake.state)) return core::conflict("resources.intake.busy");
        begin(library, tx, intake, intake_job, core::json::write(IntakeInput{id}));
        return view_of(tx, intake);
    });
}

core::Result<void> check_submit(IntakeSubmit const& wish) {
    std::vector<core::Problem> problems;
    if (wish.review && wish.licence == Licence::none) problems.push_back({"/licence", "resources.licence_needed", {}});
    if (wish.review && wish.source == Source::none) problems.push_back({"/source", "resources.source_needed", {}});
    bool const of_others = wish.source == Source::adapted || wish.source == Source::open_web;
    if (wish.review && of_others && text::trim(wish.source_note).empty())
        problems.push_back({"/source_note", "resources.source_note_needed", {}});
    if (wish.review && wish.scope == Scope::self) problems.push_back({"/scope", "resources.scope_needs_no_review", {}});
    if (wish.bought() && text::trim(wish.holder.value_or("")).empty())
        problems.push_back({"/holder", "resources.holder_needed", {}});
    if (wish.bought() && text::trim(wish.terms.value_or("")).empty())
        problems.push_back({"/terms", "resources.terms_needed", {}});
    if (!problems.empty()) return core::invalid(std::move(problems));
    return {};
}

core::Result<IntakeView> submit_intake(Library const& library, auth::Caller const& caller, IntakeId const& id,
                                       IntakeSubmit const& wish) {
    TRY_VOID(settled(library, caller, id));
    TRY_VOID(check_submit(wish));
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<IntakeView> {
        auto intake = TRY(own(tx, caller, id));
        TRY_VOID(caller.require(tx, permissions::contribute, intake.school_id));
        if (busy(intake.state)) return core::conflict("resources.intake.busy");
        if (store::rows_with_verdict(tx, id, Verdict::sure, 0, 1).empty())
            return core::conflict("resources.intake.nothing_sure");
        begin(library, tx, intake, intake_submit_job, core::json::write(IntakeSubmitInput{id, wish}));
        return view_of(tx, intake);
    });
}

core::Result<core::Nothing> remove_intake(Library const& library, auth::Caller const& caller, IntakeId const& id) {
    TRY_VOID(settled(library, caller, id));
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<core::Nothing> {
        auto const intake = TRY(own(tx, caller, id));
        if (busy(intake.state)) return core::conflict("resources.intake.busy");
        release_files(library, tx, intake);
        store::delete_intake(tx, id);
        return core::Nothing{};
    });
}

void forget_old_intakes(Library const& library, core::DistrictId district) {
    constexpr int at_once = 20;
    auto const before = core::Instant{library.clock.now().ms - untouched_ms};
    library.db.transact(district, [&](sql::Tx& tx) {
        for (auto const& intake : store::intakes_untouched(tx, before, at_once)) {
            release_files(library, tx, intake);
            store::delete_intake(tx, intake.id);
        }
    });
}

}  // namespace santong::resources
