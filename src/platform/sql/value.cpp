#include "platform/sql/value.hpp"

#include "core/assert.hpp"
#include "core/json.hpp"

namespace santong::sql {

namespace {

Param param_of(core::Type const& type, void const* value) {
    using core::Kind;
    switch (type.kind) {
        case Kind::boolean: return *static_cast<bool const*>(value);
        case Kind::int32: return static_cast<std::int64_t>(*static_cast<std::int32_t const*>(value));
        case Kind::int64: return *static_cast<std::int64_t const*>(value);
        case Kind::float64: return *static_cast<double const*>(value);
        case Kind::string: return *static_cast<std::string const*>(value);
        case Kind::enumeration: return std::string(core::enum_text(type, *static_cast<int const*>(value)));
        case Kind::uuid: {
            auto const& uuid = *static_cast<core::Uuid const*>(value);
            if (uuid.is_nil()) return Null{};
            return uuid.text();
        }
        case Kind::instant: return static_cast<core::Instant const*>(value)->ms;
        case Kind::date: return static_cast<core::LocalDate const*>(value)->text();
        case Kind::bytes: return *static_cast<core::Bytes const*>(value);
        case Kind::raw_json: return *static_cast<core::RawJson const*>(value);
        case Kind::optional:
            if (type.count(value) == 0) return Null{};
            return param_of(type.element(), type.at(value, 0));
        case Kind::object:
        case Kind::list:
        case Kind::dictionary: {
            core::RawJson json{""};
            core::json::write(json.value, type, value);
            return json;
        }
    }
    SANTONG_ASSERT(false);
}

}  // namespace

void append_params(std::vector<Param>& out, core::Type const& type, void const* row) {
    for (auto const& field : type.fields) {
        out.push_back(param_of(field.type(), static_cast<char const*>(row) + field.offset));
    }
}

RowMap::RowMap(Cells const& cells, core::Type const& type) {
    SANTONG_ASSERT(type.kind == core::Kind::object);
    for (int column = 0; column < cells.count(); ++column) {
        bool found = false;
        for (auto const& field : type.fields) {
            if (cells.name(column) != field.name) continue;
            entries_.push_back({column, field.offset, &field.type()});
            found = true;
        }
        // A column that no field takes is a misspelt name, not data to drop silently.
        SANTONG_ASSERT(found || cells.name(column) == "district_id");
    }
}

void RowMap::read(Cells const& cells, void* row) const {
    for (auto const& entry : entries_) {
        read_cell(cells, entry.column, *entry.type, static_cast<char*>(row) + entry.offset);
    }
}

void read_cell(Cells const& cells, int column, core::Type const& type, void* value) {
    using core::Kind;
    if (type.kind == Kind::optional) {
        if (cells.is_null(column)) return type.clear(value);
        return read_cell(cells, column, type.element(), type.append(value));
    }
    if (cells.is_null(column)) return;
    switch (type.kind) {
        case Kind::boolean: *static_cast<bool*>(value) = cells.integer(column) != 0; return;
        case Kind::int32: *static_cast<std::int32_t*>(value) = static_cast<std::int32_t>(cells.integer(column)); return;
        case Kind::int64: *static_cast<std::int64_t*>(value) = cells.integer(column); return;
        case Kind::float64: *static_cast<double*>(value) = cells.real(column); return;
        case Kind::string: static_cast<std::string*>(value)->assign(cells.text(column)); return;
        case Kind::enumeration: {
            auto const number = core::enum_value(type, cells.text(column));
            SANTONG_ASSERT(number.has_value());
            *static_cast<int*>(value) = *number;
            return;
        }
        case Kind::uuid: {
            auto const uuid = core::Uuid::parse(cells.text(column));
            SANTONG_ASSERT(uuid.has_value());
            *static_cast<core::Uuid*>(value) = *uuid;
            return;
        }
        case Kind::instant: static_cast<core::Instant*>(value)->ms = cells.integer(column); return;
        case Kind::date: {
            auto const date = core::LocalDate::parse(cells.text(column));
            SANTONG_ASSERT(date.has_value());
            *static_cast<core::LocalDate*>(value) = *date;
            return;
        }
        case Kind::bytes: static_cast<core::Bytes*>(value)->value = cells.bytes(column); return;
        case Kind::raw_json: static_cast<core::RawJson*>(value)->value.assign(cells.text(column)); return;
        case Kind::object:
        case Kind::list:
        case Kind::dictionary: {
            auto const read = core::json::read(cells.text(column), type, value, core::json::UnknownFields::ignore);
            SANTONG_ASSERT(read.has_value());
            return;
        }
        case Kind::optional: return;
    }
}

}  // namespace santong::sql
