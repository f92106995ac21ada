#pragma once
// The door of news for higher modules and the server.
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "modules/news/domain.hpp"
#include "modules/workflow/domain.hpp"
#include "platform/auth/caller.hpp"
#include "platform/files/service.hpp"
#include "platform/sql/database.hpp"

namespace santong::news {

/// Says which roles have news.view, .write, .withdraw.
void register_permissions(auth::PermissionRegistry& registry);
/// Makes articles reviewable; at start, after which workflow may decide on them.
void register_review();
/// Lets those see a picture or an attachment who may read the article that shows it; at start.
std::unique_ptr<files::FileAccess> file_access(core::Clock const& clock);

std::optional<Article> article(sql::Tx& tx, ArticleId const& id);
/// Titles of published articles by their id, for the audit log: adds those it knows.
void name_articles(sql::Tx& tx, std::vector<core::Uuid> const& ids, std::map<std::string, std::string>& names);
/// Titles of articles in a reader's messages: his own, and published ones, which were told to whom they reach.
void title_articles(sql::Tx& tx, core::PersonId const& reader, std::vector<core::Uuid> const& ids,
                    std::map<std::string, std::string>& titles);
/// Notices that reach the caller today and that he has not read, or not confirmed where that is asked.
std::int64_t unread(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller);
/// An article that a search finds.
struct FoundArticle {
    ArticleId id;
    std::string title;
    std::string org_name;
};
/// What reaches the caller today and holds these words, newest first.
std::vector<FoundArticle> find_articles(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller,
                                        std::string const& words, int most);
/// Tells those who are to confirm a notice that it is there, as many as a transaction should; whether some are left.
bool tell_readers(sql::Database& db, core::DistrictId district, core::Clock const& clock);
/// Forgets who has read what ended `receipt_days` ago.
std::int64_t keep_house(sql::Database& db, core::DistrictId district, core::Clock const& clock);

/// Writes articles as they are, takes their files into use and says each in the feed.
core::Result<void> write_bulk(sql::Tx& tx, files::Files const& files, BulkNews const& bulk);
/// The path in workflow by which an article of an organisation is reviewed.
std::string review_path(sql::Tx& tx, core::OrgId const& org, ArticleScope scope);
/// Its steps: school office, office of the central school, information office of the bureau, its leader, as far as the
/// scope reaches; the bureau's own ("bureau-district") begin in the bureau. Empty for an unknown name.
std::vector<workflow::StepRule> review_rules(std::string_view path);
/// What a review queue shows of a version.
core::RawJson review_facts(ArticleVersion const& version);
/// Kind of an article in workflow.
inline constexpr char const* review_kind = "news";

}  // namespace santong::news
