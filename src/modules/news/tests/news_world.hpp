#pragma once
// The world of tests with a press: articles of the three schools and of the bureau.
#include "modules/news/service_open.hpp"
#include "modules/news/service_view.hpp"
#include "modules/workflow/service_review.hpp"
#include "platform/files/content_store.hpp"
#include "world.hpp"

namespace santong::test {

struct NewsWorld : World {
    NewsWorld();
    ~NewsWorld();

    auth::Caller with_account(core::PersonId const& person) const;
    auth::Caller author() const { return with_account(heba.teachers[0]); }
    /// The smallest picture there is, uploaded by somebody.
    core::FileId picture(auth::Caller const& owner);

    /// A notice of one paragraph that lacks nothing.
    static news::ArticleContent content(std::string const& title,
                                        news::ArticleScope scope = news::ArticleScope::school);
    news::ArticleId draft(auth::Caller const& who, core::OrgId const& org, news::ArticleContent const& content);
    news::ArticleId in_review(auth::Caller const& who, core::OrgId const& org, news::ArticleContent const& content);
    /// Passed by everybody on its path.
    news::ArticleId published(auth::Caller const& who, core::OrgId const& org, news::ArticleContent const& content);
    news::ArticleId published(std::string const& title, news::ArticleScope scope = news::ArticleScope::school) {
        return published(author(), heba.id, content(title, scope));
    }

    core::Result<workflow::Review> approve(core::PersonId const& who, news::ArticleId const& id);
    core::Result<workflow::Review> send_back(core::PersonId const& who, news::ArticleId const& id,
                                             std::string const& reason);
    workflow::ItemId item(news::ArticleId const& id) const;
    news::Article row(news::ArticleId const& id) const;
    /// Titles in somebody's list.
    std::vector<std::string> list(auth::Caller const& who, news::ArticleQuery const& query = {}) const;
    std::vector<std::string> queue(core::PersonId const& who) const;
    /// Why somebody does not get an article, empty if he does.
    std::string refusal(auth::Caller const& who, news::ArticleId const& id, bool latest = false) const;

    std::string folder;
    files::LocalContentStore contents;
    files::Files files;
    news::Desk desk;
};

/// The keys of all lines of the sheet that a reviewer ticks.
std::vector<std::string> news_sheet();

}  // namespace santong::test
