#pragma once
// What the screens of a running lesson are told at once, so that nobody waits for the next sign of life. May include:
// the domain, platform/{auth,sql}.
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "modules/teaching/domain_session.hpp"
#include "platform/auth/caller.hpp"

namespace santong::teaching {

/// `pulse`: ask for a sign of life now, as the lesson may be over or somebody else's; `picture`: somebody else has
/// changed what stands on the screen or who is in the lesson. `mine`: one of one's own screens has; the one that did so
/// knows it already.
enum class ScreenCallKind : int { pulse, picture, mine };
BOOST_DESCRIBE_ENUM(ScreenCallKind, pulse, picture, mine)

/// Nothing of the lesson itself: a screen asks for that, and the server looks whether it may.
struct ScreenCall {
    SessionId session_id;
    ScreenCallKind kind = ScreenCallKind::pulse;
};
BOOST_DESCRIBE_STRUCT(ScreenCall, (), (session_id, kind))

/// Topic of a teacher's classroom screens, heard by himself alone.
std::string classroom_topic(core::PersonId const& person);
bool may_hear_classroom(auth::Caller const& caller, std::string_view topic);

using ScreenListener = std::function<void(core::DistrictId, core::PersonId const&, ScreenCall const&)>;
/// At start: who passes calls on to the screens; `{}` takes him off. Called after the commit.
void on_screen_call(ScreenListener listener);

namespace screen {

/// Calls the screens of a lesson's teacher and of those who assist; those of `by`, who did it himself, with `mine`.
void call(sql::Tx& tx, ClassSession const& session, ScreenCallKind kind,
          std::optional<core::PersonId> const& by = std::nullopt);
/// Calls one person's screens.
void call_person(sql::Tx& tx, core::PersonId const& person, ScreenCall const& what);

}  // namespace screen

}  // namespace santong::teaching
