// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/command_line.h"

int main(int argc, char** argv) {
    return jh::runCommandLine(argc, argv);
}
