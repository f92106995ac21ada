#include "modules/teaching/screen_calls.hpp"

#include <mutex>

#include "modules/teaching/store_class.hpp"

namespace santong::teaching {

namespace {

constexpr char classroom_prefix[] = "classroom:";

struct ScreenHearing {
    std::mutex mutex;
    ScreenListener listener;
};
ScreenHearing& screen_hearing() {
    static ScreenHearing all;
    return all;
}

}  // namespace

std::string classroom_topic(core::PersonId const& person) {
    return classroom_prefix + person.text();
}

bool may_hear_classroom(auth::Caller const& caller, std::string_view topic) {
    return caller.signed_in() && topic == classroom_topic(caller.person);
}

void on_screen_call(ScreenListener listener) {
    std::lock_guard const lock(screen_hearing().mutex);
    screen_hearing().listener = std::move(listener);
}

namespace screen {

void call_person(sql::Tx& tx, core::PersonId const& person, ScreenCall const& what) {
    tx.after_commit([district = tx.district(), person, what] {
        std::lock_guard const lock(screen_hearing().mutex);
        if (screen_hearing().listener) screen_hearing().listener(district, person, what);
    });
}

void call(sql::Tx& tx, ClassSession const& session, ScreenCallKind kind, std::optional<core::PersonId> const& by) {
    auto const tell = [&](core::PersonId const& person) {
        call_person(tx, person, {session.id, person == by ? ScreenCallKind::mine : kind});
    };
    tell(session.teacher_id);
    for (auto const& one : store::assistants(tx, {session.id})) tell(one.person_id);
}

}  // namespace screen

}  // namespace santong::teaching
