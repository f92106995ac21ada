#include "standards/oneroster/format.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace santong::oneroster {

namespace {

using enum ColumnType;
constexpr bool must = true;

constexpr ColumnSpec status{"status", choice, false, FileKind::orgs, "active|tobedeleted"};
constexpr ColumnSpec modified{"dateLastModified", moment};
constexpr ColumnSpec id_column{"sourcedId", id, must};

constexpr ColumnSpec ref(char const* name, FileKind target, bool required = false) {
    return {name, reference, required, target};
}
constexpr ColumnSpec flag(char const* name, bool required = false) {
    return {name, boolean, required};
}

constexpr std::array orgs_columns = {
    id_column,
    status,
    modified,
    ColumnSpec{"name", text, must},
    ColumnSpec{"type", choice, must, FileKind::orgs, "department|school|district|local|state|national", true},
    ColumnSpec{"identifier"},
    ref("parentSourcedId", FileKind::orgs)};

constexpr std::array session_columns = {
    id_column,
    status,
    modified,
    ColumnSpec{"title", text, must},
    ColumnSpec{"type", choice, must, FileKind::orgs, "gradingPeriod|semester|schoolYear|term", true},
    ColumnSpec{"startDate", date, must},
    ColumnSpec{"endDate", date, must},
    ref("parentSourcedId", FileKind::academicSessions),
    ColumnSpec{"schoolYear", year, must}};

constexpr std::array course_columns = {id_column,
                                       status,
                                       modified,
                                       ref("schoolYearSourcedId", FileKind::academicSessions),
                                       ColumnSpec{"title", text, must},
                                       ColumnSpec{"courseCode"},
                                       ColumnSpec{"grades", grades},
                                       ref("orgSourcedId", FileKind::orgs, must),
                                       ColumnSpec{"subjects"},
                                       ColumnSpec{"subjectCodes"}};

constexpr std::array class_columns = {id_column,
                                      status,
                                      modified,
                                      ColumnSpec{"title", text, must},
                                      ColumnSpec{"grades", grades},
                                      ref("courseSourcedId", FileKind::courses, must),
                                      ColumnSpec{"classCode"},
                                      ColumnSpec{"classType", choice, must, FileKind::orgs, "homeroom|scheduled", true},
                                      ColumnSpec{"location"},
                                      ref("schoolSourcedId", FileKind::orgs, must),
                                      ColumnSpec{"termSourcedIds", references, must, FileKind::academicSessions},
                                      ColumnSpec{"subjects"},
                                      ColumnSpec{"subjectCodes"},
                                      ColumnSpec{"periods"}};

constexpr std::array user_columns = {id_column,
                                     status,
                                     modified,
                                     flag("enabledUser", must),
                                     ColumnSpec{"username", text, must},
                                     ColumnSpec{"userIds"},
                                     ColumnSpec{"givenName", text, must},
                                     ColumnSpec{"familyName", text, must},
                                     ColumnSpec{"middleName"},
                                     ColumnSpec{"identifier"},
                                     ColumnSpec{"email"},
                                     ColumnSpec{"sms"},
                                     ColumnSpec{"phone"},
                                     ColumnSpec{"agentSourcedIds", references, false, FileKind::users},
                                     ColumnSpec{"grades", grades},
                                     ColumnSpec{"password"},
                                     ColumnSpec{"userMasterIdentifier"},
                                     ColumnSpec{"preferredGivenName"},
                                     ColumnSpec{"preferredMiddleName"},
                                     ColumnSpec{"preferredFamilyName"},
                                     ref("primaryOrgSourcedId", FileKind::orgs),
                                     ColumnSpec{"pronouns"}};

constexpr char const* role_choices =
    "aide|counselor|districtAdministrator|guardian|parent|principal|proctor|relative|siteAdministrator|student|"
    "systemAdministrator|teacher";

constexpr std::array role_columns = {id_column,
                                     status,
                                     modified,
                                     ref("userSourcedId", FileKind::users, must),
                                     ColumnSpec{"roleType", choice, must, FileKind::orgs, "primary|secondary"},
                                     ColumnSpec{"role", choice, must, FileKind::orgs, role_choices, true},
                                     ColumnSpec{"beginDate", date},
                                     ColumnSpec{"endDate", date},
                                     ref("orgSourcedId", FileKind::orgs, must),
                                     ref("userProfileSourcedId", FileKind::userProfiles)};

constexpr std::array enrollment_columns = {
    id_column,
    status,
    modified,
    ref("classSourcedId", FileKind::classes, must),
    ref("schoolSourcedId", FileKind::orgs, must),
    ref("userSourcedId", FileKind::users, must),
    ColumnSpec{"role", choice, must, FileKind::orgs, "administrator|proctor|student|teacher", true},
    flag("primary"),
    ColumnSpec{"beginDate", date},
    ColumnSpec{"endDate", date}};

constexpr std::array demographics_columns = {
    ColumnSpec{"sourcedId", reference, must, FileKind::users},
    status,
    modified,
    ColumnSpec{"birthDate", date},
    ColumnSpec{"sex", choice, false, FileKind::orgs, "male|female|other|unspecified", true},
    flag("americanIndianOrAlaskaNative"),
    flag("asian"),
    flag("blackOrAfricanAmerican"),
    flag("nativeHawaiianOrOtherPacificIslander"),
    flag("white"),
    flag("demographicRaceTwoOrMoreRaces"),
    flag("hispanicOrLatinoEthnicity"),
    ColumnSpec{"countryOfBirthCode"},
    ColumnSpec{"stateOfBirthAbbreviation"},
    ColumnSpec{"cityOfBirth"},
    ColumnSpec{"publicSchoolResidenceStatus"}};

constexpr std::array profile_columns = {id_column,
                                        status,
                                        modified,
                                        ref("userSourcedId", FileKind::users, must),
                                        ColumnSpec{"profileType", text, must},
                                        ColumnSpec{"vendorId", text, must},
                                        ColumnSpec{"applicationId"},
                                        ColumnSpec{"description"},
                                        ColumnSpec{"credentialType", text, must},
                                        ColumnSpec{"username", text, must},
                                        ColumnSpec{"password"}};

constexpr std::array resource_columns = {id_column,
                                         status,
                                         modified,
                                         ColumnSpec{"vendorResourceId", text, must},
                                         ColumnSpec{"title"},
                                         ColumnSpec{"roles"},
                                         ColumnSpec{"importance", choice, false, FileKind::orgs, "primary|secondary"},
                                         ColumnSpec{"vendorId"},
                                         ColumnSpec{"applicationId"}};
constexpr std::array class_resource_columns = {id_column,
                                               status,
                                               modified,
                                               ColumnSpec{"title"},
                                               ref("classSourcedId", FileKind::classes, must),
                                               ref("resourceSourcedId", FileKind::resources, must)};
constexpr std::array course_resource_columns = {id_column,
                                                status,
                                                modified,
                                                ColumnSpec{"title"},
                                                ref("courseSourcedId", FileKind::courses, must),
                                                ref("resourceSourcedId", FileKind::resources, must)};
constexpr std::array user_resource_columns = {id_column,
                                              status,
                                              modified,
                                              ref("userSourcedId", FileKind::users, must),
                                              ref("orgSourcedId", FileKind::orgs),
                                              ref("classSourcedId", FileKind::classes),
                                              ref("resourceSourcedId", FileKind::resources, must)};

// Gradebook: kept row by row as it came; what it refers to is checked, its marks are not the roster's.
constexpr std::array category_columns = {id_column, status, modified, ColumnSpec{"title", text, must},
                                         ColumnSpec{"weight"}};
constexpr std::array line_item_columns = {id_column,
                                          status,
                                          modified,
                                          ColumnSpec{"title", text, must},
                                          ColumnSpec{"description"},
                                          ColumnSpec{"assignDate", date, must},
                                          ColumnSpec{"dueDate", date, must},
                                          ref("classSourcedId", FileKind::classes, must),
                                          ref("categorySourcedId", FileKind::categories, must),
                                          ref("gradingPeriodSourcedId", FileKind::academicSessions),
                                          ref("academicSessionSourcedId", FileKind::academicSessions),
                                          ref("schoolSourcedId", FileKind::orgs),
                                          ColumnSpec{"resultValueMin"},
                                          ColumnSpec{"resultValueMax"}};
constexpr std::array result_columns = {id_column,
                                       status,
                                       modified,
                                       ref("lineItemSourcedId", FileKind::lineItems, must),
                                       ref("studentSourcedId", FileKind::users, must),
                                       ColumnSpec{"scoreStatus", text, must},
                                       ColumnSpec{"score"},
                                       ColumnSpec{"textScore"},
                                       ColumnSpec{"scoreDate", date, must},
                                       ColumnSpec{"comment"},
                                       ref("classSourcedId", FileKind::classes),
                                       flag("inProgress"),
                                       flag("incomplete"),
                                       flag("late"),
                                       flag("missing")};
constexpr std::array scale_columns = {id_column,
                                      status,
                                      modified,
                                      ColumnSpec{"title", text, must},
                                      ColumnSpec{"type", text, must},
                                      ref("orgSourcedId", FileKind::orgs),
                                      ref("courseSourcedId", FileKind::courses),
                                      ref("classSourcedId", FileKind::classes),
                                      ColumnSpec{"scoreScaleValues"}};
constexpr std::array line_item_objective_columns = {id_column,
                                                    status,
                                                    modified,
                                                    ref("lineItemSourcedId", FileKind::lineItems, must),
                                                    ColumnSpec{"source"},
                                                    ColumnSpec{"learningObjectiveIds"}};
constexpr std::array line_item_scale_columns = {id_column, status, modified,
                                                ref("lineItemSourcedId", FileKind::lineItems, must),
                                                ref("scoreScaleSourcedId", FileKind::scoreScales, must)};
constexpr std::array result_objective_columns = {id_column,
                                                 status,
                                                 modified,
                                                 ref("resultSourcedId", FileKind::results, must),
                                                 ColumnSpec{"source"},
                                                 ColumnSpec{"learningObjectiveIds"}};
constexpr std::array result_scale_columns = {id_column, status, modified,
                                             ref("resultSourcedId", FileKind::results, must),
                                             ref("scoreScaleSourcedId", FileKind::scoreScales, must)};

// In the order of FileKind.
std::array const specs = {FileSpec{FileKind::academicSessions, session_columns},
                          FileSpec{FileKind::categories, category_columns},
                          FileSpec{FileKind::classes, class_columns},
                          FileSpec{FileKind::classResources, class_resource_columns},
                          FileSpec{FileKind::courses, course_columns},
                          FileSpec{FileKind::courseResources, course_resource_columns},
                          FileSpec{FileKind::demographics, demographics_columns, "sourcedId"},
                          FileSpec{FileKind::enrollments, enrollment_columns},
                          FileSpec{FileKind::lineItemLearningObjectiveIds, line_item_objective_columns},
                          FileSpec{FileKind::lineItems, line_item_columns},
                          FileSpec{FileKind::lineItemScoreScales, line_item_scale_columns},
                          FileSpec{FileKind::orgs, orgs_columns},
                          FileSpec{FileKind::resources, resource_columns},
                          FileSpec{FileKind::resultLearningObjectiveIds, result_objective_columns},
                          FileSpec{FileKind::results, result_columns, "studentSourcedId"},
                          FileSpec{FileKind::resultScoreScales, result_scale_columns},
                          FileSpec{FileKind::roles, role_columns},
                          FileSpec{FileKind::scoreScales, scale_columns},
                          FileSpec{FileKind::userProfiles, profile_columns, "userSourcedId"},
                          FileSpec{FileKind::userResources, user_resource_columns, "userSourcedId"},
                          FileSpec{FileKind::users, user_columns, "sourcedId"}};

constexpr std::array order = {FileKind::orgs,
                              FileKind::academicSessions,
                              FileKind::courses,
                              FileKind::classes,
                              FileKind::users,
                              FileKind::userProfiles,
                              FileKind::roles,
                              FileKind::enrollments,
                              FileKind::demographics,
                              FileKind::resources,
                              FileKind::classResources,
                              FileKind::courseResources,
                              FileKind::userResources,
                              FileKind::categories,
                              FileKind::lineItems,
                              FileKind::results,
                              FileKind::scoreScales,
                              FileKind::lineItemLearningObjectiveIds,
                              FileKind::lineItemScoreScales,
                              FileKind::resultLearningObjectiveIds,
                              FileKind::resultScoreScales};

constexpr std::string_view extension = "ext:";
constexpr int last_code = 13;

std::optional<int> digits(std::string_view value) {
    int number = 0;
    auto const [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc() || end != value.data() + value.size()) return std::nullopt;
    return number;
}

}  // namespace

std::string FileSpec::file_name() const {
    return std::string(core::enum_text(kind)) + ".csv";
}

ColumnSpec const* FileSpec::find(std::string_view column) const {
    auto const found = std::ranges::find_if(columns, [&](ColumnSpec const& one) { return column == one.name; });
    return found == columns.end() ? nullptr : &*found;
}

FileSpec const& spec_of(FileKind kind) {
    return specs[static_cast<std::size_t>(kind)];
}

std::span<FileKind const> files_in_order() {
    return order;
}

std::optional<FileKind> file_of_name(std::string_view file_name) {
    if (!file_name.ends_with(".csv")) return std::nullopt;
    return core::enum_parse<FileKind>(file_name.substr(0, file_name.size() - 4));
}

bool is_grade(std::string_view value) {
    static constexpr std::array words = {"IT", "PR", "PK", "TK", "KG", "PS", "UG", "Other"};
    if (value.starts_with(extension) || std::ranges::find(words, value) != words.end()) return true;
    auto const number = value.size() <= 2 ? digits(value) : std::nullopt;
    return number && *number >= 1 && *number <= last_code;
}

std::optional<int> grade_number(std::string_view value) {
    if (value == "KG") return 0;
    if (value == "PK" || value == "TK") return -1;
    if (value == "PR" || value == "IT") return -2;
    auto const number = digits(value);
    if (!number || *number < 1 || *number > 12) return std::nullopt;
    return number;
}

std::string grade_code(int grade) {
    if (grade <= 0) return grade == 0 ? "KG" : grade == -1 ? "PK" : "PR";
    return (grade < 10 ? "0" : "") + std::to_string(grade);
}

bool is_personal(FileKind kind, std::string_view column) {
    static constexpr std::array guarded = {"username",  "userIds",    "identifier", "email",
                                           "sms",       "phone",      "password",   "userMasterIdentifier",
                                           "givenName", "familyName", "middleName"};
    if (kind != FileKind::users && kind != FileKind::userProfiles && kind != FileKind::demographics) return false;
    if (column.starts_with(metadata_prefix)) return true;
    return std::ranges::find(guarded, column) != guarded.end();
}

}  // namespace santong::oneroster
