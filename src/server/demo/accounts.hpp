#pragma once
#include <string>
#include <vector>

#include "core/described.hpp"
#include "platform/sql/database.hpp"

namespace santong::server::demo {

/// An account of the demo folder as `santong demo --accounts` prints it.
struct ListedAccount {
    std::string role;
    std::string login;
    std::string password;
    std::string home;
    std::string totp_secret;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(ListedAccount, (), (role, login, password, home, totp_secret, name))

/// Empty in a folder that is no demo.
std::vector<ListedAccount> listed_accounts(sql::Database& db);

}  // namespace santong::server::demo
