#pragma once
// Asking a colleague for his class (合班). May include: core/ and the domain.
#include "modules/teaching/domain_session.hpp"

namespace santong::teaching {

using WishId = core::Id<struct ClassWishTag>;

enum class WishState : int { asked, accepted, refused, taken_back };
BOOST_DESCRIBE_ENUM(WishState, asked, accepted, refused, taken_back)

/// A wish to take a colleague's class along in a running lesson.
struct ClassAsk {
    WishId id;
    SessionId session_id;  ///< of who asks
    LessonId lesson_id;    ///< of who is asked
    core::OrgId class_id;
    core::PersonId asked_of;
    core::Instant asked_at;
    WishState state = WishState::asked;
};
BOOST_DESCRIBE_STRUCT(ClassAsk, (), (id, session_id, lesson_id, class_id, asked_of, asked_at, state))

}  // namespace santong::teaching
