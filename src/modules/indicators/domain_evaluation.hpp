#pragma once
// A frozen evaluation run (评估冻结) as it stands in its file: facts, what was made of them, and the seal. The format
// is told in EVALUATION.md, so that others can write a checker of their own. May include: core/ only.
#include <map>

#include "modules/indicators/domain.hpp"

namespace santong::indicators {

using EvaluationId = core::Id<struct EvaluationTag>;

/// One use of something in a lesson: what the formulas ask of a session, and nothing else.
struct EvidenceUse {
    std::string kind;
    std::string minutes_band;
    std::string state;
    std::int32_t resources = 0;
    bool reviewed = false;
    bool acted = false;

    auto operator<=>(EvidenceUse const&) const = default;
};
BOOST_DESCRIBE_STRUCT(EvidenceUse, (), (kind, minutes_band, state, resources, reviewed, acted))

/// What a fact is about. Facts of one family are not tied to those of another: a teacher's row does not say which
/// subject, class or lesson it belongs to.
/// `held`, `chapters` and `lines` are of the whole district: what the library held at the week's end; what is known of
/// each school's or county's line and box, and what came there in time.
enum class Family : int {
    lesson,
    teacher,
    subject,
    class_group,
    course,
    pupils_opened,
    pupils_used,
    shelf,
    held,
    chapters,
    lines,
};
BOOST_DESCRIBE_ENUM(Family, lesson, teacher, subject, class_group, course, pupils_opened, pupils_used, shelf, held,
                    chapters, lines)

/// A row of evidence. `id` holds for this run, family, school and week only.
struct EvidenceFact {
    std::string line = "fact";
    std::string school;
    core::LocalDate monday;
    Family family = Family::lesson;
    std::string id;
    std::string state;  ///< of a lesson: held, cancelled, not_taught, empty = it stands in no timetable; of `held` the
                        ///< kind of resources; of `chapters` what they have of plan, slides, video, exercise; of
                        ///< `lines` the indicator
    std::int64_t due = 0;  ///< periods wanted, pupils enrolled, resources published or held, chapters
    std::int64_t done = 0;
    std::vector<EvidenceUse> uses;
};
BOOST_DESCRIBE_STRUCT(EvidenceFact, (), (line, school, monday, family, id, state, due, done, uses))

/// Content hashes of a family's rows in one school and week, in the order of the rows: SHA-256 of their lines.
struct EvidenceHashes {
    std::string line = "evidence";
    std::string school;
    core::LocalDate monday;
    Family family = Family::lesson;
    std::vector<std::string> hashes;
};
BOOST_DESCRIBE_STRUCT(EvidenceHashes, (), (line, school, monday, family, hashes))

/// Counts of one indicator in one school and week, and the digest of the hashes that they were made of.
struct EvidenceValue {
    std::string line = "value";
    std::string school;
    core::LocalDate monday;
    std::string indicator;
    std::int32_t version = 1;
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
    std::string evidence;
};
BOOST_DESCRIBE_STRUCT(EvidenceValue, (), (line, school, monday, indicator, version, numerator, denominator, evidence))

/// Rows of a family that are kept back whole: too few people stand behind a figure that is made of them.
struct EvidenceHidden {
    std::string line = "hidden";
    std::string school;
    core::LocalDate monday;
    Family family = Family::lesson;
};
BOOST_DESCRIBE_STRUCT(EvidenceHidden, (), (line, school, monday, family))

/// Sum over the weeks of a school, or of all schools that the indicator reaches (`school` empty). Of what the library
/// holds and how lines and boxes stand: the last week, of the whole district.
struct EvidenceResult {
    std::string line = "result";
    std::string indicator;
    std::string school;
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
    std::string value;        ///< per cent with one decimal; empty without a denominator
    std::int32_t hidden = 0;  ///< weeks of schools that were kept back
};
BOOST_DESCRIBE_STRUCT(EvidenceResult, (), (line, indicator, school, numerator, denominator, value, hidden))

struct EvidenceFormula {
    std::string indicator;
    std::int32_t version = 1;
    core::LocalDate from_date;
    std::string reach;
    std::string text;  ///< Chinese
};
BOOST_DESCRIBE_STRUCT(EvidenceFormula, (), (indicator, version, from_date, reach, text))

inline constexpr char first_format[] = "santong-evaluation-1";
/// With rows and values of the whole district, whose `school` is empty.
inline constexpr char second_format[] = "santong-evaluation-2";
/// The same with rows of lines and boxes.
inline constexpr char third_format[] = "santong-evaluation-3";

struct EvidenceHead {
    std::string line = "head";
    std::string format = first_format;
    std::string run;
    std::string title;
    std::string district;
    core::LocalDate from;  ///< first and last Monday
    core::LocalDate to;
    core::Instant made_at;
    std::vector<EvidenceFormula> formulas;
};
BOOST_DESCRIBE_STRUCT(EvidenceHead, (), (line, format, run, title, district, from, to, made_at, formulas))

struct EvidenceSchool {
    std::string line = "school";
    std::string school;
    std::string name;
    bool central = false;
};
BOOST_DESCRIBE_STRUCT(EvidenceSchool, (), (line, school, name, central))

/// The last line. The signature is over the digest's 64 letters.
struct EvidenceSeal {
    std::string line = "seal";
    std::string sha256;  ///< of every byte before this line
    std::string algorithm = "Ed25519";
    std::string key;        ///< base64
    std::string signature;  ///< base64
};
BOOST_DESCRIBE_STRUCT(EvidenceSeal, (), (line, sha256, algorithm, key, signature))

/// Facts of one school and week by family.
using CellFacts = std::map<Family, std::vector<EvidenceFact>>;

/// Whether an indicator is of what the library holds (I29, I30).
bool is_of_library(std::string_view indicator);
/// Whether one is of lines, boxes and receipts (I01–I06, I09, I31, I65).
bool is_of_lines(std::string_view indicator);
/// Whether one tells how something stands (I29, I30, I01–I06, I09): weeks of it are not summed up.
bool is_stock(std::string_view indicator);

struct Counted {
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;

    auto operator<=>(Counted const&) const = default;
};
/// The families that an indicator is made of; empty for one that cannot be evaluated by itself (those that take
/// another's figures, I62).
std::vector<Family> families_of(std::string_view indicator);
/// By the formula of this version, from facts alone; absent where nothing is counted.
std::optional<Counted> count(std::string_view indicator, int version, CellFacts const& facts);
/// "61.5"; empty without a denominator.
std::string percent_text(std::int64_t numerator, std::int64_t denominator);
/// Sums by school and for the district, those that take another's figures included, by indicator and school.
std::vector<EvidenceResult> results(std::vector<EvidenceFormula> const& formulas,
                                    std::vector<EvidenceSchool> const& schools,
                                    std::vector<EvidenceValue> const& values,
                                    std::vector<EvidenceHidden> const& hidden);

}  // namespace santong::indicators
