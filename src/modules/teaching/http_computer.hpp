#pragma once
// Routes of classroom computers: the machine's own, the technician's and the teacher's.
#include <filesystem>
#include <vector>

#include "modules/teaching/service.hpp"
#include "platform/files/service.hpp"
#include "platform/http/router.hpp"

namespace santong::teaching {

struct ComputerSite {
    sql::Database& db;
    core::Clock const& clock;
    files::Files& files;
    core::DistrictId district = 0;                    ///< of this node: where a token is looked up
    std::vector<std::filesystem::path> folders = {};  ///< where the program for classroom computers may lie
};
void register_computer_routes(http::Router& router, ComputerSite const& site);

}  // namespace santong::teaching
