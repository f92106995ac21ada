// Every table travels or is said to stay, with its reason: docs/what-travels.md.
#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <set>

#include "platform/sql/dump.hpp"
#include "server/modules.hpp"
#include "test_database.hpp"

using namespace santong;

namespace {

/// The cells of a line of a table, without their blanks.
std::vector<std::string> cells_of(std::string const& line) {
    std::vector<std::string> cells;
    if (!line.starts_with("| `")) return cells;
    for (std::size_t at = 1; at < line.size();) {
        auto const end = line.find('|', at);
        if (end == std::string::npos) break;
        auto cell = line.substr(at, end - at);
        cell.erase(0, cell.find_first_not_of(' '));
        cell.erase(cell.find_last_not_of(' ') + 1);
        cells.push_back(std::move(cell));
        at = end + 1;
    }
    return cells;
}

/// What stands between backquotes.
std::vector<std::string> named_in(std::string const& cell) {
    std::vector<std::string> names;
    for (auto begin = cell.find('`'); begin != std::string::npos; begin = cell.find('`', begin)) {
        auto const end = cell.find('`', begin + 1);
        REQUIRE(end != std::string::npos);
        names.push_back(cell.substr(begin + 1, end - begin - 1));
        begin = end + 1;
    }
    return names;
}

struct Page {
    std::map<std::string, std::string> types;  ///< with their directions
    std::set<std::string> staying;

    Page() {
        std::ifstream file(std::string(SANTONG_SOURCE_DIR) + "/docs/what-travels.md");
        REQUIRE(file.good());
        for (std::string line; std::getline(file, line);) {
            auto const cells = cells_of(line);
            if (cells.size() == 3) {
                for (auto const& type : named_in(cells[0])) types[type] = cells[1];
            } else if (cells.size() == 2) {
                REQUIRE_MESSAGE(!cells[1].empty(), line);
                for (auto const& table : named_in(cells[0])) CHECK_MESSAGE(staying.insert(table).second, table);
            }
        }
    }
};

}  // namespace

TEST_CASE("every type that travels is listed with its direction, and none that does not") {
    Page const page;
    std::map<std::string, std::string> travelling;
    auto const shapes = server::all_shapes();
    for (auto const& shape : shapes.all()) travelling[shape.type] = core::enum_text(shape.direction);
    for (auto const& [type, direction] : travelling) {
        auto const listed = page.types.find(type);
        CHECK_MESSAGE(listed != page.types.end(), type, " is not in docs/what-travels.md");
        if (listed != page.types.end()) CHECK_MESSAGE(listed->second == direction, type);
    }
    for (auto const& [type, direction] : page.types) CHECK_MESSAGE(travelling.contains(type), type, " does not travel");
}

TEST_CASE("every table travels or stays for a reason") {
    Page const page;
    std::set<std::string> travelling;
    auto const shapes = server::all_shapes();
    for (auto const& shape : shapes.all()) {
        for (auto const& table : shape.tables) travelling.insert(table.name);
    }
    test::TestDatabase db;
    auto const tables = db->read(0, [](sql::Tx& tx) { return sql::dump_tables(tx); });
    CHECK(tables.size() > 150);
    for (auto const& table : tables) {
        CHECK_MESSAGE(travelling.contains(table.name) != page.staying.contains(table.name), table.name,
                      " is to travel (the module's sync.cpp) or to stay with a reason (docs/what-travels.md)");
    }
}
