#include "modules/homework/http.hpp"

#include "modules/homework/permissions.hpp"
#include "modules/homework/service_pupil.hpp"

namespace santong::homework {

namespace {

using http::Access;
using http::Call;
using http::Router;

HomeworkId homework_of(Call const& call) {
    return call.id<HomeworkId>("homework_id");
}
core::OrgId class_of(Call const& call) {
    return call.id<core::OrgId>("class_id");
}
SubmissionId submission_of(Call const& call) {
    return call.id<SubmissionId>("submission_id");
}
core::PersonId child_of(Call const& call) {
    return call.id<core::PersonId>("person_id");
}

void set_routes(Router& router, sql::Database& db, core::Clock const& clock, files::Files const& files) {
    auto const access = Access::with(permissions::set);
    std::string const base = "/api/v1/homework";
    router
        .list<HomeworkQuery, core::Page<HomeworkView>>(base, access,
                                                       [&db, &clock](Call const& call, HomeworkQuery const& query) {
                                                           return my_homework(db, call.caller, clock, query);
                                                       })
        .says("Homework that the caller set, newest first, with how many works stand where.");
    router
        .list<DraftQuery, HomeworkDraft>(base + "/draft", access,
                                         [&db, &clock](Call const& call, DraftQuery const& query) {
                                             return homework_draft(db, call.caller, clock, query);
                                         })
        .says("What a new homework begins with: from nothing, from a lesson plan, or from a lesson.");
    router
        .post<NewHomework, HomeworkView>(base, access,
                                         [&db, &clock, &files](Call const& call, NewHomework const& wish) {
                                             return set_homework(db, files, call.caller, clock, wish);
                                         })
        .says("Sets homework for one or several of the caller's classes in his subject.");
    router
        .get<HomeworkView>(
            base + "/{homework_id}", access,
            [&db, &clock](Call const& call) { return homework_view(db, call.caller, clock, homework_of(call)); })
        .says("One homework.");
    router
        .put<ChangeHomework, HomeworkView>(base + "/{homework_id}", access,
                                           [&db, &clock, &files](Call const& call, ChangeHomework const& change) {
                                               return change_homework(db, files, call.caller, clock, homework_of(call),
                                                                      change);
                                           })
        .says("Changes a homework.");
    router
        .act<core::Nothing, HomeworkView>(base + "/{homework_id}/withdraw", access,
                                          [&db, &clock](Call const& call, core::Nothing const&) {
                                              return withdraw_homework(db, call.caller, clock, homework_of(call));
                                          })
        .says("Takes a homework back; works that came stay with it.");
    router
        .act<core::Nothing, HomeworkView>(base + "/{homework_id}/restore", access,
                                          [&db, &clock](Call const& call, core::Nothing const&) {
                                              return restore_homework(db, call.caller, clock, homework_of(call));
                                          })
        .says("Brings a withdrawn homework back.");
}

void class_routes(Router& router, sql::Database& db, core::Clock const& clock, files::Files const& files) {
    auto const access = Access::with(permissions::set);
    std::string const base = "/api/v1/homework/{homework_id}/classes/{class_id}";
    router
        .get<ClassBoard>(base, access,
                         [&db, &clock](Call const& call) {
                             return class_board(db, call.caller, clock, homework_of(call), class_of(call));
                         })
        .says("How each pupil of a class stands with a homework.");
    router
        .act<CollectRequest, ClassBoard>(base + "/collect", access,
                                         [&db, &clock, &files](Call const& call, CollectRequest const& request) {
                                             return collect(db, files, call.caller, clock, homework_of(call),
                                                            class_of(call), request);
                                         })
        .says("Ticks pupils as having handed in on paper, or unticks them.");
    router
        .act<PhotoRequest, ClassBoard>(base + "/photos", access,
                                       [&db, &clock, &files](Call const& call, PhotoRequest const& request) {
                                           return put_photos(db, files, call.caller, clock, homework_of(call),
                                                             class_of(call), request);
                                       })
        .says("Says whose works the photographs of a stack are, several pages each.");
    router
        .act<core::Nothing, Reminded>(base + "/remind", access,
                                      [&db, &clock](Call const& call, core::Nothing const&) {
                                          return remind(db, call.caller, clock, homework_of(call), class_of(call));
                                      })
        .says("Reminds those of whom nothing came, on their own page.");
    router
        .act<core::Nothing, GivenBack>(base + "/return", access,
                                       [&db, &clock](Call const& call, core::Nothing const&) {
                                           return give_all_back(db, call.caller, clock, homework_of(call),
                                                                class_of(call));
                                       })
        .says("Gives back all marked works of a class.");
}

void mark_routes(Router& router, sql::Database& db, core::Clock const& clock) {
    auto const access = Access::with(permissions::set);
    std::string const base = "/api/v1/homework-submissions/{submission_id}";
    constexpr std::int64_t most_ink = std::int64_t{4} << 20;
    router
        .get<SubmissionView>(
            base, access,
            [&db, &clock](Call const& call) { return submission_view(db, call.caller, clock, submission_of(call)); })
        .says("A pupil's work with all its rounds, and who comes before and after.");
    router
        .put<MarkRequest, MarkSaved>(base + "/mark", access,
                                     [&db, &clock](Call const& call, MarkRequest const& request) {
                                         return save_mark(db, call.caller, clock, submission_of(call), request);
                                     })
        .says("The mark of the newest round: result, words, and the pen's strokes.")
        .takes_up_to(most_ink);
    router
        .act<ReturnRequest, Submission>(base + "/return", access,
                                        [&db, &clock](Call const& call, ReturnRequest const& request) {
                                            return give_back(db, call.caller, clock, submission_of(call), request);
                                        })
        .says("Gives a work back, or back to be put right.");
    router
        .act<core::Nothing, Submission>(base + "/take-back", access,
                                        [&db, &clock](Call const& call, core::Nothing const&) {
                                            return take_back(db, call.caller, clock, submission_of(call));
                                        })
        .says("Undoes giving back, while the pupil has not handed in again.");
    router
        .get<PhraseList>("/api/v1/my/homework-phrases", access,
                         [&db](Call const& call) { return my_phrases(db, call.caller); })
        .says("The caller's own comments that he uses again.");
    router
        .put<PhraseList, PhraseList>(
            "/api/v1/my/homework-phrases", access,
            [&db](Call const& call, PhraseList const& wish) { return put_my_phrases(db, call.caller, wish); })
        .says("Changes those comments.");
}

void load_routes(Router& router, sql::Database& db, core::Clock const& clock) {
    auto const manage = Access::with(permissions::manage_limits);
    router
        .list<LoadQuery, WeekLoad>("/api/v1/homework-load", Access::with(permissions::view_load),
                                   [&db, &clock](Call const& call, LoadQuery const& query) {
                                       return week_load(db, call.caller, clock, query);
                                   })
        .says("Minutes of homework of each class and day, set by all its teachers, beside the limits.");
    router
        .get<CountyLimits>("/api/v1/homework-limits", manage,
                           [&db](Call const& call) { return county_limits(db, call.caller); })
        .says("The county's minutes of written homework a day, and the schools that have set their own.");
    router
        .get<LimitsView>(
            "/api/v1/homework-limits/{org_id}", manage,
            [&db](Call const& call) { return homework_limits(db, call.caller, call.id<core::OrgId>("org_id")); })
        .says("Minutes of written homework a day by grade, as they hold at a school or in the county.");
    router
        .put<PutLimits, LimitsView>("/api/v1/homework-limits/{org_id}", manage,
                                    [&db, &clock](Call const& call, PutLimits const& wish) {
                                        return put_homework_limits(db, call.caller, clock,
                                                                   call.id<core::OrgId>("org_id"), wish);
                                    })
        .says("Sets them; no rows means what holds above. They warn and never forbid.");
}

void family_routes(Router& router, sql::Database& db, core::Clock const& clock, files::Files const& files) {
    auto const pupil = Access::with(permissions::hand_in);
    auto const guardian = Access::with(permissions::view_child);
    router
        .list<PupilHomeworkQuery, core::Page<PupilHomework>>(
            "/api/v1/my/homework", pupil,
            [&db, &clock](Call const& call, PupilHomeworkQuery const& query) {
                return pupil_homework(db, call.caller, clock, query);
            })
        .says("The caller's homework; open=true is what he still has to do.");
    router
        .get<PupilHomeworkView>(
            "/api/v1/my/homework/{homework_id}", pupil,
            [&db, &clock](Call const& call) { return pupil_homework_view(db, call.caller, clock, homework_of(call)); })
        .says("One homework with what was handed in and what the teacher said.");
    router
        .act<HandInRequest, PupilHomeworkView>("/api/v1/my/homework/{homework_id}/hand-in", pupil,
                                               [&db, &clock, &files](Call const& call, HandInRequest const& request) {
                                                   return hand_in(db, files, call.caller, clock, homework_of(call),
                                                                  request);
                                               })
        .says("Hands in text and files, puts it right before it is marked, or hands in the correction.");
    router
        .list<PupilHomeworkQuery, core::Page<PupilHomework>>(
            "/api/v1/children/{person_id}/homework", guardian,
            [&db, &clock](Call const& call, PupilHomeworkQuery const& query) {
                return child_homework(db, call.caller, clock, child_of(call), query);
            })
        .says("A child's homework for his guardian: what, until when, handed in or not, the teacher's words.");
    router
        .get<PupilHomeworkView>("/api/v1/children/{person_id}/homework/{homework_id}", guardian,
                                [&db, &clock](Call const& call) {
                                    return child_homework_view(db, call.caller, clock, child_of(call),
                                                               homework_of(call));
                                })
        .says("One homework of a child with what was handed in and what the teacher said.");
}

}  // namespace

void register_routes(http::Router& router, sql::Database& db, core::Clock const& clock, files::Files const& files) {
    set_routes(router, db, clock, files);
    class_routes(router, db, clock, files);
    mark_routes(router, db, clock);
    load_routes(router, db, clock);
    family_routes(router, db, clock, files);
}

}  // namespace santong::homework
