#pragma once
// The world of tests with a library: files, reviewers, a textbook.
#include "core/json.hpp"
#include "modules/resources/readers.hpp"
#include "modules/resources/service_author.hpp"
#include "modules/resources/service_catalogue.hpp"
#include "modules/workflow/service_review.hpp"
#include "platform/files/content_store.hpp"
#include "platform/files/service.hpp"
#include "world.hpp"

namespace santong::test {

struct LibraryWorld : World {
    LibraryWorld();
    ~LibraryWorld();

    /// An uploaded file of somebody's own: a PDF of one page whose text is `words`.
    core::FileId upload(auth::Caller const& caller, std::string const& words);
    core::FileId upload_file(auth::Caller const& caller, std::string const& name, std::string const& bytes);
    /// A draft that lacks nothing.
    resources::ResourceId draft(auth::Caller const& caller, std::string const& title,
                                std::string const& subject = "14");
    resources::ResourceId in_review(auth::Caller const& caller, std::string const& title, resources::Scope scope);
    /// Passed by everybody on its path.
    resources::ResourceId published(auth::Caller const& caller, std::string const& title, resources::Scope scope);
    /// Submits a draft; everybody on its path passes it.
    void publish(auth::Caller const& caller, resources::ResourceId const& id, resources::Scope scope);

    /// What the caller's queue holds, by title.
    std::vector<std::string> queue(auth::Caller const& caller) const;
    workflow::ItemId item(resources::ResourceId const& id) const;
    core::Result<workflow::Review> approve(auth::Caller const& caller, resources::ResourceId const& id);
    core::Result<workflow::Review> send_back(auth::Caller const& caller, resources::ResourceId const& id,
                                             std::string const& reason);
    std::vector<std::string> found(auth::Caller const& caller, resources::Search const& wish) const;
    resources::Resource row(resources::ResourceId const& id) const;

    std::string folder;
    files::LocalContentStore contents;
    files::Files files;
    resources::Library library;
    resources::TextbookView
        book;  ///< mathematics, grade 5, first volume: 多边形的面积 {平行四边形的面积, 三角形的面积}, 可能性
};

/// The keys of all lines that a reviewer ticks.
std::vector<std::string> full_sheet();
/// A PDF of so many pages.
std::string pdf(std::string const& words, int pages = 1);

}  // namespace santong::test
