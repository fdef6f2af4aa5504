// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace jh {

/// Reads the command line, calls the command, gives the exit code. A wrong line is exit 2.
int runCommandLine(int argc, char** argv);

}  // namespace jh
