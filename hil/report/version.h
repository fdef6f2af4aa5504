// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace jh {

/// Version and commit of this program; never the kind of build, which changes no byte.
const char* programVersion();
const char* programCommit();

}  // namespace jh
