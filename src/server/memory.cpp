#include "server/memory.hpp"

#include <malloc.h>

namespace santong::server {

namespace {

constexpr int pools = 2;
/// Browsers that stand open ask now and then; a class at work asks more.
constexpr std::int64_t few = 10;
constexpr int again_after = 40;

}  // namespace

void keep_little_memory() {
    mallopt(M_ARENA_MAX, pools);
}

bool Rest::begins(std::int64_t answered) {
    bool const quiet = answered - answered_ < few;
    answered_ = answered;
    quiet_ = quiet ? quiet_ + 1 : 0;
    return quiet && quiet_ % again_after == 1;
}

void give_memory_back() {
    malloc_trim(0);
}

}  // namespace santong::server
