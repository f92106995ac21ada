#pragma once
// News and notices (新闻公告): articles of schools, central schools and the bureau. May include: core/ only.
#include <optional>
#include <string>
#include <vector>

#include "core/described.hpp"
#include "core/result.hpp"

namespace santong::news {

using ArticleId = core::Id<struct ArticleTag>;
using ReceiptId = core::Id<struct ArticleReceiptTag>;

/// 新闻, 通知公告, 教研动态.
enum class ArticleKind : int { news, notice, research };
BOOST_DESCRIBE_ENUM(ArticleKind, news, notice, research)

/// Whom it reaches (发布范围): 本校, 中心校片区, 全区, 公开. Each reaches further than the one before.
enum class ArticleScope : int { school, area, district, public_ };
BOOST_DESCRIBE_ENUM(ArticleScope, school, area, district, public_)

/// For whom it is (阅读对象): everybody, those who work there, or pupils and guardians.
enum class ArticleAudience : int { everyone, staff, families };
BOOST_DESCRIBE_ENUM(ArticleAudience, everyone, staff, families)

/// `withdrawn` is the end: readers do not see it any more.
enum class ArticleState : int { draft, in_review, returned, published, withdrawn };
BOOST_DESCRIBE_ENUM(ArticleState, draft, in_review, returned, published, withdrawn)

/// How a change of a published article stands, while its readers keep the version that they have.
enum class ArticleChange : int { none, draft, in_review, returned };
BOOST_DESCRIBE_ENUM(ArticleChange, none, draft, in_review, returned)

/// What a part of the text is. There is no markup in any of them.
enum class BlockKind : int { paragraph, heading, list, numbers, link, picture, attachment };
BOOST_DESCRIBE_ENUM(BlockKind, paragraph, heading, list, numbers, link, picture, attachment)

/// A part of an article's text.
struct ArticleBlock {
    BlockKind kind = BlockKind::paragraph;
    std::string text;                ///< of a picture what it shows, for who cannot see it
    std::vector<std::string> items;  ///< of a list
    std::string href;                ///< of a link; https or http
    std::optional<core::FileId> file_id;
    std::string file_name;   ///< said by the server
    std::string media_type;  ///< said by the server
    std::int64_t size = 0;   ///< said by the server
};
BOOST_DESCRIBE_STRUCT(ArticleBlock, (), (kind, text, items, href, file_id, file_name, media_type, size))

/// Everything that an author writes and a reviewer passes.
struct ArticleContent {
    ArticleKind kind = ArticleKind::news;
    std::string title;
    std::string summary;
    std::string byline;  ///< who is named as the writer (供稿), such as 教务处; may be empty
    std::vector<ArticleBlock> body;
    std::optional<core::FileId> cover_file_id;
    std::string cover_text;  ///< what the cover shows
    ArticleScope scope = ArticleScope::school;
    ArticleAudience audience = ArticleAudience::everyone;
    std::optional<core::LocalDate> from_day;   ///< first day on which it is shown
    std::optional<core::LocalDate> until_day;  ///< last day
    bool must_read = false;                    ///< of a notice: its readers confirm that they have read it
};
BOOST_DESCRIBE_STRUCT(ArticleContent, (),
                      (kind, title, summary, byline, body, cover_file_id, cover_text, scope, audience, from_day,
                       until_day, must_read))

/// A version of an article; readers have the one that has passed.
struct ArticleVersion : ArticleContent {
    ArticleId article_id;
    int number = 1;
    core::Instant created_at;
    BOOST_DESCRIBE_CLASS(ArticleVersion, (ArticleContent), (article_id, number, created_at), (), ())
};

/// An article (文章) without its text.
struct Article {
    ArticleId id;
    core::OrgId org_id;  ///< the school, or the bureau, in whose name it is
    core::PersonId owner_person;
    ArticleState state = ArticleState::draft;
    ArticleChange change = ArticleChange::none;
    int current_version = 0;  ///< 0 = none has passed
    int latest_version = 1;
    std::optional<core::Instant> published_at;  ///< for the first time
    std::string withdrawn_reason;
    core::Instant created_at;
    core::Instant updated_at;

    bool in_review() const { return state == ArticleState::in_review || change == ArticleChange::in_review; }
};
BOOST_DESCRIBE_STRUCT(Article, (),
                      (id, org_id, owner_person, state, change, current_version, latest_version, published_at,
                       withdrawn_reason, created_at, updated_at))

/// As what somebody reads.
enum class ReaderKind : int { staff, guardian, pupil };
BOOST_DESCRIBE_ENUM(ReaderKind, staff, guardian, pupil)

/// That somebody has read a version of a notice, and confirmed it where that is asked (回执).
struct ArticleReceipt {
    ArticleId article_id;
    core::PersonId person_id;
    ReaderKind reader = ReaderKind::staff;
    int version = 1;
    core::Instant read_at;
    std::optional<core::Instant> confirmed_at;
    std::optional<ReceiptId> id{};  ///< follows from article and person; by it the receipt travels
};
BOOST_DESCRIBE_STRUCT(ArticleReceipt, (), (article_id, person_id, reader, version, read_at, confirmed_at, id))
/// The id of somebody's receipt, the same on every node.
ReceiptId receipt_id(ArticleId const& article, core::PersonId const& person);

/// Articles as they are, for the demo district. Their reviews are workflow's.
struct BulkNews {
    std::vector<Article> articles;
    std::vector<ArticleVersion> versions;
    std::vector<ArticleReceipt> receipts;
};

/// How long receipts are kept after an article has ended or gone, in days.
inline constexpr int receipt_days = 90;

/// Puts blanks right and forgets what a part of that kind does not have.
void tidy(ArticleContent& content);
/// Refuses what no draft may be, with the place of each: too long, a link to elsewhere than http and https, a day
/// before the other, a must-read that is no notice, something public that is not for everyone.
core::Result<void> check_content(ArticleContent const& content);
/// Refuses what may be a draft and no more: no title, no text, a picture without words, a last day that is over.
core::Result<void> check_ready(ArticleContent const& content, core::LocalDate today);
/// All words of it, for searching and checking.
std::string words_of(ArticleContent const& content);
/// Whether it is shown on a day.
bool is_shown_on(ArticleContent const& content, core::LocalDate day);
/// Whether an address is one that a link may have.
bool is_link(std::string const& address);
/// Numbers in a text that look like a telephone or an identity card.
int private_numbers(std::string const& words);

}  // namespace santong::news
