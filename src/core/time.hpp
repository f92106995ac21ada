#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace santong::core {

/// A moment: milliseconds since 1970-01-01 UTC.
struct Instant {
    std::int64_t ms = 0;

    auto operator<=>(Instant const&) const = default;
    Instant plus_ms(std::int64_t d) const { return {ms + d}; }
    Instant plus_seconds(std::int64_t d) const { return {ms + d * 1000}; }
    Instant plus_days(std::int64_t d) const { return {ms + d * 86'400'000}; }
};

/// A day of the calendar without a zone: a birthday, a school day.
struct LocalDate {
    std::int16_t year = 1970;
    std::int8_t month = 1;
    std::int8_t day = 1;

    auto operator<=>(LocalDate const&) const = default;
    /// "YYYY-MM-DD".
    std::string text() const;
    /// Reads "YYYY-MM-DD"; empty if there is no such day (31 February).
    static std::optional<LocalDate> parse(std::string_view text);
    static bool exists(int year, int month, int day);
    /// Days since 1970-01-01.
    std::int32_t day_number() const;
    static LocalDate from_day_number(std::int32_t days);
    LocalDate plus_days(int days) const { return from_day_number(day_number() + days); }
    /// Monday is 1, Sunday is 7.
    int weekday() const;
};

/// Offset of a zone without summer time, such as China's +08:00, in minutes.
struct Zone {
    int offset_minutes = 480;

    LocalDate date_of(Instant at) const;
    /// Minutes after midnight, 0–1439.
    int minute_of_day(Instant at) const;
    Instant at(LocalDate date, int minute_of_day) const;
};

/// Where the product learns the time of the teaching day. The demo district's clock stands in 2014.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

/// The machine's own time: for sign-in limits, tokens and logs.
Instant system_now();

class SystemClock final : public Clock {
public:
    Instant now() const override { return system_now(); }
};

/// Stands at `start` when it is made and runs on from there at the speed of the machine's clock.
class ShiftedClock final : public Clock {
public:
    explicit ShiftedClock(Instant start) : offset_ms_(start.ms - system_now().ms) {}
    Instant now() const override { return system_now().plus_ms(offset_ms_); }

private:
    std::int64_t offset_ms_;
};

/// Stands still until a test moves it.
class FixedClock final : public Clock {
public:
    explicit FixedClock(Instant start) : now_(start) {}
    Instant now() const override { return now_; }
    void set(Instant at) { now_ = at; }

private:
    Instant now_;
};

}  // namespace santong::core
