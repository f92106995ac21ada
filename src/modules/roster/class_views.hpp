#pragma once
// What screens ask and hear about a class, its accounts, consents and computer room.
#include <optional>
#include <string>
#include <vector>

#include "modules/roster/org_views.hpp"
#include "platform/auth/domain.hpp"

namespace santong::roster {

/// A pupil as his class's page shows him. What the caller need not know is absent.
struct ClassPupil {
    PersonId person_id;
    std::string name;
    std::optional<Sex> sex;
    std::optional<std::string> pupil_number;
    std::optional<auth::AccountStatus> account;  ///< absent also if there is none
    std::optional<bool> has_password;
    std::optional<bool> has_pin;
    std::optional<bool> consent_needed;  ///< under 14 and none recorded
    std::optional<core::Instant> consent_at;
};
BOOST_DESCRIBE_STRUCT(ClassPupil, (),
                      (person_id, name, sex, pupil_number, account, has_password, has_pin, consent_needed, consent_at))

struct ClassDetail {
    OrgId id;
    std::string name;
    std::int32_t grade = 1;
    std::int32_t number = 1;
    OrgId school_id;
    std::string school_name;
    std::string room;
    bool multigrade = false;
    std::vector<Teacher> teachers;
    std::vector<ClassPupil> pupils;
    std::optional<core::Instant> open_until;  ///< pupils may sign in by PIN until then
    std::vector<std::string> may;
};
BOOST_DESCRIBE_STRUCT(ClassDetail, (),
                      (id, name, grade, number, school_id, school_name, room, multigrade, teachers, pupils, open_until,
                       may))

/// For whom slips or PINs are wanted; nobody named = the whole class.
struct SlipRequest {
    std::vector<PersonId> pupils;
};
BOOST_DESCRIBE_STRUCT(SlipRequest, (), (pupils))

/// One slip to cut out and hand over.
struct CodeSlip {
    PersonId person_id;
    std::string name;
    std::string login;
    std::string code;
};
BOOST_DESCRIBE_STRUCT(CodeSlip, (), (person_id, name, login, code))

enum class SlipRefusal : int { no_account, consent_needed, has_password, disabled };
BOOST_DESCRIBE_ENUM(SlipRefusal, no_account, consent_needed, has_password, disabled)

/// Somebody for whom there is no slip.
struct SkippedSlip {
    PersonId person_id;
    std::string name;
    SlipRefusal why = SlipRefusal::no_account;
};
BOOST_DESCRIBE_STRUCT(SkippedSlip, (), (person_id, name, why))

struct CodeSlips {
    std::string school_name;
    std::string class_name;
    core::Instant issued_at;
    std::vector<CodeSlip> slips;
    std::vector<SkippedSlip> skipped;
};
BOOST_DESCRIBE_STRUCT(CodeSlips, (), (school_name, class_name, issued_at, slips, skipped))

struct PinSlip {
    PersonId person_id;
    std::string name;
    std::string pin;
};
BOOST_DESCRIBE_STRUCT(PinSlip, (), (person_id, name, pin))

struct PinSlips {
    std::string school_name;
    std::string class_name;
    core::Instant issued_at;
    std::vector<PinSlip> slips;
    std::vector<SkippedSlip> skipped;
};
BOOST_DESCRIBE_STRUCT(PinSlips, (), (school_name, class_name, issued_at, slips, skipped))

/// Signed papers of guardians, recorded together.
struct ConsentBatch {
    std::vector<PersonId> pupils;
    std::optional<ConsentMethod> method;  ///< paper if absent
};
BOOST_DESCRIBE_STRUCT(ConsentBatch, (), (pupils, method))

struct ConsentAnswer {
    std::int32_t recorded = 0;   ///< new consents
    std::int32_t activated = 0;  ///< accounts that woke up
};
BOOST_DESCRIBE_STRUCT(ConsentAnswer, (), (recorded, activated))

/// How long a computer room stays open for a class.
struct OpenClassRequest {
    std::optional<std::int32_t> minutes;  ///< 45 if absent
};
BOOST_DESCRIBE_STRUCT(OpenClassRequest, (), (minutes))

struct OpenClassAnswer {
    core::Instant closes_at;
    std::int32_t without_pin = 0;  ///< pupils with an account who have no PIN yet
};
BOOST_DESCRIBE_STRUCT(OpenClassAnswer, (), (closes_at, without_pin))

}  // namespace santong::roster
