// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hil/scenario/fields.h"

namespace jh {

/// Puts the catalogue's kind and typical sizes into those faults of a scenario that only name one
/// of its faults (`fault: stone_under_girder`); what they say themselves wins. A fault with `kind`
/// needs no catalogue, which is then not even opened.
void takeFromCatalogue(TreeNode& scenario, Problems& problems);

}  // namespace jh
