#pragma once
// The work on packs that a job does. Inner words of the module.
#include "modules/push/service_packs.hpp"

namespace santong::push {

inline constexpr char pack_job[] = "push.pack";
inline constexpr char pack_holder_type[] = "push.Pack";

struct PackJobInput {
    PackId pack_id;
};
BOOST_DESCRIBE_STRUCT(PackJobInput, (), (pack_id))

/// What goes into a pack, as things stand now.
std::vector<nodes::Wanted> contents_of_pack(sql::Tx& tx, sync::Shapes const& shapes, PushPackWish const& wish);
/// Where a made pack's file lies.
std::filesystem::path made_file(PackPlace const& place, PackId const& id);

}  // namespace santong::push
