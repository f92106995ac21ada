#pragma once
// Messages (消息): what asks a person to act or tells him of a change. May include: core/ only.
#include <optional>
#include <string>

#include "core/described.hpp"

namespace santong::messages {

using MessageId = core::Id<struct MessageTag>;

/// Everything that a message can say; the screens have a sentence for each.
enum class MessageKind : int {
    change_asked,         ///< a colleague asks to be stood in for: answer
    change_filed,         ///< the office is to see to a lesson
    change_agreed,        ///< the colleague will do it
    change_declined,      ///< the colleague cannot
    change_ready,         ///< all have agreed: the office is to decide
    change_approved,      ///< to all whose lessons change
    change_refused,       ///< by the office
    change_taken_back,    ///< it is as it was planned again
    lesson_changed,       ///< to the class
    lesson_restored,      ///< to the class
    homework_returned,    ///< marked
    homework_correction,  ///< marked, to be done again
    review_returned,      ///< of one's own resource
    review_approved,
    resource_recalled,
    resource_marked,  ///< the district's mark, set outside a review
    resource_unmarked,
    report_to_sign,
    report_to_pass_on,
    report_returned,
    news_returned,  ///< of one's own article
    news_published,
    news_withdrawn,
    news_to_confirm,  ///< a notice that its readers are to confirm
    resource_here,    ///< what one asked for is at one's school now
    request_gone,     ///< what one asked for was taken away
    push_unused,      ///< to a school's office: something lies there for fourteen days and nobody has used it
};
BOOST_DESCRIBE_ENUM(MessageKind, change_asked, change_filed, change_agreed, change_declined, change_ready,
                    change_approved, change_refused, change_taken_back, lesson_changed, lesson_restored,
                    homework_returned, homework_correction, review_returned, review_approved, resource_recalled,
                    resource_marked, resource_unmarked, report_to_sign, report_to_pass_on, report_returned,
                    news_returned, news_published, news_withdrawn, news_to_confirm, resource_here, request_gone,
                    push_unused)

/// Whether it stays until somebody has acted.
constexpr bool asks(MessageKind kind) {
    return kind == MessageKind::change_asked || kind == MessageKind::change_filed ||
           kind == MessageKind::change_ready || kind == MessageKind::report_to_sign ||
           kind == MessageKind::report_to_pass_on || kind == MessageKind::news_to_confirm;
}

/// What is told, whoever is told.
struct Notice {
    MessageKind kind = MessageKind::lesson_changed;
    std::string about;                  ///< what it is about; `settle` finds it by this
    std::string href;                   ///< page of the thing
    std::optional<core::PersonId> who;  ///< whose act, or whose child
    std::optional<core::OrgId> place;   ///< a class or a school
    std::optional<core::LocalDate> date;
    std::int32_t period = 0;
    std::string subject;  ///< code of ZXXKC
    std::string month;    ///< "2014-10"
};

/// A message as it is kept.
struct Message {
    MessageId id;
    core::PersonId person_id;
    MessageKind kind = MessageKind::lesson_changed;
    std::string about;
    std::string href;
    std::optional<core::PersonId> who;
    std::optional<core::OrgId> place;
    std::optional<core::LocalDate> date;
    std::int32_t period = 0;
    std::string subject;
    std::string month;
    core::Instant at;
    std::optional<core::Instant> read_at;
};
BOOST_DESCRIBE_STRUCT(Message, (),
                      (id, person_id, kind, about, href, who, place, date, period, subject, month, at, read_at))

/// How long a message is kept, in days.
inline constexpr int days_kept = 90;

}  // namespace santong::messages
