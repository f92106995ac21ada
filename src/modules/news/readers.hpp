#pragma once
// Who reads: shared by the use cases of this module.
#include "modules/news/service.hpp"
#include "modules/news/store.hpp"
#include "modules/roster/service_audience.hpp"

namespace santong::news {

/// Holder type of an article's files; holders are named "<article>/<version>".
inline constexpr char const* file_holder_type = "news.Article";
std::string holder_of(ArticleId const& id, int version);

/// Schools at which, or in a class of which, the caller has a grant; his first post's school first.
std::vector<core::OrgId> schools_of(sql::Tx& tx, auth::Caller const& caller);
/// What may reach the caller.
store::Reader reader_of(sql::Tx& tx, auth::Caller const& caller);
/// As what the caller reads: whoever works somewhere is staff.
ReaderKind reader_kind(auth::Caller const& caller);
/// Whether scope and audience of a version reach the caller.
bool is_reached(sql::Tx& tx, auth::Caller const& caller, Article const& article, ArticleContent const& content);
/// Whether the caller may take away what others publish in an organisation's name.
bool oversees(sql::Tx& tx, auth::Caller const& caller, Article const& article);
/// Whether the caller reviews it now or reviewed it before; nobody reviews what is a draft.
bool is_reviewer(sql::Tx& tx, auth::Caller const& caller, Article const& article);

/// An article with the version that a caller gets of it.
struct Reading {
    Article article;
    ArticleVersion version;
};
/// The author: the latest, or the current one of a published article unless `latest`. Reviewers: the same while they
/// may decide. Readers: the current one between its days. Refuses "news.not_found"; gone "news.withdrawn" with the
/// reason for readers of what was taken away.
core::Result<Reading> read_article(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller,
                                   ArticleId const& id, bool latest);

/// Everybody whom a version reaches on a day, its author too.
std::vector<roster::AudienceMember> audience_of(sql::Tx& tx, Article const& article, ArticleContent const& content,
                                                core::LocalDate on);
/// The kind of reader that somebody counts as.
ReaderKind reader_kind(roster::AudienceKind kind);

/// The node of the org tree that a version concerns; none = the whole district.
core::OrgId concerns(sql::Tx& tx, Article const& article, ArticleContent const& content);
/// Says in the feed how an article looks now.
void say(sql::Tx& tx, Article const& article);

}  // namespace santong::news
