#pragma once
// What the screens of news send and see.
#include <map>

#include "modules/news/domain.hpp"

namespace santong::news {

/// An article in a list, as the caller sees it.
struct ArticleRow {
    ArticleId id;
    ArticleKind kind = ArticleKind::news;
    std::string title;
    std::string summary;
    core::OrgId org_id;
    std::string org_name;
    std::string byline;
    ArticleScope scope = ArticleScope::school;
    ArticleAudience audience = ArticleAudience::everyone;
    ArticleState state = ArticleState::draft;
    ArticleChange change = ArticleChange::none;
    bool mine = false;
    bool must_read = false;
    bool unread = false;      ///< a notice that the caller has not opened in this version
    bool to_confirm = false;  ///< and one that he is asked to confirm
    std::optional<core::LocalDate> from_day;
    std::optional<core::LocalDate> until_day;
    std::optional<core::FileId> cover_file_id;
    std::string cover_text;
    std::optional<core::Instant> published_at;
    core::Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(ArticleRow, (),
                      (id, kind, title, summary, org_id, org_name, byline, scope, audience, state, change, mine,
                       must_read, unread, to_confirm, from_day, until_day, cover_file_id, cover_text, published_at,
                       updated_at))

struct ArticleQuery {
    std::string q;
    std::string kind;
    std::string org;
    bool unread = false;
    std::string after;
    int limit = 20;  ///< 1–60
};
BOOST_DESCRIBE_STRUCT(ArticleQuery, (), (q, kind, org, unread, after, limit))

struct ArticleList {
    std::vector<ArticleRow> items;
    std::optional<std::string> next;
    std::int64_t total = 0;
    std::int64_t unread = 0;  ///< notices that wait for the caller, whatever is asked for
};
BOOST_DESCRIBE_STRUCT(ArticleList, (), (items, next, total, unread))

struct ArticleDeskQuery {
    std::string state;
    bool overseen = false;  ///< what others have published where the caller may take it away
    std::string after;
    int limit = 20;
};
BOOST_DESCRIBE_STRUCT(ArticleDeskQuery, (), (state, overseen, after, limit))

struct ArticleDesk {
    std::vector<ArticleRow> items;
    std::optional<std::string> next;
    std::map<std::string, std::int64_t> states;  ///< how many in each
    bool may_oversee = false;
};
BOOST_DESCRIBE_STRUCT(ArticleDesk, (), (items, next, states, may_oversee))

/// In whose name the caller may write.
struct ArticlePlace {
    core::OrgId org_id;
    std::string name;
    bool bureau = false;
    std::vector<ArticleScope> scopes;
};
BOOST_DESCRIBE_STRUCT(ArticlePlace, (), (org_id, name, bureau, scopes))
struct ArticlePlaces {
    std::vector<ArticlePlace> items;
};
BOOST_DESCRIBE_STRUCT(ArticlePlaces, (), (items))

struct NewArticle {
    core::OrgId org_id;
    ArticleContent content;
};
BOOST_DESCRIBE_STRUCT(NewArticle, (), (org_id, content))

struct SaveArticle {
    ArticleContent content;
    std::optional<core::Instant> updated_at;  ///< as the author saw it; refused if it has changed since
};
BOOST_DESCRIBE_STRUCT(SaveArticle, (), (content, updated_at))

struct ArticleReason {
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ArticleReason, (), (reason))

struct ArticleSeen {
    bool confirmed = false;
};
BOOST_DESCRIBE_STRUCT(ArticleSeen, (), (confirmed))

struct ArticleAllowed {
    bool edit = false;
    bool submit = false;
    bool take_back = false;
    bool withdraw = false;
    bool remove = false;
    bool review = false;
    bool receipts = false;  ///< see how many have read a notice
};
BOOST_DESCRIBE_STRUCT(ArticleAllowed, (), (edit, submit, take_back, withdraw, remove, review, receipts))

/// How the review stands, for the author; without persons.
struct ArticleReview {
    std::string scope;
    int round = 1;
    std::string step_name;  ///< i18n key; empty when it has ended
    std::optional<core::Instant> due_at;
    std::string last_reason;
};
BOOST_DESCRIBE_STRUCT(ArticleReview, (), (scope, round, step_name, due_at, last_reason))

/// How many of one kind of reader have read (回执), of how many whom it reaches today.
struct AudienceFigure {
    ReaderKind reader = ReaderKind::staff;
    std::int64_t of = 0;
    std::int64_t read = 0;
    std::int64_t confirmed = 0;
};
BOOST_DESCRIBE_STRUCT(AudienceFigure, (), (reader, of, read, confirmed))
/// The same of one school, one class, or the offices above the schools.
struct AudiencePlace {
    std::optional<core::OrgId> org_id;  ///< none: the offices
    std::string name;
    std::vector<AudienceFigure> figures;
};
BOOST_DESCRIBE_STRUCT(AudiencePlace, (), (org_id, name, figures))
/// The receipts of a notice in its current version, as far as the caller may see them.
struct ArticleReceipts {
    int version = 1;
    bool must_read = false;
    std::vector<AudienceFigure> figures;
    std::vector<AudiencePlace> schools;  ///< where it reaches several
    std::vector<AudiencePlace> classes;  ///< families of the caller's own school, for its office
    bool may_name = false;               ///< the caller's office sees which of its own staff have not confirmed
};
BOOST_DESCRIBE_STRUCT(ArticleReceipts, (), (version, must_read, figures, schools, classes, may_name))
/// One of the caller's own staff who has not confirmed.
struct AudienceWaiting {
    std::string name;
    std::string org_name;
    std::optional<core::Instant> read_at;  ///< opened, and no more
};
BOOST_DESCRIBE_STRUCT(AudienceWaiting, (), (name, org_name, read_at))
struct AudienceWaitingList {
    std::vector<AudienceWaiting> items;
};
BOOST_DESCRIBE_STRUCT(AudienceWaitingList, (), (items))

struct ArticleView {
    ArticleRow item;
    std::vector<ArticleBlock> body;
    int version = 1;
    int current_version = 0;
    std::string withdrawn_reason;
    core::Instant created_at;
    bool confirmed = false;  ///< by the caller
    ArticleAllowed may;
    std::optional<ArticleReview> review;  ///< for the author
};
BOOST_DESCRIBE_STRUCT(ArticleView, (),
                      (item, body, version, current_version, withdrawn_reason, created_at, confirmed, may, review))

/// What happened to an article, oldest first; reviewers without their names.
struct ArticleEvent {
    std::string decision;
    int round = 1;
    std::string reason;
    core::Instant at;
};
BOOST_DESCRIBE_STRUCT(ArticleEvent, (), (decision, round, reason, at))
struct ArticleHistory {
    std::vector<ArticleEvent> items;
};
BOOST_DESCRIBE_STRUCT(ArticleHistory, (), (items))

}  // namespace santong::news
