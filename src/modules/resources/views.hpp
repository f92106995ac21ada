#pragma once
// What the resource screens send and see.
#include "modules/resources/service.hpp"

namespace santong::resources {

/// What an author says of his resource; absent = as it is. An empty id takes the filing away.
struct Description {
    std::optional<std::string> title;
    std::optional<std::string> description;
    std::optional<Kind> kind;
    std::optional<std::string> subject;
    std::optional<int> grade_from;
    std::optional<int> grade_to;
    std::optional<std::string> textbook_id;
    std::optional<std::string> chapter_id;
    std::optional<Licence> licence;
    std::optional<Source> source;
    std::optional<std::string> source_note;
    std::optional<std::string> attribution;
    std::optional<std::string> language;
    std::optional<Acquisition> intake;
    std::optional<std::string> holder;
    std::optional<std::string> terms;
    std::optional<std::string> valid_from;  ///< a day, or empty = none
    std::optional<std::string> valid_until;
};
BOOST_DESCRIBE_STRUCT(Description, (),
                      (title, description, kind, subject, grade_from, grade_to, textbook_id, chapter_id, licence,
                       source, source_note, attribution, language, intake, holder, terms, valid_from, valid_until))

/// A new draft: an uploaded file or a link, and what is known of it already.
struct NewResource {
    std::optional<core::FileId> file_id;
    std::optional<std::string> url;
    std::optional<core::FileId> thumbnail_file_id;  ///< a small picture of it that the browser drew and uploaded
    std::optional<core::OrgId> school_id;           ///< one of the caller's own schools; absent = his first
    Description about;
};
BOOST_DESCRIBE_STRUCT(NewResource, (), (file_id, url, thumbnail_file_id, school_id, about))

struct NewVersion {
    std::optional<core::FileId> file_id;
    std::optional<std::string> url;
    std::optional<core::FileId> thumbnail_file_id;
    std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(NewVersion, (), (file_id, url, thumbnail_file_id, note))

struct SubmitRequest {
    Scope scope = Scope::school;
};
BOOST_DESCRIBE_STRUCT(SubmitRequest, (), (scope))

struct RecallRequest {
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(RecallRequest, (), (reason))

/// What the caller may do with a resource now.
struct Allowed {
    bool edit = false;
    bool add_version = false;
    bool submit = false;
    bool withdraw = false;
    bool recall = false;
    bool remove = false;
    bool review = false;
    bool terms = false;  ///< change the terms of its licence
    bool mark = false;   ///< set or take away the district's mark
};
BOOST_DESCRIBE_STRUCT(Allowed, (), (edit, add_version, submit, withdraw, recall, remove, review, terms, mark))

/// How its review stands, for its author.
struct ReviewState {
    std::string step_name;  ///< i18n key of the step that has it
    std::string scope;
    int round = 1;
    std::optional<core::Instant> due_at;
    std::string last_reason;  ///< of the last return
};
BOOST_DESCRIBE_STRUCT(ReviewState, (), (step_name, scope, round, due_at, last_reason))

struct SchoolUseView {
    core::OrgId school_id;
    std::string school_name;
    std::int64_t uses = 0;
    std::int64_t classes = 0;
};
BOOST_DESCRIBE_STRUCT(SchoolUseView, (), (school_id, school_name, uses, classes))

/// Everything a resource's page shows.
struct ResourceView {
    Summary item;
    std::string description;
    Stage stage = Stage::primary;
    std::string subject_title;
    std::optional<TextbookId> textbook_id;
    std::string textbook_title;
    Source source = Source::none;
    std::string source_note;
    std::string language;
    std::string url;  ///< of a link
    int current_version = 0;
    int latest_version = 0;
    std::string version_note;
    bool opens = true;  ///< false if the file of this version is broken
    std::string recalled_reason;
    core::Instant created_at;
    std::string holder;
    std::string terms;
    std::optional<core::LocalDate> valid_from;
    Allowed may;
    std::optional<ReviewState> review;
    std::vector<SchoolUseView> used_by;  ///< last 30 days
};
BOOST_DESCRIBE_STRUCT(ResourceView, (),
                      (item, description, stage, subject_title, textbook_id, textbook_title, source, source_note,
                       language, url, current_version, latest_version, version_note, opens, recalled_reason, created_at,
                       holder, terms, valid_from, may, review, used_by))

/// One entry of a resource's history (来历): versions, submissions, decisions, recall. Reasons of returns are for the
/// author and the reviewers; names of persons are for nobody.
struct HistoryEntry {
    std::string what;  ///< version submit approve return withdraw resubmit delegate published recalled marked unmarked
    std::string step_name;  ///< i18n key
    int version = 0;
    std::string text;  ///< reason or note
    core::Instant at;
};
BOOST_DESCRIBE_STRUCT(HistoryEntry, (), (what, step_name, version, text, at))

/// One version as the author and the reviewers see it.
struct VersionView {
    int number = 1;
    std::string media_type;
    std::int64_t size = 0;
    int pages = 0;
    int duration_seconds = 0;
    std::string url;
    std::string note;
    core::Instant created_at;
};
BOOST_DESCRIBE_STRUCT(VersionView, (), (number, media_type, size, pages, duration_seconds, url, note, created_at))

struct History {
    std::vector<HistoryEntry> entries;
    std::vector<VersionView> versions;
};
BOOST_DESCRIBE_STRUCT(History, (), (entries, versions))

/// With what a screen shows a resource.
enum class Viewer : int { pdf, picture, video, audio, package, text, office, link, download, pack };
BOOST_DESCRIBE_ENUM(Viewer, pdf, picture, video, audio, package, text, office, link, download, pack)

/// By what a browser can show in place.
Viewer viewer_of(Resource const& resource, Version const& version, std::string const& media_type);

/// What `open` found: the file to show, before http.cpp signs addresses for it.
struct Opened {
    Resource resource;
    Version version;
    std::optional<core::FileId> shown_file;  ///< the file, or its preview where browsers cannot show it
};

struct ChapterView {
    ChapterId id;
    std::optional<ChapterId> parent_id;
    std::string title;
    int hours = 1;
    bool leaf = true;
    std::int64_t count = 0;                     ///< resources at it and below
    std::map<std::string, std::int64_t> kinds;  ///< of `count`
    std::vector<Kind> missing;                  ///< of a leaf: what it needs and nobody has given
};
BOOST_DESCRIBE_STRUCT(ChapterView, (), (id, parent_id, title, hours, leaf, count, kinds, missing))

struct TextbookView {
    Textbook textbook;
    std::string subject_title;
    std::vector<ChapterView> chapters;
};
BOOST_DESCRIBE_STRUCT(TextbookView, (), (textbook, subject_title, chapters))

/// How far a textbook's chapters are covered.
struct Coverage {
    Textbook textbook;
    int chapters = 0;                  ///< leaves
    int complete = 0;                  ///< have all they need
    int empty = 0;                     ///< have nothing at all
    std::map<std::string, int> holes;  ///< kind → chapters that lack it
};
BOOST_DESCRIBE_STRUCT(Coverage, (), (textbook, chapters, complete, empty, holes))

struct NewChapter {
    std::string title;
    int hours = 1;
    std::vector<NewChapter> chapters;
    BOOST_DESCRIBE_CLASS(NewChapter, (), (title, hours, chapters), (), ())
};

struct NewTextbook {
    std::string key;
    std::string title;
    std::string subject;
    int grade = 1;
    int term = 1;
    std::string edition;
    std::vector<NewChapter> chapters;
};
BOOST_DESCRIBE_STRUCT(NewTextbook, (), (key, title, subject, grade, term, edition, chapters))

/// What can be guessed of a resource from its file's name and its author's post, and what its file says for sure.
struct Guess {
    std::string title;
    std::optional<Kind> kind;
    std::string subject;
    int grade = 0;
    int term = 0;
    std::optional<TextbookId> textbook_id;
    std::optional<ChapterId> chapter_id;
    std::string chapter_title;
    std::vector<Kind> fits;     ///< what the file can be, if one was named
    std::optional<bool> opens;  ///< of the file, if one was named; false = broken
};
BOOST_DESCRIBE_STRUCT(Guess, (),
                      (title, kind, subject, grade, term, textbook_id, chapter_id, chapter_title, fits, opens))

}  // namespace santong::resources
