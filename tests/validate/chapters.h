// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/validate/figure.h"

namespace jh::validate {

Chapter statics();
Chapter loads();
Chapter modes();
Chapter sideways();
Chapter cells();
Chapter r60();
Chapter wiring();
Chapter vehicles();
Chapter site();
Chapter wind();
Chapter asFound();

}  // namespace jh::validate
