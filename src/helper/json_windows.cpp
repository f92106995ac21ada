// The library of JSON as source: Windows links nothing of Boost.
#include <boost/json/src.hpp>
