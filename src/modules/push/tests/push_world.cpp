#include "push_world.hpp"

#include "modules/nodes/store.hpp"
#include "modules/push/arriving.hpp"
#include "modules/push/store.hpp"
#include "modules/resources/service_pack.hpp"
#include "modules/timetable/service.hpp"

namespace santong::test {

using namespace push;

PushWorld::PushWorld() : desk{db(), clock, &contents} {
    transact([&](sql::Tx& tx) {
        timetable::write_bell(tx, heba.id, {2014, 9, 1},
                              {{1, "第1节", 500, 540}, {2, "第2节", 550, 590}, {3, "第3节", 620, 660}});
        timetable::Timetable table;
        table.id = timetable::TimetableId::make();
        table.school_id = heba.id;
        table.term_id = autumn;
        table.state = timetable::TimetableState::published;
        table.from_date = {2014, 9, 1};
        table.made_by = heba.academic;
        auto const entry = [&](std::size_t group, int weekday, int period) {
            return timetable::Entry{
                timetable::EntryId::make(), table.id, heba.classes[group],       weekday, period, "14",
                heba.teachers[0],           "",       timetable::WeekParity::all};
        };
        timetable::write_timetable(tx, table, {entry(0, 5, 1), entry(0, 5, 3), entry(1, 2, 2)});
        timetable::materialise(tx, heba.id, {2014, 11, 17}, {2014, 12, 4}, clock.now());
    });
    pack_id = pack();
}

void PushWorld::give_box(core::OrgId const& school) {
    transact([&](sql::Tx& tx) {
        nodes::store::NodeRow row;
        row.id = nodes::NodeId::make();
        row.org_id = school;
        row.joined_at = clock.now();
        row.last_contact_at = clock.now();
        nodes::store::put_node(tx, row);
    });
}

void PushWorld::take_box(core::OrgId const& school) {
    transact([&](sql::Tx& tx) {
        auto const box = nodes::store::active_node_of(tx, school);
        if (box) nodes::store::revoke(tx, box->id, clock.now());
    });
}

resources::ResourceId PushWorld::pack(resources::Scope scope) {
    auto const author = teacher();
    auto const chapter = book.chapters.at(1).id;
    parts.clear();
    std::vector<resources::PackItemWish> items;
    for (auto const* title : {"平行四边形课件", "平行四边形练习"}) {
        parts.push_back(published(author, std::string(title) + std::to_string(rows("resource")), scope));
        items.push_back({parts.back(), resources::PackRole::slides, ""});
    }
    auto const made = resources::add_pack(library, author, {chapter, "平行四边形的面积 资源包", "", items, {}}).value();
    publish(author, made.id, scope);
    return made.id;
}

PushWish PushWorld::wish(std::vector<core::OrgId> const& schools) {
    PushWish wish;
    wish.resources = {pack_id};
    wish.schools = schools.empty() ? std::vector{heba.id} : schools;
    return wish;
}

PushOrderView PushWorld::order(PushWish const& wish) {
    return make_order(desk, maths(), wish).value();
}

PushReceipt PushWorld::receipt(OrderId const& order, core::OrgId const& school) const {
    return read([&](sql::Tx& tx) { return store::receipt(tx, receipt_id(order, school)).value_or(PushReceipt{}); });
}

void PushWorld::write_receipt(OrderId const& order, core::OrgId const& school, std::optional<core::Instant> whole_at,
                              PushWay way) {
    transact([&](sql::Tx& tx) {
        PushReceipt one;
        one.id = receipt_id(order, school);
        one.order_id = order;
        one.school_id = school;
        one.way = way;
        auto const size = store::sizes(tx, {order}).at(order);
        one.contents = size.contents;
        one.bytes = size.bytes;
        one.first_at = one.whole_at = whole_at;
        if (whole_at) {
            one.contents_here = one.contents;
            one.bytes_here = one.bytes;
        }
        keep_receipt(tx, one);
    });
}

std::int64_t PushWorld::rows(char const* table) const {
    return read([&](sql::Tx& tx) {
        std::int64_t count = 0;
        tx.run_text(std::string("SELECT COUNT(*) FROM ") + table + " WHERE district_id = $1",
                    {std::int64_t{test::district}}, [&](sql::Cells const& cells) { count = cells.integer(0); });
        return count;
    });
}

}  // namespace santong::test
