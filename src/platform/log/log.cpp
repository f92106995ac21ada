#include "platform/log/log.hpp"

#include <fmt/format.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <mutex>

#include "core/json.hpp"

namespace santong::log {

namespace {

/// Puts time and level around the fields, which come as the inside of a JSON object.
class JsonLine final : public spdlog::formatter {
public:
    void format(spdlog::details::log_msg const& line, spdlog::memory_buf_t& out) override {
        using std::chrono::milliseconds;
        auto const ms = std::chrono::duration_cast<milliseconds>(line.time.time_since_epoch()).count();
        auto const seconds = static_cast<std::time_t>(ms / 1'000);
        std::tm parts{};
        gmtime_r(&seconds, &parts);
        fmt::format_to(std::back_inserter(out), R"({{"at":"{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z","level":"{}",)",
                       parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
                       ms % 1'000, name_of(line.level));
        out.append(line.payload.data(), line.payload.data() + line.payload.size());
        static constexpr std::string_view end = "}\n";
        out.append(end.data(), end.data() + end.size());
    }
    std::unique_ptr<spdlog::formatter> clone() const override { return std::make_unique<JsonLine>(); }

private:
    static std::string_view name_of(spdlog::level::level_enum level) {
        if (level == spdlog::level::debug) return "debug";
        if (level == spdlog::level::info) return "info";
        return level == spdlog::level::warn ? "warning" : "error";
    }
};

spdlog::level::level_enum spdlog_level(Level level) {
    switch (level) {
        case Level::debug: return spdlog::level::debug;
        case Level::info: return spdlog::level::info;
        case Level::warning: return spdlog::level::warn;
        case Level::error: return spdlog::level::err;
    }
    return spdlog::level::err;
}

std::shared_ptr<spdlog::logger> make_logger(Level least, std::string const& file) {
    constexpr std::size_t turn_over_at = 32 << 20;
    constexpr std::size_t kept = 7;
    spdlog::sink_ptr sink;
    if (file.empty())
        sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    else
        sink = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(file, turn_over_at, kept);
    sink->set_formatter(std::make_unique<JsonLine>());
    auto logger = std::make_shared<spdlog::logger>("santong", std::move(sink));
    logger->set_level(spdlog_level(least));
    logger->flush_on(spdlog::level::warn);
    return logger;
}

std::mutex mutex;
std::shared_ptr<spdlog::logger> current;

std::shared_ptr<spdlog::logger> logger() {
    std::lock_guard lock(mutex);
    if (!current) current = make_logger(Level::info, {});
    return current;
}

void append_value(std::string& line, Field const& field) {
    if (auto const* text = std::get_if<std::string_view>(&field.value))
        core::json::write_string(line, *text);
    else if (auto const* integer = std::get_if<std::int64_t>(&field.value))
        line += std::to_string(*integer);
    else if (auto const* number = std::get_if<double>(&field.value))
        line += fmt::format("{}", *number);
    else
        line += std::get<bool>(field.value) ? "true" : "false";
}

}  // namespace

void start(Level least, std::string const& file) {
    auto fresh = make_logger(least, file);
    std::lock_guard lock(mutex);
    current = std::move(fresh);
}

void write(Level level, std::string_view message, Fields fields) {
    auto const to = logger();
    if (!to->should_log(spdlog_level(level))) return;
    std::string line = "\"msg\":";
    core::json::write_string(line, message);
    for (auto const& field : fields) {
        line += ',';
        core::json::write_string(line, field.name);
        line += ':';
        append_value(line, field);
    }
    to->log(spdlog_level(level), spdlog::string_view_t(line.data(), line.size()));
}

void flush() {
    logger()->flush();
}

}  // namespace santong::log
