#include "modules/resources/service_course.hpp"

#include <algorithm>

#include "core/json.hpp"
#include "modules/resources/found_course.hpp"
#include "modules/resources/readers.hpp"
#include "modules/resources/store_course.hpp"
#include "platform/auth/vault.hpp"

namespace santong::resources {

namespace {

constexpr char const* cmi_field = "course_cmi";

core::Result<std::pair<Resource, Version>> version_in(sql::Tx& tx, auth::Caller const& caller, ResourceId const& id) {
    auto const resource = TRY(readable(tx, caller, id));
    auto const version = store::find_version(tx, id, version_for(tx, caller, resource));
    if (resource.kind != Kind::scorm || !version || !version->file_id) return core::conflict("resources.no_course");
    return std::pair{resource, *version};
}

/// What a page of another version left means nothing to this one.
core::Result<std::string> memory_of(sql::Tx& tx, CourseState const& state, int version) {
    auto const sealed = state.version == version ? store::course_memory(tx, state) : auth::SealedText{};
    if (sealed.empty()) return std::string();
    return auth::open(tx, state.person_id, cmi_field, sealed);
}

core::Result<CoursePage> page_of(sql::Tx& tx, files::Sco const& sco, CourseState const* state, int version) {
    CoursePage page{sco.identifier, sco.title, sco.href, sco.launch_data, sco.mastery_score, sco.reports};
    if (state == nullptr) return page;
    page.completion = state->completion;
    page.success = state->success;
    page.score = state->score;
    page.seconds = state->seconds;
    page.cmi = TRY(memory_of(tx, *state, version));
    return page;
}

core::Result<void> check_report(FoundCourse const& found, CourseReport const& said) {
    if (said.version != found.version.number) return core::conflict("resources.course_changed");
    bool const whole = said.sco.empty() && !found.course.activities.empty();
    bool const known = std::ranges::any_of(found.course.scos, [&](auto const& s) { return s.identifier == said.sco; });
    if (!known && !whole) return core::invalid_at("/sco", "resources.no_such_page");
    if (said.cmi.size() > most_course_bytes)
        return core::too_large("resources.course_too_large", {{"max", std::to_string(most_course_bytes / 1024)}});
    if (!said.cmi.empty() && !core::json::read<core::Nothing>(said.cmi, core::json::UnknownFields::ignore))
        return core::invalid_at("/cmi", "resources.course_not_json");
    if (said.score && (*said.score < 0 || *said.score > 100))
        return core::invalid_at("/score", "core.number_out_of_range");
    if (said.seconds < 0) return core::invalid_at("/seconds", "core.number_out_of_range");
    if (said.completion == Completion::not_yet) return core::invalid_at("/completion", "core.number_out_of_range");
    return {};
}

}  // namespace

core::Result<FoundCourse> find_course(Courses const& courses, auth::Caller const& caller, ResourceId const& id) {
    auto const& library = courses.library;
    auto const [resource, version] =
        TRY(library.db.read(caller.district, [&](sql::Tx& tx) { return version_in(tx, caller, id); }));
    auto const file = library.files.find(caller.district, *version.file_id);
    if (!file || file->kind != files::FileKind::scorm_package) return core::conflict("resources.no_course");
    return FoundCourse{resource, version, TRY(courses.packages.course(*file))};
}

CourseResult result_in(std::vector<CourseState> states, files::ScormCourse const& course) {
    auto const whole = std::ranges::find(states, std::string(), &CourseState::sco);
    auto const said = whole != states.end() ? std::optional(*whole) : std::nullopt;
    std::erase_if(states, [&](CourseState const& state) {
        return std::ranges::none_of(course.scos, [&](auto const& sco) { return sco.identifier == state.sco; });
    });
    auto result = result_of(states, static_cast<int>(course.scos.size()));
    if (course.activities.empty() || !said) return result;
    // A sequenced course says by its own rules what is done and what is passed, not by the number of its pages.
    result.completion = said->completion;
    result.success = said->success;
    if (said->score) result.score = said->score;
    return result;
}

core::Result<OpenedCourse> course(Courses const& courses, auth::Caller const& caller, ResourceId const& id) {
    auto const found = TRY(find_course(courses, caller, id));
    OpenedCourse opened{
        {id, found.version.number, found.course.edition, found.course.title, {}, {}, {}, found.course.activities},
        *found.version.file_id};
    return courses.library.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<OpenedCourse> {
        auto const states = store::course_states(tx, id, {caller.person});
        auth::load_keys(tx, {caller.person});
        for (auto const& sco : found.course.scos) {
            auto const state = std::ranges::find(states, sco.identifier, &CourseState::sco);
            opened.view.pages.push_back(
                TRY(page_of(tx, sco, state == states.end() ? nullptr : &*state, found.version.number)));
        }
        opened.view.mine = result_in(states, found.course);
        auto const whole = std::ranges::find(states, std::string(), &CourseState::sco);
        if (whole != states.end()) opened.view.sequencing = TRY(memory_of(tx, *whole, found.version.number));
        return opened;
    });
}

core::Result<CourseResult> report(Courses const& courses, auth::Caller const& caller, ResourceId const& id,
                                  CourseReport const& said) {
    auto const found = TRY(find_course(courses, caller, id));
    TRY_VOID(check_report(found, said));
    return courses.library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<CourseResult> {
        TRY_VOID(version_in(tx, caller, id));  // it may have been recalled since
        auto const before = store::course_state(tx, id, caller.person, said.sco);
        CourseState now{id,
                        caller.person,
                        said.sco,
                        said.version,
                        said.completion,
                        said.success,
                        said.score,
                        said.seconds,
                        {},
                        courses.library.clock.now(),
                        {}};
        store::put_course_state(tx, merged(before, now), TRY(auth::seal(tx, caller.person, cmi_field, said.cmi)));
        return result_in(store::course_states(tx, id, {caller.person}), found.course);
    });
}

core::Result<CourseResult> begin_anew(Courses const& courses, auth::Caller const& caller, ResourceId const& id) {
    auto const found = TRY(find_course(courses, caller, id));
    return courses.library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<CourseResult> {
        store::clear_course_memory(tx, id, caller.person);
        return result_in(store::course_states(tx, id, {caller.person}), found.course);
    });
}

}  // namespace santong::resources
