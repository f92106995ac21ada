#include <set>

#include "platform/files/service.hpp"
#include "platform/files/store.hpp"

namespace santong::files {

namespace {

constexpr int batch = 1000;

std::vector<std::string> named_digests(sql::Database& db, core::DistrictId district) {
    std::vector<std::string> all;
    for (std::string after;;) {
        auto const page = db.read(district, [&](sql::Tx& tx) { return store::digests(tx, after, batch); });
        if (page.empty()) return all;
        all.insert(all.end(), page.begin(), page.end());
        after = page.back();
    }
}

}  // namespace

Verified Files::verify(std::vector<core::DistrictId> const& districts) {
    Verified result;
    std::set<std::string> bad;
    contents_.each([&](std::string const& digest) {
        ++result.contents;
        if (contents_.verify(digest)) return;
        bad.insert(digest);
        result.damaged.push_back(digest);
    });
    for (auto const district : districts) {
        for (auto const& digest : named_digests(db_, district)) {
            bool const here = contents_.open(digest).has_value();
            if (!here && due_ && due_(digest)) continue;
            if (!here && bad.insert(digest).second) result.missing.push_back(digest);
            auto const state = bad.contains(digest) ? FileState::damaged : FileState::ready;
            db_.transact(district, [&](sql::Tx& tx) { store::set_state(tx, digest, state); });
        }
    }
    return result;
}

}  // namespace santong::files
