#include "modules/teaching/service_shown.hpp"

#include "modules/teaching/store.hpp"

namespace santong::teaching {

std::vector<ResourceId> resources_of_running(sql::Tx& tx) {
    auto all = store::resources_running(tx);
    for (auto const& plan : store::plans(tx, store::plans_running(tx))) {
        auto const named = resources_of(plan.content);
        all.insert(all.end(), named.begin(), named.end());
    }
    return all;
}

}  // namespace santong::teaching
