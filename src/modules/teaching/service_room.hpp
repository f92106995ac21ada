#pragma once
// Tools of a running class: code cards, ink, calling a pupil.
#include "modules/teaching/domain_class.hpp"
#include "modules/teaching/service_class.hpp"

namespace santong::teaching {

/// The question in front of the class and which cards have been read for it; never what a card showed.
struct CardBoard {
    std::optional<ClassQuestion> question;
    std::vector<std::int32_t> seen;
    std::optional<core::Instant> read_at;  ///< absent: nothing is being read, or the class begins anew
    std::string class_name;
    std::int32_t pupils = 0;  ///< of all classes in the room
};
BOOST_DESCRIBE_STRUCT(CardBoard, (), (question, seen, read_at, class_name, pupils))

/// What the screen and the reading phone ask every second.
core::Result<CardBoard> card_board(sql::Database& db, auth::Caller const& caller, SessionId const& id);
/// What a camera has read so far: takes the place of what it read before. Refuses "teaching.cards_begin_anew" if the
/// class has thrown away the reading that this one goes on from, "teaching.question_done".
core::Result<CardBoard> read_cards(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                   SessionId const& id, QuestionId const& question_id, CardReading const& reading);

/// A class for which cards are printed.
struct CardClass {
    core::OrgId id;
    std::string name;
    std::int32_t grade = 0;
    std::int32_t pupils = 0;
};
BOOST_DESCRIBE_STRUCT(CardClass, (), (id, name, grade, pupils))
/// Classes of the caller's school.
core::Result<std::vector<CardClass>> card_classes(sql::Database& db, auth::Caller const& caller,
                                                  core::Clock const& clock);

/// Who has which card: for handing them out. Full names, as two pupils may share a surname.
struct CardHolder {
    std::int32_t number = 1;  ///< in the class list and on the card
    std::string name;
};
BOOST_DESCRIBE_STRUCT(CardHolder, (), (number, name))
/// For a teacher who has lessons in the class these weeks, and its homeroom teacher; every look is in the log.
/// not_found for everybody else.
core::Result<std::vector<CardHolder>> card_holders(sql::Database& db, auth::Caller const& caller,
                                                   core::Clock const& clock, core::OrgId const& class_id);

/// Ink of a session, as it is drawn and as it is taken away.
struct InkChange {
    std::vector<InkStroke> add;
    std::vector<StrokeId> remove;
};
BOOST_DESCRIBE_STRUCT(InkChange, (), (add, remove))
struct InkKept {
    std::int32_t strokes = 0;
};
BOOST_DESCRIBE_STRUCT(InkKept, (), (strokes))
/// Sent twice it is done once. Taken until the end of the lesson's day. Refuses "teaching.ink_full",
/// "teaching.ink_unreadable".
core::Result<InkKept> draw(sql::Database& db, auth::Caller const& caller, core::Clock const& clock, SessionId const& id,
                           InkChange const& change);
core::Result<std::vector<InkStroke>> ink(sql::Database& db, auth::Caller const& caller, SessionId const& id);

/// A pupil as a classroom screen may call him.
struct CalledPupil {
    std::int32_t number = 1;  ///< in the class list
    std::string surname;      ///< empty where the school's rule is the number alone
};
BOOST_DESCRIBE_STRUCT(CalledPupil, (), (number, surname))
struct CalledClass {
    std::string class_name;
    std::vector<CalledPupil> pupils;
};
BOOST_DESCRIBE_STRUCT(CalledClass, (), (class_name, pupils))
struct CallList {
    Calling calling = Calling::surname;
    std::vector<CalledClass> classes;
};
BOOST_DESCRIBE_STRUCT(CallList, (), (calling, classes))
/// Who can be called in a running lesson. Whom the screen then draws is told to nobody.
core::Result<CallList> call_list(sql::Database& db, auth::Caller const& caller, SessionId const& id);

struct ClassroomRule {
    Calling calling = Calling::surname;
};
BOOST_DESCRIBE_STRUCT(ClassroomRule, (), (calling))
/// not_found for a school that the caller may not see.
core::Result<ClassroomRule> classroom_rule(sql::Database& db, auth::Caller const& caller, core::OrgId const& school);
core::Result<ClassroomRule> set_classroom_rule(sql::Database& db, auth::Caller const& caller, core::OrgId const& school,
                                               ClassroomRule const& rule);

}  // namespace santong::teaching
