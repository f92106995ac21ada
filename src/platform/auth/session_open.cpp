#include "platform/auth/sessions.hpp"
#include "platform/auth/store.hpp"

namespace santong::auth {

bool session_open(sql::Database& db, core::DistrictId district, std::string const& token_hash) {
    return db.read(district, [&](sql::Tx& tx) {
        auto const session = store::find_session(tx, token_hash);
        return session && session->status == AccountStatus::active && session->expires_at > gate_now();
    });
}

}  // namespace santong::auth
