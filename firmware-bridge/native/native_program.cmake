# SPDX-License-Identifier: GPL-3.0-or-later
# jh_native_program(NAME SOURCE…): firmware/NAME.so in the build folder, for jianheng-native.
function(jh_native_program name)
    add_library(${name} MODULE ${ARGN})
    target_link_libraries(${name} PRIVATE jh::flags)
    set_target_properties(${name} PROPERTIES PREFIX "" LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/firmware)
endfunction()
