#include "server/demo/dress.hpp"

#include <algorithm>

#include "core/assert.hpp"
#include "core/message.hpp"
#include "server/demo/write_roster.hpp"

namespace santong::server::demo {

namespace {

using resources::Resource;
using resources::Scope;

constexpr char const* publisher = "洞庭教育音像社（虚构）";

/// A purchase whose last day lies so many days from today; nothing = for good.
struct Purchase {
    char const* subject = "";
    bool at_office = false;  ///< of the central school where the demo's office works
    std::optional<int> days_left;
    char const* terms = "";
};
constexpr Purchase purchases[] = {
    {"41", false, 11, "合同 2013-017，全区教学使用"},      {"41", false, -5, "合同 2013-009，全区教学使用"},
    {"16", false, 26, "合同 2013-021，全区初中使用"},      {"14", false, 18, "合同 2013-030，全区教学使用"},
    {"13", true, 9, "合同 2013-004，本校教学使用"},        {"15", false, 212, "合同 2014-011，全区教学使用"},
    {"24", false, std::nullopt, "一次买断，合同 2014-002"}};

bool is_managed(DistrictPlan const& plan, core::OrgId const& id) {
    auto const& school = *std::ranges::find(plan.schools, id, &SchoolPlan::id);
    return parent_of(plan, school) != plan.townships.at(school.row.township);
}

void buy(Resource& row, Purchase const& purchase) {
    row.source = resources::Source::bought;
    row.licence = resources::Licence::bought;
    row.intake = resources::Acquisition::bought;
    row.holder = publisher;
    row.terms = purchase.terms;
    row.valid_from = core::LocalDate{2013, 12, 1};
    if (!purchase.days_left) return;
    row.valid_until = demo_today.plus_days(*purchase.days_left);
    if (*purchase.days_left >= 0) return;
    row.state = resources::State::ended;
    row.recalled_reason = core::message("resources.reason_over", {{"date", row.valid_until->text()}}, "zh-CN");
}

/// The first rows for the district, past those that the demo's stories use, that fit each purchase.
void buy_some(resources::BulkResources& bulk, DistrictPlan const& plan) {
    auto const& central = *std::ranges::find(plan.schools, std::string("河坝镇中心小学"),
                                             [](SchoolPlan const& school) { return school.row.name; });
    for (auto const& purchase : purchases) {
        auto const found = std::ranges::find_if(bulk.resources.begin() + 300, bulk.resources.end(), [&](auto const& r) {
            bool const free = r.intake == resources::Acquisition::made && r.state == resources::State::published;
            bool const there = !purchase.at_office || r.school_id == central.id;
            bool const wide = purchase.at_office || (r.scope == Scope::district && r.grade_from != 5);
            return free && there && wide && r.subject == purchase.subject && r.kind != resources::Kind::link;
        });
        SANTONG_ASSERT(found != bulk.resources.end());
        buy(*found, purchase);
    }
}

}  // namespace

void dress_library(resources::BulkResources& bulk, DistrictPlan const& plan, std::size_t files) {
    for (std::size_t i = 0; i < bulk.resources.size(); ++i) {
        auto& row = bulk.resources[i];
        if (row.state != resources::State::published) continue;
        bool const own_file = i < files;
        if (row.scope == Scope::school && i % 3 == 0 && is_managed(plan, row.school_id)) row.scope = Scope::area;
        if (row.scope == Scope::school && i % 23 == 3) row.scope = Scope::group;
        bool const free = row.licence == resources::Licence::cc_by;
        if (row.scope == Scope::district && free && (own_file ? i % 4 == 2 : i % 29 == 7)) row.scope = Scope::public_;
        row.wished_scope = row.scope;
        row.fine = own_file && row.scope >= Scope::district && i % 5 < 2;
        if (!own_file && row.scope >= Scope::district && i % 17 == 4) row.intake = resources::Acquisition::called;
    }
    buy_some(bulk, plan);
}

std::vector<resources::PackItem> add_packs(resources::BulkResources& bulk, LibraryPlan const& library,
                                           std::size_t files) {
    struct Wish {
        char const* lesson;
        char const* title;
    };
    constexpr Wish wishes[] = {{"maths-5a-6-1", "平行四边形的面积 一课全套"},
                               {"maths-5a-6-3", "三角形的面积 资源包"},
                               {"physics-9a-3-3", "串联和并联 资源包"},
                               {"english-3a-2-2", "What colour is it? 资源包"}};
    std::vector<resources::PackItem> held;
    for (auto const& wish : wishes) {
        Resource pack;
        pack.id = resources::ResourceId::make();
        int sort = 0;
        for (std::size_t i = 0; i < files; ++i) {
            auto const& row = bulk.resources[i];
            bool const fits = library.items[i].chapter_key == wish.lesson && row.scope >= Scope::district;
            if (!fits || row.state != resources::State::published) continue;
            if (sort == 0) {
                auto const id = pack.id;
                pack = row;
                pack.id = id;
            }
            held.push_back({pack.id, 1, sort++, resources::role_of(row.kind), row.id, ""});
        }
        SANTONG_ASSERT(sort > 0);
        std::ranges::stable_sort(held.end() - sort, held.end(), {}, &resources::PackItem::role);
        for (int at = 0; at < sort; ++at) held[held.size() - static_cast<std::size_t>(sort - at)].sort = at;
        pack.title = wish.title;
        pack.description = "一节课要用的都在里面，按用的先后排好。";
        pack.kind = resources::Kind::pack;
        pack.licence = resources::Licence::region_teaching;
        pack.source = resources::Source::own_work;
        pack.source_note.clear();
        pack.scope = pack.wished_scope = Scope::district;
        pack.fine = false;
        resources::Version version;
        version.resource_id = pack.id;
        version.media_type = resources::pack_media_type;
        version.created_at = pack.created_at;
        bulk.resources.push_back(std::move(pack));
        bulk.versions.push_back(std::move(version));
    }
    return held;
}

}  // namespace santong::server::demo
