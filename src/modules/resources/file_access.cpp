// Who may read a file that a resource uses.
#include <algorithm>
#include <charconv>

#include "modules/resources/readers.hpp"
#include "modules/resources/service_author.hpp"
#include "modules/resources/service_shelf.hpp"

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
    explicit ResourceFiles(core::Clock const& clock) : clock_(clock) {}

    std::string holder_type() const override { return file_holder_type; }
    bool may_read(sql::Tx& tx, auth::Caller const& caller, files::FileReference const& reference) override {
        auto const holder = read_holder(reference.holder_id);
        auto const resource = holder ? store::find(tx, holder->first) : std::nullopt;
        if (!resource || !can_read(tx, caller, *resource)) return false;
        // A version that has not passed its review, or is no longer current, is for its author and reviewers.
        if (resource->state == State::published && holder->second == resource->current_version) return true;
        return resource->owner_person == caller.person || is_reviewer(tx, caller, resource->id);
    }
    /// Of a resource that is in use, not of a picture or preview of it, and not by those who made or examine it.
    void saved(sql::Tx& tx, auth::Caller const& caller, files::FileReference const& reference) override {
        auto const holder = read_holder(reference.holder_id);
        auto const resource = holder ? store::find(tx, holder->first) : std::nullopt;
        if (!resource || resource->state != State::published || holder->second != resource->current_version) return;
        auto const version = store::find_version(tx, resource->id, holder->second);
        auto const schools = schools_of(tx, caller);
        bool const whole = version && version->file_id == reference.file_id;
        bool const teaches = caller.has_role(auth::Role::teacher) && !schools.empty();
        if (!whole || !teaches || std::ranges::find(schools, resource->school_id) != schools.end()) return;
        if (resource->owner_person == caller.person || is_reviewer(tx, caller, resource->id)) return;
        Saved const said{resource->id, schools.front(), clock_.now()};
        feed::event(tx, {"resources.Saved", resource->id.text(), said.school_id}, said);
    }

private:
    core::Clock const& clock_;
};

}  // namespace

std::unique_ptr<files::FileAccess> file_access(core::Clock const& clock) {
    return std::make_unique<ResourceFiles>(clock);
}

}  // namespace santong::resources
