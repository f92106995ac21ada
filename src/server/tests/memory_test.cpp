#include "server/memory.hpp"

#include <doctest/doctest.h>

using santong::server::Rest;

TEST_CASE("a place comes to rest when hardly anybody asks, once for each time of rest, and then now and again") {
    Rest rest;
    CHECK_FALSE(rest.begins(500));
    CHECK(rest.begins(503));
    CHECK_FALSE(rest.begins(504));
    CHECK_FALSE(rest.begins(600));
    CHECK(rest.begins(600));
    int again = 0;
    for (int look = 0; look < 40; ++look) again += rest.begins(600) ? 1 : 0;
    CHECK(again == 1);
}
