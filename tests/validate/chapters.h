// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/validate/figure.h"

namespace jh::validate {

Chapter statics();
Chapter modes();
Chapter cells();
Chapter wiring();
Chapter vehicles();
Chapter site();
Chapter asFound();

}  // namespace jh::validate
