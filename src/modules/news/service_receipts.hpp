#pragma once
// Receipts (回执): how many of those whom a notice reaches have read it, and whom an office still has to ask.
#include "modules/news/service_author.hpp"

namespace santong::news {

/// Whether the caller may see receipts of a notice: its author, who oversees it, and the office of a school that it
/// reaches for its own people.
bool may_see_receipts(sql::Tx& tx, auth::Caller const& caller, Article const& article, ArticleContent const& content);
/// Counts of the current version: of everybody for the author and who oversees it, else of the caller's own schools.
/// Refuses "news.not_found", "news.no_receipts" of what is no published notice.
core::Result<ArticleReceipts> article_receipts(Desk const& desk, auth::Caller const& caller, ArticleId const& id);
/// Staff of the caller's own schools who have not confirmed a must-read notice; forbidden to whoever has no office.
/// That somebody looked is audited.
core::Result<AudienceWaitingList> article_waiting(Desk const& desk, auth::Caller const& caller, ArticleId const& id);
/// What a workbook of receipts holds.
struct ReceiptSheets {
    ArticleReceipts counts;
    std::optional<AudienceWaitingList> waiting;  ///< for an office
    std::string title;
    core::Zone zone;
};
/// The sheets; that they leave is audited.
core::Result<ReceiptSheets> receipt_sheets(Desk const& desk, auth::Caller const& caller, ArticleId const& id);
/// Writes them as a workbook.
core::Result<void> write_receipts(Desk const& desk, auth::Caller const& caller, ArticleId const& id,
                                  std::string const& path, std::string const& language);

}  // namespace santong::news
