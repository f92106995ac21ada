#pragma once
#include <map>
#include <string>
#include <vector>

#include "modules/resources/domain.hpp"
#include "platform/files/service.hpp"
#include "server/demo/plan.hpp"
#include "server/demo/sign_ins.hpp"

namespace santong::server::demo {

/// A resource as later steps need it.
struct ShelfItem {
    resources::ResourceId id;
    std::string subject;
    int grade_from = 1, grade_to = 12;
    bool reviewed = false;
    std::string chapter_key;
    resources::Kind kind = resources::Kind::document;
    OrgId only_at;  ///< school of a resource that is published for its school alone; none for the others
    OrgId given_by;
    bool travels = true;  ///< other schools have found and like it
};

/// Whether people of a school can open it.
inline bool is_on_shelf(ShelfItem const& item, OrgId const& school) {
    return item.reviewed && (item.only_at == OrgId{} || item.only_at == school);
}

/// Whether its teachers take it into their lessons: what their own school gave, and what has made its way.
inline bool is_taken_up(ShelfItem const& item, OrgId const& school) {
    return is_on_shelf(item, school) && (item.travels || item.given_by == school);
}

/// What the library holds once it is written.
struct LibraryPlan {
    std::vector<ShelfItem> items;
    std::map<std::string, resources::ChapterId> chapters;    ///< by key of the manifest
    std::map<std::string, resources::TextbookId> textbooks;  ///< by key of the manifest
};

/// 1,200 resources made of the embedded files, 140 of them under review, and the textbooks they belong to.
/// `keeper` is the account that brought the files in.
LibraryPlan write_library(files::Files& files, core::AccountId const& keeper, DistrictPlan const& plan, Random random,
                          SignIns& sign_ins);

}  // namespace santong::server::demo
