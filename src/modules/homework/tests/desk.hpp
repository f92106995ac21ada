#pragma once
// A teacher's desk in the small school: homework of mathematics for 五(1), due on Friday.
#include "modules/homework/service_pupil.hpp"
#include "modules/teaching/tests/classroom.hpp"
#include "platform/auth/accounts.hpp"
#include "platform/files/content_store.hpp"

namespace santong::test {

class Desk : public Classroom {
public:
    Desk();
    ~Desk();

    std::string folder;
    files::LocalContentStore contents;
    files::Files files;

    core::OrgId first_class() const { return heba.classes[0]; }
    core::OrgId second_class() const { return heba.classes[1]; }
    auth::Caller child(std::size_t number, std::size_t class_number = 0) const;
    auth::Caller with_account(core::PersonId const& person) const;
    homework::HomeworkContent content() const;
    /// Set by teacher 0 for 五(1), unless said otherwise.
    homework::HomeworkView set(homework::HomeworkContent const& wish) const;
    homework::HomeworkView set() const { return set(content()); }
    core::FileId picture(auth::Caller const& owner);
    homework::SubmissionId submission(homework::HomeworkView const& of, std::size_t pupil) const;
    homework::BoardRow row(homework::HomeworkView const& of, std::size_t pupil) const;
    core::Result<homework::PupilHomeworkView> hand_in(homework::HomeworkView const& of, std::size_t pupil,
                                                      std::string text, std::vector<core::FileId> pictures = {});
};

}  // namespace santong::test
