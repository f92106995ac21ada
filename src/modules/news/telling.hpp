#pragma once
// Telling those who are to confirm a notice, and carrying their receipts. Inner words of the module.
#include "modules/news/domain.hpp"
#include "platform/sql/database.hpp"

namespace santong::news {

/// Type of a receipt in the feed.
inline constexpr char const* receipt_type = "news.Receipt";

/// A version has passed: what was asked about the one before falls; a must-read one is told to the first of its readers
/// at once, to the others by `tell_readers`.
void begin_telling(sql::Tx& tx, core::Instant now, Article const& article);
/// It was taken away: nobody is asked any more.
void stop_telling(sql::Tx& tx, core::Instant now, ArticleId const& id);
/// What nobody can read any more waits for nobody.
void settle_ended(sql::Tx& tx, core::Clock const& clock);
/// Says in the feed that somebody has read, so that it is counted where the notice was written.
void say_receipt(sql::Tx& tx, ArticleReceipt const& receipt);

}  // namespace santong::news
