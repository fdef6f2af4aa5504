# SPDX-License-Identifier: GPL-3.0-or-later
# Run at every build: the commit in the header follows the checkout; an unchanged header is not touched.
execute_process(COMMAND git rev-parse --short=12 HEAD WORKING_DIRECTORY ${SOURCE}
                OUTPUT_VARIABLE JH_COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
if(NOT JH_COMMIT)
    set(JH_COMMIT unknown)
endif()
configure_file(${SOURCE}/hil/report/version_numbers.h.in ${OUTPUT} @ONLY)
