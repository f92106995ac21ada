#include "core/time.hpp"

#include <chrono>

namespace santong::core {

namespace {

/// Reads exactly `count` decimal digits; -1 if there is anything else.
int digits(std::string_view text, std::size_t from, std::size_t count) {
    int value = 0;
    for (std::size_t i = from; i < from + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

std::chrono::year_month_day civil(int year, int month, int day) {
    return std::chrono::year{year} / std::chrono::month{static_cast<unsigned>(month)} /
           std::chrono::day{static_cast<unsigned>(day)};
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    return a >= 0 ? a / b : -((-a + b - 1) / b);
}

}  // namespace

bool LocalDate::exists(int year, int month, int day) {
    if (year < 1800 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31) return false;
    return civil(year, month, day).ok();
}

std::optional<LocalDate> LocalDate::parse(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    int const year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
    if (!exists(year, month, day)) return std::nullopt;
    return LocalDate{static_cast<std::int16_t>(year), static_cast<std::int8_t>(month), static_cast<std::int8_t>(day)};
}

std::string LocalDate::text() const {
    std::string out = "0000-00-00";
    for (int at = 3, rest = year; at >= 0; --at, rest /= 10)
        out[static_cast<std::size_t>(at)] = static_cast<char>('0' + rest % 10);
    out[5] = static_cast<char>('0' + month / 10);
    out[6] = static_cast<char>('0' + month % 10);
    out[8] = static_cast<char>('0' + day / 10);
    out[9] = static_cast<char>('0' + day % 10);
    return out;
}

std::int32_t LocalDate::day_number() const {
    return static_cast<std::int32_t>(std::chrono::sys_days{civil(year, month, day)}.time_since_epoch().count());
}

LocalDate LocalDate::from_day_number(std::int32_t days) {
    std::chrono::year_month_day const ymd{std::chrono::sys_days{std::chrono::days{days}}};
    return {static_cast<std::int16_t>(static_cast<int>(ymd.year())),
            static_cast<std::int8_t>(static_cast<unsigned>(ymd.month())),
            static_cast<std::int8_t>(static_cast<unsigned>(ymd.day()))};
}

int LocalDate::weekday() const {
    auto const from_thursday = ((day_number() % 7) + 7) % 7;  // 1970-01-01 was a Thursday
    return (from_thursday + 3) % 7 + 1;
}

LocalDate Zone::date_of(Instant at) const {
    auto const minutes = floor_div(at.ms, 60'000) + offset_minutes;
    return LocalDate::from_day_number(static_cast<std::int32_t>(floor_div(minutes, 1440)));
}

int Zone::minute_of_day(Instant at) const {
    auto const minutes = floor_div(at.ms, 60'000) + offset_minutes;
    return static_cast<int>(minutes - floor_div(minutes, 1440) * 1440);
}

Instant Zone::at(LocalDate date, int minute_of_day) const {
    return {(static_cast<std::int64_t>(date.day_number()) * 1440 + minute_of_day - offset_minutes) * 60'000};
}

Instant system_now() {
    using namespace std::chrono;
    return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}

}  // namespace santong::core
