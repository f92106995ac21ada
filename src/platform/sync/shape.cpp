#include "platform/sync/shape.hpp"

#include <algorithm>

namespace santong::sync {

std::string cell(std::vector<Rows> const& tables, std::string_view table, std::string_view column, std::size_t at) {
    auto const found = std::ranges::find(tables, table, &Rows::table);
    if (found == tables.end() || at >= found->rows.size()) return {};
    auto const name = std::ranges::find(found->columns, column);
    if (name == found->columns.end()) return {};
    return found->rows[at][static_cast<std::size_t>(name - found->columns.begin())].value_or("");
}

void Shapes::add(Shape shape) {
    SANTONG_ASSERT(find(shape.type) == nullptr);
    SANTONG_ASSERT(shape.tables.empty() == shape.held.empty());
    // PostgreSQL refuses a parameter that nothing in the statement uses.
    for (auto* ids : {&shape.held, &shape.writes}) {
        if (!ids->empty() && ids->find("$2") == std::string::npos) *ids += " AND CAST($2 AS TEXT) IS NOT NULL";
    }
    all_.push_back(std::move(shape));
}

void Shapes::bring(std::string_view type, Shape::Brings along) {
    auto const found = std::ranges::find(all_, type, &Shape::type);
    SANTONG_ASSERT(found != all_.end());
    found->brings.push_back(std::move(along));
}

Shape const* Shapes::find(std::string_view type) const {
    auto const found = std::ranges::find(all_, type, &Shape::type);
    return found == all_.end() ? nullptr : &*found;
}

namespace {

/// FNV-1a, 64 bits: not against anybody, only to see a difference.
std::string fingerprint(std::string_view text) {
    std::uint64_t value = 14'695'981'039'346'656'037U;
    for (char const c : text) value = (value ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
    return std::to_string(value);
}

}  // namespace

std::string Shapes::mark() const {
    std::string text;
    for (auto const& shape : all_) {
        text += shape.type + ' ' + std::string(core::enum_text(shape.direction));
        for (auto const& table : shape.tables) text += ' ' + table.name;
        text += '\n';
    }
    return fingerprint(text);
}

}  // namespace santong::sync
