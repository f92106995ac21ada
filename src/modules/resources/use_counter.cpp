// Use by day, school and class, counted from the feed.
#include "core/json.hpp"
#include "modules/resources/service.hpp"
#include "modules/resources/store.hpp"
#include "modules/roster/service.hpp"

namespace santong::resources {

namespace {

class UseCounter final : public feed::Consumer {
public:
    std::string name() const override { return "resources.use"; }
    bool wants(std::string_view type) const override { return type == "resources.Viewed"; }
    void handle(sql::Tx& tx, feed::Entry const& entry) override;
};

void UseCounter::handle(sql::Tx& tx, feed::Entry const& entry) {
    auto const viewed = core::json::read<Viewed>(entry.body.value, core::json::UnknownFields::ignore).value();
    UseCount use;
    use.resource_id = viewed.resource_id;
    use.date = roster::district(tx).zone().date_of(viewed.at);
    use.school_id = viewed.school_id;
    if (viewed.class_id) use.class_id = viewed.class_id->text();
    use.role = viewed.role;
    use.uses = 1;
    store::add_use(tx, use);
}

}  // namespace

std::unique_ptr<feed::Consumer> use_counter() {
    return std::make_unique<UseCounter>();
}

}  // namespace santong::resources
