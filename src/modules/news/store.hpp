#pragma once
// Every SQL text of the module.
#include <optional>
#include <string>
#include <vector>

#include "modules/news/domain.hpp"
#include "platform/sql/database.hpp"

namespace santong::news::store {

std::optional<Article> find(sql::Tx& tx, ArticleId const& id);
std::vector<Article> find_all(sql::Tx& tx, std::vector<ArticleId> const& ids);
void insert(sql::Tx& tx, Article const& article);
/// False if somebody else has changed it since `before`.
bool update(sql::Tx& tx, Article const& article, Article const& before);
/// With its versions; only of what was never published.
void remove(sql::Tx& tx, ArticleId const& id);

std::optional<ArticleVersion> find_version(sql::Tx& tx, ArticleId const& id, int number);
std::vector<ArticleVersion> find_versions(sql::Tx& tx, ArticleId const& id);
void insert_version(sql::Tx& tx, ArticleVersion const& version);
void replace_version(sql::Tx& tx, ArticleVersion const& version);
/// Titles by article: of the version that readers have, or else of the latest.
std::vector<ArticleVersion> title_versions(sql::Tx& tx, std::vector<ArticleId> const& ids);

/// Makes an article findable by its words, or not any more.
void index(sql::Tx& tx, ArticleId const& id, std::string const& words);
void forget_words(sql::Tx& tx, ArticleId const& id);

/// Who reads: whom scopes and audiences reach.
struct Reader {
    core::PersonId person;
    std::vector<core::OrgId> schools;
    std::vector<core::OrgId> area_schools;  ///< of the areas of his schools
    std::vector<std::string> audiences;     ///< names of ArticleAudience
    bool anybody = false;                   ///< the public door
};

/// An article in a list: a version of it without its text, and how the reader stands to it.
struct Listed {
    ArticleId id;
    core::OrgId org_id;
    core::PersonId owner_person;
    ArticleState state = ArticleState::draft;
    ArticleChange change = ArticleChange::none;
    int current_version = 0;
    std::optional<core::Instant> published_at;
    core::Instant updated_at;
    ArticleKind kind = ArticleKind::news;
    std::string title;
    std::string summary;
    std::string byline;
    std::optional<core::FileId> cover_file_id;
    std::string cover_text;
    ArticleScope scope = ArticleScope::school;
    ArticleAudience audience = ArticleAudience::everyone;
    std::optional<core::LocalDate> from_day;
    std::optional<core::LocalDate> until_day;
    bool must_read = false;
    int read_version = 0;
    std::optional<core::Instant> confirmed_at;
};
BOOST_DESCRIBE_STRUCT(Listed, (),
                      (id, org_id, owner_person, state, change, current_version, published_at, updated_at, kind, title,
                       summary, byline, cover_file_id, cover_text, scope, audience, from_day, until_day, must_read,
                       read_version, confirmed_at))

/// Where a page of a list goes on.
struct Place {
    std::int64_t at = 0;
    std::string id;
};
struct Filter {
    core::LocalDate today;
    std::string q;
    std::string kind;
    std::optional<core::OrgId> org;
    bool unread = false;
    std::optional<Place> after;
    int limit = 20;
};
/// What a reader may read today, newest first.
std::vector<Listed> shown(sql::Tx& tx, Reader const& reader, Filter const& filter);
std::int64_t count_shown(sql::Tx& tx, Reader const& reader, Filter const& filter);
/// One article as it is listed for a reader, whether it is shown to him or not; `number` of its version.
std::optional<Listed> listed(sql::Tx& tx, ArticleId const& id, int number, core::PersonId const& reader);

struct DeskFilter {
    core::PersonId owner;
    std::vector<core::OrgId> overseen;  ///< not empty: what was published or withdrawn at or below these, whoever's
    std::string state;
    std::optional<Place> after;
    int limit = 20;
};
/// An author's own articles by their latest version, or those of places; latest change first.
std::vector<Listed> desk(sql::Tx& tx, DeskFilter const& filter);
struct StateCount {
    std::string state;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(StateCount, (), (state, count))
std::vector<StateCount> desk_counts(sql::Tx& tx, DeskFilter const& filter);

std::optional<ArticleReceipt> find_receipt(sql::Tx& tx, ArticleId const& id, core::PersonId const& person);
void put_receipt(sql::Tx& tx, ArticleReceipt const& receipt);
/// Those of one version, by person.
std::vector<ArticleReceipt> receipts(sql::Tx& tx, ArticleId const& id, int version);
/// A notice that its readers are being told of, and up to which person they are.
struct Telling {
    ArticleId article_id;
    int version = 1;
    core::PersonId told_up_to;
};
BOOST_DESCRIBE_STRUCT(Telling, (), (article_id, version, told_up_to))
std::vector<Telling> tellings(sql::Tx& tx);
void put_telling(sql::Tx& tx, Telling const& telling);
void end_telling(sql::Tx& tx, ArticleId const& id);
/// Must-read notices whose last day lies in [from, to).
std::vector<ArticleId> ended_notices(sql::Tx& tx, core::LocalDate from, core::LocalDate to);
/// Forgets who has read what ended before a day or was withdrawn before a moment.
std::int64_t forget_receipts(sql::Tx& tx, core::LocalDate ended_before, core::Instant withdrawn_before);

void insert_all(sql::Tx& tx, BulkNews const& bulk);

}  // namespace santong::news::store
