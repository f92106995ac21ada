#pragma once
// The files and columns of the OneRoster 1.2 CSV binding (1EdTech, 1.2.1). Names are those of the standard.
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/described.hpp"

namespace santong::oneroster {

/// The files that a bundle may hold, besides its manifest.
enum class FileKind : int {
    academicSessions,
    categories,
    classes,
    classResources,
    courses,
    courseResources,
    demographics,
    enrollments,
    lineItemLearningObjectiveIds,
    lineItems,
    lineItemScoreScales,
    orgs,
    resources,
    resultLearningObjectiveIds,
    results,
    resultScoreScales,
    roles,
    scoreScales,
    userProfiles,
    userResources,
    users
};
BOOST_DESCRIBE_ENUM(FileKind, academicSessions, categories, classes, classResources, courses, courseResources,
                    demographics, enrollments, lineItemLearningObjectiveIds, lineItems, lineItemScoreScales, orgs,
                    resources, resultLearningObjectiveIds, results, resultScoreScales, roles, scoreScales, userProfiles,
                    userResources, users)

enum class ColumnType { text, id, reference, references, choice, date, moment, boolean, year, grades };

struct ColumnSpec {
    char const* name = "";
    ColumnType type = ColumnType::text;
    bool required = false;
    FileKind target = FileKind::orgs;  ///< of references
    char const* choices = "";          ///< of a choice, divided by |; "ext:…" is always allowed where `extensible`
    bool extensible = false;
};

struct FileSpec {
    FileKind kind;
    std::span<ColumnSpec const> columns;
    /// Column that names the person a row is about; its rows are kept under that person's key.
    char const* person = "";

    std::string file_name() const;
    ColumnSpec const* find(std::string_view column) const;
};

FileSpec const& spec_of(FileKind kind);
/// All files, in the order in which they must be read: what is referred to stands before what refers.
std::span<FileKind const> files_in_order();
/// "users.csv" → users; nothing for files the binding does not know.
std::optional<FileKind> file_of_name(std::string_view file_name);

/// Whether a value is a grade of the vocabulary: 01–13, KG, …, or "ext:…". One digit is taken for two.
bool is_grade(std::string_view value);
/// 1–12, 0 for a kindergarten's last year, -1 and -2 for those before; nothing for what is no year of a school.
std::optional<int> grade_number(std::string_view value);
/// 5 → "05", 0 → "KG".
std::string grade_code(int grade);

/// Columns whose values are masked in reports.
bool is_personal(FileKind kind, std::string_view column);

inline constexpr std::string_view metadata_prefix = "metadata.";

/// Columns of our own exports for what the standard has no word for.
inline constexpr std::string_view own_prefix = "metadata.santong.";
namespace own_column {
inline constexpr char const* kind = "metadata.santong.kind";  ///< of an organisation
inline constexpr char const* school_kind = "metadata.santong.schoolKind";
inline constexpr char const* first_grade = "metadata.santong.firstGrade";
inline constexpr char const* last_grade = "metadata.santong.lastGrade";
inline constexpr char const* central = "metadata.santong.central";
inline constexpr char const* rural = "metadata.santong.rural";
inline constexpr char const* subject = "metadata.santong.subject";  ///< of a person or a post
inline constexpr char const* title = "metadata.santong.title";      ///< of a post
}  // namespace own_column

}  // namespace santong::oneroster
