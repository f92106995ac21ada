#pragma once
// The world of tests with one kind of reviewable thing: a note.
#include "modules/workflow/service_review.hpp"
#include "world.hpp"

namespace santong::test {

struct ReviewWorld : World {
    ReviewWorld();

    /// Somebody sends a note of mathematics from a school into review.
    core::Result<workflow::Item> submit(auth::Caller const& author, core::OrgId const& school, std::string const& note,
                                        std::string const& scope = "school");
    core::Result<workflow::Review> approve(auth::Caller const& caller, workflow::ItemId const& id);
    core::Result<workflow::Review> send_back(auth::Caller const& caller, workflow::ItemId const& id,
                                             std::string const& reason);
    workflow::Item row(std::string const& note) const;
    std::vector<std::string> queue(auth::Caller const& caller) const;
    /// Gives somebody another post from today on.
    void appoint(core::PersonId const& person, core::OrgId const& org, auth::Role role,
                 std::string const& subject = {});
    /// Nobody holds this post of a school any more.
    void vacate(core::PersonId const& person);

    /// What the owner of notes was told, such as "n1 approved".
    static std::vector<std::string>& outcomes();
    /// Makes the automatic check of notes fail.
    static bool& broken();
};

}  // namespace santong::test
