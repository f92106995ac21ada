#pragma once
// What becomes of a wish: the things, their bytes and the schools of an order.
#include "modules/push/needs.hpp"

namespace santong::push {

/// Things with their bytes, in the order in which they travel.
struct Things {
    std::vector<PushItem> items;
    std::vector<PushContent> contents;
    std::vector<std::string> left_out;  ///< titles of what stands in a pack and may not be used at all of the schools

    std::int64_t bytes() const;
};

/// Packs become what is in them. Refuses "push.out_of_reach" {title} for what the teachers of one of the schools could
/// not find, "push.nothing_to_send" where there are no bytes at all, "push.too_many" {max}.
core::Result<Things> gather(sql::Tx& tx, OrderId const& order, std::vector<ResourceId> const& resources,
                            std::vector<core::OrgId> const& schools);

/// Writes an order that is new, or what it has become, and says it; receipts of hosted schools come along.
void write_order(sql::Tx& tx, PushOrder const& order, Things const& things, std::vector<PushTarget> const& targets,
                 core::Instant now);

}  // namespace santong::push
