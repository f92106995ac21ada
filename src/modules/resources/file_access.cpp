// Who may read a file that a resource uses.
#include <charconv>

#include "modules/resources/readers.hpp"
#include "modules/resources/service_author.hpp"

namespace santong::resources {

namespace {

/// Holders are named "<resource>/<version>" (`file_holder`).
std::optional<std::pair<ResourceId, int>> read_holder(std::string_view holder) {
    auto const slash = holder.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    auto const id = ResourceId::parse(holder.substr(0, slash));
    int number = 0;
    auto const rest = holder.substr(slash + 1);
    auto const read = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    if (!id || read.ec != std::errc{} || read.ptr != rest.data() + rest.size()) return std::nullopt;
    return std::pair{*id, number};
}

class ResourceFiles final : public files::FileAccess {
public:
    std::string holder_type() const override { return file_holder_type; }
    bool may_read(sql::Tx& tx, auth::Caller const& caller, files::FileReference const& reference) override {
        auto const holder = read_holder(reference.holder_id);
        auto const resource = holder ? store::find(tx, holder->first) : std::nullopt;
        if (!resource || !can_read(tx, caller, *resource)) return false;
        // A version that has not passed its review, or is no longer current, is for its author and reviewers.
        if (resource->state == State::published && holder->second == resource->current_version) return true;
        return resource->owner_person == caller.person || is_reviewer(tx, caller, resource->id);
    }
};

}  // namespace

std::unique_ptr<files::FileAccess> file_access() {
    return std::make_unique<ResourceFiles>();
}

}  // namespace santong::resources
