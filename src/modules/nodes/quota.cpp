#include "modules/nodes/quota.hpp"

#include <algorithm>
#include <map>

#include "core/json.hpp"
#include "modules/nodes/contents_up.hpp"
#include "modules/nodes/parent_ask.hpp"
#include "modules/nodes/service.hpp"
#include "platform/files/disk.hpp"
#include "platform/log/log.hpp"

namespace santong::nodes {

namespace {

std::vector<std::string> names_of(std::map<std::string, Stored> const& contents) {
    std::vector<std::string> names;
    names.reserve(contents.size());
    for (auto const& [sha256, one] : contents) names.push_back(sha256);
    return names;
}

}  // namespace

Stock take_stock(files::ContentStore& contents, std::set<std::string> const& replaceable) {
    Stock stock;
    contents.each([&](std::string const& sha256) {
        auto const file = contents.open(sha256);
        if (!file) return;
        auto const size = files::disk::size_of(*file);
        stock.bytes += size;
        if (replaceable.contains(sha256)) stock.replaceable.push_back({sha256, size, contents.used_at(sha256)});
    });
    std::ranges::sort(stock.replaceable, {}, [](Stored const& one) { return one.used_at; });
    return stock;
}

std::vector<Stored> surplus(Stock const& stock, std::int64_t quota) {
    std::vector<Stored> goes;
    if (stock.bytes <= quota) return goes;
    auto too_much = stock.bytes - (quota - quota / 20);
    for (auto const& one : stock.replaceable) {
        if (too_much <= 0) break;
        goes.push_back(one);
        too_much -= one.size;
    }
    return goes;
}

Evicted evict(Site const& site, Parent const& above, files::ContentStore& contents,
              std::vector<Stored> const& surplus) {
    constexpr std::size_t together = 500;
    auto const begun = core::system_now();
    Evicted evicted;
    for (std::size_t from = 0; from < surplus.size(); from += together) {
        ManifestsRequest question{{}, true};
        std::map<std::string, Stored> asked;
        for (std::size_t i = from; i < std::min(from + together, surplus.size()); ++i)
            asked[surplus[i].sha256] = surplus[i];
        for (auto const& sha256 : not_to_forget(site, above, names_of(asked))) asked.erase(sha256);
        question.contents = names_of(asked);
        if (question.contents.empty()) continue;
        auto const answer = ask(site, above, "/api/v1/node/manifests", core::json::write(question));
        auto const given = core::json::read<ManifestsAnswer>(answer.body, core::json::UnknownFields::ignore);
        if (answer.status != 200 || !given) {
            evicted.parent_away = true;
            return evicted;
        }
        for (auto const& item : given->items) {
            auto const one = asked.find(item.sha256);
            if (item.state != Giving::given || one == asked.end()) continue;
            if (contents.used_at(item.sha256) != one->second.used_at) continue;  // somebody has opened it meanwhile
            if (!contents.remove_unused_since(item.sha256, begun)) continue;
            ++evicted.contents;
            evicted.bytes += one->second.size;
            log::info("a content went, so that the quota is kept",
                      {{"sha256", item.sha256}, {"bytes", one->second.size}});
        }
    }
    return evicted;
}

}  // namespace santong::nodes
