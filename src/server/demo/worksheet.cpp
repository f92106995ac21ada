#include "server/demo/worksheet.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "core/assert.hpp"

namespace santong::server::demo {

namespace {

constexpr int width = 480, height = 640;
constexpr std::uint8_t paper = 0, rule = 1, pencil = 2;

struct Point {
    double x = 0, y = 0;
};
using Line = std::vector<Point>;

/// Digits and signs as lines in a box of 1 × 1.
std::vector<Line> glyph(char sign) {
    switch (sign) {
        case '0': return {{{.5, 0}, {.1, .3}, {.1, .7}, {.5, 1}, {.9, .7}, {.9, .3}, {.5, 0}}};
        case '1': return {{{.3, .2}, {.55, 0}, {.55, 1}}};
        case '2': return {{{.1, .25}, {.5, 0}, {.9, .25}, {.1, 1}, {.95, 1}}};
        case '3': return {{{.1, .1}, {.8, .1}, {.4, .45}, {.9, .7}, {.5, 1}, {.1, .9}}};
        case '4': return {{{.7, 1}, {.7, 0}, {.1, .65}, {.95, .65}}};
        case '5': return {{{.85, 0}, {.2, 0}, {.15, .45}, {.7, .45}, {.9, .75}, {.5, 1}, {.1, .9}}};
        case '6': return {{{.75, 0}, {.2, .5}, {.2, .85}, {.6, 1}, {.85, .75}, {.6, .5}, {.2, .65}}};
        case '7': return {{{.1, 0}, {.9, 0}, {.4, 1}}};
        case '8':
            return {{{.5, .45}, {.15, .2}, {.5, 0}, {.85, .2}, {.5, .45}, {.1, .75}, {.5, 1}, {.9, .75}, {.5, .45}}};
        case '9': return {{{.85, .3}, {.5, .5}, {.15, .25}, {.5, 0}, {.85, .3}, {.75, 1}}};
        case 'x': return {{{.15, .25}, {.85, .85}}, {{.85, .25}, {.15, .85}}};
        case '=': return {{{.1, .4}, {.9, .4}}, {{.1, .7}, {.9, .7}}};
        default: return {};
    }
}

class Page {
public:
    explicit Page(Random random) : random_(random), pixels_(std::size_t{width} * height, paper) {
        constexpr int between = 64, margin = 40;
        for (int y = between; y < height; y += between) {
            for (int x = margin; x < width - margin; ++x) set(x, y, rule);
        }
    }
    void write(std::string const& text, double x, double y) {
        constexpr double size = 26, step = 27;
        for (char const sign : text) {
            for (auto const& line : glyph(sign)) draw(line, x + wobble(), y + wobble(), size);
            x += step;
        }
    }
    std::string const& pixels() const { return pixels_; }

private:
    double wobble() { return 3 * random_.share() - 1.5; }
    void set(int x, int y, std::uint8_t color) {
        if (x < 0 || y < 0 || x >= width || y >= height) return;
        pixels_[static_cast<std::size_t>(y) * width + static_cast<std::size_t>(x)] = static_cast<char>(color);
    }
    void draw(Line const& line, double x, double y, double size) {
        for (std::size_t i = 0; i + 1 < line.size(); ++i) {
            auto const from = line[i], to = line[i + 1];
            double const bend = wobble() / size;
            constexpr int steps = 30;
            for (int k = 0; k <= steps; ++k) {
                double const part = static_cast<double>(k) / steps;
                double const at_x = from.x + (to.x - from.x) * part + bend * part * (1 - part);
                double const at_y = from.y + (to.y - from.y) * part;
                dot(static_cast<int>(x + at_x * size * .75), static_cast<int>(y + at_y * size));
            }
        }
    }
    void dot(int x, int y) {
        for (int dy = 0; dy < 2; ++dy) {
            for (int dx = 0; dx < 2; ++dx) set(x + dx, y + dy, pencil);
        }
    }

    Random random_;
    std::string pixels_;
};

void add_number(std::string& out, std::uint32_t number) {
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift & 0xff);
}

void add_chunk(std::string& out, std::string const& name, std::string const& data) {
    auto const named = name + data;
    add_number(out, static_cast<std::uint32_t>(data.size()));
    out += named;
    add_number(out, static_cast<std::uint32_t>(
                        crc32(0, reinterpret_cast<Bytef const*>(named.data()), static_cast<uInt>(named.size()))));
}

/// PNG with a palette of three colours.
std::string png(std::string const& pixels) {
    std::string head;
    add_number(head, width);
    add_number(head, height);
    head += std::string("\x08\x03\x00\x00\x00", 5);
    std::string rows;
    for (std::size_t y = 0; y < height; ++y) {
        rows += '\0';
        rows += pixels.substr(y * width, width);
    }
    auto size = compressBound(static_cast<uLong>(rows.size()));
    std::string packed(size, '\0');
    auto const done = compress2(reinterpret_cast<Bytef*>(packed.data()), &size,
                                reinterpret_cast<Bytef const*>(rows.data()), static_cast<uLong>(rows.size()), 9);
    SANTONG_ASSERT(done == Z_OK);
    packed.resize(size);
    std::string out("\x89PNG\r\n\x1a\n", 8);
    add_chunk(out, "IHDR", head);
    add_chunk(out, "PLTE", std::string("\xfb\xf8\xf0\xcc\xd6\xe2\x3c\x44\x58", 9));
    add_chunk(out, "IDAT", packed);
    add_chunk(out, "IEND", "");
    return out;
}

}  // namespace

std::string draw_worksheet(Random random) {
    Page page(random.part("hand"));
    constexpr int sums = 7, first = 30, step = 64;
    for (int i = 0; i < sums; ++i) {
        int const base = random.between(3, 19), high = random.between(2, 9);
        int const slip = random.chance(0.2) ? random.between(1, 3) : 0;
        page.write(std::to_string(base) + "x" + std::to_string(high) + "=" + std::to_string(base * high + slip), 60,
                   first + i * step);
    }
    return png(page.pixels());
}

}  // namespace santong::server::demo
