#pragma once
// Resources: what a teacher gives to others, described, reviewed, found and used. May include: core/ only.
#include <optional>
#include <string>
#include <vector>

#include "core/described.hpp"
#include "core/result.hpp"

namespace santong::resources {

using ResourceId = core::Id<struct ResourceTag>;
using TextbookId = core::Id<struct TextbookTag>;
using ChapterId = core::Id<struct ChapterTag>;

/// Kind of a resource (资源类型): 教案 课件 微课 音频 图片 习题 互动 文档 SCORM课程 链接 资源包.
enum class Kind : int { plan, slides, video, audio, picture, exercise, interactive, document, scorm, link, pack };
BOOST_DESCRIBE_ENUM(Kind, plan, slides, video, audio, picture, exercise, interactive, document, scorm, link, pack)

/// Who may find it (共享范围): 自己 教研组 本校 片区 全区 公开. `group`: teachers of its subject at its school; `area`:
/// the central school with the village schools and teaching points under it. Each reaches further than the one before.
enum class Scope : int { self, group, school, area, district, public_ };
BOOST_DESCRIBE_ENUM(Scope, self, group, school, area, district, public_)

/// `ended`: its licence has run out; it comes back when that is prolonged.
enum class State : int { draft, in_review, published, returned, recalled, ended };
BOOST_DESCRIBE_ENUM(State, draft, in_review, published, returned, recalled, ended)

/// Stage of schooling (学段).
enum class Stage : int { preschool, primary, junior, senior, vocational };
BOOST_DESCRIBE_ENUM(Stage, preschool, primary, junior, senior, vocational)

/// What others may do with it (授权). `region_teaching`: for teaching in this region only; `bought`: what the contract
/// of its purchase allows; `none`: not said yet.
enum class Licence : int {
    none,
    region_teaching,
    cc_by,
    cc_by_sa,
    cc_by_nc,
    cc_by_nc_sa,
    cc_by_nc_nd,
    cc0,
    public_domain,
    bought
};
BOOST_DESCRIBE_ENUM(Licence, none, region_teaching, cc_by, cc_by_sa, cc_by_nc, cc_by_nc_sa, cc_by_nc_nd, cc0,
                    public_domain, bought)

/// How it came here (入库方式): 开发 征集 购买.
enum class Acquisition : int { made, called, bought };
BOOST_DESCRIBE_ENUM(Acquisition, made, called, bought)

/// Where it comes from (来源). `none`: not said yet.
enum class Source : int { none, own_work, adapted, bought, national_platform, open_web, legacy };
BOOST_DESCRIBE_ENUM(Source, none, own_work, adapted, bought, national_platform, open_web, legacy)

/// A textbook whose chapters resources are filed under (教材).
struct Textbook {
    TextbookId id;
    std::string key;  ///< stable outside name, such as "rj-math-5a"
    std::string title;
    std::string subject;  ///< code of table ZXXKC
    int grade = 1;        ///< 1–12
    int term = 1;         ///< 1 = upper, 2 = lower volume
    std::string edition;
};
BOOST_DESCRIBE_STRUCT(Textbook, (), (id, key, title, subject, grade, term, edition))

/// Unit or lesson of a textbook (章节).
struct Chapter {
    ChapterId id;
    TextbookId textbook_id;
    std::optional<ChapterId> parent_id;
    std::string title;
    int sort = 0;
    int hours = 1;  ///< periods the course plan gives it
};
BOOST_DESCRIBE_STRUCT(Chapter, (), (id, textbook_id, parent_id, title, sort, hours))

/// A resource as it is kept (资源).
struct Resource {
    ResourceId id;
    std::string title;
    std::string description;
    Kind kind = Kind::document;
    std::string subject;
    int grade_from = 1;
    int grade_to = 12;
    Stage stage = Stage::primary;
    std::optional<TextbookId> textbook_id;
    std::optional<ChapterId> chapter_id;
    Licence licence = Licence::none;
    Source source = Source::none;
    std::string source_note;  ///< where the pictures, music, texts in it are from
    std::string attribution;  ///< how the author wants to be named; empty = by school only
    std::string language = "zh-CN";
    Scope scope = Scope::self;
    Scope wished_scope = Scope::school;
    State state = State::draft;
    core::PersonId owner_person;
    core::OrgId school_id;    ///< school of the owner; the county for its own staff
    int current_version = 0;  ///< what readers get; 0 = none yet
    int latest_version = 0;   ///< beyond `current_version` while a newer one is not yet reviewed
    bool in_review = false;   ///< also true while a published one has a new version or a wider scope in review
    std::optional<core::Instant> published_at;
    std::string recalled_reason;
    core::Instant created_at;
    core::Instant updated_at;
    Acquisition intake = Acquisition::made;
    std::string holder;  ///< who holds the rights, where it is not the author
    std::string terms;   ///< what the licence asks besides: number of the contract, which schools, how many seats
    std::optional<core::LocalDate> valid_from;
    std::optional<core::LocalDate> valid_until;  ///< the last day; absent = without end
    bool fine = false;                           ///< marked at the district's review (精品)
};
BOOST_DESCRIBE_STRUCT(Resource, (),
                      (id, title, description, kind, subject, grade_from, grade_to, stage, textbook_id, chapter_id,
                       licence, source, source_note, attribution, language, scope, wished_scope, state, owner_person,
                       school_id, current_version, latest_version, in_review, published_at, recalled_reason, created_at,
                       updated_at, intake, holder, terms, valid_from, valid_until, fine))

/// It was there for its readers and is not any more; `recalled_reason` says why.
inline bool is_gone(Resource const& r) {
    return r.state == State::recalled || r.state == State::ended;
}

/// Passed a review at its school or above and may be used (I27, I29).
inline bool is_reviewed(Resource const& r) {
    return r.state == State::published && r.scope >= Scope::school;
}

/// One version of a resource's content: a file or a link.
struct Version {
    ResourceId resource_id;
    int number = 1;
    std::optional<core::FileId> file_id;
    std::string url;  ///< of a link; else empty
    std::string media_type;
    std::int64_t size = 0;
    std::string sha256;  ///< of the file, to find duplicates
    int pages = 0;       ///< 0 = unknown
    int duration_seconds = 0;
    bool opens = true;  ///< its bytes could be read as what they say they are
    std::optional<core::FileId> thumbnail_file_id;
    std::optional<core::FileId> preview_file_id;  ///< a PDF or smaller picture of it that browsers can show
    core::Instant created_at;
    std::string note;
};
BOOST_DESCRIBE_STRUCT(Version, (),
                      (resource_id, number, file_id, url, media_type, size, sha256, pages, duration_seconds, opens,
                       thumbnail_file_id, preview_file_id, created_at, note))

/// Says in the feed that a resource was opened (resources.Viewed). No person: use is counted by school and class; of a
/// pupil there is a mark that is another one each week, so that heads can be counted (I25) and nobody followed.
struct Viewed {
    ResourceId resource_id;
    int version = 1;
    std::string role;  ///< "teacher", "pupil", …
    core::OrgId school_id;
    std::optional<core::OrgId> class_id;
    std::optional<core::Uuid> class_session_id;
    std::optional<std::string> learner;  ///< of a pupil: keyed hash of person and week
    core::Instant at;
};
BOOST_DESCRIBE_STRUCT(Viewed, (), (resource_id, version, role, school_id, class_id, class_session_id, learner, at))

/// Media type of a version that is a list of other resources (see domain_pack.hpp) and has no bytes of its own.
inline constexpr char const* pack_media_type = "application/x-santong-pack";

/// What a chapter needs to be taught from the library: 教案 课件 微课 习题.
inline constexpr Kind chapter_needs[] = {Kind::plan, Kind::slides, Kind::video, Kind::exercise};

/// Chapters in reading order: each before its parts, brothers by their sort number.
std::vector<Chapter> in_reading_order(std::vector<Chapter> const& chapters);

/// Stage of a grade: 1–6 primary, 7–9 junior, 10–12 senior.
Stage stage_of_grade(int grade);

/// Refuses a description that breaks a rule, with the place of each.
core::Result<void> check_description(Resource const& resource);
/// Null if a kind can be made of what a version holds, else the key of what the kind wants: no 微课 is made of a PDF. A
/// link may be of any kind.
char const* misfit(Kind kind, Version const& version);
/// What must be there before it may be submitted: a file that opens and fits the kind, unless that version has passed a
/// review already, subject, licence and source.
core::Result<void> check_ready(Resource const& resource, std::optional<Version> const& latest);

/// Refuses terms that do not hold together: an end before the beginning, something bought without its holder or terms.
core::Result<void> check_terms(Resource const& resource);
/// Whether its licence holds on a day.
bool licence_holds(Resource const& resource, core::LocalDate on);

/// Reads a link to a platform that is allowed (国家中小学智慧教育平台 and its kin) and returns it in normal form.
/// Refuses other hosts, other schemes, user names and ports ("resources.link_not_allowed"). Nothing is fetched.
core::Result<std::string> check_link(std::string const& url);

}  // namespace santong::resources
