#pragma once
#include "modules/teaching/domain_plan.hpp"
#include "modules/teaching/domain_session.hpp"
